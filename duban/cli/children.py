"""How this project's own programs are started as processes beside this one."""

import sys


def program(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of the installed project, whatever folder one stands in.

    Without ``-P`` a folder called ``models`` or ``tasks`` in the working directory would take the
    place of the project's own.
    """
    return [sys.executable, "-P", "-m", module, *arguments]
