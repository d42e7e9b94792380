"""The part of this package that serving needs, copied: an image or a model folder brings it along, and nothing else.

Which modules these are is read from their source: those that a root imports, and what these import, wherever in a file
that stands. So an export never lacks a module, and gets none for training, which `journeyman.bundle` and
`journeyman.server` may not import.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from journeyman.errors import InternalError, from_system

PACKAGE = "journeyman"
#: What loads a bundle and answers rows.
MODEL_ROOTS = ("journeyman", "journeyman.bundle.model")
#: What serves one over HTTP, with its page.
SERVER_ROOTS = (*MODEL_ROOTS, "journeyman.server.__main__", "journeyman.web")
#: Libraries that these import, theirs included: all that has to be installed beside.
MODEL_LIBRARIES = ("numpy", "onnxruntime")
SERVER_LIBRARIES = (*MODEL_LIBRARIES, "click", "h11", "uvicorn")
#: Files of a package that are no code and belong to it.
_DATA = (".css", ".html", ".js", ".svg", ".typed")


def copy_code(folder: Path, roots: Sequence[str]) -> None:
    """Copy modules, and all of ours that they import, into ``folder/journeyman``, with their packages' pages.

    Raises
    ------
    ResourceError : the disk says no
    """
    for name in modules_of(tuple(roots)):
        inside = folder.joinpath(*name.split("."))
        path = inside / "__init__.py" if _is_package(name) else inside.with_suffix(".py")
        sources = [(path, _source(name))]
        if _is_package(name):
            sources += [(inside / one.name, one) for one in _at(name).iterdir() if one.name.endswith(_DATA)]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            for there, source in sources:
                there.write_bytes(source.read_bytes())
        except OSError as error:
            raise from_system(error, f"copying {name} to {folder}") from error


@cache
def modules_of(roots: tuple[str, ...]) -> tuple[str, ...]:
    """The modules of this package that some of them import, themselves and their packages included, in order.

    Raises
    ------
    InternalError : there is no such module
    """
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        # Importing a module imports the packages that it lies in.
        waiting += [name.rpartition(".")[0]] if "." in name else []
        waiting += _imported(name)
    return tuple(sorted(found))


def pinned(libraries: Sequence[str]) -> str:
    """Lines of a requirements file: the libraries in the versions that are installed here."""
    return "".join(f"{name}=={version(name)}\n" for name in sorted(libraries))


def _imported(name: str) -> Iterator[str]:
    source = _source(name)
    if not source.is_file():
        raise InternalError(f"there is no module {name} to export", remedy="install journeyman again")
    for node in _running(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.split(".")[0] == PACKAGE)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == PACKAGE:
            yield str(node.module)
            # What is imported from a package may be a module of it.
            yield from (within for one in node.names if _source(within := f"{node.module}.{one.name}").is_file())


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads."""
    yield node
    for child in ast.iter_child_nodes(node):
        asked = child.test if isinstance(child, ast.If) else None
        if not (isinstance(asked, ast.Name) and asked.id == "TYPE_CHECKING"):
            yield from _running(child)


def _at(name: str) -> Traversable:
    return files(PACKAGE).joinpath(*name.split(".")[1:])


def _is_package(name: str) -> bool:
    return _at(name).is_dir()


def _source(name: str) -> Traversable:
    """The file of a module; one that is not there, where there is no such module."""
    if _is_package(name):
        return _at(name).joinpath("__init__.py")
    package, _, file = name.rpartition(".")
    return _at(package).joinpath(f"{file}.py")
