"""A plain model of what comes of a case, for questions beside the main one: one candidate, fitted once, no search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.curation.propose import propose
from journeyman.job.understand import Understood, understand
from journeyman.plan.step import State, Step
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Table

#: Cases that it is learnt from, at most: it is asked for an order of cases, not for the last digit.
MOST_ROWS = 20_000


@dataclass(frozen=True, kw_only=True)
class PlainModel:
    """A fitted plan, and what its table was taken for."""

    understood: Understood
    plan: Step
    state: State

    def probabilities(self, table: Table) -> Numbers:
        """The probability of each class, (rows, classes), for rows of a table with the same columns."""
        features = table.with_schema(self.understood.curation.table.schema).features()
        answers: Numbers = self.plan.apply(self.state, features).numbers
        return chances_of(answers)


def plain_model(table: Table, request: Brief) -> PlainModel:
    """Fit the candidate that is worth most for its time; a floor where there is no other.

    Raises
    ------
    BriefError : nothing can be learnt, as where there is one class only
    """
    understood = understand(table, request)
    data = understood.data
    proposals = propose(data.columns, data.target, understood.aim.metric)
    best = next((one for one in proposals if not one.floor), proposals[0])
    return PlainModel(understood=understood, plan=best.plan, state=best.plan.fit(data.columns, data.target))


def risk_of(table: Table, learn: Integers, ask: Integers, request: Brief) -> tuple[Numbers, tuple[str, ...], str]:
    """The probability of each class for some rows, (rows, classes), the classes, and the positive one among them.

    Parameters
    ----------
    learn : positions of rows to learn from; those without a target are left out
    ask : positions of rows to answer
    request : what is predicted, and what is not used
    """
    random = np.random.default_rng(np.random.PCG64(request.seed))
    some = np.sort(random.permutation(learn)[:MOST_ROWS])
    model = plain_model(table.take(some), request)
    aim = model.understood.aim
    return model.probabilities(table.take(ask)), aim.classes, aim.positive
