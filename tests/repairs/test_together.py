from __future__ import annotations

from journeyman.repairs.grid import Written
from journeyman.repairs.together import together
from journeyman.table.columns import Strings


def test_each_text_has_what_most_of_its_cells_stand_with() -> None:
    first = Written("zip", Strings.of(["1", "1", "1", "2", "2", "", "3"]))
    second = Written("town", Strings.of(["Oslo", "Oslo", "Rome", "Rome", "Rome", "Oslo", ""]))
    seen = together(first, second)
    best = {
        level: second.levels[code] if code >= 0 else None
        for level, code in zip(first.levels, seen.best.tolist(), strict=True)
    }
    assert best == {"1": "Oslo", "2": "Rome", "": None, "3": None}
    assert seen.most.tolist() == [2, 2, 0, 0]
    assert seen.total.tolist() == [3, 2, 0, 0]
