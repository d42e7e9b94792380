"""A table larger than memory is read once, and held as a uniform sample that no size of batch changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.sources import read as door
from journeyman.sources import sample
from journeyman.sources.raw import Raw
from journeyman.sources.read import meant, read, read_raw
from journeyman.sources.sample import Sampler, size_of
from journeyman.sources.stack import stacked
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger, SetAside

ROWS = 20_000
FRAME = pl.DataFrame({"n": np.arange(ROWS), "t": [f"text of row {row}" for row in range(ROWS)]})


SIZE = size_of(read_raw(FRAME))


def batches(rows: int, bad: tuple[int, ...] = ()) -> Iterator[Raw]:
    whole = read_raw(FRAME)
    for start in range(0, ROWS, rows):
        part = whole.frame[start : start + rows]
        aside = tuple(SetAside(row - start, "ragged_rows", row + 2, "x") for row in bad if start <= row < start + rows)
        ledger = Ledger(read=len(part), used=len(part) - len(aside), set_aside=aside)
        is_last = start + rows >= ROWS
        seen = (Finding(code="ragged_rows", severity="warning", message="2 rows", rows=bad),) if bad and is_last else ()
        yield replace(whole, frame=part, ledger=ledger, findings=seen)


def held(rows: int, most: int, bad: tuple[int, ...] = ()) -> Raw:
    sampler = Sampler(most)
    sampler.add(batches(rows, bad))
    return sampler.held()[0]


def test_what_fits_is_held_whole() -> None:
    raw = held(3000, 2**30, bad=(5, 6001))
    assert raw.rows == ROWS - 2
    assert (raw.ledger.read, raw.ledger.used, raw.ledger.sampled) == (ROWS, ROWS - 2, 0)
    assert [(one.row, one.line) for one in raw.ledger.set_aside] == [(5, 7), (6001, 6003)]
    assert [one.code for one in raw.findings] == ["ragged_rows"]
    table = meant(raw)
    assert table.rows == ROWS - 2
    assert table.row_numbers[[4, 5, 6000]].tolist() == [4, 6, 6002]


def test_what_does_not_fit_is_a_sample_that_no_size_of_batch_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "LEAST_HELD", 1)
    most = SIZE // 5
    one, other = (held(rows, most, bad=(5,)) for rows in (ROWS, 777))
    assert one.frame.equals(other.frame)
    assert size_of(one) <= most
    assert one.frame["n"].to_list() == one.numbers().tolist() == sorted(one.numbers().tolist())
    assert one.ledger.read == ROWS == one.ledger.used + len(one.ledger.set_aside) + one.ledger.sampled
    assert one.ledger.used == one.rows
    found = next(finding for finding in one.findings if finding.code == "sampled")
    assert f"{ROWS:,} rows" in found.message
    assert "--memory" in found.remedy.words
    # uniform: every tenth of the source has about its share
    shares = np.histogram(one.numbers(), bins=10, range=(0, ROWS))[0] / one.rows
    assert np.abs(shares - 0.1).max() < 0.02


def test_several_sources_share_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "LEAST_HELD", 1)
    sampler = Sampler(SIZE // 2)
    sampler.add(batches(4000))
    sampler.add(batches(ROWS))
    first, second = sampler.held()
    assert size_of(first) + size_of(second) <= SIZE // 2
    assert abs(first.rows - second.rows) < 0.15 * first.rows
    both = stacked([first, second])
    assert both.ledger.read == 2 * ROWS
    assert both.numbers().max() > ROWS
    assert meant(both).rows == both.rows


def test_the_door_holds_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "LEAST_HELD", 1)
    table = read(FRAME, most=SIZE // 3)
    assert table.rows < ROWS / 2
    assert table.ledger.read == ROWS
    assert "sampled" in {one.code for one in table.findings}


def test_who_waits_is_told_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BATCH", 1000)
    FRAME.head(5000).write_parquet(tmp_path / "t.parquet", row_group_size=1000)
    said: list[str] = []
    table = read(tmp_path / "t.parquet", tell=said.append)
    assert table.rows == 5000
    assert said[-1] == "t: 5,000 rows so far"
    assert len(said) == 4


def test_short_texts_are_counted_as_what_they_take() -> None:
    short = read_raw(pl.DataFrame({"a": ["1"] * 1000, "b": ["x" * 40] * 1000, "c": [1] * 1000}))
    assert size_of(short) >= 1000 * (16 + 16 + 8)
