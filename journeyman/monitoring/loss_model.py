"""Learning what a prediction is expected to cost, from out-of-fold losses: for performance without outcomes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.monitoring.bins import MOST_CODES, Codes
from journeyman.monitoring.reference import LossModel
from journeyman.table.columns import Integers, Numbers

#: Bins of the answer; columns that say most of how large errors are; how often effects are fitted in turn.
_BINS, _COLUMNS, _ROUNDS = 10, 20, 3
#: An effect counts as if so many rows had said that there is none.
_CAUTION = 50.0
#: Rows for each point of the line from what was expected to what came, and the most points.
_ROWS_A_POINT, _MOST_POINTS = 200, 10
#: Parts of rows, each held to what the others say.
_PARTS = 5


def learn_loss_model(answers: Numbers, codes: Codes, losses: Numbers, expected: Numbers | None) -> LossModel:
    """Learn to expect a loss.

    Probabilities already say how likely they are to be wrong; that is only compared with what came. For numbers the
    size of the error is a sum of effects of the answer's bin and of the bins of some columns (direct loss estimation;
    Mougan and Nielsen 2023), shrunk towards none.

    Shapes: ``answers`` (rows, outputs), ``codes`` (rows, columns), ``losses`` and ``expected`` (rows,); ``expected`` is
    None for numbers.
    """
    if expected is not None:
        return LossModel(*_line(expected, losses))
    whole = _sum_of_effects(answers, codes, losses)
    raw = whole.raw(answers, codes)
    # What is fitted explains its own rows too well: how much of it holds is told by rows that it was not fitted to.
    apart = np.empty(len(losses))
    for part in range(_PARTS):
        held = np.arange(len(losses)) % _PARTS == part
        apart[held] = _sum_of_effects(answers[~held], codes[~held], losses[~held]).raw(answers[held], codes[held])
    slope = _slope(apart, losses)
    ends = np.array([raw.min(), raw.max()]) if raw.max() > raw.min() else np.array([raw[0]])
    came = losses.mean() + slope * (ends - raw.mean())
    return replace(whole, expected=tuple(ends.tolist()), realised=tuple(came.tolist()))


def _slope(expected: Numbers, losses: Numbers) -> float:
    """How much of an expected difference comes, at the least: 0 to 1, by the lower end of its 90 % interval."""
    away = expected - expected.mean()
    square = float(away @ away)
    if not square > 0:
        return 0.0
    slope = float(away @ losses) / square
    rest = losses - losses.mean() - slope * away
    error = float(np.sqrt((away**2) @ (rest**2))) / square
    return float(np.clip(slope - 1.645 * error, 0.0, 1.0))


def _sum_of_effects(answers: Numbers, codes: Codes, losses: Numbers) -> LossModel:
    cuts = np.unique(np.quantile(answers[:, 0], np.arange(1, _BINS) / _BINS))
    bins = np.searchsorted(cuts, answers[:, 0], side="left")
    base = float(losses.mean())
    said = [_said(codes[:, place], losses - base) for place in range(codes.shape[1])]
    chosen = sorted(np.argsort(said)[::-1][:_COLUMNS].tolist())
    of_answer = np.zeros(len(cuts) + 1)
    effects = {place: np.zeros(MOST_CODES) for place in chosen}
    for _ in range(_ROUNDS):
        whole = base + of_answer[bins] + sum(effects[one][codes[:, one]] for one in chosen)
        rest = losses - whole + of_answer[bins]
        of_answer = _effect(bins, rest, len(of_answer))
        for place in chosen:
            whole = base + of_answer[bins] + sum(effects[one][codes[:, one]] for one in chosen)
            effects[place] = _effect(codes[:, place], losses - whole + effects[place][codes[:, place]])
    none = np.zeros(MOST_CODES)
    of_bins = tuple(tuple(effects.get(place, none)[:MOST_CODES].tolist()) for place in range(codes.shape[1]))
    return LossModel((0.0,), (0.0,), base, tuple(cuts.tolist()), tuple(of_answer.tolist()), of_bins)


def _effect(places: Integers | Codes, rest: Numbers, size: int = MOST_CODES) -> Numbers:
    counts = np.bincount(places, minlength=size)
    return np.asarray(np.bincount(places, rest, size) / (counts + _CAUTION))


def _said(places: Codes, rest: Numbers) -> float:
    """The variance between rows that a column's bins explain."""
    counts = np.bincount(places, minlength=MOST_CODES)
    effects = np.bincount(places, rest, MOST_CODES) / (counts + _CAUTION)
    return float(counts @ effects**2 - (counts @ effects) ** 2 / len(rest))


def _line(expected: Numbers, losses: Numbers) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Points of equally many rows: what was expected on average, and what came."""
    points = int(np.clip(len(losses) // _ROWS_A_POINT, 1, _MOST_POINTS))
    order = np.argsort(expected, kind="stable")
    parts = np.array_split(order, points)
    x = np.array([expected[part].mean() for part in parts])
    y = np.maximum.accumulate([losses[part].mean() for part in parts])
    rising = np.append(True, np.diff(x) > 1e-9)
    return tuple(x[rising].tolist()), tuple(y[rising].tolist())
