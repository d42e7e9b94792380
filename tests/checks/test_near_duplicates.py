from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks import near_duplicates
from journeyman.checks.near_duplicates import clusters, look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]


def people(rows: int = 300, seed: int = 0) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    return {
        "a": random.normal(size=rows), "b": random.normal(size=rows), "c": random.integers(0, 1000, rows) + 0.0,
        "word": [f"Word {one}" for one in random.integers(0, 150, rows)], "d": random.normal(size=rows),
        "y": (random.random(rows) < 0.5) + 0.0,
    }  # fmt: skip


def test_rows_that_differ_in_spelling_rounding_or_one_cell_are_kept_together(table_of: Make) -> None:
    cells = people()
    for one in cells.values():
        for copy, of in ((290, 0), (291, 1), (292, 2), (293, 3), (294, 4)):
            one[copy] = one[of]
    cells["word"][290] = cells["word"][0].upper().replace(" ", "-")
    cells["a"][291] += 1e-9
    cells["c"][292] += 17
    cells["b"][293] = 9.0
    cells["d"][294] = -4.0
    table = table_of(cells)
    found = look(table, Brief(predict="y"))
    assert isinstance(found, Finding)
    assert (found.code, found.remedy.action, found.numbers) == ("near_duplicates", "group", {"rows": 10, "clusters": 5})
    codes = clusters(table, Brief(predict="y"))
    assert [int(codes[290 + one] == codes[one]) for one in range(5)] == [1] * 5
    assert len(np.unique(codes)) == 295


def test_independent_rows_copies_and_narrow_tables_are_none(table_of: Make) -> None:
    assert look(table_of(people()), Brief(predict="y")) is None
    copies = {name: np.concatenate([one, one]) if name != "word" else one * 2 for name, one in people().items()}
    assert look(table_of(copies), Brief(predict="y")) is None
    random = np.random.default_rng(1)
    narrow = {f"x{place}": random.choice(["a", "b", "c"], 500).tolist() for place in range(6)}
    assert look(table_of(narrow), Brief()) is None
    assert isinstance(look(table_of({"x": range(9)}), Brief()), Skip)


def test_texts_of_one_form_are_kept_together(table_of: Make) -> None:
    words = np.array("you have won a prize call the number below before friday or it is gone for ever".split())  # noqa: SIM905
    random = np.random.default_rng(0)
    texts = [" ".join(random.choice(words, 12)) + f" {row}" for row in range(200)]
    texts[150] = texts[3].replace(" 3", ", 777")
    same = table_of({"text": texts, "z": ["a"] * 200, "y": ["a"] * 200}, kinds={"text": "text"})
    codes = clusters(same, Brief(predict="y"))
    assert codes[3] == codes[150]
    assert len(np.unique(codes)) == 199


def test_long_tables_are_looked_at_for_spelling_and_rounding_alone(table_of: Make, monkeypatch: Any) -> None:
    cells = people()
    for one in cells.values():
        one[290], one[291] = one[0], one[1]
    cells["a"][290] += 1e-9
    cells["b"][291] = 9.0
    monkeypatch.setattr(near_duplicates, "MOST_ROWS", 100)
    codes = clusters(table_of(cells), Brief(predict="y"))
    assert codes[290] == codes[0]
    assert len(np.unique(codes)) == 299
    monkeypatch.setattr(near_duplicates, "MOST_COMPARED", 100)
    assert isinstance(look(table_of(cells), Brief(predict="y")), Skip)
    assert len(np.unique(clusters(table_of(cells), Brief(predict="y")))) == 300


def test_one_thing_in_several_years_is_no_slip(table_of: Make) -> None:
    cells = people()
    once = {name: (one[:100] * 3 if name == "word" else np.tile(one[:100], 3)) for name, one in cells.items()}
    once["year"] = np.repeat([2001.0, 2002.0, 2003.0], 100)
    assert look(table_of(once), Brief(predict="y")) is None
