"""Which recorded targets a model does not believe, by its answers to rows that it was not fitted on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers

#: A number so many local standard deviations from its answer is doubted.
FAR = 5.0
#: Local scales are medians over so many rows of like answers, and no smaller than this share of that of all rows.
_NEIGHBOURS, _LEAST_SCALE = 100, 0.1
#: The median of absolute values of a normal deviation is this share of its standard deviation.
_OF_NORMAL = 0.6745


@dataclass(frozen=True)
class Doubts:
    """How much each recorded target is doubted.

    Parameters
    ----------
    strength : (rows,) larger is more doubted: by how much another class is more likely, −1 to 1; or how many local
        standard deviations a number is from its answer, −inf where there is no answer
    doubted : (rows,) whether the rule would take it for wrong
    other : (rows,) the class that it may be instead, −1 for numbers
    """

    strength: Numbers
    doubted: Flags
    other: Integers


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
