"""From a log of human decisions to a router: read, set cases apart, build, test, tell, write."""

from __future__ import annotations

import json
import os
import shutil
import time as clock
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from journeyman.automation.apart import set_apart
from journeyman.automation.automation import Automation
from journeyman.automation.limits import read_limits, require_known
from journeyman.automation.looks import NAME, looks_before
from journeyman.automation.policy import policy_of
from journeyman.automation.rules import find_rules
from journeyman.automation.savings import savings
from journeyman.brief.read import make_brief
from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.model import load
from journeyman.bundle.router import Router
from journeyman.bundle.write import write_routed
from journeyman.errors import BriefError, InputError
from journeyman.evaluation.looks import Odometer, cells_digest
from journeyman.job.build import build
from journeyman.job.decision_log import (
    ask,
    cases_in_a_year,
    decisions_in,
    part_of,
    places_of,
    understand_log,
    which_decision,
)
from journeyman.job.outcomes import compared_of, failures_of
from journeyman.job.people import consistency_of, noise_of
from journeyman.job.run import Progress, Run, say_nothing
from journeyman.report.automate import (
    apart_line,
    consistency_line,
    rules_line,
    savings_line,
    write_automation,
)
from journeyman.report.report import sorted_findings
from journeyman.report.summary import plain
from journeyman.sources.named import Named
from journeyman.sources.read import read_raw
from journeyman.statistics.learn_then_test import bounds
from journeyman.store.digest import digest_data
from journeyman.store.files import make_folder, write_whole

MAX_ERROR, AUDIT_SHARE, SECONDS = "2%", 0.02, 60.0
#: The folder of the model's own run within the automation's, and the file that says which rows it learnt from and which
#: tested it.
MODEL, ROWS = "model", "rows.json"
#: Kept back of the time for everything but the model.
_REST_SECONDS, _REST_SHARE = 5.0, 0.2
#: So many of the columns that may tell too much are told again.
_MOST_WARNINGS = 6
#: What a build tells that is of use here.
_TOLD = frozenset({"audit", "floor", "search", "evaluate"})


