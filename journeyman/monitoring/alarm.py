"""What monitoring raises: an alarm with its evidence, its price and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

#: The share of healthy models that ever raise any alarm, at most: over the life of the model, however often one looks.
ALARM_RATE = 0.05
#: Of what a kind of alarm may do, this part is what bets on rows may; the rest is for what the reference cannot know.
_OF_BETS = 0.9

Severity = Literal["alarm", "notice"]


@dataclass(frozen=True)
class Alarm:
    """What is wrong.

    Parameters
    ----------
    kind : the file of its kind
    severity : ``"alarm"``, or ``"notice"`` for what changed and does no harm that could be seen
    sentence : what was seen, with its numbers
    evidence : the e-value: so many times the coin that was bet; None where no chance brings it about
    price : what is at stake, in words
    remedy : what to do
    columns : where it was seen
    facts : numbers, as JSON
    """

    kind: str
    severity: Severity
    sentence: str
    evidence: float | None
    price: str
    remedy: str
    columns: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The alarm as JSON."""
        return {**asdict(self), "columns": list(self.columns)}


def threshold(kinds: int) -> float:
    """From what e-value on a kind raises an alarm, where so many kinds share `ALARM_RATE`.

    >>> round(threshold(5), 1)
    111.1
    """
    return kinds / (ALARM_RATE * _OF_BETS)
