from __future__ import annotations

import json

import numpy as np

from journeyman.repairs.grid import Written
from journeyman.repairs.rule import Rule, Verdict, at_rows, by_level
from journeyman.table.columns import Strings

RULE = Rule("spelling", "town", {"words": {"Oslo": 3}})


def test_verdicts_on_texts_reach_every_cell_that_holds_them() -> None:
    column = Written("town", Strings.of(["Oslo", "Olso", "Oslo", "Olso", "Rome"]))
    found = by_level(RULE, column, {1: Verdict(0.9, "Oslo", 0.8, "why")})
    assert found is not None
    assert found.rows.tolist() == [1, 3]
    assert found.after.tolist() == ["Oslo", "Oslo"]
    assert by_level(RULE, column, {}) is None


def test_a_verdict_without_a_repair_is_not_sure_of_one() -> None:
    found = at_rows(RULE, np.array([4, 7]), [Verdict(0.6, None, 0.9, "odd")], np.array([0, 0]))
    assert found is not None
    assert found.sure.tolist() == [0.0, 0.0]
    assert at_rows(RULE, np.array([], np.int64), [], np.array([], np.int64)) is None


def test_a_rule_is_data() -> None:
    assert json.loads(json.dumps(RULE.as_data())) == {
        "detector": "spelling", "column": "town", "knows": {"words": {"Oslo": 3}},
    }  # fmt: skip
