from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.automation.answers import Answers, answers_of
from journeyman.automation.apart import set_apart
from journeyman.automation.policy import policy_of
from journeyman.job.decision_log import Log, places_of, understand_log
from journeyman.job.outcomes import compared_of, failures_of
from journeyman.job.run import say_nothing
from journeyman.sources.read import read_raw

ROWS = 1500


def log(*, selective: bool) -> tuple[Log, np.ndarray]:
    random = np.random.default_rng(1)
    income = random.normal(size=ROWS)
    defaults = random.random(ROWS) < 1 / (1 + np.exp(1 + 1.5 * income))
    clerk = random.integers(0, 6, ROWS)
    approved = income + 0.7 * random.normal(size=ROWS) > np.linspace(-1.5, 0.5, 6)[clerk]
    seen = np.where(defaults, "default", "paid").astype(object)
    if selective:
        seen[~approved] = None
    decisions = np.where(approved, "approve", "reject")
    frame = pl.DataFrame(
        {"income": income, "clerk": [f"c{one}" for one in clerk], "outcome": seen.tolist(), "decision": decisions}
    )
    found = understand_log(
        read_raw(frame),
        "decision",
        "outcome",
        "clerk",
        when="none",
        entity="none",
        ignore=None,
        seed=0,
        say=say_nothing,
    )
    return found, 1 / (1 + np.exp(1 + 1.5 * income))


def test_people_and_model_are_held_to_outcomes_that_are_known() -> None:
    found, chance = log(selective=False)
    table = found.understood.curation.table
    apart = set_apart(table.rows)
    classes = found.understood.aim.classes
    yes = chance if classes[1] == "default" else 1 - chance

    def answered(rows: np.ndarray) -> Answers:
        return answers_of(classes, np.column_stack([1 - yes, yes])[rows], places_of(found, classes)[rows])

    policy = policy_of(answered(apart.plan), answered(apart.test), {"": 0.2})
    compared = compared_of(found, table, apart, answered(apart.test), policy, 0)
    assert compared is not None
    assert compared.meaning == {"approve": "paid", "reject": "default"}
    assert compared.model < compared.people
    assert compared.difference[1] > 0
    assert failures_of(found, table, apart, apart.test, 0) is None


def test_outcomes_known_for_one_decision_give_bounds() -> None:
    found, chance = log(selective=True)
    table = found.understood.curation.table
    apart = set_apart(table.rows)
    rows = np.concatenate([apart.plan, apart.test])
    seen = failures_of(found, table, apart, rows, 0)
    assert seen is not None
    assert seen.bad == "default"
    taken = np.argsort(chance[rows])[: round(seen.share * len(rows))]
    truth = float(chance[rows][taken].sum()) / len(rows)
    assert seen.low <= truth <= seen.high
    assert seen.contraction is not None
    assert seen.lenient[0] >= 1
