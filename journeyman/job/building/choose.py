"""Choose among what was tried, measure the choice, and decide what it is good for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.evaluation.certificate import request_digest
from journeyman.evaluation.coverage import Coverage, coverage
from journeyman.evaluation.curves import Curves, curves_of
from journeyman.evaluation.latency import latency_findings
from journeyman.evaluation.looks import Look, Odometer, cells_digest, looks_before, note_look
from journeyman.evaluation.ship import Shipped, ship
from journeyman.evaluation.training_rows import training_rows
from journeyman.evaluation.verdict import Verdict, decide
from journeyman.job.building.attempt import Tried
from journeyman.job.building.clock import Clock
from journeyman.job.building.take_in import Taken
from journeyman.job.requested import brief_digest
from journeyman.job.run import Progress
from journeyman.report.sentences import evaluation_line, latency_line
from journeyman.report.summary import plain, versions
from journeyman.store.run_folder import OpenRun
from journeyman.table.finding import Finding


@dataclass(frozen=True)
class Chosen:
    """A model, and what is to be said of it.

    Parameters
    ----------
    findings : of the table, and of the choice
    sure : how far answers are from the truth
    latency : what a limit on the time of an answer cost, as data; None where there was none
    look, odometer : this look at the rows that judge, and how many there were before
    """

    shipped: Shipped
    findings: tuple[Finding, ...]
    verdict: Verdict
    sure: Coverage
    curves: Curves | None
    latency: Mapping[str, Any] | None
    look: Look
    odometer: Odometer


def choose(run: OpenRun, taken: Taken, tried: Tried, clock: Clock, say: Progress) -> Chosen:
    """Ship the best, fitted on all rows; errors as `journeyman.evaluation.ship.ship` has them."""
    request, understood = taken.request, taken.understood
    aim, curation, data = understood.aim, understood.curation, understood.data
    look = Look(
        source=taken.table.digest,
        target=aim.target,
        outcomes=cells_digest(taken.table, aim.target),
        request=request_digest(brief_digest(request), tried.laboratory.data_key, versions()),
    )
    odometer = looks_before(run.folder.parent, look, own=run.folder)
    shipped = ship(
        tried.laboratory,
        tried.trials,
        tried.metric,
        understood.stakes,
        seed=request.seed,
        deadline=clock.choose_until,
        odometer=odometer,
        simplest=request.prefer == "simplicity",
        limit=tried.limit,
    )
    note_look(run.journal, look, odometer)
    if odometer.count:
        say("evaluate", odometer.sentence, True)
    sure = coverage(
        shipped.trial.answers, curation.target, curation.folds, curation.table, shipped.evaluation.label_rule
    )
    rows = training_rows(tried.trials, shipped.trial, tried.metric, data.target, data.folds)
    say("search", rows.sentence, True)
    latency = None if shipped.latency is None else plain(shipped.latency.as_data())
    findings = (*understood.findings, *latency_findings(latency))
    if latency is not None:
        say("search", latency_line(latency), True)
    verdict = decide(shipped.evaluation, findings)
    curves = curves_of(shipped.trial.plan, shipped.state, data.columns)
    say("evaluate", evaluation_line(shipped.evaluation, shipped.trial), True)
    return Chosen(shipped, findings, verdict, sure, curves, latency, look, odometer)
