"""Where the outcome of every case is known: whose decisions fit it better, people's or the model's?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.automation.answers import Answers
from journeyman.table.columns import Flags, Integers, Numbers

_REPLAYS = 1000


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Errors against what really came, on cases that the model never saw; differences are people minus model.

    Parameters
    ----------
    meaning : which decision stands for which outcome
    people, model : the error rate of each
    difference : how much more often people are wrong, with its 95 % interval
    automated : the same on cases that the model would answer alone; None where there are none
    """

    meaning: dict[str, str]
    people: float
    model: float
    difference: tuple[float, float, float]
    cases: int
    automated: tuple[float, float, float] | None = None

    def as_data(self) -> dict[str, Any]:
        """The comparison as JSON."""
        ends = ("value", "low", "high")
        return {
            "meaning": self.meaning,
            "people": self.people,
            "model": self.model,
            "difference": dict(zip(ends, self.difference, strict=True)),
            "cases": self.cases,
            "automated": None if self.automated is None else dict(zip(ends, self.automated, strict=True)),
        }


def meaning_of(
    decisions: Integers, labels: tuple[str, ...], truth: Integers, classes: tuple[str, ...]
) -> dict[str, str]:
    """Which outcome each decision stands for: the one that comes with it more often than with any other decision.

    Counted as lift over the outcome's own share, so that a frequent outcome does not stand for all decisions; learnt
    from cases that are not compared.
    """
    table = np.zeros((len(labels), len(classes)))
    np.add.at(table, (decisions, truth), 1.0)
    within = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    overall = table.sum(axis=0) / max(table.sum(), 1)
    lift = within - overall
    return {label: classes[int(lift[place].argmax())] for place, label in enumerate(labels) if table[place].sum()}


def compare(answers: Answers, stands_for: Integers, used: Flags, meaning: dict[str, str], *, seed: int = 0) -> Compared:
    """Compare people with the model.

    Parameters
    ----------
    answers : the model's, whose truth is the outcome
    stands_for : (cases,) the outcome that people's decision stands for, −1 where they took none
    used : (cases,) which the model would answer alone
    """
    kept = (stands_for >= 0) & (answers.truth >= 0)
    people = (stands_for != answers.truth)[kept].astype(np.float64)
    model = answers.wrong[kept].astype(np.float64)
    alone = used[kept]
    return Compared(
        meaning=meaning,
        people=float(people.mean()),
        model=float(model.mean()),
        difference=_mean(people - model, answers.units[kept], seed),
        cases=int(kept.sum()),
        automated=_mean((people - model)[alone], answers.units[kept][alone], seed) if alone.any() else None,
    )


def _mean(values: Numbers, units: Integers, seed: int) -> tuple[float, float, float]:
    """A mean with its 95 % interval, whole units drawn again and again."""
    _, place = np.unique(units, return_inverse=True)
    sums, counts = np.bincount(place, values), np.bincount(place)
    random = np.random.default_rng(np.random.PCG64(seed))
    drawn = []
    for _ in range(_REPLAYS):
        weights = np.bincount(random.integers(0, len(sums), len(sums)), minlength=len(sums))
        drawn.append(float(weights @ sums) / max(float(weights @ counts), 1.0))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(values.mean()), float(low), float(high)
