"""Tables made by hand, for every test that needs one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.schema import Column, Kind, Schema
from journeyman.table.table import Dates, Ledger, Table, Values

# Some builds of onnxruntime report home; our own imports of it say no, and those of tests shall, too.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

# The same cases in every run: who changes one thing shall not meet the chance find of another. For new ones:
# make test ARGS=--hypothesis-profile=default
settings.register_profile("same", derandomize=True)
settings.load_profile("same")


@pytest.fixture
def table_of() -> Callable[..., Table]:
    """Cells by column name → a table, without any reading."""
    return make_table


def make_table(cells: Mapping[str, Any], kinds: Mapping[str, Kind] | None = None, name: str = "made") -> Table:
    """Numbers (None is missing) → number, words (None is missing) → category, datetime64 (NaT is missing) → date."""
    values: dict[str, Values] = {}
    columns = []
    for one, given in cells.items():
        values[one], kind = _read(given)
        columns.append(Column(name=one, kind=(kinds or {}).get(one, kind)))
    rows = len(next(iter(cells.values())))
    return Table(
        name=name,
        schema=Schema(tuple(columns)),
        values=values,
        rows=rows,
        ledger=Ledger(read=rows, used=rows),
        origin=f"{name}: {rows} rows",
        digest="0" * 64,
        row_numbers=np.arange(rows),
    )


def _read(given: Sequence[Any] | np.ndarray[Any, Any]) -> tuple[Values, Kind]:
    array = np.asarray(given)
    if array.dtype.kind == "M":
        missing = np.isnat(array)
        at = np.where(missing, np.datetime64(0, "us"), array.astype("datetime64[us]")).astype(np.int64)
        return Dates(at, missing), "date"
    if array.dtype.kind in "US" or any(isinstance(cell, str) for cell in given):
        return Strings.of([MISSING_WORD if cell is None else str(cell) for cell in given]), "category"
    return np.array([np.nan if cell is None else float(cell) for cell in given]), "number"


SMOOTH_TEACHER = '''
"""A smooth surface through the rows: kernel ridge with a fixed width, which no graph of ours holds."""
import numpy as np
from journeyman.plan.teacher import Teacher

class Smooth(Teacher):
    """Kernel ridge."""

    def seconds(self, *, learnt, asked, columns, outputs):
        """Next to nothing."""
        return 0.05

    def answer(self, learn, target, asked):
        """Solve, and answer."""
        middle, spread = np.nanmean(learn.numbers, axis=0), np.nanstd(learn.numbers, axis=0)
        known, rows = (np.nan_to_num((one.numbers - middle) / np.maximum(spread, 1e-9)) for one in (learn, asked))
        wanted = target.values[:, None] if target.outputs == 1 else np.eye(target.outputs)[target.codes]
        kernel = np.exp(-((known[:, None] - known[None]) ** 2).sum(axis=2) / 2) + 0.05 * np.eye(len(known))
        weights = np.linalg.solve(kernel, wanted - wanted.mean(axis=0))
        return np.exp(-((rows[:, None] - known[None]) ** 2).sum(axis=2) / 2) @ weights + wanted.mean(axis=0)
'''


@pytest.fixture
def smooth_teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package of somebody else's with a teacher on its shelf, for this process and those that it starts."""
    from journeyman.plan import shelf

    house = tmp_path / "site" / "acme_teachers"
    (house / "teachers").mkdir(parents=True)
    (house / "__init__.py").write_text("")
    (house / "teachers" / "__init__.py").write_text("")
    (house / "teachers" / "smooth.py").write_text(SMOOTH_TEACHER)
    note = tmp_path / "site" / "acme_teachers-1.dist-info"
    note.mkdir()
    (note / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-teachers\nVersion: 1\n")
    (note / "entry_points.txt").write_text("[journeyman.shelves]\nacme = acme_teachers\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    for one in (shelf.houses, shelf.modules, shelf.steps, shelf.kind_at):
        one.cache_clear()
    yield "acme_teachers.teachers.smooth"
    for name in [name for name in sys.modules if name.startswith("acme_teachers")]:
        del sys.modules[name]
    for one in (shelf.houses, shelf.modules, shelf.steps, shelf.kind_at):
        one.cache_clear()
