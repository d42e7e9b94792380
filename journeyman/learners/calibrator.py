"""The contract of calibrators: steps that make answers truer, learnt from out-of-fold answers.

A calibrator stands on the learners' shelf, takes the numbers of an answer as its only columns, and gives as many. To
add one, write one file below ``learners/``; the search tries it where it suits the target and the metric, and keeps it
only where it proves itself.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.plan.step import Step
from journeyman.plan.target import Target, Task
from journeyman.statistics.metrics.metric import chance_of_truth
from journeyman.table.columns import Numbers


class Calibrator(Step):
    """A step from answers to truer answers, of the same shape and meaning."""

    tasks: ClassVar[tuple[Task, ...]] = ()
    #: What a calibrated model is called: the model's name, then this.
    words: ClassVar[str] = "calibrated"

    @classmethod
    def suits(cls, target: Target, metric: str) -> bool:
        """Whether it may help answers to this target that are judged by this metric."""
        return target.task in cls.tasks

    @classmethod
    def losses(cls, answers: Numbers, target: Target) -> Numbers:
        """What it is to lower, (rows,), of answers (rows, outputs): the log loss of classes, absolute errors else."""
        if not target.classes:
            return np.abs(answers[:, 0] - target.values)
        return -np.log(np.maximum(chance_of_truth(target.values, answers), 1e-15))
