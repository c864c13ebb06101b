"""``python -m duban`` is the command ``duban``."""

from duban.cli import main

if __name__ == "__main__":
    main()
