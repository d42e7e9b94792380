"""Which recorded targets a model does not believe, by its answers to rows that it was not fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers

#: A number so many local standard deviations from its answer is doubted.
FAR = 5.0
#: Local scales are medians over so many rows of like answers, and no smaller than this share of that of all rows.
_NEIGHBOURS, _LEAST_SCALE = 100, 0.1
#: How often one class is recorded for another is read off the rows that are surest of it: so large a share of as many
#: as bear it, and so many at least; shrunk as by so many rows of which the share of all is mistaken.
_SUREST, _FEWEST_SUREST, _SHRUNK = 0.1, 20, 10.0
#: What those shares say is an upper bound where no row is really sure, so it counts in part only. Chosen, as are the
#: figures above, on nine tables that no figure is reported of.
_BELIEVED = 0.75
#: No chance is taken for smaller.
_LEAST_CHANCE = 1e-6
#: The median of absolute values of a normal deviation is this share of its standard deviation.
_OF_NORMAL = 0.6745


@dataclass(frozen=True)
class Doubts:
    """How much each recorded target is doubted.

    Parameters
    ----------
    strength : (rows,) larger is more doubted: by how much another class is more likely, −1 to 1; by several opinions
        the log-odds that another class is the right one; or how many local standard deviations a number is from its
        answer
    doubted : (rows,) whether the rule would take it for wrong
    other : (rows,) the class that it may be instead, −1 for numbers
    margin : (rows,) by how much that class is likelier by several opinions together (their geometric mean), above 0
        where a label is doubted; None where there is one opinion
    """

    strength: Numbers
    doubted: Flags
    other: Integers
    margin: Numbers | None = None


def doubted_labels(codes: Integers, chances: Numbers) -> Doubts:
    """Labels that are likely wrong, by the rule of confident learning.

    A class's threshold is how likely it is held, on average, for rows that bear it. A label is doubted where another
    class is at least as likely as that class's threshold, and more likely than the label.

    Parameters
    ----------
    codes : (rows,) the recorded classes
    chances : (rows, classes) answers to rows that were not learnt from

    Source: Northcutt, Jiang and Chuang, Confident Learning, JAIR 70 (2021), without its pruning by counts.
    """
    rows, classes = chances.shape
    own = chances[np.arange(rows), codes]
    counts = np.bincount(codes, minlength=classes)
    # A class that no row bears is no alternative.
    thresholds = np.where(counts > 0, np.bincount(codes, own, classes) / np.maximum(counts, 1), np.inf)
    others = chances.copy()
    others[np.arange(rows), codes] = -np.inf
    confident = np.where(others >= thresholds, others, -np.inf)
    is_any = np.isfinite(confident).any(axis=1)
    other = np.where(is_any, confident.argmax(axis=1), others.argmax(axis=1))
    strength = others[np.arange(rows), other] - own
    return Doubts(strength, is_any & (strength > 0), other.astype(np.int64))


def doubted_together(
    codes: Integers, unseen: Sequence[Numbers], seen: Sequence[Numbers] = (), *, told_apart: float = np.inf
) -> Doubts:
    """Labels that are likely wrong, by several models.

    A label's log-odds are the mean over all answers of log(chance of another class / chance of the label), plus a part
    of the logarithm of how often this label is recorded where that other class is surest: mistakes that are often made
    are more likely than those that never are. A label is doubted where the log-odds are above 0.

    Parameters
    ----------
    codes : (rows,) the recorded classes
    unseen : (rows, classes) each: answers to rows that were not learnt from
    seen : the same of models that did learn from them: a model that is not too pliant disagrees with wrong labels even
        then
    told_apart : a label is not doubted where the rows surest of the other class bear it as often as this part of its
        share of all rows: where columns hardly tell two classes apart, the rarer one looks like a mistake everywhere

    Source: logit margins over models and over answers to seen and unseen rows, as benchmarks of label errors found
    best; the term of mistakes is ours, by the noise model of Patrini et al., CVPR 2017.
    """
    rows, classes = unseen[0].shape
    logs = np.mean([np.log(np.maximum(one, _LEAST_CHANCE)) for one in (*unseen, *seen)], axis=0)
    mean, places = np.mean(unseen, axis=0), np.arange(rows)
    shares, mistaken = np.bincount(codes, minlength=classes) / max(rows, 1), _mistaken(codes, mean)
    odds = logs - logs[places, codes][:, None] + _BELIEVED * np.log(mistaken)[:, codes].T
    odds[places, codes] = -np.inf
    # A class that no row bears is no alternative.
    odds[:, shares == 0] = -np.inf
    other = odds.argmax(axis=1).astype(np.int64)
    strength = odds[places, other]
    is_told_apart = mistaken[other, codes] < told_apart * shares[codes]
    together = np.exp(logs - logs.max(axis=1, keepdims=True))
    together /= together.sum(axis=1, keepdims=True)
    margin = together[places, other] - together[places, codes]
    return Doubts(strength, (strength > 0) & is_told_apart, other, margin)


def _mistaken(codes: Integers, chances: Numbers) -> Numbers:
    """(classes, classes) how often each class, by row, is recorded as each other, where it is surest."""
    rows, classes = chances.shape
    wanted = np.maximum((_SUREST * np.bincount(codes, minlength=classes)).astype(np.int64), _FEWEST_SUREST)
    wanted = np.minimum(wanted, max(rows // 2, 1))
    shares = np.zeros((classes, classes))
    for code, count in enumerate(wanted.tolist()):
        surest = np.argsort(-chances[:, code], kind="stable")[:count]
        shares[code] = np.bincount(codes[surest], minlength=classes) / count
    usual = float(np.mean(1 - np.diag(shares))) / max(classes - 1, 1)
    weights = wanted[:, None].astype(np.float64)
    return np.asarray(np.maximum((shares * weights + usual * _SHRUNK) / (weights + _SHRUNK), 1e-4))


def contradicted(codes: Integers, chances: Numbers) -> tuple[int, int]:
    """Of the surest tenth of the answers, those that the recorded label contradicts, and how many they are.

    Labels that are wrong at random contradict sure answers as often as any others, while what columns cannot tell is
    rarest there: the share is about the largest that can be wrong at random.

    Shapes: ``codes`` (rows,), ``chances`` (rows, classes).
    """
    surest = np.argsort(-chances.max(axis=1), kind="stable")[: max(1, len(codes) // 10)]
    return int((chances[surest].argmax(axis=1) != codes[surest]).sum()), len(surest)


def doubted_numbers(truth: Numbers, answers: Numbers) -> Doubts:
    """Numbers so far from their answers that they are likely wrong, by the scale of errors at like answers.

    The scale is the median absolute error of the nearest rows in the order of the answers, so that large amounts may
    be off by more than small ones.

    Shapes: ``truth`` and ``answers`` (rows,).
    """
    errors = truth - answers
    # A few wrong numbers must not move what all the others are compared with.
    distance = np.abs(errors - np.median(errors)) if len(errors) else errors
    scale = np.maximum(_local(distance, answers), _LEAST_SCALE * float(np.median(distance)) if len(errors) else 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        strength = np.nan_to_num(_OF_NORMAL * distance / scale, nan=0.0, posinf=0.0)
    return Doubts(strength, strength > FAR, np.full(len(truth), -1))


def _local(distance: Numbers, answers: Numbers) -> Numbers:
    """The median distance among rows of like answers, (rows,)."""
    rows = len(answers)
    if rows <= 2 * _NEIGHBOURS:
        return np.full(rows, float(np.median(distance)) if rows else 0.0)
    parts = np.array_split(np.argsort(answers, kind="stable"), rows // _NEIGHBOURS)
    middles = np.array([float(np.median(answers[part])) for part in parts])
    medians = np.array([float(np.median(distance[part])) for part in parts])
    return np.asarray(np.interp(answers, middles, medians))
