"""Which few of many columns a linear model goes by: those that the lasso takes, without its shrinkage of what it takes.

The lasso (Tibshirani 1996) finds which columns count, but to keep others out it must draw those that count towards 0,
too. So it only chooses here, and what it chose is fitted with a penalty of its own (relaxed lasso: Meinshausen 2007;
Hastie, Tibshirani and Tibshirani, Best subset, forward stepwise or lasso?, Statistical Science 2020, where it comes
first or near it whether columns that count are few or many). How many columns, and the penalty, are chosen out of fold,
with the choice of columns made anew in every fold.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from journeyman.learners.penalised import Path, about_as_good, judged_parts, weights_of
from journeyman.plan.losses import Loss, losses, wanted_scores
from journeyman.plan.target import Target
from journeyman.table.columns import Flags, Integers, Numbers

#: How many columns are tried, at most half as many as rows; and the strengths with which they are fitted.
SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
STRENGTHS = (1000.0, 100.0, 10.0, 1.0, 0.1, 0.01)
#: Steps of the lasso, and its last penalty as a share of the first, at which the first column comes in. It only
#: chooses, so columns that say the same need not be weighed against each other to the last digit.
_STEPS, _LAST = 60, 5e-3
_ROUGHLY = {"max_iter": 300, "tol": 1e-3}
#: So many sizes in a row that are no better end the search.
_PATIENCE = 5


@dataclass(frozen=True)
class Few:
    """The columns that were chosen, in order, and the strength with which they are to be fitted."""

    columns: Integers
    strength: float


def few_columns(design: Numbers, target: Target, loss: Loss) -> Few:
    """How many columns, which, and how strongly held: the fewest that are about as good as the best, out of fold.

    Parameters
    ----------
    design : (rows, columns) of like scale, no NaN
    target : of these rows; two classes or more of it are there
    """
    parts = [(train, judges, Lasso(design[train], target.take(train))) for train, judges in judged_parts(target)]
    tried: list[Numbers] = []
    forms: list[tuple[int, float]] = []
    means: list[float] = []
    for size in SIZES:
        if size > design.shape[1] or not parts or any(2 * size > len(train) for train, _, _ in parts):
            break
        found: list[list[Numbers]] = [[] for _ in STRENGTHS]
        for train, judges, lasso in parts:
            few = np.flatnonzero(lasso.first(size))
            path = Path(design[np.ix_(train, few)], target.take(train), loss, roughly=True)
            weights = weights_of(target, judges)
            for place, strength in enumerate(STRENGTHS):
                coefficients, intercepts = path.at(strength)
                score = design[np.ix_(judges, few)] @ coefficients + intercepts
                found[place].append(losses(score, target.take(judges), loss) * weights)
        tried += [np.concatenate(one) for one in found]
        forms += [(size, strength) for strength in STRENGTHS]
        means.append(min(float(one.mean()) for one in tried[-len(STRENGTHS) :]))
        if len(means) - int(np.argmin(means)) > _PATIENCE:
            break
    size, strength = forms[about_as_good(tried)] if tried else (1, STRENGTHS[0])
    return Few(np.flatnonzero(Lasso(design, target).first(size)), strength)


class Lasso:
    """Which columns the lasso takes, from the strongest penalty on; of several outputs a column is for all or none.

    Parameters
    ----------
    design : (rows, columns) of like scale, no NaN
    target : of these rows; for classes, scores of 0 and 1 are what is fitted
    """

    def __init__(self, design: Numbers, target: Target) -> None:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.linear_model import lasso_path

        self.taken = np.zeros((design.shape[1], 1), np.bool_)
        weights = weights_of(target)
        root = np.sqrt(weights)[:, None]
        wanted = wanted_scores(target)
        if not weights.sum() > 0:
            return
        moved = (design - weights @ design / weights.sum()) * root
        goal = (wanted - weights @ wanted / weights.sum()) * root
        if not (moved * moved).sum() * (goal * goal).sum() > 0:
            return
        highest = np.sqrt(((moved.T @ goal) ** 2).sum(axis=1)).max() / len(goal)
        goal = goal if goal.shape[1] > 1 else goal[:, 0]
        alphas = highest * np.geomspace(1.0, _LAST, _STEPS)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            _, coefficients, _ = lasso_path(moved, goal, alphas=alphas, **_ROUGHLY)
        several = coefficients if coefficients.ndim == 3 else coefficients[None]
        self.taken = (several != 0).any(axis=0)

    def first(self, most: int) -> Flags:
        """(columns,) those that it takes last before they are more than so many."""
        steps = np.flatnonzero(self.taken.sum(axis=0) <= most)
        return np.asarray(self.taken[:, steps[-1]])
