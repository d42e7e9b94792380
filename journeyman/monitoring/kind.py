"""The contract of the shelf: a kind of alarm is a file with three functions.

    def streams(reference: Reference) -> tuple[Stream, ...]
    def growth(reference: Reference, batch: Batch, memory: Memory) -> Numbers | None
    def say(reference: Reference, seen: Seen) -> Alarm

``streams`` are what is bet on: losses of 0 to 1 that keep a limit while the model is healthy. ``growth`` is what the
bets make of a batch, (streams, stakes), None where the batch says nothing of them. ``say`` is asked for where the
wealth of all streams together comes to the threshold. ``TITLE`` names the kind, ``HEADLINE`` says what its alarm means,
``ORDER`` is its place among alarms.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from journeyman.monitoring import kinds as shelf
from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Reference
from journeyman.table.columns import Numbers


@dataclass(frozen=True)
class Stream:
    """What is bet on: its name, and the part of the kind's coin that is put on it."""

    name: str
    weight: float


@dataclass(frozen=True)
class Seen:
    """What an alarm is told from.

    Parameters
    ----------
    evidence : the e-value of the kind
    values : (streams,) those of its streams
    recent : facts of the newest batches, the newest last, as `journeyman.monitoring.watch.facts_of` gives them
    harmful : whether the performance is estimated to be worse than tolerated, or cannot be estimated
    """

    evidence: float
    values: Numbers
    recent: tuple[Mapping[str, Any], ...]
    harmful: bool
    memory: Memory


class Kind(Protocol):
    """What a module on the shelf has."""

    TITLE: str
    ORDER: int
    HEADLINE: str

    def streams(self, reference: Reference) -> tuple[Stream, ...]:
        """What is bet on."""

    def growth(self, reference: Reference, batch: Batch, memory: Memory) -> Numbers | None:
        """What the bets make of a batch."""

    def say(self, reference: Reference, seen: Seen) -> Alarm:
        """The alarm in words."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by the name of its file."""
    names = sorted(one.name for one in pkgutil.iter_modules(shelf.__path__))
    return {name: import_module(f"{shelf.__name__}.{name}") for name in names}
