"""The whole job, one verb a line: take in, attempt, choose, deploy, tell, certify."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.brief.differences import differences_to
from journeyman.brief.read import make_brief, read_brief
from journeyman.bundle.keys import read_private_key
from journeyman.curation.scored import DEFAULT_SECONDS
from journeyman.deployment.sign import sign as sign_bundle
from journeyman.job.building.attempt import attempt
from journeyman.job.building.certify import certify
from journeyman.job.building.choose import choose
from journeyman.job.building.clock import Clock
from journeyman.job.building.deploy import deploy
from journeyman.job.building.note import note
from journeyman.job.building.take_in import take_in
from journeyman.job.building.tell import tell
from journeyman.job.requested import brief_digest
from journeyman.job.run import Progress, Run, say_nothing
from journeyman.report.sentences import resume_line, verdict_line
from journeyman.report.summary import versions
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named
from journeyman.store.run_folder import open_run, require_free
from journeyman.trials.interruption import listening
from journeyman.trials.pool import workers


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
    say = progress or say_nothing
    request = _with_limit(read_brief(brief, **options) if brief is not None else make_brief(**options))
    clock = Clock(request.seconds, began)
    require_free(out, resume=resume)
    if sign is not None:
        read_private_key(sign)
    allowed = Named(allow_addresses=allow_addresses, allow_private_addresses=allow_private_addresses)
    with listening() as interrupted, workers(request.memory_bytes) as pool:
        taken = take_in(sources, request, allowed, say)
        request, data = taken.request, taken.understood.data
        pool.open(data)
        key = {"brief": brief_digest(request), "data": data.digest(), "versions": versions()}
        with open_run(taken.table.name, key, out=out, resume=resume, differs=partial(_differs, request)) as run:
            if resume:
                say("resume", resume_line(run.fits, is_done=run.is_done), True)
            if run.is_done:
                say("report", str(run.folder / "report.html"), True)
                return Run(run.folder, json.loads((run.folder / "run.json").read_text()))
            explored = note(run, taken, say)
            clock.done("prepare")
            tried = attempt(run, pool, taken, clock, say, interrupted)
            clock.done("search")
            chosen = choose(run, taken, tried, clock, say)
            clock.done("evaluate")
            uses = deploy(run, taken, tried, chosen, clock)
            exit_code = interrupted()
            clock.done("deploy")
            named = [shown(one) for one in sources if isinstance(one, str | os.PathLike)]
            summary = tell(run, taken, tried, chosen, clock, explored, uses, named, is_interrupted=bool(exit_code))
            certify(run, taken, tried, chosen)
            if sign is not None:
                say("sign", f"{run.folder / 'bundle'}: signed by {sign_bundle(run.folder, sign).key}", True)
            if exit_code:
                say("stopped", "what follows is about the best so far; --resume goes on", True)
            else:
                run.journal.add("done")
            say("verdict", verdict_line(chosen.verdict), True)
            say("report", str(run.folder / "report.html"), True)
            return Run(run.folder, summary, exit_code)


def _differs(request: Brief, folder: Path) -> tuple[str, ...]:
    return differences_to(folder / "brief.toml", request)


def _with_limit(request: Brief) -> Brief:
    if request.seconds is None and request.trials is None:
        return replace(request, seconds=DEFAULT_SECONDS)
    return request
