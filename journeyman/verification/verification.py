"""The value that `verify` gives: what of a run holds, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

State = Literal["holds", "fails", "note", "not checked"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: what, what came of it, and in words."""

    name: str
    state: State
    text: str

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"


@dataclass(frozen=True)
class Verification:
    """What of a run holds, line by line.

    A ``note`` is a difference that is no fault, as another version of a library; what is ``not checked`` needs the
    table.
    """

    run: Path
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing fails."""
        return not self.first_difference

    @property
    def first_difference(self) -> str:
        """What fails first, in words; empty where nothing does."""
        return next((str(one) for one in self.checks if one.state == "fails"), "")

    @property
    def is_complete(self) -> bool:
        """Whether everything was looked at, claims too."""
        return not any(one.state == "not checked" for one in self.checks)

    def as_data(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return {
            "holds": self.holds,
            "is_complete": self.is_complete,
            "first_difference": self.first_difference or None,
            "checks": [{"name": one.name, "state": one.state, "text": one.text} for one in self.checks],
        }

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if not self.holds:
            return f"does not hold: {self.first_difference}"
        missing = sum(one.state == "not checked" for one in self.checks)
        return "all of it holds" if not missing else f"what could be checked holds; {missing} not, without the table"

    def __repr__(self) -> str:
        marks = {"holds": "+", "fails": "!", "note": "·", "not checked": "?"}
        lines = [f"<Verification of {self.run}: {self.sentence}>"]
        return "\n".join([*lines, *(f"  {marks[one.state]} {one}" for one in self.checks)])
