"""Newton's method for penalised linear scores of few coefficients: a handful of steps where L-BFGS takes twenty."""

from __future__ import annotations

import numpy as np

from journeyman.learners.smooth_loss import SmoothLoss
from journeyman.table.columns import Numbers

#: Steps of one solution; from a good start three to six do.
MOST_STEPS = 25
#: A step is halved at most so often; a convex loss that is rounded off cannot be lowered by less.
MOST_HALVINGS = 30
#: Done where the next step would lower the cost by less than this share of it.
ENOUGH = 1e-8


def newton(design: Numbers, loss: SmoothLoss, strength: float, found: Numbers) -> Numbers:
    """The coefficients of least cost, intercepts last; the same shape as ``found``, from which it starts.

    The cost is the sum of losses plus ``strength / 2`` times the squared coefficients; intercepts are free. Steps that
    would not lower it enough are halved, so it never rises.

    Source: Boyd and Vandenberghe, Convex Optimization, section 9.5.

    Parameters
    ----------
    design : (rows, columns), no NaN
    loss : one that bends nearly everywhere; where it is straight, as absolute losses far from 0, steps are far too long
    found : (columns + 1, outputs)
    """
    full = np.column_stack([design, np.ones(len(design))])
    pull = np.full((len(found), 1), strength)
    pull[-1] = 0.0
    score = full @ found
    value, slope = loss.at(score)
    cost = value + 0.5 * float((pull * found * found).sum())
    for _ in range(MOST_STEPS):
        gradient = full.T @ slope + pull * found
        step = np.linalg.solve(_bends(full, loss.bend(score), pull), gradient.ravel()).reshape(found.shape)
        promise = float((gradient * step).sum())
        if not promise > ENOUGH * abs(cost):
            break
        for halving in range(MOST_HALVINGS):
            nearer = found - step * 0.5**halving
            score = full @ nearer
            value, slope = loss.at(score)
            lower = value + 0.5 * float((pull * nearer * nearer).sum())
            if lower <= cost - 1e-4 * promise * 0.5**halving:
                break
        else:
            break
        found, cost = nearer, lower
    return found


def _bends(full: Numbers, bend: Numbers, pull: Numbers) -> Numbers:
    """Second derivatives by all coefficients, (columns * outputs, same); columns outside, outputs inside."""
    columns, outputs = full.shape[1], bend.shape[1]
    blocks = np.empty((columns, outputs, columns, outputs))
    for one in range(outputs):
        for other in range(one, outputs):
            blocks[:, one, :, other] = full.T @ (full * bend[:, one, other, None])
            blocks[:, other, :, one] = blocks[:, one, :, other]
    whole = blocks.reshape(columns * outputs, columns * outputs)
    held = np.repeat(pull[:, 0], outputs)
    # Scores of many classes may all rise together without any change, and a sure score hardly bends.
    whole.flat[:: len(whole) + 1] += held + 1e-9 * (np.trace(whole) / len(whole) + 1e-12)
    return whole
