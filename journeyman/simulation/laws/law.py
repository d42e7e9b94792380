"""The contract of the shelf: what a law is.

To add a law, write one file here with one class that says `say`. Laws are drawn from a generator, so that one seed
always gives one law, whatever rows it is asked about.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from journeyman.simulation.features import Features, Sizes, independent
from journeyman.table.columns import Numbers


@dataclass(frozen=True)
class Law(ABC):
    """How the target depends on the features.

    ``tasks`` it can give, ``signal``: whether it reads anything at all, ``noise`` around a number's mean: ``normal``
    with standard deviation 1, or ``poisson``. ``independent``: whether its features know nothing of one another.
    """

    tasks: ClassVar[tuple[str, ...]] = ("binary", "multiclass", "regression")
    signal: ClassVar[bool] = True
    noise: ClassVar[Literal["normal", "poisson"]] = "normal"
    independent: ClassVar[bool] = True

    def features(self, sizes: Sizes, law: np.random.Generator, random: np.random.Generator, rows: int) -> Features:
        """Draw features: what is fixed by the law from ``law``, what differs between rows from ``random``."""
        del law
        return independent(sizes, random, rows)

    @abstractmethod
    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """What the features say of one output, (rows,): a number's mean, or the log-odds of a class.

        Row by row, from ``features.known()`` and ``features.words`` alone; spread about 1.3 over rows, mean about 0.
        All that is random comes from ``law``, in amounts that do not depend on the number of rows.
        """


def speaking(features: Features) -> int:
    """How many numbers speak: all but the last, so that a world always has a number that says nothing."""
    return max(1, int(features.numbers.shape[1]) - 1)
