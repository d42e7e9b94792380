"""Linear scores with a squared penalty, for any smooth loss: what linear models are fitted by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.learners.newton import newton
from journeyman.learners.smooth_loss import smooth_loss
from journeyman.plan.losses import Loss, Solution, losses, wanted_scores
from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers

#: When a solution is near enough; an answer that is not quite there is a regularised answer too. To choose a strength,
#: rough ones do: on seven tables of two to forty classes the losses of what was chosen were the same within 0.2 %, in a
#: half to a fifth of the time.
CLOSE = {"maxiter": 100, "ftol": 1e-7, "gtol": 1e-5}
ROUGH = {"maxiter": 50, "ftol": 1e-5, "gtol": 1e-4}
#: Up to so many products for the second derivatives of one step, Newton's method is quicker than L-BFGS: up to twice
#: on noisy classes, ten times on classes that a line tells apart, where L-BFGS has a long way to go.
NEWTON_PRODUCTS = 500_000


class Path:
    """Solutions for one set of rows at strength after strength, each found from the one before it.

    ``strength`` is absolute: the sum of the weighted losses plus ``strength / 2`` times the squared coefficients.
    Intercepts go free. A penalty does not feel a rotation, so rows are turned to their own main axes first, where
    columns are independent and a solver knows how long its steps are; a table with more columns than rows shrinks to
    as many as it has rows. Squared losses then have their solution at once; others take few steps of L-BFGS, or of
    Newton's method where coefficients and rows are few.

    Source: Hastie and Tibshirani, Efficient quadratic regularization for expression arrays, Biostatistics 2004.

    Parameters
    ----------
    design : (rows, columns), no NaN
    target : a target of these rows, with at least one row; two classes or more of it are there
    roughly : whether solutions need only be good enough to compare strengths by
    """

    def __init__(self, design: Numbers, target: Target, loss: Loss, *, roughly: bool = False) -> None:
        self.limits = ROUGH if roughly else CLOSE
        weights = weights_of(target)
        self.weights = weights / max(float(weights.mean()), 1e-300)
        self.loss = loss
        self.centre = self.weights @ design / len(target)
        self.axes, self.sizes, self.turned = _main_axes(design - self.centre, self.weights)
        self.smooth = smooth_loss(loss, wanted_scores(target), self.weights)
        self.found = np.zeros((self.turned.shape[1] + 1, len(self.smooth.start)))
        self.found[-1] = self.smooth.start

    def at(self, strength: float) -> Solution:
        """The solution at a strength; quick where it is near the one before."""
        if self.loss == "squared":
            pull = self.turned.T @ (self.weights[:, None] * (self.smooth.wanted - self.smooth.start))
            self.found[:-1] = pull / (self.sizes + strength)[:, None]
        elif self.loss != "absolute" and len(self.weights) * self.found.size**2 <= NEWTON_PRODUCTS:
            self.found = newton(self.turned, self.smooth, strength, self.found)
        else:
            self._descend(strength)
        coefficients = self.axes @ self.found[:-1]
        return coefficients, self.found[-1] - self.centre @ coefficients

    def _descend(self, strength: float) -> None:
        from scipy.optimize import minimize

        # In these units the sum of losses has about the same curvature in every direction.
        unit = 1.0 / np.sqrt(np.append(self.sizes, len(self.weights)) * self.smooth.curvature + strength)[:, None]
        shape, turned = self.found.shape, self.turned

        def cost(flat: Numbers) -> tuple[float, Numbers]:
            found = flat.reshape(shape) * unit
            value, slope = self.smooth.at(turned @ found[:-1] + found[-1])
            value += 0.5 * strength * float((found[:-1] ** 2).sum())
            gradient = np.vstack([turned.T @ slope + strength * found[:-1], slope.sum(axis=0)])
            return value, (gradient * unit).ravel()

        limits = {**self.limits, "maxfun": 2 * self.limits["maxiter"], "maxcor": 8}
        done = minimize(cost, (self.found / unit).ravel(), jac=True, method="L-BFGS-B", options=limits)
        self.found = done.x.reshape(shape) * unit


def _main_axes(design: Numbers, weights: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Axes (columns, rank), the weighted sum of squares along each, and the rows in these axes (rows, rank)."""
    rows, columns = design.shape
    if not columns:
        return np.zeros((0, 0)), np.zeros(0), np.zeros((rows, 0))
    root = np.sqrt(weights)[:, None]
    moved = design * root
    if columns <= rows:
        sizes, axes = np.linalg.eigh(moved.T @ moved)
        sizes = np.maximum(sizes, 0.0)
        return axes, sizes, design @ axes
    sizes, sides = np.linalg.eigh(moved @ moved.T)
    there = sizes > sizes[-1] * 1e-12
    sizes, sides = sizes[there], sides[:, there]
    axes = moved.T @ (sides / np.sqrt(sizes))
    return axes, sizes, design @ axes


def chosen(design: Numbers, target: Target, loss: Loss, strengths: Sequence[float]) -> float:
    """The strongest strength that is about as good as the best, out of fold inside these rows.

    Strengths are tried from the strongest on; where each costs time, until two in a row have been no better. Squared
    losses cost next to none, and may get better only at the far end, as for collinear spectra. About as good: its loss
    is higher by less than a quarter of the standard error of the difference.
    """
    parts = [
        (Path(design[train], target.take(train), loss, roughly=True), rows) for train, rows in judged_parts(target)
    ]
    if not parts:
        return float(strengths[0])
    weights = weights_of(target, np.concatenate([judges for _, judges in parts]))
    tried: list[Numbers] = []
    means: list[float] = []
    for strength in strengths:
        found = []
        for path, judges in parts:
            coefficients, intercepts = path.at(strength)
            found.append(losses(design[judges] @ coefficients + intercepts, target.take(judges), loss))
        tried.append(np.concatenate(found) * weights)
        means.append(float(tried[-1].mean()))
        if loss != "squared" and len(means) - int(np.argmin(means)) > 2:
            break
    return float(strengths[about_as_good(tried)])


def judged_parts(target: Target) -> list[tuple[Integers, Integers]]:
    """The training and the judging rows of each fold in which something can be learnt: five, of many rows three."""
    folds = target.folds(5 if len(target) < 3000 else 3)
    parts = [(folds.training(fold), folds.scored(fold)) for fold in folds.usable]
    if target.task == "regression":
        return parts
    return [(train, judges) for train, judges in parts if len(np.unique(target.codes[train])) > 1]


def about_as_good(tried: Sequence[Numbers]) -> int:
    """The place of the first whose losses (rows,) are about as good as those of the best.

    About as good: higher by less than a quarter of the standard error of the difference.
    """
    best = tried[int(np.argmin([float(one.mean()) for one in tried]))]
    for place, one in enumerate(tried):
        more = one - best
        if more.mean() <= 0.25 * more.std() / np.sqrt(len(more)):
            return place
    raise AssertionError("the best is as good as itself")


def weights_of(target: Target, rows: Integers | slice = slice(None)) -> Numbers:
    """The weights of some rows; 1 where rows have none."""
    return np.ones(len(target))[rows] if target.weights is None else np.asarray(target.weights[rows])
