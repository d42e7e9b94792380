"""The contract of the shelf: what a kind of insight is.

To add a kind, write one file here with one class that inherits from `Kind`. It enumerates everything that it looks at
(`looks`), so that all of it is counted; it measures one candidate on rows that had no say in finding it (`measure`);
it says it in a sentence whose every number is a claim that can be recounted in the table (`say`); and it gives the
facts of the picture that fits (`picture`). Which of them are told is decided outside (`find`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from journeyman.insights.claim import Claim
from journeyman.insights.insight import Figure
from journeyman.insights.material import Material, Outcome
from journeyman.plan.shelf import modules
from journeyman.table.columns import Numbers
from journeyman.table.table import Table


@dataclass(frozen=True)
class Candidate:
    """What may be an insight.

    Parameters
    ----------
    kind : the name of its file
    columns : that it is about, but for the outcome
    outcome : its place among the material's outcomes; −1 where it is about no outcome
    places : what the kind needs to know of it: groups, cuts, parts of a cycle
    """

    kind: str
    columns: tuple[str, ...]
    outcome: int
    places: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Look:
    """A candidate as it shows on the first half.

    Parameters
    ----------
    effect, error : on the scale of correlations, with its standard error if there were nothing
    size : on the scale of the kind's ``least``
    p_value : of a quick test; it only decides what is looked at again
    """

    candidate: Candidate
    effect: float
    error: float
    size: float
    p_value: float


@dataclass(frozen=True)
class Measured:
    """A candidate as it shows on the second half.

    Parameters
    ----------
    value, unit : in its own unit; ``interval`` gives its bounds at a confidence
    effect, error : on the scale of correlations
    size : on the scale of the kind's ``least``
    p_value : two-sided, of an exact test or one that holds whatever the distribution
    rows : that were measured
    """

    value: float
    unit: str
    effect: float
    error: float
    size: float
    p_value: float
    rows: int
    interval: Callable[[float], tuple[float, float]] = field(compare=False)


@dataclass(frozen=True)
class Said:
    """A sentence and the claims in it; ``rows`` of the table it is about."""

    sentence: str
    claims: tuple[Claim, ...]
    rows: int
    more: Mapping[str, Any] = field(default_factory=dict)


class Kind(ABC):
    """A kind of insight.

    ``least``: the smallest size that anybody would act on. ``split``: whether it is found and confirmed on rows split
    by rows, or by stretches of time. ``surprise``: how much more it says than that two things differ. ``measures``:
    what its value is, in words. ``turn``: kinds of a lower one come first, where time is short.
    """

    least: ClassVar[float]
    split: ClassVar[Literal["rows", "time"]] = "rows"
    surprise: ClassVar[float] = 1.0
    measures: ClassVar[str] = "difference"
    turn: ClassVar[int] = 1

    @property
    def name(self) -> str:
        """The name of its file."""
        return type(self).__module__.rpartition(".")[2]

    @abstractmethod
    def looks(self, half: Material) -> Iterator[Look]:
        """Everything that is looked at on the first half, each with what it shows."""

    @abstractmethod
    def measure(self, half: Material, candidate: Candidate) -> Measured | None:
        """What a candidate shows on other rows; None where there are too few."""

    @abstractmethod
    def say(self, table: Table, material: Material, candidate: Candidate) -> Said | None:
        """The candidate in a sentence that is true of the whole table; None where it is not."""

    @abstractmethod
    def picture(self, table: Table, material: Material, candidate: Candidate) -> Figure:
        """The facts of the chart that fits."""

    @abstractmethod
    def signature(self, material: Material, candidate: Candidate) -> Numbers | None:
        """A number a row, (rows,), alike for insights that say the same; None where columns tell that."""

    def candidate(self, columns: tuple[str, ...], outcome: int = -1, *places: Any) -> Candidate:
        """A candidate of this kind."""
        return Candidate(self.name, columns, outcome, places)


def outcome_of(material: Material, candidate: Candidate) -> Outcome:
    """The outcome that a candidate is about."""
    return material.outcomes[candidate.outcome]


def kinds() -> tuple[Kind, ...]:
    """Every kind on the shelf, in the order of their turns and names."""
    found = []
    for module in modules("insights"):
        for value in vars(module).values():
            is_kind = isinstance(value, type) and issubclass(value, Kind) and value.__module__ == module.__name__
            if is_kind and not getattr(value, "__abstractmethods__", None):
                found.append(value())
    return tuple(sorted(found, key=lambda one: (one.turn, one.name)))
