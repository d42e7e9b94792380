"""The limit on the time of an answer: what stands around every graph, and how long a plan takes once deployed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from journeyman.brief.brief import Brief
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.known import Known
from journeyman.bundle.model import Model, load
from journeyman.bundle.one_row import answer_seconds
from journeyman.bundle.write import express
from journeyman.evaluation.latency import Limit
from journeyman.learners.constant import Constant
from journeyman.plan.step import State, Step
from journeyman.trials.row_time import RowLimit, Way, around_seconds, counted_seconds
from journeyman.trials.shared import TrainingData
from journeyman.trials.worker import checked_rows

#: Writes a fitted plan to a folder as the bundle that would be deployed.
Deploy = Callable[[Path, Step, State, DecisionRule | None], object]
#: A bundle that is only timed is checked on so many rows.
_CHECKED = 200
#: Of a limit that hardly leaves anything for a graph, graphs may take this share.
_LEAST = 0.02


def time_limit(seconds: float, data: TrainingData, deploy: Deploy, rule: DecisionRule | None, *, way: Way) -> Limit:
    """See what the answer to a row takes without a model, so that it is known what is left for one.

    Parameters
    ----------
    seconds : that an answer may take
    deploy, rule : what is deployed, and the decision rule as far as it is known
    way : ``"counted"`` where nothing may depend on the clock
    """
    plan = Constant()
    state = plan.fit(data.columns, data.target)
    columns = len(data.columns.names)
    least = counted_seconds(express(plan, state, data.columns))

    def deployed(plan: Step, state: State, rule: DecisionRule | None) -> Model:
        with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
            deploy(Path(folder) / "bundle", plan, state, rule)
            return load(Path(folder) / "bundle")

    empty = deployed(plan, state, rule) if way == "measured" else None

    def around() -> float:
        return around_seconds(columns) if empty is None else answer_seconds(empty)

    def whole(plan: Step, state: State, rule: DecisionRule | None) -> float:
        if way == "counted":
            return around_seconds(columns) + counted_seconds(express(plan, state, data.columns)) - least
        return answer_seconds(deployed(plan, state, rule))

    return Limit(seconds, way, around, whole)


def limit_for(request: Brief, data: TrainingData, deploy: Deploy, rule: DecisionRule | None) -> Limit | None:
    """The limit that a request names, None where it names none; without a clock where it names a number of trials."""
    if request.max_latency is None:
        return None
    return time_limit(request.max_latency, data, deploy, rule, way="measured" if request.trials is None else "counted")


def trial_of(
    write: Callable[..., object],
    known: Callable[[], Known],
    data: TrainingData,
    folder: Path,
    plan: Step,
    state: State,
    rule: DecisionRule | None,
) -> None:
    """Write a fitted plan as a bundle that is only timed: nobody is told anything by it.

    Parameters
    ----------
    write : as `journeyman.bundle.write.write_bundle`, given all that is the same for every plan
    known : what is known of the rows
    """
    check = data.columns.take(checked_rows(min(data.columns.rows, _CHECKED)))
    expected = plan.apply(state, check).numbers
    write(folder, plan=plan, state=state, rule=rule, check=check, expected=expected, facts={}, known=known())


def row_limit(limit: Limit | None) -> RowLimit | None:
    """What a limit leaves for graphs."""
    if limit is None:
        return None
    return RowLimit(max(limit.seconds - limit.around(), _LEAST * limit.seconds), limit.way)
