from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.decider import Decider
from journeyman.bundle.decision import ANY, NO_ACTION, DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.model import Model, load
from journeyman.errors import InputError
from journeyman.table.schema import Column, Schema

Give = Callable[..., Any]
AMOUNT = Column(name="amount", kind="number", role="ignored", low=0.0, high=1000.0, missing=("unknown",))
MEMBER = Column(name="member", kind="flag", role="ignored", true_words=("yes",), false_words=("no",))
#: Reads a feature, a column that the model does not see, and a flag.
WORTH = DecisionRule({"call": {"yes": Expression.parse("amount / member - age"), "no": -5.0}})
ERROR = DecisionRule(
    {"buy": {ANY: Expression.parse("amount - 100 * abs(actual - prediction)")}},
    is_for_numbers=True,
    residuals=(-3.0, 0.1),
)


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    return {}


@pytest.fixture
def model(models: dict[str, Model], make_bundle: Give, columns: Any, tmp_path: Path) -> Callable[[str], Model]:
    def give(task: str) -> Model:
        if task not in models:
            rule = WORTH if task == "binary" else ERROR
            schema = Schema((MEMBER, *columns, AMOUNT))
            models[task] = load(make_bundle(tmp_path / task, task, rule=rule, schema=schema))
        return models[task]

    return give


@pytest.fixture
def cells(make_table: Give) -> dict[str, list[Any]]:
    found = {name: list(column) for name, column in make_table(40, seed=4).items()}
    random = np.random.default_rng(2)
    found["amount"] = random.uniform(0, 1000, 40).tolist()
    found["member"] = random.choice(["yes", "no"], 40).tolist()
    found["amount"][3:9] = ["many", None, "UNKNOWN", 5e6, float("inf"), "12.5"]
    found["member"][9:11] = ["perhaps", None]
    found["age"][11:14] = ["old", None, 300.0]
    return found


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_a_row_alone_is_decided_as_in_a_batch_in_any_order(task: str, model: Give, cells: dict[str, list[Any]]) -> None:
    one = model(task)
    rows = [{name: column[row] for name, column in cells.items()} for row in range(40)]
    batch = one.predict(rows)
    told = [[replace(trouble, row=0) for trouble in batch.troubles if trouble.row == row] for row in range(40)]
    for row, expected in enumerate(batch):
        found = one.predict_one(rows[row])
        troubles = found.pop("troubles", ())
        assert repr(found) == repr(expected)
        assert list(troubles) == told[row]
        assert bool(troubles) == (found["status"] != "ok")
    assert repr(list(one.predict(rows[::-1]))[::-1]) == repr(list(batch))
    assert set(batch.as_columns()["decision"]) == {"call" if task == "binary" else "buy", NO_ACTION, None}


def test_decisions_are_those_of_the_rule(model: Give, cells: dict[str, list[Any]]) -> None:
    found = model("binary").predict(cells)
    for row in range(14, 40):
        member = float(cells["member"][row] == "yes")
        worth = cells["amount"][row] / member - cells["age"][row] if member else np.nan
        chance = found.probabilities[row, 1]
        promise = chance * worth - 5 * (1 - chance)
        assert found.decision[row] == ("call" if promise > 0 else NO_ACTION)
        assert np.isfinite(promise) or found.status[row] == "unusual"


def test_a_missing_amount_leaves_the_prediction_and_is_told(model: Give, cells: dict[str, list[Any]]) -> None:
    found = model("regression").predict(cells)
    for row, value, words in ((3, "many", "not a number"), (4, "", "missing"), (5, "", "missing"), (7, "inf", "range")):
        assert (found.decision[row], found.status[row]) == (NO_ACTION, "unusual")
        assert np.isfinite(found.prediction[row])
        (trouble,) = [one for one in found.troubles if one.row == row and one.column == "amount"]
        assert trouble.value == value
        assert words in trouble.because
    assert (found.decision[6], found.status[6]) == ("buy", "unusual")
    assert (found.decision[11], found.status[11]) == (None, "refused")


def test_what_cannot_be_computed_is_told(model: Give, cells: dict[str, list[Any]]) -> None:
    row = {name: column[20] for name, column in cells.items()} | {"age": 40.0, "member": "no"}
    found = model("binary").predict_one(row)
    assert (found["decision"], found["status"]) == (NO_ACTION, "unusual")
    assert "cannot be computed" in found["troubles"][-1].because


def test_a_column_that_only_the_decision_reads_must_be_there(model: Give, cells: dict[str, list[Any]]) -> None:
    one = model("binary")
    without = {name: column for name, column in cells.items() if name != "amount"}
    with pytest.raises(InputError, match="amount") as refused:
        one.predict(without)
    assert refused.value.code == "column_missing"
    row = {name: column[20] for name, column in without.items()}
    found = one.predict_one(row)
    assert (found["decision"], found["status"]) == (NO_ACTION, "unusual")
    assert found["troubles"][-1].because == "the row does not have this column"
    with pytest.raises(InputError, match="'amuont' instead"):
        one.predict_one(row | {"amuont": 3.0})
    with pytest.raises(InputError, match="changed"):
        one.predict(cells | {"amount": ["x"] * 40})


def test_a_feature_is_no_misspelling_of_what_the_decision_reads(
    make_bundle: Give, columns: Any, tmp_path: Path
) -> None:
    rule = DecisionRule({"call": {"yes": Expression.parse("incomes")}})
    schema = Schema((*columns, Column(name="incomes", kind="number", role="ignored")))
    model = load(make_bundle(tmp_path / "bundle", rule=rule, schema=schema))
    row = {"age": 30.0, "since": None, "city": "Oslo"}
    assert model.predict_one(row | {"income": 3.0})["decision"] == NO_ACTION
    assert model.predict_one(row | {"incomes": 3.0})["decision"] == "call"


def test_no_rows(model: Give, cells: dict[str, list[Any]]) -> None:
    for task in ("binary", "regression"):
        none = model(task).predict({name: [] for name in cells})
        assert list(none.as_columns()) == list(model(task).predict(cells).as_columns())
        assert len(none.as_columns()["decision"]) == 0


def test_numbers_alone_read_nothing() -> None:
    decider = Decider(DecisionRule({"call": {"yes": 3.0, "no": -1.0}}), (), ("age",), ("no", "yes"))
    read = decider.read({}, 2)
    assert (dict(read.values), read.unusual.tolist(), read.troubles) == ({}, [False, False], ())
    actions, lost, troubles = decider.decide(np.array([[0.5, 0.5], [0.9, 0.1]]), read)
    assert (actions.tolist(), lost.any(), troubles) == (["call", NO_ACTION], False, ())
    assert decider.one({}, [0.5, 0.5]) == ("call", (), False)
