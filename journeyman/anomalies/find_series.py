"""Stretches of a number over time that do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.anomalies.evidence import evidence
from journeyman.plan.shelf import modules
from journeyman.table.columns import Integers, Numbers

#: Fewer values say nothing.
FEWEST = 200
#: What detectors say is averaged over such a share of the series: what lasts counts for more than a single value.
_SMOOTHED = 0.02
#: Two strange places are told apart where so large a share of the series lies between them; so many are told.
_APART, _MOST = 0.05, 10
#: A place counts as beyond chance where fewer than this many values of the whole series would be as strange.
_EXPECTED = 0.05


@dataclass(frozen=True, kw_only=True)
class StrangePlace:
    """A place of a series that does not fit: the position of its strangest value, its score, and why."""

    place: int
    score: float
    why: str


@dataclass(frozen=True, kw_only=True)
class StrangeCourse:
    """What was found in a series.

    Parameters
    ----------
    scores : (n,) how strange each value is with those around it: the mean over detectors of −log of the share of values
        that are as strange, smoothed
    places : the strangest places that are beyond chance, the strangest first
    members : (detectors, n) what each detector says, by the name of its file
    """

    scores: Numbers = field(repr=False)
    places: tuple[StrangePlace, ...]
    members: dict[str, Numbers] = field(repr=False)


def strange_places(at: Numbers, values: Numbers) -> StrangeCourse | None:
    """Where a series does not fit; None where fewer than 200 values are known, or all are the same.

    Parameters
    ----------
    at : (n,) seconds, in order
    values : (n,) missing is NaN; missing values have the score 0
    """
    known = np.flatnonzero(np.isfinite(values) & np.isfinite(at))
    if len(known) < FEWEST or np.ptp(values[known]) == 0:
        return None
    course = Course(at[known], values[known])
    seen = [(one, found) for one in detectors() if (found := one.strangeness(course)) is not None]
    scores = _smoothed(np.mean([_shares(found) for _, found in seen], axis=0), course.window(_SMOOTHED, 3))
    whole = np.zeros(len(values))
    whole[known] = scores
    members = {module.__name__.rpartition(".")[2]: _spread_out(found, known, len(values)) for module, found in seen}
    return StrangeCourse(scores=whole, places=tuple(_places(seen, scores, known)), members=members)


def detectors() -> Iterator[ModuleType]:
    """The modules on the shelf."""
    for module in modules("anomalies.series"):
        if callable(getattr(module, "strangeness", None)):
            yield module


def _shares(found: Numbers) -> Numbers:
    """−log of the share of values that are as strange, (n,)."""
    ordered = np.sort(found)
    return np.asarray(-np.log((len(found) - np.searchsorted(ordered, found, side="left")) / len(found)))


def _smoothed(scores: Numbers, width: int) -> Numbers:
    from scipy.ndimage import uniform_filter1d

    return np.asarray(uniform_filter1d(scores, width, mode="nearest"))


def _spread_out(found: Numbers, known: Integers, rows: int) -> Numbers:
    whole = np.zeros(rows)
    whole[known] = found
    return whole


def _places(seen: list[tuple[ModuleType, Numbers]], scores: Numbers, known: Integers) -> Iterator[StrangePlace]:
    """Peaks of the score near which some detector is beyond chance."""
    rows = len(scores)
    by_detector = np.stack([evidence(found) for _, found in seen])
    limit = np.log(rows * len(seen) / _EXPECTED)
    left, near, apart = scores.copy(), max(1, round(_SMOOTHED * rows)), max(1, round(_APART * rows))
    for _ in range(_MOST):
        peak = int(left.argmax())
        low, high = max(0, peak - near), peak + near + 1
        around = by_detector[:, low:high]
        if around.max() > limit:
            detector, place = np.unravel_index(int(around.argmax()), around.shape)
            yield StrangePlace(
                place=int(known[low + int(place)]), score=float(scores[peak]), why=seen[int(detector)][0].WHY
            )
        left[max(0, peak - apart) : peak + apart + 1] = -np.inf
        if not np.isfinite(left.max()):
            return
