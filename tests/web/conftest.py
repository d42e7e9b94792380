"""A real browser, a real server, and axe-core. Without a browser on the machine these tests are skipped, and say so."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman as jm

#: What Debian, Fedora and macOS call it.
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
#: Seconds that a page may take for anything.
PATIENCE = 15
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: Names that a page could trip over.
HOSTILE = (
    '"><script>window.harmed=1</script>',
    "__proto__",
    "constructor",
    "<img src=x onerror=window.harmed=1>",
    "العمر بالسنوات",
    'it\'s "quoted" \\ `ticks` ${window.harmed=1}',
    "long " + "name " * 60,
    "rows",
    "toString",
)


def table(rows: int = 240) -> pl.DataFrame:
    random = np.random.default_rng(3)
    tenure, charge = random.integers(0, 72, rows), np.round(random.gamma(4, 15, rows), 2)
    contract = random.choice(["monthly", "one year", "two years"], rows)
    leaves = random.random(rows) < 1 / (1 + np.exp(-2 * ((contract == "monthly") - 0.5 + (charge - 60) / 40)))
    since = np.array("2024-01-01", "datetime64[D]") + random.integers(0, 600, rows)
    words = ["all", "is", "well", "too", "slow", "dear", "not", "bad", "at", "this", "time", "call", "back", "never"]
    said = [" ".join(random.choice(words, 7)) for _ in range(rows)]
    return pl.DataFrame(
        {
            "tenure": tenure,
            "charge": charge,
            "contract": contract,
            "paperless": random.choice(["yes", "no"], rows),
            "since": since,
            "comment": said,
            "churn": np.where(leaves, "yes", "no"),
        }
    )


def hostile_table(rows: int = 240) -> pl.DataFrame:
    random = np.random.default_rng(4)
    cells: dict[str, Any] = {name: np.round(random.normal(size=rows), 3) for name in HOSTILE[:6]}
    for name in HOSTILE[6:]:
        cells[name] = random.choice(["<b>bold</b>", "'; drop table", "\u202eright to left"], rows)
    cells |= {f"plain {place}": np.round(random.normal(size=rows), 3) for place in range(24)}
    label = np.where(cells[HOSTILE[0]] + cells[HOSTILE[1]] + random.normal(size=rows) > 0, "<i>yes</i>", "no & never")
    return pl.DataFrame({**cells, "<u>target</u>": label})


def number_table(rows: int = 240) -> pl.DataFrame:
    random = np.random.default_rng(5)
    size, rooms = np.round(random.gamma(9, 10, rows)), random.integers(1, 7, rows)
    return pl.DataFrame(
        {"size": size, "rooms": rooms, "price": np.round(900 * size + 5000 * rooms + random.normal(0, 9000, rows))}
    )


@pytest.fixture(scope="session")
def frame_of() -> Callable[[str], pl.DataFrame]:
    """One of the tables, by name."""
    return lambda name: {"plain": table, "hostile": hostile_table}[name]()


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A run on one of the tables, built once."""
    built: dict[str, Path] = {}
    given: dict[str, dict[str, Any]] = {
        "plain": {"source": table, "predict": "churn", "gain": {"act:true": 300, "act:false": -20}, "keep_cases": True},
        "hostile": {"source": hostile_table, "predict": "<u>target</u>"},
        "number": {"source": number_table, "predict": "price"},
    }

    def give(name: str) -> Path:
        if name not in built:
            options = dict(given[name])
            out = tmp_path_factory.mktemp("web") / name
            jm.build(options.pop("source")(), trials=2, out=out, **options)
            built[name] = out
        return built[name]

    return give


@contextmanager
def serving(run: Path, *options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "journeyman", "serve", str(run), "--port", "0", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            text = ""
            while process.stdout is not None and not text.endswith("}\n"):
                line = process.stdout.readline()
                if not line:
                    raise AssertionError("the server did not start")
                text += line
            yield str(json.loads(text)["url"])
        finally:
            process.kill()


@pytest.fixture(scope="session")
def url(run: Callable[[str], Path]) -> Iterator[Callable[..., str]]:
    """The address of a server of one of the runs, started once."""
    found: dict[tuple[str, ...], str] = {}
    with ExitStack() as stack:

        def give(name: str, *options: str) -> str:
            key = (name, *options)
            if key not in found:
                found[key] = stack.enter_context(serving(run(name), *options))
            return found[key]

        yield give


# Playwright keeps an event loop running in this thread while it is open, so it does not outlive a file of tests.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


def until(page: Any, expression: str) -> None:
    """Wait until something is so on a page. (The page's policy forbids playwright's own way, which evaluates text.)"""
    ending = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < ending, f"never came true: {expression}"
        page.wait_for_timeout(25)


@pytest.fixture
def page_of(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open an address: a page on which nothing went wrong, and that asked nobody but its own server."""
    wrong: list[str] = []
    asked: list[str] = []
    with ExitStack() as stack:

        def give(address: str, *, scheme: str = "light", width: int = 1280, height: int = 900) -> Any:
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": height})
            stack.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
            page.on("request", lambda one: asked.append(one.url))
            page.set_default_timeout(15_000)
            page.goto(address)
            page.until = partial(until, page)
            page.own = address
            page.wrong = wrong
            return page

        yield give
        for one in asked:
            assert one.startswith(("http://127.0.0.1:", "file://", "data:")), one


@pytest.fixture(scope="session")
def findings_of() -> Callable[[Any], list[str]]:
    """What axe-core finds on a page that is serious or worse. The page's own policy lets no script in from outside, so
    the tool is put there by the browser."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

    def find(page: Any) -> list[str]:
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found
            if one["impact"] in ("serious", "critical", "moderate")
        ]

    return find
