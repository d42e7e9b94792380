from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.automation.decisions import find_decisions, standing_out
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_decisions_are_known_by_names_and_values_and_ranked_by_what_there_is_to_decide(table_of: Make) -> None:
    random = np.random.default_rng(1)
    table = table_of(
        {
            "amount": random.normal(size=200),
            "sex": random.choice(["m", "f"], 200).tolist(),
            "prior_approvals": random.choice(["yes", "no"], 200).tolist(),
            "fraud_flag": (["yes"] * 2 + ["no"] * 198),
            "loanDecision": random.choice(["approve", "reject", "refer"], 200).tolist(),
        }
    )
    found = find_decisions(table)
    assert [one.name for one in found] == ["loanDecision", "fraud_flag"]
    assert found[0].cases == 200
    assert sum(count for _, count in found[0].outcomes) == 200
    assert "name speaks of deciding" in found[0].sentence
    assert "approve" in found[0].sentence
    clear = standing_out(found)
    assert clear is not None
    assert clear.name == "loanDecision"
    assert found[0].as_data()["column"] == "loanDecision"


def test_where_nothing_looks_like_one_columns_of_few_values_are_listed_and_none_stands_out(table_of: Make) -> None:
    table = table_of(
        {"sex": ["m", "f"] * 50, "x": list(range(100)), "one": ["a"] * 100, "id": [str(n) for n in range(100)]}
    )
    found = find_decisions(table)
    assert [one.name for one in found] == ["sex"]
    assert standing_out(found) is None
    assert "nothing but its few outcomes" in found[0].sentence
    assert find_decisions(table_of({"x": list(range(100))})) == ()


def test_two_likely_ones_leave_the_choice(table_of: Make) -> None:
    table = table_of({"approved": ["yes", "no"] * 50, "granted": ["no", "yes"] * 50, "x": list(range(100))})
    found = find_decisions(table)
    assert len(found) == 2
    assert standing_out(found) is None
