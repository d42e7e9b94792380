"""A plan fitted on another scale of the target, and its answers brought back."""

from __future__ import annotations

from typing import Literal

from journeyman.plan.step import Step

#: ``plain``: as it is; ``log``: the logarithm of one more, brought back as it is (what squared logarithmic errors
#: want); ``log_mean``: the same, brought back so that the mean is right; ``rank``: the normal score of its rank.
Form = Literal["plain", "log", "log_mean", "rank"]


class Retargeted(Step):
    """A plan fitted on another scale of the target, its answers brought back."""

    inner: Step
    form: Form
