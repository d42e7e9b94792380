"""The JavaScript reader: its own tests in Node, and bundles scored with runtimes where these are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeyman.bundle.model import load

HERE = Path(__file__).parent / "javascript"
INSTALLED = Path(__file__).parents[2] / ".venv-javascript" / "node_modules"
RUNTIMES = {"node": "onnxruntime-node", "web": "onnxruntime-web"}
READER = Path(__file__).parents[2] / "journeyman" / "bundle" / "javascript"
ROWS: list[dict[str, Any]] = [
    {"age": 40, "income": "52000", "since": "3.4.1990", "city": "Bergen"},
    {"age": "41.5", "income": 1e308, "since": None, "city": "Tromsø"},
    {"age": None, "income": "5e4", "since": "3.4.1990 17:05", "city": "Tromso\u0308"},
    {"age": -1, "income": 0, "since": "1.1.9999", "city": "\ud800"},
    {"age": 40, "income": 52000, "since": "soon", "city": "Bergen\x00"},
    {"age": 40, "income": 52000, "since": "3.4.1990", "city": "Oslo\x00"},
]


@pytest.fixture(scope="module")
def node() -> str:
    path = shutil.which("node")
    if path is None:
        pytest.skip("there is no Node.js on this machine")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < 20:
        pytest.skip(f"the tests need Node.js 20 or later, this is {version.strip()}")
    return path


def test_the_reader_passes_its_own_tests(node: str) -> None:
    files = sorted(map(str, HERE.glob("*.test.mjs")))
    # The folder itself says that its files are modules; no version of Node has to guess it.
    done = subprocess.run(
        [node, "--no-experimental-detect-module", "--test", *files],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "# pass 0" not in done.stdout


@pytest.mark.parametrize(
    ("which", "task"), [("node", "binary"), ("node", "multiclass"), ("node", "regression"), ("web", "binary")]
)
def test_a_bundle_is_answered_as_in_python(
    which: str, task: str, node: str, written: Callable[[str], Path], tmp_path: Path
) -> None:
    if not (INSTALLED / RUNTIMES[which]).is_dir():
        pytest.skip(f"{RUNTIMES[which]} is not installed (make javascript)")
    folder, rows, out = written(task), tmp_path / "rows.json", tmp_path / "out.json"
    rows.write_text(json.dumps(ROWS), "utf-8")
    command = [node, str(HERE / "score.mjs"), which, str(folder), str(rows), str(out), "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(out.read_text("utf-8"))
    model = load(folder)
    wanted = list(model.predict(ROWS))
    assert [one["status"] for one in found["predictions"]] == [one["status"] for one in wanted]
    for one, other in zip(wanted, [*found["predictions"]], strict=True):
        if one["status"] == "refused":
            assert other["prediction"] is None
            continue
        expected = pytest.approx(one["prediction"], rel=1e-9) if task == "regression" else one["prediction"]
        assert other["prediction"] == expected
        chances = {label: one[f"probability_{label}"] for label in model.classes}
        assert (other["probabilities"] or {}) == pytest.approx(chances, rel=1e-9)
        assert other.get("decision") == one.get("decision")
    # A row alone is answered as it is among others, bit for bit.
    assert [one["answers"] for one in found["single"]] == [one["answers"] for one in found["predictions"][:2]]


def test_bundles_of_every_format_load(node: str) -> None:
    if not (INSTALLED / RUNTIMES["node"]).is_dir():
        pytest.skip(f"{RUNTIMES['node']} is not installed (make javascript)")
    bundles = sorted(path.parent for path in (HERE.parent / "golden").rglob("manifest.json"))
    command = [node, str(HERE / "load.mjs"), *map(str, bundles)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    told = [json.loads((path / "manifest.json").read_bytes()) for path in bundles]
    assert found == [{"task": one["task"], "columns": len(one["schema"])} for one in told]
    assert len(found) > 5


def test_the_reader_asks_for_nothing_outside_its_folder() -> None:
    names = {path.name for path in READER.iterdir()}
    for path in READER.glob("*.js"):
        text = path.read_text("utf-8")
        for line in text.splitlines():
            if " from " in line and line.startswith(("import", "}", "export")):
                assert line.split('from "./')[1].rstrip('";') in names, f"{path.name}: {line}"
        assert "://" not in text
        assert "eval(" not in text
        assert "new Function" not in text
