"""The whole job, one verb a line: read, audit, curate, search, evaluate, decide, deploy, report."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.brief.differences import differences_to
from journeyman.brief.read import make_brief, read_brief
from journeyman.brief.write import brief_toml
from journeyman.bundle.factors import ADDS_UP
from journeyman.bundle.keys import read_private_key
from journeyman.bundle.known import learn_known
from journeyman.bundle.model import load
from journeyman.bundle.write import write_bundle
from journeyman.curation.propose import propose
from journeyman.curation.scored import DEFAULT_SECONDS
from journeyman.curation.wishes import wishes_of
from journeyman.deployment.sign import sign as sign_bundle
from journeyman.evaluation.certificate import NAME as CERTIFICATE
from journeyman.evaluation.certificate import claims_of, make_certificate, request_digest
from journeyman.evaluation.coverage import coverage
from journeyman.evaluation.curves import curves_of
from journeyman.evaluation.latency import latency_findings
from journeyman.evaluation.looks import Look, cells_digest, looks_before, note_look
from journeyman.evaluation.ship import ship
from journeyman.evaluation.training_rows import training_rows
from journeyman.evaluation.uses import uses
from journeyman.evaluation.verdict import decide
from journeyman.job.explore import insights_for_build
from journeyman.job.run import Progress, Run, say_nothing
from journeyman.job.time_limit import limit_for, row_limit, trial_of
from journeyman.job.understand import understand
from journeyman.learners.library import Process, lightgbm
from journeyman.monitoring.write_reference import write_reference
from journeyman.plan.data import digest, to_data
from journeyman.report.report import write_report
from journeyman.report.sentences import (
    better_line,
    evaluation_line,
    first_line,
    floor_line,
    latency_line,
    resume_line,
    rows_line,
    search_line,
    verdict_line,
)
from journeyman.report.summary import plain, summarise, versions
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named
from journeyman.sources.names import column_called
from journeyman.sources.read import gathered, meant
from journeyman.sources.sample import MOST_HELD
from journeyman.sources.set_aside import NAME as SET_ASIDE
from journeyman.sources.set_aside import content as records_of
from journeyman.sources.set_aside import with_records
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.digest import digest_bytes, digest_data
from journeyman.store.files import write_whole
from journeyman.store.run_folder import open_run, require_free
from journeyman.table.schema import Schema
from journeyman.trials.interruption import listening
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import workers
from journeyman.trials.portfolio import portfolio
from journeyman.trials.refit import forget_other_states
from journeyman.trials.trial import Trial
from journeyman.trials.worker import checked_rows

#: Kept back from the budget for evaluation, bundle and report: seconds (a fifth of it at most), a share of the budget,
#: and half of what it took to prepare, up to another share of it.
FINISHING_SECONDS, FINISHING_SHARE, MOST_FINISHING_SHARE = 2.5, 0.07, 0.15
MOST_FIXED_SHARE = 0.2
#: Of that, the part for what comes after the choice: bundle, reasons and report.
DEPLOYING_SHARE = 0.6
#: Of the memory that a build may have, so much (one part in four) holds the cells of its sources.
HELD_SHARE = 4
#: Seconds for writing the report and what lies beside it.
WRITING_SECONDS = 1.0
#: Seconds at most for finding out what the model uses.
LONGEST_LOOK = 1.0


def build(
    *sources: Any,
    out: str | os.PathLike[str] | None = None,
    resume: bool = False,
    brief: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    began: float | None = None,
    allow_addresses: bool = False,
    allow_private_addresses: bool = False,
    sign: str | os.PathLike[str] | None = None,
    **options: Any,
) -> Run:
    """The whole job: from a table and an aim to a run directory with bundle, verdict and report.

    Parameters
    ----------
    sources : files of one shape (CSV, Parquet), or frames of pandas, polars, Arrow
    out : the run directory; default ``runs/<table>-<n>``
    resume : go on with the newest unfinished run of the same brief and data
    brief : a ``brief.toml``; ``options`` win over it
    progress : told what happens
    began : when the clock of ``time`` started, by ``time.monotonic()``; None for now
    allow_addresses, allow_private_addresses : whether files at http and https addresses may be fetched: from the public
        network, from the own one, too. A brief does not hold that
    sign : the file of a private key that signs the bundle at the end; a brief does not hold that either
    options : the fields of the brief, as ``predict="Churn"``, ``time="2m"``, ``trials=6``, ``gain={...}``

    Raises
    ------
    InputError : the request or the data are at fault
    ResourceError : disk, memory or permission are
    Interrupted : the user ended it before there was anything to keep
    """
    began = time.monotonic() if began is None else began
    say = progress or say_nothing
    request = _with_limit(read_brief(brief, **options) if brief is not None else make_brief(**options))
    require_free(out, resume=resume)
    if sign is not None:
        read_private_key(sign)
    deadline = None if request.seconds is None else began + request.seconds
    with listening() as interrupted, workers(request.memory_bytes) as pool:
        allowed = Named(allow_addresses=allow_addresses, allow_private_addresses=allow_private_addresses)
        most = MOST_HELD if request.memory_bytes is None else request.memory_bytes // HELD_SHARE
        raw = gathered(*sources, most=most, tell=lambda text: say("read", text, False), **named_by(request, allowed))
        request = replace(request, predict=column_called(request.predict, raw.frame.columns))
        table = meant(raw, overrides=request.columns, target=request.predict)
        say("read", table.origin, True)
        understood = understand(table, request, say)
        ledger = with_records(understood.curation.table.ledger, raw)
        del raw
        aim, findings, curation = understood.aim, understood.findings, understood.curation
        stakes, data = understood.stakes, understood.data
        wishes = wishes_of(request, curation.table.schema, aim.task)
        pool.open(data)
        brief_key = brief_digest(request)
        key = {"brief": brief_key, "data": data.digest(), "versions": versions()}
        differs = partial(_differs, request)
        with open_run(table.name, key, out=out, resume=resume, differs=differs) as run:
            if resume:
                say("resume", resume_line(run.fits, is_done=run.is_done), True)
            if run.is_done:
                say("report", str(run.folder / "report.html"), True)
                return Run(run.folder, json.loads((run.folder / "run.json").read_text()))
            if ledger.set_aside:
                path = write_whole(run.folder / SET_ASIDE, records_of(ledger))
                say("rows", rows_line(ledger, str(path)), True)
            write_whole(run.folder / "brief.toml", brief_toml(request, {"task": aim.reason, "folds": curation.reason}))
            told = insights_for_build(curation, aim, seed=request.seed, seconds=request.seconds)
            say("explore", told.summary, True)
            if deadline is not None and not Process.is_ours:
                # Writing the bundle needs it, and importing all of it takes seconds, which were not kept back then.
                lightgbm()
            metric = metric_named(aim.metric)
            prepared = time.monotonic()
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
            known = cache(
                partial(
                    learn_known,
                    data.columns,
                    curation.table.schema.features,
                    seed=request.seed,
                    folds=data.folds,
                    cases_of=data.target if request.keep_cases else None,
                )
            )
            deploy = partial(
                write_bundle,
                schema=curation.table.schema,
                task=aim.task,
                target=aim.target,
                classes=aim.classes,
                positive=aim.positive,
                metric=aim.metric,
            )
            limit = limit_for(request, data, partial(trial_of, deploy, known, data), stakes.rule)
            laboratory.row_limit = row_limit(limit)
            proposals = propose(data.columns, data.target, metric.name, request.seconds, wishes)
            preparing = prepared - began
            search_until = _search_until(request, deadline, preparing)
            trials = portfolio(laboratory, proposals, deadline=search_until, trials=request.trials)
            say("search", search_line(trials), True)
            searched = time.monotonic()
            refit_until = None if deadline is None else deadline - DEPLOYING_SHARE * _finishing(request, preparing)
            asked = Look(
                source=table.digest,
                target=aim.target,
                outcomes=cells_digest(table, aim.target),
                request=request_digest(brief_key, laboratory.data_key, versions()),
            )
            odometer = looks_before(run.folder.parent, asked, own=run.folder)
            shipped = ship(
                laboratory,
                trials,
                metric,
                stakes,
                seed=request.seed,
                deadline=refit_until,
                odometer=odometer,
                simplest=request.prefer == "simplicity",
                limit=limit,
            )
            note_look(run.journal, asked, odometer)
            if odometer.count:
                say("evaluate", odometer.sentence, True)
            sure = coverage(shipped.trial.answers, curation.target, curation.folds, curation.table)
            say("search", training_rows(trials, shipped.trial, metric, data.target, data.folds).sentence, True)
            latency = None if shipped.latency is None else plain(shipped.latency.as_data())
            findings = (*findings, *latency_findings(latency))
            if latency is not None:
                say("search", latency_line(latency), True)
            verdict = decide(shipped.evaluation, findings)
            curves = curves_of(shipped.trial.plan, shipped.state, data.columns)
            say("evaluate", evaluation_line(shipped.evaluation, shipped.trial), True)
            evaluated = time.monotonic()
            write_whole(run.folder / "plan.json", json.dumps(to_data(shipped.trial.plan), indent=1) + "\n")
            deploy(
                run.folder / "bundle",
                plan=shipped.trial.plan,
                state=shipped.state,
                rule=shipped.evaluation.rule,
                check=data.columns.take(checked_rows(data.columns.rows)),
                expected=shipped.checked,
                facts={
                    "plan": digest(shipped.trial.plan),
                    "data": laboratory.data_key,
                    "seed": request.seed,
                    "model": shipped.trial.name,
                    "versions": versions(),
                    "evaluation": plain(shipped.evaluation.estimates),
                    # Columns of the training table beside those that the model reads: a server lets rows hold them.
                    "unread": _unread(curation.table.schema),
                    **({"joined": [one.as_data() for one in table.joined]} if table.joined else {}),
                    **({ADDS_UP: curves.scale} if curves else {}),
                },
                uncertainty=sure.uncertainty,
                known=known(),
            )
            left = None if deadline is None else min(LONGEST_LOOK, deadline - time.monotonic() - 0.5)
            used = uses(load(run.folder).answer, data.columns, seed=request.seed, seconds=left)
            write_reference(
                run.folder,
                answers=shipped.trial.answers,
                target=curation.target,
                folds=curation.folds,
                table=curation.table,
                predicted=aim.target,
                stakes=stakes,
                evaluation=shipped.evaluation,
            )
            forget_other_states(laboratory, shipped.trial)
            exit_code = interrupted()
            ended = time.monotonic()
            summary = summarise(
                brief=request,
                table=table,
                aim=aim,
                findings=findings,
                curation=curation,
                trials=trials,
                shipped=shipped,
                stakes=stakes,
                verdict=verdict,
                data_key=laboratory.data_key,
                sources=[shown(one) for one in sources if isinstance(one, str | os.PathLike)],
                timings={
                    "prepare": prepared - began,
                    "search": searched - prepared,
                    "evaluate": evaluated - searched,
                    "deploy": ended - evaluated,
                },
                seconds=ended - began,
                interrupted=bool(exit_code),
                uses=used,
                curves=curves,
                uncertainty=sure,
                columns=data.columns,
                told=told,
                ledger=ledger,
                until=None if deadline is None else deadline - WRITING_SECONDS,
            )
            write_report(summary, run.folder / "report.html")
            text = json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False)
            write_whole(run.folder / "run.json", text + "\n")
            certificate = make_certificate(
                look=asked,
                odometer=odometer,
                brief=brief_key,
                seed=request.seed,
                content=cells_digest(table),
                used=laboratory.data_key,
                folds=data.folds,
                versions=versions(),
                trials=trials,
                shipped=shipped,
                claims=plain(claims_of(shipped.evaluation, sure, verdict, latency)),
                bundle=file_digests(run.folder / "bundle"),
                events=run.journal.events,
            )
            write_whole(run.folder / CERTIFICATE, certificate.content())
            run.journal.add("certificate", digest=digest_bytes(certificate.content()))
            if sign is not None:
                say("sign", f"{run.folder / 'bundle'}: signed by {sign_bundle(run.folder, sign).key}", True)
            if not exit_code:
                run.journal.add("done")
            if exit_code:
                say("stopped", "what follows is about the best so far; --resume goes on", True)
            say("verdict", verdict_line(verdict), True)
            say("report", str(run.folder / "report.html"), True)
            return Run(run.folder, summary, exit_code)


def _differs(request: Brief, folder: Path) -> tuple[str, ...]:
    return differences_to(folder / "brief.toml", request)


def brief_digest(request: Brief | Mapping[str, Any]) -> str:
    """The digest of a request, or of what ``run.json`` says of one.

    An option that older runs did not know counts only where it is given.
    """
    data = dict(plain(request))
    for name in ("interpretable", "monotone", "keep_cases", "max_latency", "table", "query", "join"):
        if not data.get(name):
            data.pop(name, None)
    return digest_data(data)


def named_by(request: Brief, named: Named | None = None) -> Named:
    """What a request says of its sources, as doors take it; what is ``named`` beside it wins."""
    return Named(**{**Named(table=request.table, query=request.query, join=request.join), **(named or {})})


def _unread(schema: Schema) -> list[str]:
    read = {one.name for one in schema.features}
    return [one.name for one in schema if one.name not in read]


def file_digests(folder: Path) -> dict[str, dict[str, Any]]:
    """Digest and size of each file in a folder, by name."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return {name: {"sha256": digest_bytes(one), "bytes": len(one)} for name, one in contents.items()}


def _first_model(say: Progress, trial: Trial) -> None:
    say("search", first_line(trial), True)
    say("hint", "Ctrl-C from here on keeps the best so far", True)


def _search_until(request: Brief, deadline: float | None, preparing: float) -> float | None:
    """When all must be fitted, so that there is time to evaluate and to write."""
    return None if deadline is None else deadline - _finishing(request, preparing)


def _finishing(request: Brief, preparing: float) -> float:
    """Seconds that are kept back: how long it took to prepare tells how large the table is and how busy the machine."""
    budget = request.seconds or 0.0
    return (
        min(FINISHING_SECONDS, MOST_FIXED_SHARE * budget)
        + FINISHING_SHARE * budget
        + min(preparing / 2, MOST_FINISHING_SHARE * budget)
    )


def _with_limit(request: Brief) -> Brief:
    if request.seconds is None and request.trials is None:
        return replace(request, seconds=DEFAULT_SECONDS)
    return request
