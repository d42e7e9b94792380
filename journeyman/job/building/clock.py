"""How long a build may take, and has taken."""

from __future__ import annotations

import time

#: Kept back from the budget for evaluation, bundle and report: seconds (a fifth of it at most), a share of the budget,
#: and half of what it took to prepare, up to another share of it.
FINISHING_SECONDS, FINISHING_SHARE, MOST_FINISHING_SHARE = 2.5, 0.07, 0.15
MOST_FIXED_SHARE = 0.2
#: Of that, the part for what comes after the choice: bundle, reasons and report.
DEPLOYING_SHARE = 0.6
#: Seconds for writing the report and what lies beside it.
WRITING_SECONDS = 1.0
#: Seconds at most for finding out what the model uses, and what is left after that.
LONGEST_LOOK, AFTER_LOOK = 1.0, 0.5


class Clock:
    """When each part of a build must be through, and how long those took that are.

    Parameters
    ----------
    budget : seconds for the whole; None for as long as it takes
    began : when they began, by ``time.monotonic()``; None for now
    """

    def __init__(self, budget: float | None, began: float | None = None) -> None:
        self.began = time.monotonic() if began is None else began
        self.budget = budget
        self.deadline = None if budget is None else self.began + budget
        self.parts: dict[str, float] = {}

    def done(self, part: str) -> None:
        """A part is through; it began when the one before it ended."""
        self.parts[part] = time.monotonic() - self.began - self.passed

    @property
    def passed(self) -> float:
        """Seconds until the end of the last part that is through."""
        return sum(self.parts.values())

    @property
    def search_until(self) -> float | None:
        """When all must be fitted, so that there is time to evaluate and to write."""
        return None if self.deadline is None else self.deadline - self._finishing

    @property
    def first_until(self) -> float | None:
        """When the first model must be fitted, if there is none by `search_until`: few candidates are soon judged."""
        if self.search_until is None or self.choose_until is None:
            return None
        return (self.search_until + self.choose_until) / 2

    @property
    def choose_until(self) -> float | None:
        """When the choice must be fitted on all rows and measured."""
        return None if self.deadline is None else self.deadline - DEPLOYING_SHARE * self._finishing

    @property
    def look_seconds(self) -> float | None:
        """How long there is from now on to find out what the model uses."""
        return None if self.deadline is None else min(LONGEST_LOOK, self.deadline - time.monotonic() - AFTER_LOOK)

    @property
    def write_from(self) -> float | None:
        """When only writing is left to do."""
        return None if self.deadline is None else self.deadline - WRITING_SECONDS

    @property
    def _finishing(self) -> float:
        """Seconds that are kept back: how long it took to prepare tells how large the table is and how busy the
        machine."""
        budget, preparing = self.budget or 0.0, self.parts["prepare"]
        return (
            min(FINISHING_SECONDS, MOST_FIXED_SHARE * budget)
            + FINISHING_SHARE * budget
            + min(preparing / 2, MOST_FINISHING_SHARE * budget)
        )
