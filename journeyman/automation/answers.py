"""What a model answers to cases whose decision is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.statistics.label_rule import LabelRule, labels
from journeyman.table.columns import Flags, Integers, Numbers

#: The truth of a case that is of no class that the model knows: any answer is wrong.
UNKNOWN = -1


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Answers to cases, each of shape (cases,).

    Parameters
    ----------
    classes : labels, in the order of the places
    place : the predicted class
    chance : its probability
    truth : the true class, `UNKNOWN` where the model knows it not
    usual : cases like those of training; all others go to a person
    units : which cases belong together; every case its own where they are independent
    """

    classes: tuple[str, ...]
    place: Integers
    chance: Numbers
    truth: Integers
    usual: Flags
    units: Integers

    def __len__(self) -> int:
        return len(self.place)

    @property
    def wrong(self) -> Flags:
        """Where the predicted class is not the true one."""
        return np.asarray(self.place != self.truth, np.bool_)

    @property
    def is_clustered(self) -> bool:
        """Whether some cases belong together."""
        return len(np.unique(self.units)) < len(self.units)

    def take(self, rows: Any) -> Answers:
        """Some of the cases."""
        return Answers(
            classes=self.classes,
            place=self.place[rows],
            chance=self.chance[rows],
            truth=self.truth[rows],
            usual=self.usual[rows],
            units=self.units[rows],
        )


def answers_of(
    classes: tuple[str, ...],
    probabilities: Numbers,
    truth: Integers,
    *,
    rule: LabelRule | None = None,
    usual: Flags | None = None,
    units: Integers | None = None,
) -> Answers:
    """Answers from probabilities (cases, classes), by the rule that a bundle names classes by.

    Of two equal ones the later class is taken, as bundles do.
    """
    known: Flags = np.asarray(np.isfinite(probabilities).all(axis=1), np.bool_)
    held = np.where(known[:, None], probabilities, 0.0)
    place = labels(held[:, 1:] if len(classes) == 2 else held, rule)
    alone = np.arange(len(place))
    return Answers(
        classes=classes,
        place=place,
        chance=held[alone, place],
        truth=truth,
        usual=known if usual is None else known & usual,
        units=alone if units is None else units,
    )
