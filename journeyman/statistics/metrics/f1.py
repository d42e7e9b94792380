"""F1: harmonic mean of precision and recall of the positive class; of several classes the plain mean."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.label_rule import LabelRule, labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers

#: Rounds in which the rule of several classes is found, on at most so many rows, evenly spread.
_ROUNDS, _MOST_ROWS = 30, 20_000


def _part(truth: Numbers, answer: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    count = max(answer.shape[1], 2)
    true, named = truth.astype(np.int64), labels(answer)
    right = true == named
    # F1 of a class is 2·hits / (rows of the class + rows named so); 0 where both are none.
    both = np.bincount(true, weights, count) + np.bincount(named, weights, count)
    hits = np.bincount(true[right], weights[right], count)
    scale = np.where(both > 0, both, 1)
    each = 2 * hits / scale
    counted = both > 0
    if answer.shape[1] == 1:
        counted = np.array([False, True])
    shares = counted / counted.sum() / scale
    influence = weights.sum() * (2 * right * shares[true] - (each * shares)[true] - (each * shares)[named])
    return float(each[counted].mean()), influence


def _label_rule(answer: Numbers, weights: Numbers) -> LabelRule:
    """The rule of the largest F1 that is expected.

    Of two classes the positive one is named from half of that F1 on: a row more adds 2·chance to the hits and 1 to
    those named. Of several, a class is worth (2·chance − F1) / (rows of the class + rows named so), all as expected.
    From the likeliest classes on that is worked out again and again, in ever smaller steps, because a rare class is
    named by nobody in one round and by everybody in the next; the best round stands.

    Source: Lipton, Elkan, Naryanaswamy, Optimal thresholding of classifiers to maximize F1 measure, ECML 2014; Koyejo
    and others, Consistent multilabel classification, NeurIPS 2015, for the mean over classes.
    """
    if answer.shape[1] == 1:
        order = np.argsort(-answer[:, 0], kind="stable")
        chance, weight = answer[order, 0], weights[order]
        hits = np.cumsum(weight * chance)
        both = np.cumsum(weight) + hits[-1]
        reached = float((2 * hits / np.where(both > 0, both, 1)).max())
        return LabelRule.from_chance(reached / 2 if reached > 0 else 0.5)
    if len(answer) > _MOST_ROWS:
        some = np.linspace(0, len(answer) - 1, _MOST_ROWS).astype(np.int64)
        answer, weights = answer[some], weights[some]
    share = weights / max(float(weights.sum()), 1e-300)
    mass = share @ answer
    scale, shift = np.ones(len(mass)), np.zeros(len(mass))
    best, most, alone = (scale, shift), -1.0, np.arange(len(answer))
    for number in range(_ROUNDS):
        named = (answer * scale - shift).argmax(axis=1)
        both = mass + np.bincount(named, share, len(mass))
        there = both > 0
        each = 2 * np.bincount(named, share * answer[alone, named], len(mass)) / np.where(there, both, 1)
        if each.mean() > most:
            most, best = float(each.mean()), (scale, shift)
        asked = np.divide(2.0, both, out=np.zeros_like(both), where=there)
        shifted = np.divide(each, both, out=np.zeros_like(both), where=there)
        # A class that is never expected is never named.
        shifted = np.where(there, shifted, shifted.max() + 1)
        # From the likeliest on the first step is a whole one: rules differ by a factor that says nothing.
        step = 1 / np.sqrt(1 + number)
        scale, shift = ((1 - step) * one + step * other for one, other in ((scale, asked), (shift, shifted)))
    return LabelRule(*(tuple(one.tolist()) for one in best))


METRIC = Metric(
    name="f1",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    worst=0.0,
    needs="label",
    part=_part,
    label_rule=_label_rule,
)
