"""Classes that the training rows of a fold did not hold: nobody can know their chance, and nobody is to answer 0."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers


def allowing_for_unseen(answers: Numbers, target: Target, training: Integers) -> Numbers:
    """A fold's answers (rows, outputs), in which each such class has about the chance of one row.

    A class that comes up late is in the training rows of some folds only, and in all that the deployed model learns
    from. Learners answer 0 for it, or next to nothing: by log loss, that one fold alone would decide which one ships,
    by how each writes "never".

    Parameters
    ----------
    target : of all rows
    training : positions of the rows that the fold was fitted on
    """
    if target.task != "multiclass" or answers.shape[1:] != (target.outputs,):
        return answers
    unseen = np.bincount(target.codes[training], minlength=target.outputs) == 0
    if not unseen.any():
        return answers
    chance = 1 / (len(training) + target.outputs)
    return np.asarray(answers * (1 - chance * unseen.sum()) + chance * unseen)
