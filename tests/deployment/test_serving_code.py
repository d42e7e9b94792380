from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import journeyman as jm
from journeyman.deployment.serving_code import (
    MODEL_LIBRARIES,
    MODEL_ROOTS,
    SERVER_LIBRARIES,
    SERVER_ROOTS,
    copy_code,
    modules_of,
    pinned,
)
from journeyman.errors import InternalError

LOADS = """
import sys
sys.path[:0] = [{code!r}, {site!r}]
import journeyman as jm
import json
model = jm.load({bundle!r})
one = model.predict_one({row!r})
many = [row["prediction"] for row in model.predict([{row!r}] * 3)]
try:
    jm.build
except AttributeError as error:
    told = str(error)
print(json.dumps([one["probability_b"], many, sorted(sys.modules), jm.__file__, told]))
"""


def test_a_copy_loads_and_predicts_where_nothing_else_is(
    built: Path, tmp_path: Path, site: Callable[..., Path]
) -> None:
    row = {"x": 0.5, "z": -1.0}
    code, bundle = tmp_path / "code", built / "y" / "bundle"
    copy_code(code, MODEL_ROOTS)
    places = {"code": str(code), "site": str(site(*MODEL_LIBRARIES)), "bundle": str(bundle)}
    command = [sys.executable, "-I", "-S", "-B", "-c", LOADS.format(row=row, **places)]
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={"HOME": str(home), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == [], "onnxruntime keeps no log of what it does"
    chance, many, loaded, where, told = json.loads(done.stdout)
    assert chance == jm.load(built / "y").predict_one(row)["probability_b"]
    assert many == ["b"] * 3 if chance > 0.5 else ["a"] * 3
    assert "this is the part that serves" in told
    assert where == str(code / "journeyman" / "__init__.py")
    tops = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names
    assert {name for name in tops if not name.startswith(("_", "cython_runtime"))} == {"journeyman", *MODEL_LIBRARIES}


def test_it_holds_no_room_above_the_bundle_but_the_server() -> None:
    below = {"bundle", "plan", "statistics", "table", "store", "errors"}
    assert {name.split(".")[1] for name in modules_of(MODEL_ROOTS) if "." in name} <= below
    served = modules_of(SERVER_ROOTS)
    assert {name.split(".")[1] for name in served if "." in name} <= below | {"server", "web"}
    for name in ("journeyman.bundle.session", "journeyman.server.serve", "journeyman.plan"):
        assert name in served
    assert "journeyman.bundle.write" not in served, "what writes bundles is for training"


def test_pages_come_along_and_whoever_asks_for_what_is_not_there_is_told(tmp_path: Path) -> None:
    copy_code(tmp_path, SERVER_ROOTS)
    assert (tmp_path / "journeyman" / "web" / "index.html").stat().st_size > 1000
    assert (tmp_path / "journeyman" / "server" / "__main__.py").is_file()
    assert not list(tmp_path.rglob("*.pyc"))
    with pytest.raises(InternalError, match=r"journeyman\.bundle\.nothing"):
        modules_of(("journeyman.bundle.nothing",))


def test_versions_are_those_that_are_installed() -> None:
    import numpy as np

    lines = pinned(SERVER_LIBRARIES).splitlines()
    assert f"numpy=={np.__version__}" in lines
    assert [line.split("==")[0] for line in lines] == sorted(SERVER_LIBRARIES)
