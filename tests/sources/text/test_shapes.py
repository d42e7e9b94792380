"""What a cell looks like is found from its characters alone."""

from __future__ import annotations

import pytest

from journeyman.sources.text.shapes import is_missing, kind_of, mask_of, shape_of


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("missing", ["", " ", "NA", "n/a", "null", "-", "#N/A"]),
        ("number", ["7", "-0.5", "1,234.5", "1.234,50", "1 200", "6.02e23", "+3", "1e400", " 21.5"]),
        ("money", ["$74.69", "1.234,50 €", "(£12)", "EUR 5", "12 kr"]),
        ("percent", ["12%", "0,5 %"]),
        ("date", ["28/01/2018", "2018-01-28", "28.1.18", "13 Feb 2024", "Jan 5, 2024", "Apr-16"]),
        ("time", ["00:15", "23:59:59.5", "9:05 pm"]),
        ("moment", ["2024-01-01T10:00:00Z", "28/01/2018 00:15"]),
        ("web", ["https://example.com/a?b=1", "www.example.com"]),
        ("mail", ["ada@example.com", "a1@b.co"]),
        ("words", ["Ada", "MG-8769", "4 kg", "12 Hill Street", "x" * 300 + "1"]),
    ],
)
def test_kinds(kind: str, cells: list[str]) -> None:
    assert [kind_of(cell) for cell in cells] == [kind] * len(cells)


def test_masks_and_shapes_keep_all_but_letters_and_digits() -> None:
    assert mask_of("Zoé-12 ß") == "Aaa-99 a"
    assert shape_of(mask_of("Zoé-12  ß")) == "Aa-9 a"
    assert is_missing(" NULL ")
    assert not is_missing("0")
