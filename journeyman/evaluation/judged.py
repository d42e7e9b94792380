"""The rows that judge what a model says of itself: its out-of-fold answers, what came, and how much each row counts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from journeyman.plan.target import Target
from journeyman.statistics.bbc import make_units
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import LabelRule, chances_of, labels
from journeyman.table.columns import Integers, Numbers

#: More rows say no more: a share of them is known to a thousandth then.
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Judged:
    """Rows that some fold has scored: what was answered, what came, and how much they count; (rows, …) each.

    ``rule`` says which class is predicted, None the likeliest. ``fold`` holds the places of the folds. ``units`` are
    pieces of evidence for bounds, ``clusters`` for how sure a share is.
    """

    answers: Numbers
    truth: Numbers
    fold: Integers
    weights: Numbers
    units: Integers
    clusters: Integers
    is_forward: bool
    classes: tuple[str, ...]
    rows: Integers = field(repr=False)
    rule: LabelRule | None = None

    def take(self, places: Any) -> Judged:
        """Some of the rows."""
        names = ("answers", "truth", "fold", "weights", "units", "clusters", "rows")
        return replace(self, **{name: getattr(self, name)[places] for name in names})

    def chances(self) -> tuple[Numbers, Integers]:
        """Probabilities (rows, classes), and the place of the likeliest class."""
        return chances_of(self.answers), labels(self.answers)

    def named(self) -> Integers:
        """The place of the predicted class, (rows,)."""
        return labels(self.answers, self.rule)


def judged_rows(answers: Numbers, target: Target, folds: Folds, rule: LabelRule | None = None) -> Judged:
    """The rows that are scored in some fold and have a finite answer; of very many some, drawn at random."""
    rows = folds.all_scored
    rows = rows[np.isfinite(answers[rows]).all(axis=1)] if answers.size else rows[:0]
    if len(rows) > MOST_ROWS:
        random = np.random.default_rng(np.random.PCG64(target.seed))
        rows = np.sort(random.choice(rows, MOST_ROWS, replace=False))
    is_forward = folds.kind == "forward"
    groups = None if target.groups is None or is_forward else target.groups[rows]
    order = target.order if target.order is not None else folds.order
    units = np.arange(len(rows)) if groups is None else np.unique(groups, return_inverse=True)[1].astype(np.int64)
    return Judged(
        answers=answers[rows] if answers.size else np.empty((0, target.outputs)),
        truth=target.values[rows],
        fold=folds.number[rows],
        weights=np.ones(len(rows)) if target.weights is None else target.weights[rows],
        units=units,
        clusters=make_units(len(rows), order=order[rows]).of_row if is_forward and order is not None else units,
        is_forward=is_forward,
        classes=target.classes,
        rows=rows,
        rule=rule,
    )
