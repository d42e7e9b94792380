"""F1: harmonic mean of precision and recall of the positive class; of several classes the plain mean."""

from __future__ import annotations

import numpy as np

from journeyman.statistics.label_rule import LabelRule, labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers

#: Rounds in which the rule of several classes is found; it hardly moves after a few.
_ROUNDS = 20


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
    those named. Of several, a class is worth (2·chance − F1) / (rows of the class + rows named so), all as expected;
    from the likeliest classes on that is done again until no label changes, and the best round stands.

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
    mass = (weights @ answer) / weights.sum()
    best = rule = LabelRule((1.0,) * len(mass), (0.0,) * len(mass))
    most = -1.0
    for _ in range(_ROUNDS):
        named = rule.named(answer)
        of_named = weights * answer[np.arange(len(answer)), named] / weights.sum()
        both = mass + np.bincount(named, weights, len(mass)) / weights.sum()
        there = both > 0
        each = 2 * np.bincount(named, of_named, len(mass)) / np.where(there, both, 1)
        if not each.mean() > most:
            break
        most, best = float(each.mean()), rule
        scale = np.divide(2.0, both, out=np.zeros_like(both), where=there)
        shift = np.divide(each, both, out=np.zeros_like(both), where=there)
        # A class that is never expected is never named.
        rule = LabelRule(tuple(scale.tolist()), tuple(np.where(there, shift, shift.max() + 1).tolist()))
    return best


METRIC = Metric(
    name="f1",
    tasks=("binary", "multiclass"),
    greater_is_better=True,
    worst=0.0,
    needs="label",
    part=_part,
    label_rule=_label_rule,
)
