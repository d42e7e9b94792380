"""What a selftest gives: what was seen in each case, and whether that is as it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["passed", "failed", "not told"]
#: Whose table a case is tried on: one of ours, whose truth is known, or the user's.
On = Literal["ours", "yours"]

_OURS_FAILED = (
    "do not trust a figure of this installation: install journeyman anew, run the selftest again, and if it fails "
    "again, send us what --json prints"
)
_YOURS_FAILED = (
    "do not trust what is built on this table yet: read `journeyman audit` on it, leave out or explain with --column "
    "what it finds, run the selftest again with another --seed, and if it fails again, send us what --json prints"
)


@dataclass(frozen=True)
class Seen:
    """What a case saw: whether it is as it must be (None where that cannot be told), in words, and in numbers."""

    is_right: bool | None
    text: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One case: its name, on whose table, what must not happen, what was seen, what that means, and how long it took.

    ``not told``: there were too few rows, or others than it takes; nothing is wrong.
    """

    name: str
    on: On
    must_not: str
    seen: str
    numbers: Mapping[str, Any]
    state: State
    seconds: float

    def as_data(self) -> dict[str, Any]:
        """The outcome as JSON."""
        return {**vars(self), "numbers": dict(self.numbers), "seconds": round(self.seconds, 1)}

    def __str__(self) -> str:
        whose = ", your table" if self.on == "yours" else ""
        return f"{self.name}{whose}: {self.seen} ({self.seconds:.0f} s)"


@dataclass(frozen=True, repr=False)
class Selftest:
    """All cases of one selftest.

    Parameters
    ----------
    outcomes : one a case
    seconds : that it took in all
    about : what was tried on, in words: our tables, and which rows of the user's
    seed : of everything drawn by chance; the same seed tries the same tables
    """

    outcomes: tuple[Outcome, ...]
    seconds: float
    about: str
    seed: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing failed. What could not be told did not fail."""
        return not self.failed

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The cases in which the product did what it must never do."""
        return tuple(one for one in self.outcomes if one.state == "failed")

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        total, untold = len(self.outcomes), sum(one.state == "not told" for one in self.outcomes)
        without = f", {untold} could not be told" if untold else ""
        if self.failed:
            return f"{len(self.failed)} of {total} failed{without}"
        return f"all {total} passed" if not untold else f"{total - untold} of {total} passed{without}"

    @property
    def remedy(self) -> str:
        """What to do about it; empty where nothing failed."""
        if not self.failed:
            return ""
        return _OURS_FAILED if any(one.on == "ours" for one in self.failed) else _YOURS_FAILED

    def as_data(self) -> dict[str, Any]:
        """Everything as JSON."""
        return {
            "passed": self.passed,
            "sentence": self.sentence,
            "about": self.about,
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            "remedy": self.remedy,
            "outcomes": [one.as_data() for one in self.outcomes],
        }

    def __repr__(self) -> str:
        marks = {"passed": "+", "failed": "!", "not told": "?"}
        lines = [f"<Selftest: {self.sentence}, {self.seconds:.0f} s>"]
        for one in self.outcomes:
            lines.append(f"  {marks[one.state]} {one}")
            if one.state == "failed":
                lines.append(f"      must not: {one.must_not}")
        return "\n".join(lines if not self.remedy else [*lines, f"  try: {self.remedy}"])

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"
