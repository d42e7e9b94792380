"""One line a verb, as the command line prints it: a fact with a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from journeyman.evaluation.evaluation import Evaluation
from journeyman.evaluation.verdict import Verdict
from journeyman.report.latency import told_latency
from journeyman.report.words import interval, to_know
from journeyman.table.finding import Finding, by_weight
from journeyman.table.table import Ledger
from journeyman.trials.trial import Trial


def rows_line(ledger: Ledger, path: str) -> str:
    """How many rows are used and how many are not, and where those stand.

    >>> from journeyman.table.table import SetAside
    >>> rows_line(Ledger(read=7046, used=7043, set_aside=(SetAside(3, "ragged_rows"),) * 3), "runs/x/set_aside.csv")
    '7,043 rows used, 3 set aside: runs/x/set_aside.csv'
    """
    return f"{ledger.used:,} rows used, {len(ledger.set_aside):,} set aside: {path}"


def audit_line(findings: Sequence[Finding]) -> str:
    """How many findings there are, of every severity as on the page, and the gravest of them."""
    return f"{to_know(len(findings))}: {_gravest(findings)}" if findings else to_know(0)


def curate_line(reason: str, findings: Sequence[Finding]) -> str:
    """Why rows are split so, and what came to light only then: with the audit's it is what the page counts."""
    # What speaks for the split is said once.
    short = [replace(one, message=_without_what_stands_in(reason, one.message)) for one in findings]
    return f"{reason} · {to_know(len(findings), more=True)}: {_gravest(short)}" if findings else reason


def _without_what_stands_in(reason: str, message: str) -> str:
    """A message without the brackets at its end, where the reason says the same."""
    head, opening, inside = message.rpartition(" (")
    return head if opening and inside.endswith(")") and inside[:-1] in reason else message


def _gravest(findings: Sequence[Finding]) -> str:
    told = [_with_consequence(one) for one in sorted(findings, key=by_weight)]
    return " · ".join(told[:3]) + (" · …" if len(told) > 3 else "")


def _with_consequence(finding: Finding) -> str:
    """What was seen, and what was done about it where that changes what the model may use."""
    message = finding.message.rstrip(".")
    return (
        f"{message} ({finding.remedy.words})" if finding.remedy.action == "role" and finding.remedy.words else message
    )


def floor_line(trials: Sequence[Trial], metric: str) -> str:
    """What the floors score."""
    floors = [
        f"{one.name} {one.score:.4g}" if one.status == "done" else f"{one.name}: {one.reason}"
        for one in trials
        if one.floor
    ]
    return f"{metric}: " + " · ".join(floors)


def first_line(trial: Trial) -> str:
    """That there is something to keep from now on."""
    return f"1st usable model: {trial.name} {trial.score:.4g}"


def better_line(trial: Trial, before: Trial, lower: float) -> str:
    """That there is something better to keep; by how much is before correction, so no score is told."""
    return f"better: {trial.name}, its error in the folds is {100 * lower:.2g} % lower than that of {before.name}"


def resume_line(fits: int, *, is_done: bool) -> str:
    """What a resumed run finds."""
    if is_done:
        return "this run is already finished; nothing was done again"
    if not fits:
        return "there is nothing to go on with; this is a new run"
    return f"{fits} fit{'s' if fits != 1 else ''} from before {'are' if fits != 1 else 'is'} used again"


def search_line(trials: Sequence[Trial]) -> str:
    """How many candidates were tried, and what became of those that did not finish."""
    left_out: dict[str, int] = {}
    for one in trials:
        if one.status != "done":
            what = "asked as teacher" if one.status == "asked" else one.status
            left_out[what] = left_out.get(what, 0) + 1
    also = "".join(f", {count} {status}" for status, count in sorted(left_out.items()))
    finished = sum(one.status == "done" for one in trials)
    return f"{finished} model{'s' if finished != 1 else ''} finished, floors and blends among them{also}"


def evaluation_line(evaluation: Evaluation, chosen: Trial) -> str:
    """The estimates with their intervals."""
    told = {name: one.as_data() for name, one in evaluation.estimates.items()}
    return f"{chosen.name}: {_estimates(told)}, corrected for choosing the winner"


def latency_line(latency: Mapping[str, Any]) -> str:
    """How long an answer takes, whether that is what was asked, and what it cost."""
    return " ".join(told_latency({"latency": latency}))


def verdict_line(verdict: Verdict) -> str:
    """The decision, its first reason, and what would change it."""
    reason = f" {verdict.reasons[0]}" if verdict.reasons else ""
    change = f" Would change it: {verdict.would_change[0]}" if verdict.would_change else ""
    return f"{verdict.decision.replace('_', ' ').upper()}.{reason}{change}"


def run_line(summary: Mapping[str, Any]) -> str:
    """A whole run in one line, from its summary."""
    told = str(summary["verdict"]["decision"]).replace("_", " ").upper()
    return f"{told} · {_estimates(summary['evaluation'])} · {summary['chosen']['name']}"


def _estimates(estimates: Mapping[str, Mapping[str, Any]]) -> str:
    """Each estimate with its name and interval; a payoff with its sign, and what it is counted by."""
    return " · ".join(
        f"{name} {interval(one, with_sign=name == 'payoff')}" + (" per 1,000 rows" if name == "payoff" else "")
        for name, one in estimates.items()
    )
