"""A table that is scored in parts gives what it gives as a whole, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman.job.predict as room
import journeyman.job.predict_in_parts as pieces
from journeyman.errors import InputError
from journeyman.job.predict import Scored, predict
from journeyman.job.run import Run


@pytest.fixture
def table(others: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([others] * 4).with_columns(pl.Series("note", [f"n{row}" for row in range(4 * others.height)]))


def in_pieces_of(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """So many rows are read at a time, and fewer are scored."""
    monkeypatch.setattr(room, "ROWS", rows)
    monkeypatch.setattr(pieces, "ROWS", rows - 37)


def both(run: Run, source: Path, out: str, monkeypatch: pytest.MonkeyPatch, rows: int = 100) -> tuple[Scored, Scored]:
    """The same table as a whole and in parts of so many rows."""
    whole = predict(run, source, source.with_name(f"whole-{out}"))
    in_pieces_of(monkeypatch, rows)
    parts = predict(run, source, source.with_name(f"parts-{out}"))
    return whole, parts


def told(scored: Scored) -> list[Any]:
    return [replace(one, rows=tuple(one.rows)) for one in scored.findings]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_parts_give_what_the_whole_gives(
    run: Run, place: Path, table: pl.DataFrame, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = place / f"long.{ending}"
    # Strange cells in several parts: a new level, a number far out, an infinite one.
    odd = table.with_columns(
        contract=pl.when(pl.int_range(pl.len()) % 150 == 7).then(pl.lit("weekly")).otherwise(pl.col("contract")),
        charge=pl.when(pl.int_range(pl.len()) % 170 == 3).then(pl.lit(1e6)).otherwise(pl.col("charge")),
    )
    odd.write_csv(source) if ending == "csv" else odd.write_parquet(source)
    whole, parts = both(run, source, f"long.{ending}", monkeypatch)
    assert whole.predictions is not None
    assert parts.predictions is None
    if ending == "csv":
        assert parts.path.read_bytes() == whole.path.read_bytes()
    else:
        assert pl.read_parquet(parts.path).equals(pl.read_parquet(whole.path))
        assert pl.read_parquet_schema(parts.path) == pl.read_parquet_schema(whole.path)
    assert parts.counts == whole.counts
    assert told(parts) == told(whole)
    assert {one.code for one in parts.findings} >= {"unseen_category", "out_of_range"}
    assert parts.troubles == whole.troubles
    assert [parts.places.at(one.row) for one in parts.troubles] == [whole.places.at(one.row) for one in whole.troubles]


def test_rows_that_do_not_fit_are_refused_in_their_part(
    run: Run, place: Path, table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = place / "broken.csv"
    table.write_csv(source)
    lines = source.read_text().splitlines()
    lines[150] += ",far,too,many,cells"
    lines[320] = lines[320].replace(lines[320].split(",")[2], "a lot", 1)
    source.write_text("\n".join(lines) + "\n")
    whole, parts = both(run, source, "broken.csv", monkeypatch)
    assert parts.counts["refused"] == whole.counts["refused"] > 0
    assert parts.path.read_bytes() == whole.path.read_bytes()
    assert told(parts) == told(whole)


def test_a_table_that_is_spelt_otherwise_is_read_so_in_every_part(
    run: Run, place: Path, table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = place / "german.csv"
    german = table.with_columns(pl.col("charge").cast(pl.String).str.replace(r"\.", ",").fill_null(""))
    german.write_csv(source, separator=";")
    whole, parts = both(run, source, "german.csv", monkeypatch)
    assert parts.predictions is None
    assert parts.path.read_bytes() == whole.path.read_bytes()
    (one,), (other,) = ([each for each in some.findings if each.columns == ("charge",)] for some in (whole, parts))
    assert (other.message, other.numbers["count"]) == (one.message, one.numbers["count"])


def test_parts_that_are_not_alike_are_seen_as_a_whole(
    run: Run, place: Path, table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = place / "mixed.csv"
    kept = table.height - 150
    german = table.with_columns(pl.col("charge").cast(pl.String).str.replace(r"\.", ",").fill_null(""))
    pl.concat([table.head(kept).cast(pl.String), german.tail(150).cast(pl.String)]).write_csv(source, separator=";")
    whole, parts = both(run, source, "mixed.csv", monkeypatch)
    assert parts.predictions is not None, "no part of it was kept"
    assert parts.path.read_bytes() == whole.path.read_bytes()


def test_a_failure_on_the_way_leaves_no_file_and_is_told_as_it_is(
    run: Run, place: Path, table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, monkey = place / "fails.parquet", InputError("no more")
    table.write_parquet(source)
    in_pieces_of(monkeypatch, 100)
    original = room.read_parts

    def parts(*given: Any, **named: Any) -> Any:
        for number, raw in enumerate(original(*given, **named)):
            if number == 5:
                raise monkey
            yield raw

    monkeypatch.setattr(room, "read_parts", parts)
    for ending in ("csv", "parquet"):
        with pytest.raises(InputError, match="no more"):
            predict(run, source, place / f"fails-out.{ending}")
        assert not list(place.glob(f"*fails-out.{ending}*"))


def test_the_source_is_not_written_over(
    run: Run, place: Path, table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = place / "itself.csv"
    table.write_csv(source)
    in_pieces_of(monkeypatch, 100)
    before = source.read_bytes()
    with pytest.raises(InputError, match="is the source itself"):
        predict(run, source, source)
    assert source.read_bytes() == before


def test_who_waits_is_told_how_far_it_is(
    run: Run, place: Path, table: pl.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, heard = place / "slow.csv", list[int]()
    table.write_csv(source)
    in_pieces_of(monkeypatch, 500)
    predict(run, source, place / "slow-out.csv", tell=heard.append)
    assert heard[-1] == table.height
    assert np.diff(heard).min() > 0
