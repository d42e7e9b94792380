from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.pretence import with_costs
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")
RANDOM = np.random.default_rng(14)
TRUTH = RANDOM.integers(0, 2, 600)
ASIDE = Remedy(action="role", value="ignored")
ASKED = Remedy(action="review")


def made(table_of: Make) -> Table:
    good = TRUTH + RANDOM.normal(0, 0.8, 600)
    return table_of({"good": good, "first": TRUTH, "second": TRUTH * 2.0, "row": range(600), "y": TRUTH})


def leak(*columns: str, remedy: Remedy = ASIDE, kind: str = "") -> Finding:
    return Finding(code="leak", severity="warning", message="", columns=columns, remedy=remedy, numbers={"kind": kind})


def test_each_leak_is_held_against_what_is_left_without_all_of_them(table_of: Make) -> None:
    other = Finding(code="constant", severity="info", message="", columns=("good",))
    found = with_costs([other, leak("first"), leak("second")], made(table_of), BRIEF)
    assert found[0] is other
    for one in found[1:]:
        assert one.cost is not None
        assert one.cost.ignored > 0.99 > 0.9 > one.cost.heeded > 0.7
        assert one.cost.words.startswith("with it 1.00, without it 0.")
        assert one.cost.measure == "AUC"


def test_questions_about_what_is_set_aside_or_was_asked_are_dropped(table_of: Make) -> None:
    asked = [leak("first", remedy=ASKED), leak("first"), leak("good", remedy=ASKED), leak("good", remedy=ASKED)]
    found = with_costs(asked, made(table_of), BRIEF)
    assert [(one.columns, one.remedy.action) for one in found] == [(("first",), "role"), (("good",), "review")]


def test_nothing_is_weighed_where_nothing_can_be(table_of: Make) -> None:
    table = made(table_of)
    numbered = leak("row", remedy=ASKED, kind="row_order")
    assert with_costs([numbered], table, BRIEF) == (numbered,)
    assert with_costs([leak("first")], table, Brief())[0].cost is None
    assert with_costs([], table, BRIEF) == ()
