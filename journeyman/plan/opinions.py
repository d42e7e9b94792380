"""What several plans answer to the rows of a table: each out of fold, and after it has seen them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.statistics.doubts import Doubts, doubted_numbers, doubted_together
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Columns, Numbers


@dataclass(frozen=True)
class Opinions:
    """Answers (rows, outputs) of each plan, to rows that its fit had not seen, and to rows that it had."""

    unseen: tuple[Numbers, ...]
    seen: tuple[Numbers, ...] = ()

    @property
    def are_whole(self) -> bool:
        """Whether there are answers, every one of them a number."""
        return bool(self.unseen) and all(np.isfinite(one).all() for one in (*self.unseen, *self.seen))


def opinions_of(plans: Sequence[Step], columns: Columns, target: Target, folds: int) -> Opinions:
    """Fit each plan in so many random folds and once on all rows; rows of one group stay together.

    Where a fold cannot be answered its rows are NaN.
    """
    split = target.encoding_folds(folds)
    unseen, seen = [], []
    for plan in plans:
        answers = np.full((len(target), target.outputs), np.nan)
        for fold in split.usable:
            training, judged = split.training(fold), split.scored(fold)
            state = plan.fit(columns.take(training), target.take(training))
            answers[judged] = plan.apply(state, columns.take(judged)).numbers
        unseen.append(answers)
        if target.classes:
            seen.append(plan.apply(plan.fit(columns, target), columns).numbers)
    return Opinions(tuple(unseen), tuple(seen))


def doubts_by(target: Target, opinions: Opinions, *, told_apart: float = np.inf) -> Doubts:
    """How much each row's target is doubted by all opinions together; numbers by the mean of those unseen.

    ``told_apart`` is that of `journeyman.statistics.doubts.doubted_together`.
    """
    if target.task == "regression":
        return doubted_numbers(target.values, np.mean([one[:, 0] for one in opinions.unseen], axis=0))
    unseen, seen = ([chances_of(one) for one in some] for some in (opinions.unseen, opinions.seen))
    return doubted_together(target.codes, unseen, seen, told_apart=told_apart)
