"""Cells that each have a type of their own, as columns of one type."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql.storage import Form, Met, as_form, form_of, packed, told


def met(*cells: Any) -> Met:
    found = Met()
    found.add(cells, 0)
    return found


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ([1, None], "integer"),
        ([1, 2.5], "real"),
        ([2**53 + 1, 2.5], "text"),
        ([2**53 + 1], "integer"),
        (["a", ""], "text"),
        ([1, ""], "integer"),
        ([b"a"], "blob"),
        ([b"a", 1], "text"),
        ([b"a", ""], "text"),
        ([None], "text"),
    ],
)
def test_a_column_has_the_form_that_holds_all_of_its_cells(cells: list[Any], form: Form) -> None:
    assert met(*cells).form == form


def test_what_is_met_adds_up_over_parts() -> None:
    found = Met()
    found.add([1, 2, None], 0)
    found.add(["x", 3, 1.5], 3)
    assert found.counts == {"integer": 3, "text": 1, "real": 1}
    assert found.first == {"integer": (0, 1), "text": (3, "x"), "real": (5, 1.5)}


def test_packed_cells_take_any_form_that_they_fit() -> None:
    assert as_form(packed([1, 2.0, None]), "text", "t").to_list() == ["1", "2", None]
    assert as_form(packed([1, "", " "]), "real", "t").to_list() == [1.0, None, None]
    assert as_form(packed([None, None]), "blob", "t").dtype == pl.Binary
    assert as_form(packed([b"\x01", "a"]), "text", "t").to_list() == ["0x01", "a"]
    assert as_form(packed([float("inf")]), "text", "t").to_list() == ["inf"]
    for cells, form in ((["a"], "integer"), ([1.5], "integer"), ([b"a"], "real"), ([1], "blob")):
        with pytest.raises(SourceError, match="other rows each time"):
            as_form(packed(cells), form, "t")  # type: ignore[arg-type]  # each is a form


def test_only_mixtures_are_told() -> None:
    assert [told("a", met(*cells)) for cells in ([1, 2.5], ["a", ""], [None], [b"a"])] == [None] * 4
    blank = told("a", met(b"a", b"b", " "))
    assert blank is not None
    assert (blank.code, blank.rows, blank.numbers["text"]) == ("mixed_types", (2,), 1)
    mixed = told("a", met(1, 2, "x"))
    assert mixed is not None
    assert (mixed.severity, mixed.rows, mixed.numbers["count"]) == ("warning", (2,), 1)
    assert form_of({"blank"}, is_beyond=False) == "text"


def test_a_long_cell_is_cut_where_it_is_told() -> None:
    finding = told("a", met(1, 2, "x" * 1_000))
    assert finding is not None
    assert len(finding.message) < 250
