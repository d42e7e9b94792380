"""Imports run one way; what deploys needs neither a training library nor a library of data frames."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "polars", "pandas", "pyarrow", "sklearn", "lightgbm", "scipy", "onnx", "onnxruntime", "jinja2")
NOT_FOR_SERVING = ("polars", "pandas", "pyarrow", "sklearn", "lightgbm", "scipy", "onnx", "jinja2", "click")


def loaded_by(statement: str, names: tuple[str, ...]) -> list[str]:
    """Which of the libraries a fresh process has loaded after a statement."""
    script = f"import sys\n{statement}\nprint(*sorted({names!r} & sys.modules.keys()))"
    script = script.replace(repr(names), f"set({names!r})")
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    ).stdout.split()


def test_the_contracts_are_kept(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("statement", ["import journeyman", "import journeyman.cli.main"])
def test_importing_costs_nothing(statement: str) -> None:
    assert loaded_by(statement, HEAVY) == []


def test_the_help_of_every_command_needs_nothing_heavy() -> None:
    statement = (
        "from journeyman.cli.main import main, program\n"
        "import io, contextlib\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    [main([name, '--help']) for name in program.list_commands(None)]"
    )
    assert loaded_by(statement, HEAVY) == []


def test_what_is_deployed_needs_no_library_for_training() -> None:
    statement = (
        "import importlib, pkgutil, journeyman.bundle as room\n"
        "for one in pkgutil.walk_packages(room.__path__, room.__name__ + '.'): importlib.import_module(one.name)"
    )
    assert loaded_by(statement, NOT_FOR_SERVING) == []
