"""Propose plans and try them, as long as the clock or the number of trials allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from journeyman.bundle.known import Known, learn_known
from journeyman.bundle.write import write_bundle
from journeyman.curation.propose import propose
from journeyman.curation.wishes import wishes_of
from journeyman.evaluation.latency import Limit
from journeyman.job.building.clock import Clock
from journeyman.job.building.take_in import Taken
from journeyman.job.run import Progress
from journeyman.job.time_limit import limit_for, row_limit, trial_of
from journeyman.learners.library import Process, lightgbm
from journeyman.report.sentences import better_line, first_line, floor_line, search_line
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.run_folder import OpenRun
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Pool
from journeyman.trials.portfolio import portfolio
from journeyman.trials.trial import Trial


@dataclass(frozen=True)
class Tried:
    """What was tried, and what it takes to deploy any of it.

    Parameters
    ----------
    write : writes a bundle, given the plan and what was fitted; the rest is the same for all plans
    known : what is known of the rows that a model is fitted on; found out when it is first asked for
    limit : how long an answer may take; None where that does not matter
    """

    laboratory: Laboratory
    trials: Sequence[Trial]
    metric: Metric
    write: Callable[..., object]
    known: Callable[[], Known]
    limit: Limit | None


def attempt(
    run: OpenRun, pool: Pool, taken: Taken, clock: Clock, say: Progress, interrupted: Callable[[], int]
) -> Tried:
    """Search plans for the table; what was fitted is in the run's folder.

    Parameters
    ----------
    pool : workers that have the rows
    interrupted : gives an exit code once the user has ended it, else 0
    """
    if clock.deadline is not None and not Process.is_ours:
        # Writing the bundle needs it, and importing all of it takes seconds, which are not kept back for then.
        lightgbm()
    request, understood = taken.request, taken.understood
    aim, data, schema = understood.aim, understood.data, understood.curation.table.schema
    metric = metric_named(aim.metric)
    wishes = wishes_of(request, schema, aim.task)
    laboratory = Laboratory(
        pool,
        data,
        run.journal,
        run.folder / "trials",
        metric,
        say=lambda text: say("search", text, False),
        floors_done=lambda floors: say("floor", floor_line(floors, metric.name), True),
        first_done=lambda trial: _first_model(say, trial),
        better=lambda trial, before, lower: say("search", better_line(trial, before, lower), True),
        interrupted=interrupted,
        mixes=not wishes.is_readable,
    )
    cases_of = data.target if request.keep_cases else None
    known = cache(
        partial(learn_known, data.columns, schema.features, seed=request.seed, folds=data.folds, cases_of=cases_of)
    )
    write = partial(
        write_bundle,
        schema=schema,
        task=aim.task,
        target=aim.target,
        classes=aim.classes,
        positive=aim.positive,
        metric=aim.metric,
    )
    limit = limit_for(request, data, partial(trial_of, write, known, data), understood.stakes.rule)
    laboratory.row_limit = row_limit(limit)
    proposals = propose(data.columns, data.target, metric.name, request.seconds, wishes)
    trials = portfolio(
        laboratory,
        proposals,
        deadline=clock.search_until,
        trials=request.trials,
        first_until=clock.first_until,
    )
    say("search", search_line(trials), True)
    return Tried(laboratory, trials, metric, write, known, limit)


def _first_model(say: Progress, trial: Trial) -> None:
    say("search", first_line(trial), True)
    say("hint", "Ctrl-C from here on keeps the best so far", True)
