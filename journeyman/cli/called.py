"""How this program was called, so that what it tells to type next can be typed."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

NAME = "journeyman"


def how_called() -> str:
    """The words to call this program again from here: its name where the shell finds it, else as it was called.

    ``journeyman``, ``.venv/bin/journeyman``, or ``.venv/bin/python -m journeyman``.
    """
    called = Path(sys.argv[0])
    if called.name == "__main__.py" and called.parent.name == NAME:
        python = Path(sys.executable)
        return f"{_findable(python, python.name)} -m {NAME}"
    # Anything else than our own script is a program that uses us, which knows best how.
    return _findable(called, NAME) if called.name == NAME else NAME


def _findable(program: Path, name: str) -> str:
    """The name alone where the shell takes it for this very program; else a path to it, as short as it may be."""
    found, full = shutil.which(name), Path.cwd() / program
    # Links are not followed: the Python that a virtual environment links to is not that environment's own.
    if found is not None and Path.cwd() / found == full:
        return name
    from_here = os.path.relpath(full)
    return shlex.quote(str(full) if from_here.startswith(os.pardir) else from_here)
