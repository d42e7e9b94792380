"""Trying candidates: floors first, then under a hard clock what promises most, or a fixed number of trials."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.curation.propose import Proposal
from journeyman.trials.fixed_search import FixedSearch
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.timed_search import TimedSearch
from journeyman.trials.trial import Trial


def search(
    laboratory: Laboratory,
    proposals: Sequence[Proposal],
    *,
    deadline: float | None,
    trials: int | None,
    first_until: float | None = None,
) -> list[Trial]:
    """Try proposals: floors first, then always the one that promises most for its time.

    Parameters
    ----------
    deadline : when all must be fitted, on all rows too, by ``time.monotonic()``. A candidate that would not finish is
        not started, one that turns out much worse than the best is given up after two folds, and what is in flight
        when time is up is stopped. None under a fixed number of trials, where nothing depends on the clock
    first_until : when the first that is more than a floor must be fitted, where that may be later: of few candidates
        there is little to judge
    trials : how many candidates besides the floors, in the order of proposals; None under a deadline

    Returns
    -------
    One `Trial` a proposal, in the order of proposals; under a fixed number of trials, one a proposal that was tried.
    Behind them those of choices of training rows (`journeyman.trials.row_choices`), which no number limits.
    """
    if deadline is None:
        return FixedSearch(laboratory, proposals, trials).run()
    return TimedSearch(laboratory, proposals, deadline, first_until).run()
