"""The whole job, one verb a line: read, audit, curate, propose, search, evaluate, decide, deploy, report."""

from __future__ import annotations

import importlib.metadata
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.brief.gain import gain_rule
from journeyman.brief.read import make_brief, read_brief
from journeyman.brief.write import brief_toml
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.write import write_bundle
from journeyman.checks.audit import look
from journeyman.curation.curate import Curation, curate
from journeyman.curation.propose import propose
from journeyman.errors import BriefError, JourneymanError, ResourceError
from journeyman.evaluation.evaluate import Evaluation, evaluate
from journeyman.evaluation.verdict import Verdict, decide
from journeyman.plan.data import digest, to_data
from journeyman.report.report import write_report
from journeyman.sources.read import read, read_raw
from journeyman.sources.write import write_table
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.digest import digest_data
from journeyman.store.files import locked, make_folder, sweep, write_whole
from journeyman.store.journal import Journal, read_journal
from journeyman.table.finding import Finding
from journeyman.trials.pool import Pool
from journeyman.trials.search import Interrupted, Laboratory, Proposal, blend_trial, refit, search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial
from journeyman.trials.worker import checked_rows

if TYPE_CHECKING:
    from journeyman.bundle.model import Model

#: ``progress(stage, text, is_final)``: a final text is a fact that stays, another says what is going on.
Progress = Callable[[str, str, bool], None]
#: Seconds kept for evaluation, bundle and report: a constant and a share of the budget.
FINISHING = (1.5, 0.12)
#: Without a clock and without a number of trials, this much time is taken.
DEFAULT_SECONDS = 120.0


@dataclass(frozen=True)
class Run:
    """What a build gives: the folder that holds everything, and its summary.

    Parameters
    ----------
    folder : the run directory
    summary : ``run.json``
    exit_code : 0, or 130 / 143 when the run was interrupted and kept the best so far
    """

    folder: Path
    summary: Mapping[str, Any]
    exit_code: int = field(default=0, repr=False)

    @property
    def verdict(self) -> Mapping[str, Any]:
        """Decision, probability, reasons, what would change it."""
        return self.summary["verdict"]  # type: ignore[no-any-return]  # run.json is untyped

    @property
    def evaluation(self) -> Mapping[str, Any]:
        """Estimates by metric: value, low, high."""
        return self.summary["evaluation"]  # type: ignore[no-any-return]  # run.json is untyped

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        """What the audit saw."""
        return self.summary["findings"]  # type: ignore[no-any-return]  # run.json is untyped

    @property
    def model(self) -> Model:
        """The bundle, loaded."""
        from journeyman.bundle.model import load

        return load(self.folder)

    def __repr__(self) -> str:
        decision = str(self.verdict["decision"]).replace("_", " ").upper()
        scores = ", ".join(
            f"{name} {one['value']:.4g} [{one['low']:.4g}, {one['high']:.4g}]" for name, one in self.evaluation.items()
        )
        return f"<Run {self.folder}: {decision} · {scores} · {self.summary['chosen']['name']}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"


