"""Means of the target over levels that several columns have together."""

from __future__ import annotations

from typing import ClassVar

from journeyman.plan import needs
from journeyman.preparation.derive.ideas import JOINT
from journeyman.preparation.derive.made import Made


class Joined(Made):
    """Means over joint levels.

    For tables where a cell of several columns together says what none of them says alone, as a price list does. The
    same as `Made`, of one kind: the mean of the target over the rows of a joint code of one, two or three words or
    numbers of few values. Training rows get means that rows of other folds gave. Missing, unseen: as there.
    """

    answers: ClassVar[str] = needs.LEVELS_COMBINED

    kinds: tuple[str, ...] = (JOINT,)
