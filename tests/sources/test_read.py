"""The door: one table from any source, and the law that text and typed files mean the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.bundle.reader import Reader
from journeyman.errors import InputError, SourceError
from journeyman.sources.read import read, read_raw
from journeyman.table.columns import Columns


def frame(rows: int = 200) -> pl.DataFrame:
    random = np.random.default_rng(1)
    words = ["Oslo", "Rome", "São Paulo", None, "NA", " Bergen "]
    return pl.DataFrame(
        {
            "key": [f"c{place:05}" for place in range(rows)],
            "amount": [
                None if place % 9 == 0 else float(value) for place, value in enumerate(random.normal(size=rows))
            ],
            "short": pl.Series(random.normal(size=rows).astype(np.float32)),
            "count": pl.Series(random.integers(0, 9, rows)),
            "gap": [None if place % 7 == 0 else place % 5 for place in range(rows)],
            "city": [words[place] for place in random.integers(0, len(words), rows)],
            "member": [None if place % 11 == 0 else bool(place % 3) for place in range(rows)],
            "answer": [("yes", "no")[place % 2] for place in range(rows)],
            "day": [datetime(2024, 1, 1).date() + timedelta(days=place) for place in range(rows)],
            "at": [
                None if place == 3 else datetime(2024, 1, 1) + timedelta(seconds=place * 7.5) for place in range(rows)
            ],
            "target": [("good", "bad")[int(value)] for value in random.integers(0, 2, rows)],
        }
    )


def lists(table: pl.DataFrame) -> dict[str, list[object]]:
    """The cells as Python objects; short floats stay short, which polars' own lists do not."""
    cells = {name: list(column) for name, column in table.to_dict(as_series=False).items()}
    return {**cells, "short": list(table["short"].to_numpy())}


def same(first: Columns, second: Columns) -> None:
    assert first.names == second.names
    np.testing.assert_array_equal(first.numbers, second.numbers)
    np.testing.assert_array_equal(first.dates, second.dates)
    np.testing.assert_array_equal(first.dates_missing, second.dates_missing)
    for one, other in zip(first.words, second.words, strict=True):
        assert one.levels == other.levels
        np.testing.assert_array_equal(one.codes, other.codes)


def test_text_and_typed_files_are_one_table(tmp_path: Path) -> None:
    table = frame()
    table.write_csv(tmp_path / "t.csv")
    table.write_csv(tmp_path / "european.csv", separator=";")
    table.write_parquet(tmp_path / "t.parquet")
    text = read(tmp_path / "t.csv", target="target")
    for source in (tmp_path / "european.csv", tmp_path / "t.parquet", table, lists(table)):
        other = read(source, target="target")
        assert [column.kind for column in other.schema] == [column.kind for column in text.schema]
        assert [(column.low, column.high, column.levels) for column in other.schema] == [
            (column.low, column.high, column.levels) for column in text.schema
        ]
        same(text.features(), other.features())


def test_rows_alone_in_batches_and_from_files_read_alike(tmp_path: Path) -> None:
    table = frame()
    table.write_csv(tmp_path / "t.csv")
    table.write_parquet(tmp_path / "t.parquet")
    trained = read(tmp_path / "t.csv", target="target")
    reader = Reader(trained.schema.features)
    whole = reader.batch(read_raw(tmp_path / "t.csv").cells(), 200)
    same(whole.columns, trained.features())
    assert set(whole.status) == {"ok"}
    same(whole.columns, reader.batch(read_raw(tmp_path / "t.parquet").cells(), 200).columns)
    feeds = reader.feeds(whole.columns)
    names = [column.name for column in reader.columns]
    objects = lists(table)
    for place in range(200):
        row = {name: objects[name][place] for name in names}
        alone, status, _ = reader.one(row)
        assert status == "ok"
        for name, block in feeds.items():
            np.testing.assert_array_equal(alone[name], block[place : place + 1])
    for start in range(0, 200, 64):
        part = {name: cells[start : start + 64] for name, cells in lists(table).items()}
        some = reader.feeds(reader.batch(part, len(part["city"])).columns)
        for name, block in feeds.items():
            np.testing.assert_array_equal(some[name], block[start : start + 64])


