"""Means of the target over levels that several columns have together, or that are values of a number."""

from __future__ import annotations

from typing import ClassVar

from journeyman.plan import needs
from journeyman.preparation.derive.ideas import JOINT, VALUE
from journeyman.preparation.derive.made import Made


class Joined(Made):
    """Means over joint levels.

    For tables where a cell of several columns together says what none of them says alone, as a price list does; and
    where rows with the very same number are alike: a weight that all of one case have, a number that is an id. The same
    as `Made`, of two kinds: the mean of the target over the rows of a joint code of one, two or three words or numbers
    of few values; and over the rows of each value of a number with many values that come again. Training rows get means
    that rows of other folds gave. Missing, unseen: as there.
    """

    answers: ClassVar[str] = needs.LEVELS_COMBINED

    kinds: tuple[str, ...] = (JOINT, VALUE)
