from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from journeyman.automation.rules import Question, find_rules, rule_words
from journeyman.table.table import Table

Make = Callable[..., Table]


def log(make: Make, rows: int, seed: int) -> tuple[Table, np.ndarray]:
    """Rich and known cases are approved, poor ones rejected, the rest is a coin."""
    random = np.random.default_rng(seed)
    income, known = random.integers(0, 100, rows), random.choice(["yes", "no"], rows)
    coin = random.random(rows) < 0.5
    truth = np.where((income >= 60) & (known == "yes"), 1, np.where(income < 30, 0, coin)).astype(np.int64)
    cells = [
        None if one < 0.05 and value < 30 else int(value)
        for one, value in zip(random.random(rows), income, strict=True)
    ]
    return make({"income": cells, "known": known.tolist(), "noise": random.normal(size=rows)}), truth


def test_the_part_that_is_a_rule_is_found_in_words_and_keeps_its_promise(table_of: Make) -> None:
    learn, test, fresh = log(table_of, 2000, 1), log(table_of, 1500, 2), log(table_of, 5000, 3)
    found = find_rules(learn, test, ["income", "known", "noise"], ("reject", "approve"), limit=0.05, level=0.05)
    kept = [one for one in found.rules if one.kept]
    words = {one.decision: one.words for one in kept}
    assert words["approve"] in ("known is yes and income is at least 60", "income is at least 60 and known is yes")
    assert "income is at most 29 or missing" in words["reject"]
    assert found.share == pytest.approx(0.5, abs=0.06)
    assert found.low < found.share < found.high
    wrong = cases = 0
    for one in kept:
        mine = one.covers(fresh[0])
        cases += int(mine.sum())
        wrong += int((fresh[1][mine] != one.place).sum())
    assert wrong <= 0.05 * cases
    assert all(len(one.questions) <= 4 for one in found.rules)
    json.dumps(found.as_data(), allow_nan=False)


def test_rules_part_the_cases(table_of: Make) -> None:
    learn, test = log(table_of, 1000, 1), log(table_of, 800, 2)
    found = find_rules(learn, test, ["income", "known", "noise"], ("reject", "approve"), limit=0.05, level=0.05)
    assert (np.sum([one.covers(test[0]) for one in found.rules], axis=0) == 1).all()
    assert sum(one.cases for one in found.rules) == 800


def test_coins_have_no_rule_that_is_promised(table_of: Make) -> None:
    random = np.random.default_rng(4)
    table = table_of({"x": random.normal(size=1000)})
    truth = random.integers(0, 2, 1000)
    found = find_rules((table, truth), (table, truth[::-1].copy()), ["x"], ("no", "yes"), limit=0.1, level=0.05)
    assert not any(one.kept for one in found.rules)
    assert found.share == 0
    one_class = find_rules((table, truth * 0), (table, truth), ["x"], ("no", "yes"), limit=0.1, level=0.05)
    assert one_class.rules == ()


def test_grouped_cases_prove_less(table_of: Make) -> None:
    learn, test = log(table_of, 2000, 1), log(table_of, 300, 2)
    names, classes = ["income", "known"], ("reject", "approve")
    alone = find_rules(learn, test, names, classes, limit=0.05, level=0.05)
    units = np.arange(300) // 30
    grouped = find_rules(learn, test, names, classes, limit=0.05, level=0.05, units=units)
    assert alone.share > 0.2 > grouped.share


def test_questions_in_words(table_of: Make) -> None:
    days = np.array(["2024-01-01", "2024-06-01"], "datetime64[us]")
    table = table_of({"x": [0.5, None], "n": [1, 2], "w": ["a", None], "at": days, "f": [0.0, 1.0]}, {"f": "flag"})
    said = [
        rule_words([one], table)
        for one in (
            Question(column="x", number=0.25, holds=False, takes_missing=True),
            Question(column="n", number=1.5, holds=True, takes_missing=True),
            Question(column="w", word="a", holds=False),
            Question(column="at", number=float(days[0].astype(np.int64)), holds=True),
            Question(column="f", number=0.5, holds=False),
        )
    ]
    assert said == ["x is above 0.250 or missing", "n is at most 1", "w is not a", "at is up to 2024-01-01", "f is yes"]
    assert rule_words([], table) == "always"
    assert Question(column="x", number=0.25, holds=False, takes_missing=True).asks(table).tolist() == [True, True]