def test_row_order_changes_nothing_but_the_order() -> None:
    table = frame().drop("key", "day")
    order = np.random.default_rng(2).permutation(200)
    first, second = read(table), read(table[order.tolist()])
    assert first.schema == second.schema
    same(first.features().take(order), second.features())


def test_target_and_overrides() -> None:
    table = read(frame(), target="target", overrides={"count": {"kind": "category"}, "gap": {"role": "ignored"}})
    assert table.schema["target"].role == "target"
    assert table.schema["target"].kind == "category"
    assert table.schema["count"].kind == "category"
    assert "gap" not in [column.name for column in table.schema.features]
    assert read({"answer ": ["yes", "no"]}, target="answer ").schema["answer"].role == "target"
    for wrong in ({"target": "tagret"}, {"overrides": {"tagret": {"kind": "number"}}}):
        with pytest.raises(InputError, match="target"):
            read(frame(), **wrong)


def test_several_sources_are_one_table(tmp_path: Path) -> None:
    table = frame()
    table[:120].write_csv(tmp_path / "1.csv")
    table[120:].write_csv(tmp_path / "2.csv", separator=";")
    table[120:].write_parquet(tmp_path / "2.parquet")
    whole = read(table)
    for second in ("2.csv", "2.parquet"):
        both = read(tmp_path / "1.csv", tmp_path / second)
        assert (both.rows, both.ledger.read) == (200, 200)
        same(whole.features(), both.features())
    with pytest.raises(SourceError, match="not of one shape"):
        read(table, table.drop("city"))


def test_rows_set_aside_are_counted_and_numbered(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,x\n2,y,9\n3,z\na,b\nword,z\n" + "".join(f"{n},z\n" for n in range(50)))
    table = read(tmp_path / "t.csv")
    assert [(one.row, one.code) for one in table.ledger.set_aside] == [(1, "ragged_rows")]
    assert table.rows == len(table.row_numbers) == table.ledger.used == table.ledger.read - 1
    assert table.row_numbers[:4].tolist() == [0, 2, 3, 4]
    mixed = next(finding for finding in table.findings if finding.code == "mixed_types")
    assert "repeated_header" in {finding.code for finding in table.findings}  # no row, and told
    assert mixed.rows == (3,)  # its number in the file


def test_an_ambiguous_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("y,y,x\n1,2,3\n1,1,3\n")
    with pytest.raises(SourceError) as caught:
        read(tmp_path / "t.csv", target="y")
    assert caught.value.code == "ambiguous_target"
    read(tmp_path / "t.csv", target="x")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "churn.csv").write_text("a\n1\n")
    for source, code, words in (
        (tmp_path / "chrun.csv", "file_missing", "did you mean 'churn.csv'"),
        (tmp_path / "no" / "churn.csv", "file_missing", "there is no folder"),
        ("file:///etc/passwd", "scheme_not_allowed", "scheme file:// is not allowed"),
        (3, "not_a_table", "a int is no table"),
    ):
        with pytest.raises(SourceError, match=words) as caught:
            read(source)
        assert caught.value.code == code
    with pytest.raises(SourceError):
        read()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_without_rows_can_be_scored_but_not_learnt_from(tmp_path: Path, ending: str) -> None:
    table = pl.DataFrame({"a": ["1"], "b": ["x"]}).head(0)
    path = tmp_path / f"t.{ending}"
    table.write_csv(path) if ending == "csv" else table.write_parquet(path)
    raw = read_raw(path)
    assert (raw.rows, list(raw.cells())) == (0, ["a", "b"])
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.code == "no_rows"
