from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Strings
from journeyman.table.schema import Column


def seen(column: Column, *cells: str) -> Seen:
    evidence = Evidence(name="x", cells=Strings.of(cells))
    return Seen(column=column, evidence=evidence, read=evidence.reading(column), wishes={})


def test_examples_are_the_first_cells_of_different_texts() -> None:
    found = seen(Column(name="x", kind="number", unit="%"), "5%", "1", "5%", "7%", "8%", "9%")
    assert found.examples(np.array([True, False, True, True, True])) == [[1, "5%", "5"], [4, "7%", "7"], [5, "8%", "8"]]
    assert found.rows_of(np.array([True, False, False, False, False])) == [0, 2]
    assert found.codes_of(np.array([False, True, False, False, False, False])) == [1]


def test_what_was_read_is_shown_as_people_write_it() -> None:
    dates = seen(Column(name="x", kind="date", date_format="d/m/y"), "3/4/2024", "3/4/2024 5:06", "")
    assert [dates.shown(row) for row in range(3)] == ["2024-04-03", "2024-04-03T05:06:00", ""]
    words = seen(Column(name="x", kind="category", missing=("na",)), "Oslo ", "NA")
    assert [words.shown(row) for row in range(2)] == ["Oslo", ""]
    assert words.has_gaps
    assert not words.is_plain
    assert seen(Column(name="x", kind="number"), "1", "2").is_plain
    assert seen(Column(name="x", kind="category"), "y" * 200).examples(np.array([True]))[0][1] == "y" * 79 + "…"
