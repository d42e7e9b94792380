"""The contract of calibrators: steps that make answers truer, learnt from out-of-fold answers.

A calibrator stands on the learners' shelf, takes the numbers of an answer as its only columns, and gives as many. To
add one, write one file below ``learners/``; the search tries it where its task is given, and keeps it only where it
proves itself.
"""

from __future__ import annotations

from typing import ClassVar

from journeyman.plan.step import Step
from journeyman.plan.target import Task


class Calibrator(Step):
    """A step from answers to truer answers, of the same shape and meaning."""

    tasks: ClassVar[tuple[Task, ...]] = ()
    #: What a calibrated model is called: the model's name, then this.
    words: ClassVar[str] = "calibrated"