def automate(
    source: Any,
    decision: str | None = None,
    *,
    outcome: str | None = None,
    actor: str | None = None,
    max_error: float | str | Mapping[str, float | str] = MAX_ERROR,
    minutes: float | None = None,
    hourly: float | None = None,
    audit: float = AUDIT_SHARE,
    when: str | None = None,
    entity: str | None = None,
    ignore: str | Sequence[str] | None = None,
    time: float | str | None = None,
    trials: int | None = None,
    seed: int = 0,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    began: float | None = None,
    **named: Unpack[Named],
) -> Automation:
    """Which share of a human decision can run unattended, with a guarantee; and a router that does it.

    Cases are set apart first: some teach the model, some plan the test, and some test it and are seen by nothing else.

    Parameters
    ----------
    source : the log, one row a case: a file, or a frame
    decision : the column of what people decided; without it `decisions_in` says which there are
    outcome : the column of what came of it; the model predicts that where it is known for all decisions alike
    actor : the column of who decided; never a feature
    max_error : the largest share of automated cases that may be wrong, or one for each decision
    minutes, hourly : what a human decision takes, and what an hour costs
    audit : the share of automated cases that a person decides all the same
    when, entity, ignore, time, trials, seed : as for a build
    out : the folder; default ``runs/<table>-automate-<n>``
    began : when the clock of ``time`` started, by ``time.monotonic()``; None for now
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    InputError : the request or the log are at fault; also where no decision is named
    ResourceError : disk, memory or permission are
    """
    say, began = progress or say_nothing, _now() if began is None else began
    limits = read_limits(max_error)
    savings((0.0, 0.0, 0.0), minutes=minutes, hourly=hourly)
    _check_share(audit)
    raw = read_raw(source, **named)
    if decision is None:
        raise which_decision(decisions_in(raw))
    log = understand_log(raw, decision, outcome, actor, when=when, entity=entity, ignore=ignore, seed=seed, say=say)
    require_known(limits, log.understood.aim.classes)
    table, target = log.understood.curation.table, log.understood.curation.target
    order = target.order if target.fold_kind == "forward" else None
    apart = set_apart(table.rows, groups=log.understood.curation.units, order=order, seed=seed)
    say("apart", apart_line(apart), True)
    folder = _folder(out, raw.name)
    asked = {
        "source": raw.digest,
        "target": log.target,
        "outcomes": cells_digest(table, log.target),
        "request": digest_data([decision, outcome, actor, plain(limits), when, entity, list(log.brief.ignore), seed]),
    }
    odometer = looks_before(folder.parent, asked, own=folder)
    with _whole_or_nothing(folder):
        _require_unseen(odometer)
        run = build(
            part_of(raw, table.row_numbers[apart.learn]),
            out=folder / MODEL,
            progress=lambda stage, text, final: say(stage, text, final) if stage in _TOLD else None,
            predict=log.target,
            task=log.understood.aim.task,
            positive=log.understood.aim.positive or None,
            entity=entity,
            when=when,
            ignore=log.brief.ignore or None,
            seed=seed,
            trials=trials,
            time=None if trials is not None else _seconds(time, began),
        )
        if run.exit_code:
            say("stopped", "before a case was tested: nothing is kept", True)
            raise KeyboardInterrupt
        _require_a_model(run)
    model = load(folder / MODEL)
    plan, planned = ask(model, raw, log, apart.plan)
    test, tested = ask(model, raw, log, apart.test)
    policy = policy_of(
        plan,
        test,
        limits,
        level=odometer.left_out,
        audit_share=audit,
        by_time=apart.by_time,
        test_share=len(apart.test) / table.rows,
    )
    both, chances = np.concatenate([apart.plan, apart.test]), np.concatenate([planned, tested])
    pairs, agreeing = consistency_of(log, table, test)
    say("people", consistency_line(agreeing), True)
    say("policy", policy.answer, True)
    names = [column.name for column in table.schema.features]
    places = places_of(log, model.classes)
    rules = find_rules(
        (table.take(apart.learn), places[apart.learn]),
        (table.take(apart.test), places[apart.test]),
        names,
        model.classes,
        limit=min(limits.values()),
        level=odometer.left_out,
        units=test.units if test.is_clustered else None,
        seed=seed,
    )
    say("rules", rules_line(rules), True)
    saved = savings(policy.unattended, minutes=minutes, hourly=hourly, a_year=cases_in_a_year(table, log.understood))
    if saved is not None and policy.automates:
        say("saves", savings_line(saved), True)
    router = Router(thresholds=policy.thresholds, audit_share=audit, seed=seed, promise=policy.guarantee)
    write_routed(folder / MODEL / BUNDLE, folder / BUNDLE, router)
    right = int((~test.wrong).sum())
    found = Automation(
        decision=decision,
        outcome=outcome or "",
        actor=actor or "",
        goal=log.goal,
        reason=log.reason,
        rows={
            "read": raw.rows,
            "used": table.rows,
            "learn": len(apart.learn),
            "plan": len(apart.plan),
            "test": len(apart.test),
        },
        consistency=agreeing,
        noise=noise_of(log, table, both, chances, model, pairs),
        policy=policy,
        rules=rules,
        savings=saved,
        known=log.known,
        compared=compared_of(log, table, apart, test, policy, seed),
        failures=failures_of(log, table, apart, both, seed),
        looks=odometer.count,
        accuracy=(right / len(test), *bounds(right, len(test), 0.05)),
        model=str(run.summary["chosen"]["name"]),
        folder=folder,
    )
    document = {"format": 1, "status": "done", "folder": str(folder), **plain(found.as_data()), "asked": asked}
    document["warnings"] = [one for one in sorted_findings(run.summary) if "leak" in one["code"]][:_MOST_WARNINGS]
    document["seconds"] = round(_now() - began, 2)
    found = replace(found, summary=document)
    numbers = {name: table.row_numbers[rows].tolist() for name, rows in (("learn", apart.learn), ("test", apart.test))}
    write_whole(folder / ROWS, json.dumps(numbers) + "\n")
    write_automation(document, folder / "automate.html")
    write_whole(folder / NAME, json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    say("report", str(folder / "automate.html"), True)
    return found


@contextmanager
def _whole_or_nothing(folder: Path) -> Iterator[None]:
    """Nothing is left of a request that ends before its test cases were seen."""
    is_whole = False
    try:
        yield
        is_whole = True
    finally:
        if not is_whole:
            shutil.rmtree(folder, ignore_errors=True)


def _require_a_model(run: Run) -> None:
    """Refuse before any test case is seen, where the clock left no time for more than one answer to all."""
    # The first of the floors is always the same answer.
    if sum(one["status"] == "done" for one in run.summary["trials"]) < 2:
        raise BriefError(
            "there was no time to try a model",
            because="nothing came to its end but always the same answer, which can automate nothing",
            remedy="give more --time, as 2m",
        )


def _require_unseen(odometer: Odometer) -> None:
    if odometer.refusal:
        raise InputError(
            "these cases can certify nothing more",
            because=odometer.refusal.replace("builds were", "other requests were"),
            remedy="bring cases that tested nothing yet, or keep the policy that was certified first",
        )


def _check_share(audit: float) -> None:
    if not 0 <= audit < 1:
        raise BriefError(
            f"--audit {audit:g} is no share", because="it must be 0 or more, and below 1", remedy="--audit 0.02"
        )


def _folder(out: str | os.PathLike[str] | None, name: str) -> Path:
    if out is not None:
        folder = Path(out)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(
                f"{folder} is not empty",
                because="two runs never mix in one folder",
                remedy="name another one with --out",
            )
        return make_folder(folder)
    number = 1
    while (Path("runs") / f"{name}-automate-{number}").exists():
        number += 1
    return make_folder(Path("runs") / f"{name}-automate-{number}")


def _seconds(given: float | str | None, began: float) -> float:
    """What is left for the model of the time for all."""
    whole = make_brief(predict="any", time=given).seconds if given is not None else None
    whole = SECONDS if whole is None else whole
    left = whole - (_now() - began) - max(_REST_SECONDS, _REST_SHARE * whole)
    return max(left, 1.0)


def _now() -> float:
    return clock.monotonic()
