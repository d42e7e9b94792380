"""Fresh environments that hold what serving needs and no more, and commands that run there without a network.

The libraries come from where pip gets them; everything afterwards runs with the network switched off.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from journeyman.deployment.serving_code import MODEL_LIBRARIES, SERVER_LIBRARIES
from journeyman.deployment.serving_distribution import write_distribution

ROOT = Path(__file__).parents[1]
#: What a wheel is built from.
_SOURCES = ("pyproject.toml", "README.md", "LICENSE")


def whole_wheel(folder: Path) -> Path:
    """This package as a wheel, built from a copy of the checkout, which stays as it is."""
    copy = folder / "whole-source"
    shutil.copytree(ROOT / "journeyman", copy / "journeyman", ignore=shutil.ignore_patterns("__pycache__"))
    for name in _SOURCES:
        shutil.copyfile(ROOT / name, copy / name)
    return _built(copy, folder / "whole")


def serving_wheel(folder: Path) -> Path:
    """The distribution that only serves, as a wheel."""
    return _built(write_distribution(folder / "serving-source"), folder / "serving")


def environment(python: str, folder: Path, wheel: Path, *, alone: bool = False, oldest: bool = False) -> str:
    """A new virtual environment without pip, with a wheel and what it needs; gives its interpreter.

    Libraries have the versions that are installed here, or the oldest that this package allows.

    Parameters
    ----------
    python : the interpreter to make it with
    alone : install nothing but the wheel
    """
    subprocess.run([python, "-m", "venv", "--without-pip", str(folder)], check=True)
    inside = str(folder / "bin" / "python")
    libraries = _floors() if oldest else [f"{name}=={importlib.metadata.version(name)}" for name in SERVER_LIBRARIES]
    more = ["--no-deps"] if alone else ["--only-binary=:all:", *libraries]
    _pip("--python", inside, "install", *more, str(wheel))
    return inside


def megabytes(folder: Path) -> dict[str, float]:
    """What an environment has installed: 10^6 bytes by the first name in its site-packages, compiled files included."""
    (site,) = (folder / "lib").glob("python3.*/site-packages")
    found: dict[str, int] = {}
    for one in site.rglob("*"):
        if one.is_file() and not one.is_symlink():
            # Where a library lies, and what is told of it, count as one.
            top = one.relative_to(site).parts[0].partition("-")[0].partition(".libs")[0].partition("_serving")[0]
            found[top] = found.get(top, 0) + one.stat().st_size
    return {name: round(size / 1e6, 2) for name, size in sorted(found.items(), key=lambda one: -one[1])}


@cache
def offline() -> tuple[str, ...]:
    """What is put before a command so that it runs without a network; nothing where this machine does not let us."""
    for words in (("unshare", "-n"), ("unshare", "-r", "-n")):
        try:
            if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
                return words
        except OSError:
            return ()
    return ()


def said_by(python: str, script: Path, *arguments: str) -> str:
    """What a script prints in an environment, without a network and without anything of this one."""
    command: Sequence[str] = [*offline(), python, "-I", "-P", str(script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", env={"OMP_NUM_THREADS": "1"})
    if done.returncode:
        raise SystemExit(f"{script.name} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def _floors() -> list[str]:
    """What scores a bundle, in the oldest versions that this package allows."""
    told = [line.partition(">=") for line in importlib.metadata.requires("journeyman") or ()]
    return [f"{name}=={floor}" for name, _, floor in told if name in MODEL_LIBRARIES]


def _built(source: Path, folder: Path) -> Path:
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source))
    return next(folder.glob("*.whl"))


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, check=True)
