"""A page that predicts in the browser: files for any static file server, and nothing computed anywhere else.

It holds the bundle without past cases, the reader in JavaScript, a form, and ONNX Runtime Web from a folder that the
user names; nothing is fetched from elsewhere, now or later. The page's policy forbids the browser to.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.deployment.exporting import Option
from journeyman.errors import InputError, InternalError, from_system

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from journeyman.bundle.model import Model

SAYS = "A page for any static file server that predicts in the browser."
OPTIONS = (Option("runtime", "", (), "The folder of ONNX Runtime Web (npm's onnxruntime-web)."),)

#: Files of ONNX Runtime Web, and their names here: not every server tells browsers that .mjs is JavaScript.
RUNTIME: Mapping[str, str] = {
    "ort.wasm.min.mjs": "runtime.js",
    "ort-wasm-simd-threaded.mjs": "loader.js",
    "ort-wasm-simd-threaded.wasm": "runtime.wasm",
}
_LARGEST = 1 << 28


def write(bundle: Path, model: Model, folder: Path, options: Mapping[str, str]) -> tuple[str, ...]:
    """Write the page.

    Raises
    ------
    InputError : no folder of ONNX Runtime Web is named, or it lacks a file
    ResourceError : a file cannot be read, or the disk says no
    """
    from journeyman.bundle.manifest import CARD, GRAPH, MANIFEST
    from journeyman.store.files import read_bounded

    runtime = _runtime(options["runtime"])
    package = files("journeyman")
    try:
        for name in ("bundle", "reader", "runtime"):
            (folder / name).mkdir()
        # People's rows stay where they are: a page is for anybody who can reach it.
        for name in (MANIFEST, GRAPH, CARD):
            (folder / "bundle" / name).write_bytes((bundle / name).read_bytes())
        if (folder / "bundle" / MANIFEST).read_bytes() != model.manifest.content():
            raise InternalError(f"{bundle} has changed while it was exported", remedy="export it again")
        _copy(package / "bundle" / "javascript", folder / "reader", ".js")
        _copy(package / "deployment" / "page", folder, "")
        for name, here in RUNTIME.items():
            (folder / "runtime" / here).write_bytes(read_bounded(runtime / name, _LARGEST))
    except OSError as error:
        raise from_system(error, "writing the page") from error
    return (f"python -m http.server --bind 127.0.0.1 --directory {shlex.quote(str(folder))} 8000",)


def _copy(source: Traversable, folder: Path, ending: str) -> None:
    for one in sorted(source.iterdir(), key=lambda one: one.name):
        if one.is_file() and one.name.endswith(ending) and one.name[0] not in "._":
            (folder / one.name).write_bytes(one.read_bytes())


def _runtime(named: str) -> Path:
    """The folder with the files of the runtime: the one that is named, or `dist` in it."""
    if not named:
        raise InputError(
            "there is no runtime for the page",
            because="ONNX Runtime Web is not part of this package, and nothing is downloaded",
            remedy="name its folder: --runtime node_modules/onnxruntime-web",
        )
    for folder in (Path(named), Path(named) / "dist"):
        if all((folder / name).is_file() for name in RUNTIME):
            return folder
    missing = next((name for name in RUNTIME if not (Path(named) / "dist" / name).is_file()), "")
    raise InputError(
        f"{named} is no folder of ONNX Runtime Web",
        because=f"it holds no {missing}",
        remedy="name the folder that npm made: --runtime node_modules/onnxruntime-web",
    )
