"""``python -m bench``: every figure, one after the other; ``make bench`` runs this."""

from bench import commands, delivery, prefect_share, reading, steps, sweep

if __name__ == "__main__":
    for bench in (commands, reading, steps, delivery, sweep, prefect_share):
        bench.main()
        print()
