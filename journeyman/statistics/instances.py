"""Two phases of a cycle against each other, where a whole day, or month, is one piece of evidence."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from journeyman.table.columns import Integers, Numbers


class Phases(NamedTuple):
    """The mean of one phase less that of another, over their instances; its error; a two-sided p-value."""

    difference: float
    error: float
    p_value: float


def compare_phases(values: Numbers, phases: Integers, instances: Integers, first: int, second: int) -> Phases | None:
    """Compare two phases by the means of their instances; None where one has fewer than two, or none differs.

    How far instances of one phase differ is pooled over all phases (one-way analysis of variance on instance means):
    five Marches alone could not tell it, sixty months can. Student's t with instances less phases as degrees.

    Shapes: (rows,) each; ``phases`` and ``instances`` are codes, an instance being of one phase.
    """
    from scipy.special import stdtr

    _, begins, codes = np.unique(instances, return_index=True, return_inverse=True)
    means = np.bincount(codes, values) / np.bincount(codes)
    of_phase = np.unique(phases[begins], return_inverse=True)[1]
    counts = np.bincount(of_phase)
    centres = np.bincount(of_phase, means) / counts
    degrees = len(means) - len(counts)
    one, other = phases[begins] == first, phases[begins] == second
    if degrees < 1 or min(one.sum(), other.sum()) < 2:
        return None
    variance = float(np.square(means - centres[of_phase]).sum()) / degrees
    if not variance > 0:
        return None
    error = math.sqrt(variance * (1 / int(one.sum()) + 1 / int(other.sum())))
    difference = float(means[one].mean() - means[other].mean())
    return Phases(difference, error, float(min(1.0, 2 * stdtr(degrees, -abs(difference / error)))))
