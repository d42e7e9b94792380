"""What is looked up is what stands in the table: few and many, unseen and missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.errors import InputError
from journeyman.table.columns import MISSING_WORD

WORDS = ["a", "b", "it's", MISSING_WORD, "never seen", 'x"', "back\\slash", "日本", "two\nlines"]
DAY = 86_400_000_000


def test_words(agrees: Callable[..., float]) -> None:
    levels = ["a", "it's", MISSING_WORD, 'x"', "back\\slash", "日本", "two\nlines"]
    table = np.arange(16, dtype=np.float64).reshape(8, 2) ** 2
    assert agrees(lambda g, w: g.lookup(w.words, levels, table), words=[WORDS]) == 0.0


def test_words_to_words_and_on(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        keys = ["a", "b", MISSING_WORD]
        renamed = graph.add(
            "LabelEncoder",
            wires.words,
            domain="ai.onnx.ml",
            keys_strings=keys,
            values_strings=["b", "b", MISSING_WORD],
            default_string="\x1frarest",
        )
        return str(graph.lookup(renamed, ["b", "\x1frarest"], np.array([[1.0], [2.0], [3.0]])))

    assert agrees(build, words=[WORDS]) == 0.0


@pytest.mark.parametrize("rows", [3, 300])
def test_places_in_tables(rows: int, agrees: Callable[..., float]) -> None:
    dates = np.arange(rows)[:, None] * DAY

    def build(graph: Any, wires: Any) -> str:
        day = graph.add("Div", wires.dates, graph.constant([DAY], np.int64))
        place = graph.add("Mod", day, graph.constant([rows], np.int64))
        table = np.repeat(np.arange((rows + 1) // 2), 2)[:rows] * 1.5
        return str(graph.add("Gather", graph.constant(table), place, axis=0))

    assert agrees(build, dates=dates) == 0.0


def test_columns_are_picked(agrees: Callable[..., float]) -> None:
    assert agrees(lambda g, w: g.pick(w.numbers, [2, 0], 3), np.arange(6.0).reshape(2, 3)) == 0.0


def test_a_table_that_hangs_on_the_row_is_refused(agrees: Callable[..., float]) -> None:
    def build(graph: Any, wires: Any) -> str:
        place = graph.add("Cast", graph.add("Clip", wires.numbers, graph.constant(0.0), graph.constant(1.0)), to=7)
        rows = graph.add("Reshape", wires.numbers, graph.constant([-1], np.int64))
        return str(graph.add("Gather", rows, place, axis=0))

    with pytest.raises(InputError, match="by what stands in the row"):
        agrees(build, np.zeros((2, 1)))
