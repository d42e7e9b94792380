"""The distribution that only serves: the part of this package that serving needs, to be built and installed by itself.

An extra can add to what a package needs and take nothing away, and the whole package, compiled, is larger than what
serves by far. So there is a second, small distribution, made of the same files: ``journeyman-serving``. It is installed
where nothing is trained, and not beside the whole one, as both hold the package ``journeyman``.

    python -m journeyman.deployment.serving_distribution FOLDER && pip wheel --no-deps FOLDER
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from importlib.metadata import metadata, requires
from pathlib import Path

from journeyman.deployment.serving_code import PACKAGE, SERVER_LIBRARIES, SERVER_ROOTS, copy_code
from journeyman.errors import InputError, JourneymanError, from_system

NAME = "journeyman-serving"
_PROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = {name}
version = {version}
description = "What serves Journeyman's models, and nothing of what makes them. Not beside the whole of journeyman."
requires-python = {python}
license = "Apache-2.0"
dependencies = {needs}

[project.scripts]
journeyman-serve = "journeyman.server.__main__:main"

[tool.setuptools]
packages = {packages}

[tool.setuptools.package-data]
"*" = ["*.css", "*.html", "*.js", "*.svg", "*.typed"]
"""


def write_distribution(folder: Path) -> Path:
    """Write a folder that a wheel can be built from, with the version and the floors of the package that is installed.

    Raises
    ------
    InputError : the folder holds something
    ResourceError : the disk says no
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not empty", because="the distribution is written anew", remedy="name another")
    copy_code(folder, SERVER_ROOTS)
    packages = [".".join(one.parent.relative_to(folder).parts) for one in sorted(folder.rglob("__init__.py"))]
    told = metadata(PACKAGE)
    said = {
        "name": NAME,
        "version": told["Version"],
        "python": told["Requires-Python"],
        "needs": [line for line in requires(PACKAGE) or () if _library(line) in SERVER_LIBRARIES and ";" not in line],
        "packages": packages,
    }
    # Texts and lists of texts in ASCII are written alike in JSON and TOML.
    content = _PROJECT.format(**{name: json.dumps(value) for name, value in said.items()})
    try:
        (folder / "pyproject.toml").write_text(content, "ascii")
    except OSError as error:
        raise from_system(error, f"writing {folder}") from error
    return folder


def _library(line: str) -> str:
    """The name in a line of requirements, as indexes spell it."""
    found = re.match(r"[A-Za-z0-9._-]+", line)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


def main(arguments: Sequence[str]) -> int:
    """Write the folder that is named."""
    if len(arguments) != 1:
        sys.stderr.write("name one folder to write to\n")
        return 2
    try:
        write_distribution(Path(arguments[0]))
    except JourneymanError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
