from __future__ import annotations

from collections.abc import Callable

from journeyman.brief.brief import Brief
from journeyman.checks.high_cardinality import look
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_words_that_hardly_come_twice_are_told(table_of: Make) -> None:
    words = [f"sku-{row * 7919 % 130}" for row in range(200)]
    (found,) = look(table_of({"sku": words, "city": ["a", "b"] * 100}), Brief())
    assert (found.code, found.severity, found.columns) == ("high_cardinality", "warning", ("sku",))
    assert found.numbers["levels"] == 130
    assert "130 different words in 200 rows" in found.message


def test_many_words_that_do_come_often_are_worth_knowing_and_ids_texts_and_few_are_none(table_of: Make) -> None:
    often = [f"w{row % 1000}" for row in range(8000)]
    cells = {"often": often, "id": [f"k{row}" for row in range(8000)], "few": [f"x{row % 40}" for row in range(8000)]}
    found = look(table_of({**cells, "text": often}, kinds={"text": "text"}), Brief())
    assert [(one.columns, one.severity) for one in found] == [(("often",), "info")]


def test_gaps_are_no_word(table_of: Make) -> None:
    words = [f"w{row}" if row < 40 else None for row in range(200)]
    assert look(table_of({"x": words}), Brief()) == ()