def build(
    *sources: Any,
    out: str | os.PathLike[str] | None = None,
    resume: bool = False,
    brief: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Run:
    """The whole job: from a table and an aim to a run directory with bundle, verdict and report.

    Parameters
    ----------
    sources : files of one shape (CSV, Parquet), or frames of pandas, polars, Arrow
    out : the run directory; default ``runs/<table>-<n>``
    resume : continue the newest unfinished run of the same brief and data
    brief : a ``brief.toml``; ``options`` win over it
    progress : told what happens
    options : the fields of `journeyman.brief.brief.Brief`, as ``predict="Churn"``, ``time="2m"``, ``trials=6``

    Raises
    ------
    InputError : the request or the data are at fault
    ResourceError : disk, memory or permission are
    Interrupted : the user ended it before there was anything to keep
    """
    began = time.monotonic()
    say = progress or (lambda stage, text, is_final: None)
    understood = read_brief(brief, **options) if brief is not None else make_brief(**options)
    if understood.seconds is None and understood.trials is None:
        understood = replace(understood, seconds=DEFAULT_SECONDS)
    with _ending_cleanly() as stop, _workers(understood) as pool:
        table = read(*sources, overrides=understood.columns, target=understood.predict)
        say("read", table.origin, True)
        aim = find_aim(table, understood)
        findings = (*table.findings, *look(table, understood))
        say("audit", _audit_line(findings), True)
        curated = curate(table, understood, aim, findings)
        findings = (*findings, *curated.findings)
        say("curate", curated.reason, True)
        rule = gain_rule(understood.gain, aim.classes, aim.positive) if understood.gain else None
        metric = metric_named(aim.metric)
        training = TrainingData(curated.table.features(), curated.target, curated.folds)
        pool.open(training)
        folder, key = _run_folder(out, resume, table.name, understood, training)
        with locked(folder), _journal(folder, key) as journal:
            done = journal.last("done")
            if done is not None:
                return Run(folder, json.loads((folder / "run.json").read_text()))
            assumptions = {"task": aim.reason, "folds": curated.reason}
            write_whole(folder / "brief.toml", brief_toml(understood, assumptions))
            timings = {"prepare": time.monotonic() - began}
            laboratory = Laboratory(
                pool,
                training,
                journal,
                make_folder(folder / "trials"),
                score=_scorer(metric, curated),
                say=lambda text: say("search", text, False),
                interrupted=stop,
            )
            deadline = None if understood.seconds is None else began + understood.seconds
            trials = _search(laboratory, understood, deadline, say)
            timings["search"] = time.monotonic() - began - sum(timings.values())
            shipped, state, checked, evaluation = _choose(
                laboratory, trials, curated, metric, rule, understood, deadline
            )
            verdict = decide(evaluation, findings)
            say("evaluate", _evaluation_line(evaluation, rule), True)
            timings["evaluate"] = time.monotonic() - began - sum(timings.values())
            facts = {
                "plan": digest(shipped.plan),
                "data": laboratory.data_key,
                "seed": understood.seed,
                "versions": _versions(),
                "evaluation": {name: one.as_data() for name, one in evaluation.estimates.items()},
            }
            write_bundle(
                folder / "bundle",
                plan=shipped.plan,
                state=state,
                schema=curated.table.schema,
                task=aim.task,
                target=aim.target,
                classes=aim.classes,
                positive=aim.positive,
                metric=aim.metric,
                rule=rule,
                check=training.columns.take(checked_rows(training.columns.rows)),
                expected=checked,
                facts=facts,
            )
            write_whole(folder / "plan.json", json.dumps(to_data(shipped.plan), indent=1, sort_keys=True) + "\n")
            timings["deploy"] = time.monotonic() - began - sum(timings.values())
            code = stop()
            summary = {
                "format": 1,
                "status": "interrupted" if code else "done",
                "name": table.name,
                "seconds": round(time.monotonic() - began, 2),
                "timings": {name: round(value, 2) for name, value in timings.items()},
                "versions": _versions(),
                "bundle": "bundle",
                "task": aim.task,
                "target": aim.target,
                "classes": list(aim.classes),
                "positive": aim.positive,
                "metric": aim.metric,
                "aim_reason": aim.reason,
                "brief": _plain(understood),
                "payoff_rule": rule.as_data() if rule else None,
                "rows": {
                    "read": curated.table.ledger.read,
                    "used": curated.table.ledger.used,
                    "set_aside": len(curated.table.ledger.set_aside),
                },
                "origin": table.origin,
                "schema": curated.table.schema.as_data(),
                "findings": [one.as_data() for one in findings],
                "folds": {"kind": curated.folds.kind, "count": curated.folds.count, "reason": curated.reason},
                "trials": [_trial_line(one) for one in trials],
                "chosen": {"name": shipped.name, "key": shipped.key},
                "digests": {"data": laboratory.data_key, "plan": digest(shipped.plan), "source": table.digest},
                **evaluation.as_data(),
                "verdict": verdict.as_data(),
            }
            summary = _plain(summary)
            write_whole(folder / "run.json", json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
            write_report(summary, folder / "report.html")
            if not code:
                journal.add("done")
            say("verdict", _verdict_line(verdict), True)
            say("report", str(folder / "report.html"), True)
            return Run(folder, summary, code)


def predict(
    run: str | os.PathLike[str] | Run,
    source: Any,
    out: str | os.PathLike[str] | None = None,
    *,
    explain: bool = False,
    for_spreadsheets: bool = False,
) -> Path:
    """Write a table with predictions, decision and status beside its own cells; rows keep their order and number.

    Parameters
    ----------
    run : a run directory, a bundle, or a `Run`
    source : the rows; cells come back as they are
    out : where to; default ``<source>-predicted.csv`` (or ``.parquet``) in the current folder, never over another file

    Returns
    -------
    The path written.
    """
    from journeyman.bundle.model import load

    if explain:
        raise BriefError("--explain is not in this version", remedy="leave it out")
    model = load(run.folder if isinstance(run, Run) else run)
    raw = read_raw(source)
    predictions = model.predict_cells(raw.cells(), raw.rows)
    if out is not None:
        path = Path(out)
    else:
        ending = ".parquet" if str(source).endswith(".parquet") else ".csv"
        path = _free_path(Path(f"{raw.name}-predicted"), ending)
    return write_table(raw, predictions.as_columns(), path, for_spreadsheets=for_spreadsheets)


def _free_path(stem: Path, ending: str) -> Path:
    path, number = stem.with_name(stem.name + ending), 1
    while path.exists():
        number += 1
        path = stem.with_name(f"{stem.name}-{number}{ending}")
    return path


@contextmanager
def _ending_cleanly() -> Iterator[Callable[[], int]]:
    """Ctrl-C and SIGTERM ask the job to end; a second Ctrl-C ends it at once.

    Yields a function that gives the exit code asked for (130, 143), or 0.
    """
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: 0
        return

    def on_signal(number: int, frame: object) -> None:
        if asked:
            raise Interrupted(128 + number)
        asked.append(128 + number)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked[0] if asked else 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _workers(brief: Brief) -> Iterator[Pool]:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    pool = Pool(max(1, min(cores, 8)), brief.memory_bytes)
    try:
        yield pool
    finally:
        pool.close()


@contextmanager
def _journal(folder: Path, key: Mapping[str, str]) -> Iterator[Journal]:
    sweep(folder)
    journal = Journal(folder / "journal.jsonl")
    try:
        started = journal.last("start")
        if started is None:
            journal.add("start", **key, versions=_versions())
        elif any(started.get(name) != value for name, value in key.items()):
            raise BriefError(
                f"{folder} holds a run of another brief or other data",
                remedy="give the same request again, or another folder with --out",
            )
        yield journal
    finally:
        journal.close()


def _run_folder(
    out: str | os.PathLike[str] | None, resume: bool, name: str, brief: Brief, data: TrainingData
) -> tuple[Path, dict[str, str]]:
    """The folder of this run, and what makes it the same run again."""
    key = {"brief": digest_data(_plain(brief)), "data": data.digest()}
    if out is not None:
        folder = Path(out)
        if folder.is_dir() and any(folder.iterdir()) and not resume:
            raise BriefError(
                f"{folder} is not empty",
                because="two runs in one folder would mix",
                remedy="add --resume to continue it, or name another folder with --out",
            )
        return make_folder(folder), key
    runs = Path("runs")
    if resume:
        folders = [path.parent for path in runs.glob("*/journal.jsonl")]
        for folder in sorted(folders, key=lambda path: (path / "journal.jsonl").stat().st_mtime, reverse=True):
            events = read_journal(folder / "journal.jsonl")
            same = events and all(events[0].get(field) == value for field, value in key.items())
            if same and events[-1]["event"] != "done":
                return folder, key
    make_folder(runs)
    for number in range(1, 100_000):
        folder = runs / f"{_safe(name)}-{number}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise ResourceError(f"making {folder} failed", because=str(error.strerror)) from error
        return folder, key
    raise ResourceError(f"there are too many runs of {name} under {runs}", remedy="name a folder with --out")


def _safe(name: str) -> str:
    """A table's name as a folder's: letters, digits, '-', '_' and '.', at most 60."""
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name).strip("-.")
    return kept[:60] or "table"


def _scorer(metric: Metric, curated: Curation) -> Callable[[Any, Any], float]:
    target = curated.target

    def score(answers: Any, rows: Any) -> float:
        weights = None if target.weights is None else target.weights[rows]
        return float(metric.score(target.values[rows], answers[rows], weights))

    return score


def _search(laboratory: Laboratory, brief: Brief, deadline: float | None, say: Progress) -> list[Trial]:
    """Floors, candidates, and the mean of the candidates that are no floors."""
    data = laboratory.data
    proposals = [
        Proposal(plan=one.plan, name=one.name, floor=one.floor, weight=one.weight, seconds=one.seconds)
        for one in propose(data.columns, data.target)
    ]
    until = None
    if deadline is not None and brief.seconds is not None:
        until = deadline - FINISHING[0] - FINISHING[1] * brief.seconds
    trials = search(laboratory, proposals, deadline=until, trials=brief.trials)
    done = [one for one in trials if one.status == "done"]
    if not done:
        code = laboratory.interrupted()
        if code:
            raise Interrupted(code)
        reasons = "; ".join(f"{one.name}: {one.reason}" for one in trials[:3])
        raise ResourceError("no candidate finished", because=reasons, remedy="give more --time or more --memory")
    floors = " · ".join(f"{one.name} {np.mean(one.scores):.4g}" for one in done if one.floor)
    say("floor", floors, True)
    full = [one for one in done if not one.floor]
    if len(full) > 1:
        blended = blend_trial(laboratory, full, f"mean of {len(full)} models", max(one.weight for one in full) + 8)
        trials = [*trials, blended]
    not_done = sum(one.status != "done" for one in trials)
    also = f", {not_done} failed or were out of time" if not_done else ""
    say("search", f"{len(trials)} candidates{also}", True)
    return trials


def _choose(
    laboratory: Laboratory,
    trials: list[Trial],
    curated: Curation,
    metric: Metric,
    rule: DecisionRule | None,
    brief: Brief,
    deadline: float | None,
) -> tuple[Trial, Any, Any, Evaluation]:
    """Evaluate, and fit the chosen plan on all rows; one that cannot be fitted in time leaves the board."""
    left = [one for one in trials if one.status == "done"]
    while True:
        evaluation = evaluate(left, curated.target, curated.folds, metric, rule=rule, seed=brief.seed)
        shipped = left[evaluation.chosen]
        is_last = len(left) == 1
        fitted = refit(laboratory, shipped.plan, deadline=None if is_last or deadline is None else deadline - 0.5)
        if fitted is not None:
            return shipped, *fitted, evaluation
        if is_last:
            raise ResourceError("no model could be fitted on all rows", remedy="give more --time or more --memory")
        left = [one for one in left if one is not shipped]


def _versions() -> dict[str, str]:
    names = ("journeyman", "numpy", "scipy", "scikit-learn", "lightgbm", "polars", "onnx", "onnxruntime")
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _plain(value: Any) -> Any:
    """A value as JSON can hold it: no arrays, no tuples, no NaN."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, float) and not np.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _trial_line(trial: Trial) -> dict[str, Any]:
    return {
        "name": trial.name,
        "key": trial.key,
        "status": trial.status,
        "scores": list(trial.scores),
        "seconds": trial.seconds,
        "floor": trial.floor,
        "reason": trial.reason,
    }


def _audit_line(findings: Sequence[Finding]) -> str:
    told = [one for one in findings if one.severity != "info"]
    if not told:
        return "nothing to worry about"
    what = " · ".join(one.message.rstrip(".") for one in told[:3])
    return f"{len(told)} thing{'s' if len(told) > 1 else ''} to know: {what}" + (" · …" if len(told) > 3 else "")


def _evaluation_line(evaluation: Evaluation, rule: DecisionRule | None) -> str:
    parts = []
    for name, one in evaluation.estimates.items():
        unit = " per 1,000 rows" if name == "payoff" else ""
        parts.append(f"{name} {one.value:,.4g}{unit} [{one.low:,.4g}, {one.high:,.4g}]")
    return " · ".join(parts) + ", corrected for choosing the winner"


def _verdict_line(verdict: Verdict) -> str:
    words = verdict.decision.replace("_", " ").upper()
    reason = f" {verdict.reasons[0]}" if verdict.reasons else ""
    change = f" Would change it: {verdict.would_change[0]}" if verdict.would_change else ""
    return f"{words}.{reason}{change}"


__all__ = ["JourneymanError", "Run", "build", "predict"]
