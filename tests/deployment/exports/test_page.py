from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.export import export
from journeyman.deployment.exports import page
from journeyman.deployment.exports.page import RUNTIME
from journeyman.errors import InputError

INSTALLED = Path(__file__).parents[3] / ".venv-javascript" / "node_modules" / "onnxruntime-web"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 20_000


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    """A folder that looks like that of the runtime."""
    (tmp_path / "web" / "dist").mkdir(parents=True)
    for name in RUNTIME:
        (tmp_path / "web" / "dist" / name).write_text(f"// {name}\n")
    return tmp_path / "web"


def test_a_page_is_the_bundle_the_reader_and_the_runtime_that_was_named(
    built: Path, runtime: Path, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    done = export(built / "y", "page", tmp_path / "page", {"runtime": str(runtime)})
    found = contents(tmp_path / "page")
    assert set(done.files) == set(found)
    bundle = contents(built / "y" / "bundle")
    for name in ("manifest.json", "model.onnx", "card.md"):
        assert found[f"bundle/{name}"] == bundle[name]
    for name, here in RUNTIME.items():
        assert found[f"runtime/{here}"] == f"// {name}\n".encode()
    assert {"index.html", "page.js", "page.css", "reader/model.js", "reader/folding.js"} <= set(found)
    assert any(str(tmp_path / "page") in line for line in done.says)
    again = export(built / "y", "page", tmp_path / "again", {"runtime": str(runtime / "dist")})
    assert again.files == done.files


def test_nothing_in_a_page_leads_elsewhere(
    built: Path, runtime: Path, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    export(built / "y", "page", tmp_path / "page", {"runtime": str(runtime)})
    found = contents(tmp_path / "page")
    for name, content in found.items():
        if name.endswith((".html", ".js", ".css")):
            assert b"//" not in re.sub(rb"(?m)^\s*//.*|\s//\s.*", b"", content), name
    html = found["index.html"].decode()
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


def test_past_cases_stay_at_home(built: Path, runtime: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(built / "y" / "bundle", bundle)
    model = jm.load(bundle)
    (bundle / "cases.json").write_text("{}")
    (tmp_path / "page").mkdir()
    page.write(bundle, model, tmp_path / "page", {"runtime": str(runtime)})
    assert [one.name for one in (tmp_path / "page").rglob("cases*")] == []
    assert (tmp_path / "page" / "bundle" / "model.onnx").is_file()


def test_a_page_without_its_runtime_is_refused_in_words(built: Path, runtime: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--runtime"):
        export(built / "y", "page", tmp_path / "page", {})
    (runtime / "dist" / "ort-wasm-simd-threaded.wasm").unlink()
    with pytest.raises(InputError, match=r"holds no ort-wasm-simd-threaded\.wasm"):
        export(built / "y", "page", tmp_path / "page", {"runtime": str(runtime)})
    assert not (tmp_path / "page").exists()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *given: Any) -> None:
        pass


@pytest.fixture
def served(built: Path, tmp_path: Path) -> Iterator[str]:
    """The address of an exported page, served by Python's own file server."""
    if not INSTALLED.is_dir():
        pytest.skip("onnxruntime-web is not installed (make javascript)")
    export(built / "y", "page", tmp_path / "page", {"runtime": str(INSTALLED)})
    handler = functools.partial(Quiet, directory=str(tmp_path / "page"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_browser_answers_as_python_does_and_asks_nobody_else(served: str, built: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    asked: list[str] = []
    wrong: list[str] = []
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=list(QUIET))
        opened_page = opened.new_page()
        opened_page.set_default_timeout(PATIENCE)
        opened_page.on("request", lambda request: asked.append(request.url))
        opened_page.on("pageerror", lambda error: wrong.append(str(error)))
        opened_page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        opened_page.goto(served)
        opened_page.get_by_label("x").fill("1.25")
        opened_page.get_by_label("z").fill("")
        opened_page.get_by_role("button", name="Predict").click()
        opened_page.get_by_role("cell").first.wait_for()
        shown = opened_page.locator("#says").inner_text()
        opened_page.get_by_label("x").fill("many")
        opened_page.get_by_role("button", name="Predict").click()
        opened_page.get_by_text("it is not a number").wait_for()
        unnamed = opened_page.evaluate(
            "[...document.querySelectorAll('input, select')].filter((one) => !one.labels.length).length"
        )
        opened_page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
        barred = opened_page.evaluate("async () => (await axe.run()).violations.map((one) => one.id)")
        opened.close()
    assert wrong == []
    assert barred == []
    assert unnamed == 0
    assert all(one.startswith((served, "data:")) for one in asked)
    (wanted,) = jm.load(built / "y").predict([{"x": "1.25", "z": None}])
    assert f"y: {wanted['prediction']}" in shown
    assert f"{100 * wanted['probability_b']:.1f} %" in shown
    assert json.loads(json.dumps(wanted["status"])) in ("ok", "unusual")
