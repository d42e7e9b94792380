from __future__ import annotations

import csv
import io

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as some

from journeyman.sources.raw import Raw
from journeyman.sources.set_aside import content, with_records
from journeyman.table.table import LONGEST_RECORD, Ledger, SetAside


def raw(frame: pl.DataFrame, *, delimiter: str = ",", lines: list[int] | None = None) -> Raw:
    ledger = Ledger(read=frame.height, used=frame.height)
    told = None if lines is None else np.array(lines)
    return Raw(name="t", frame=frame, origin="", digest="", ledger=ledger, delimiter=delimiter, lines=told)


def read_back(file: bytes) -> list[SetAside]:
    """What `content` wrote, undone."""
    rows = csv.DictReader(io.StringIO(file.decode(), newline=""))
    return [
        SetAside(int(one["row"]) - 1, one["code"], int(one["line"] or 0), one["text"].removeprefix("'")) for one in rows
    ]


def test_rows_left_out_later_bring_their_record_and_their_line() -> None:
    frame = pl.DataFrame({"name": ["Ann", 'Bo "B" Lee;', "Chi"], "size": [1.5, None, 3.0]})
    ledger = Ledger(
        read=3, used=1, set_aside=(SetAside(1, "target_missing_values"), SetAside(2, "ragged_rows", 9, "x;y;z"))
    )
    found = with_records(ledger, raw(frame, delimiter=";", lines=[2, 3, 5]))
    assert found.set_aside[0] == SetAside(1, "target_missing_values", 3, '"Bo ""B"" Lee;";')
    assert found.set_aside[1] == ledger.set_aside[1]
    assert (found.read, found.used) == (3, 1)


def test_rows_that_the_sample_does_not_hold_keep_their_number_alone() -> None:
    frame = pl.DataFrame({"name": ["Ann", "Bo"]})
    held = Raw(
        name="t", frame=frame, origin="", digest="", ledger=Ledger(read=9, used=2), row_numbers=np.array([4, 7])
    )  # fmt: skip
    ledger = Ledger(read=9, used=2, set_aside=(SetAside(5, "a"), SetAside(7, "b"), SetAside(8, "c")))
    assert [one.text for one in with_records(ledger, held).set_aside] == ["", "Bo", ""]
    none = Raw(name="t", frame=frame.clear(), origin="", digest="", ledger=Ledger(read=0, used=0))
    assert with_records(ledger, none) == ledger


def test_cells_of_any_type_can_be_written_down() -> None:
    frame = pl.DataFrame({"many": [[1, 2], None], "day": [None, None], "raw": [b"\xff", None], "flag": [True, None]})
    found = with_records(Ledger(read=2, used=0, set_aside=(SetAside(0, "a"), SetAside(1, "a"))), raw(frame))
    assert [one.text for one in found.set_aside] == ['"[1, 2]",,ff,True', ",,,"]


@settings(max_examples=60, deadline=None)
@given(
    some.lists(
        some.tuples(
            some.integers(0, 10**9),
            some.sampled_from(["ragged_rows", "repeated_header"]),
            some.integers(0, 10**6),
            some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40)
            | some.sampled_from(["=1+2", "'=1", "''", "-5", "-5,a", "@x", "+a", "\tx", "\x00", 'a"b\nc']),
        ),
        max_size=5,
    )
)
def test_the_file_gives_every_record_back_and_holds_no_formula(rows: list[tuple[int, str, int, str]]) -> None:
    aside = tuple(SetAside(*one) for one in rows)
    file = content(Ledger(read=len(rows), used=0, set_aside=aside))
    assert read_back(file) == list(aside)
    cells = [cell for row in csv.reader(io.StringIO(file.decode(), newline="")) for cell in row]
    assert not any(cell.startswith(("=", "@", "\t", "\r", "\x00")) for cell in cells)


def test_several_sources_are_told_apart_and_a_record_is_cut_at_its_bound() -> None:
    long = SetAside(3, "ragged_rows", 4, "x" * 5000, "=may.csv")
    ledger = with_records(Ledger(read=1, used=0, set_aside=(long,)), raw(pl.DataFrame({"a": ["y" * 5000]})))
    assert content(ledger).decode().splitlines()[0] == "row,line,code,text,source"
    assert content(ledger).decode().endswith(",'=may.csv\n")
    cut = with_records(Ledger(read=1, used=0, set_aside=(SetAside(0, "a"),)), raw(pl.DataFrame({"a": ["y" * 5000]})))
    assert len(cut.set_aside[0].text) == LONGEST_RECORD
