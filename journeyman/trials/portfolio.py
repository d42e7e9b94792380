"""The door of the room: candidates are tried, and what can be made of those that finished stands beside them."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import numpy as np

from journeyman.curation.propose import Proposal
from journeyman.plan.data import to_data
from journeyman.trials.ensemble import ensembles
from journeyman.trials.interruption import Interrupted
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job, Outcome
from journeyman.trials.search import search
from journeyman.trials.trial import Trial
from journeyman.trials.twins import without_dated
from journeyman.trials.unseen import allowing_for_unseen


def portfolio(
    laboratory: Laboratory,
    proposals: Sequence[Proposal],
    *,
    deadline: float | None,
    trials: int | None,
    first_until: float | None = None,
) -> list[Trial]:
    """Floors, candidates, a blend of them, and calibrated forms. There is always one that finished.

    Parameters
    ----------
    deadline, trials, first_until : as in `journeyman.trials.search.search`

    Raises
    ------
    Interrupted : the user ended it before there was anything to keep
    """
    tried = search(laboratory, proposals, deadline=deadline, trials=trials, first_until=first_until)
    if not any(one.status == "done" for one in tried):
        if code := laboratory.interrupted():
            raise Interrupted(code)
        # The simplest floor costs next to nothing: with it there is always a model, and the report says what it is.
        tried = [floor_trial(laboratory, proposals[0]), *tried[1:]]
    tried = without_dated(tried, laboratory.metric)
    left = min(math.inf if deadline is None else deadline - time.monotonic(), laboratory.patience())
    return tried + ensembles(laboratory, tried, refit_seconds=None if left == math.inf else max(0.0, left))


def floor_trial(laboratory: Laboratory, proposal: Proposal) -> Trial:
    """Try a floor here and now, in this process: what is left when time was too short for any worker to answer."""
    data = laboratory.data
    answers = np.full((len(data.target), data.target.outputs), np.nan)
    key = laboratory.key(proposal.plan)
    for fold in data.folds.usable:
        began = time.monotonic()
        train, judge = data.folds.training(fold), data.folds.scored(fold)
        state = proposal.plan.fit(data.columns.take(train), data.target.take(train))
        given = proposal.plan.apply(state, data.columns.take(judge)).numbers
        answers[judge] = allowing_for_unseen(given, data.target, train)
        # Kept as a worker's fit is, so that the run can be verified.
        job = Job(to_data(proposal.plan), fold)
        laboratory.keep(key, Outcome(job, {f"fold_{fold}": answers[judge]}, time.monotonic() - began))
    return Trial(
        plan=proposal.plan,
        name=proposal.name,
        key=key,
        status="done",
        answers=answers,
        scores=laboratory.scores(answers),
        floor=True,
        weight=proposal.weight,
    )
