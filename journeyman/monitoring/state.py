"""The state of monitoring in a run folder: which batches were counted, and what all bets have come to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeyman.errors import InputError, SourceError
from journeyman.monitoring.kind import kinds
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import FOLDER, Reference
from journeyman.statistics.e_process import Wealth
from journeyman.store.files import read_bounded, write_whole

FORMAT, STATE = 1, "state.json"
_LARGEST = 1 << 28


@dataclass(frozen=True)
class State:
    """What monitoring knows after some batches.

    Parameters
    ----------
    wealth : by kind
    memory : rows that were seen lately
    counted : each batch as `journeyman.monitoring.seen` knows it again
    recent : facts of the newest batches, as `journeyman.monitoring.watch.facts_of` gives them
    raised : by kind the first alarm, with the number of its batch
    batches : how many batches there were, those of new outcomes alone among them
    """

    wealth: Mapping[str, Wealth]
    memory: Memory
    counted: tuple[Mapping[str, Any], ...] = ()
    recent: tuple[Mapping[str, Any], ...] = ()
    raised: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    batches: int = 0

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return sum(int(one["new"]) for one in self.counted)


def first_state(reference: Reference) -> State:
    """Before the first batch."""
    return State(
        {name: Wealth.of(len(kind.streams(reference))) for name, kind in kinds().items()},
        Memory.of(len(reference.columns)),
    )


def save_state(folder: Path, reference: Reference, state: State) -> Path:
    """Write the state whole."""
    data = {
        "format": FORMAT,
        "reference": reference.digest,
        "wealth": {name: one.as_data() for name, one in state.wealth.items()},
        "memory": state.memory.as_data(),
        "counted": state.counted,
        "recent": state.recent,
        "raised": state.raised,
        "batches": state.batches,
    }
    return write_whole(folder / FOLDER / STATE, json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")


def load_state(folder: Path, reference: Reference) -> State:
    """Read the state; the first one where there is none.

    Raises
    ------
    InputError : it is of another reference, or not what monitoring wrote: a test does not go on from it
    """
    path = folder / FOLDER / STATE
    if not path.exists():
        return first_state(reference)
    try:
        data = json.loads(read_bounded(path, _LARGEST))
        if data["format"] != FORMAT or data["reference"] != reference.digest:
            raise ValueError("it goes on from another reference")
        first = first_state(reference)
        # A kind that came with a later version begins where the others are by now.
        wealth = {
            name: Wealth.from_data(data["wealth"][name], len(one.begun)) if name in data["wealth"] else one
            for name, one in first.wealth.items()
        }
        memory = Memory.from_data(data["memory"], len(reference.columns))
        counted, recent = tuple(map(dict, data["counted"])), tuple(map(dict, data["recent"]))
        raised = {str(name): dict(one) for name, one in data["raised"].items()}
        return State(wealth, memory, counted, recent, raised, int(data["batches"]))
    except (KeyError, TypeError, ValueError, SourceError) as error:
        raise InputError(
            f"the state of monitoring in {folder} cannot be used",
            because=f"{FOLDER}/{STATE} is not what monitoring wrote ({error})",
            remedy=f"put an undamaged copy back, or delete {FOLDER}/{STATE} to begin a new test",
        ) from error
