"""What of a run can be computed again from the table: rows, folds, candidates, claims, and the model's answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from journeyman.bundle.session import agree
from journeyman.errors import GateClosed
from journeyman.evaluation.certificate import Certificate, claims_of, folds_digest
from journeyman.evaluation.coverage import coverage
from journeyman.evaluation.latency import latency_findings
from journeyman.evaluation.learning import with_learning_curve
from journeyman.evaluation.looks import Odometer, cells_digest
from journeyman.evaluation.ship import judge, stand_ins
from journeyman.evaluation.verdict import decide
from journeyman.job.understand import Understood, understand
from journeyman.report.summary import plain
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.table import Table
from journeyman.trials.recall import Memory
from journeyman.trials.trial import Trial
from journeyman.trials.worker import checked_rows
from journeyman.verification.comparing import checked, require_equal, require_same
from journeyman.verification.left_behind import LeftBehind
from journeyman.verification.verification import Check


def recomputed(run: LeftBehind, table: Table) -> list[Check]:
    """Judge again what was kept, on the rows of the table. Where these are others, nothing further can be told."""
    certificate = run.certificate
    found = [checked("data", lambda: _content(certificate, table))]
    known: list[Understood] = []

    def understood() -> str:
        known.append(understand(table, run.request))
        return _used(certificate, known[0])

    trials: list[Trial] = []

    def memory() -> Memory:
        arrays = certificate.array_digests()
        return Memory(certificate.candidates, arrays, run.folder / "trials", known[0].data)

    def recalled() -> str:
        trials.extend(memory().recall(certificate.judged))
        return f"the answers of {len(trials)} are there, and are those of their plans on these rows"

    for name, holds in (("folds", understood), ("candidates", recalled)):
        if found[-1].state != "fails":
            found.append(checked(name, holds))
    if found[-1].state == "fails":
        return found
    simplest = run.request.prefer == "simplicity"
    found += _claims(certificate, known[0], trials, memory(), simplest)
    return [*found, checked("model", lambda: _model(run, memory(), known[0]))]


def _content(certificate: Certificate, table: Table) -> str:
    what = f"the digest of the cells of {table.name!r}"
    require_same(what, certificate.data["content"], cells_digest(table))
    is_same = table.digest == certificate.data["source"]
    return f"the same {table.rows:,} rows" + ("" if is_same else ", from another file than the one that was read")


def _used(certificate: Certificate, understood: Understood) -> str:
    folds = understood.data.folds
    found = {"kind": folds.kind, "count": folds.count, "digest": folds_digest(folds)}
    require_equal(certificate.folds, found)
    require_same("the digest of what is learnt from", certificate.data["used"], understood.data.digest())
    return f"the same {folds.count} {folds.kind} folds of {len(understood.data.target):,} rows"


def _claims(
    certificate: Certificate, understood: Understood, trials: Sequence[Trial], memory: Memory, simplest: bool
) -> list[Check]:
    found: dict[str, Any] = {}

    def choice() -> str:
        data = understood.data
        odometer = Odometer(tuple(certificate.looks["before"]))
        metric = metric_named(understood.aim.metric)
        evaluation = judge(
            trials,
            data,
            metric,
            understood.stakes,
            seed=certificate.seed,
            odometer=odometer,
            simplest=simplest,
        )
        require_same("the candidate that is chosen", certificate.model["key"], trials[evaluation.chosen].key)
        left_out = [one for one in certificate.candidates if one["key"] not in certificate.judged]
        too_late = tuple(one["name"] for one in left_out if one["status"] == "done" and not one.get("too_slow"))
        shipped = trials[evaluation.chosen]
        evaluation = replace(evaluation, too_late=too_late)
        # As `evaluation.ship` goes about it: its own halves, or those of the best that has some.
        ways = ((one, memory.halved(one)) for one in (shipped, *stand_ins(evaluation, trials)))
        other, half = (
            (shipped, None)
            if evaluation.is_constant
            else next((way for way in ways if way[1] is not None), (shipped, None))
        )
        evaluation = with_learning_curve(
            evaluation,
            other,
            half,
            data,
            understood.stakes,
            seed=certificate.seed,
            stands_in=other.key != shipped.key,
        )
        sure = coverage(shipped.answers, data.target, data.folds, understood.curation.table, evaluation.label_rule)
        # How long an answer took is not measured again: it is what decided then.
        latency = certificate.claims.get("latency")
        findings = [*understood.findings, *latency_findings(latency)]
        found.update(plain(claims_of(evaluation, sure, decide(evaluation, findings), latency)))
        return f"{evaluation.name!r} is chosen again, of {len(trials)} candidates"

    checks = [checked("choice", choice)]
    if not found:
        return checks
    claims = certificate.claims
    for name, one in claims["evaluation"].items():
        checks.append(checked(f"claim {name}", _claim(one, found["evaluation"].get(name), estimate(one))))
    gain, verdict = estimate(claims["choice"].get("gain")), _in_words(claims["verdict"])
    checks += [
        checked("claim gain", _claim(claims["choice"], found["choice"], gain)),
        checked("claim verdict", _claim(claims["verdict"], found["verdict"], verdict)),
        checked("other claims", _claim(claims, found, "leaderboard, calibration and all else")),
    ]
    return checks


def _model(run: LeftBehind, memory: Memory, understood: Understood) -> str:
    (shipped,) = memory.recall([run.certificate.model["key"]])
    _, expected = memory.fitted(shipped)
    columns = understood.data.columns
    rows = checked_rows(columns.rows)
    if not agree(run.model.answer(columns.take(rows)), np.asarray(expected, np.float64)):
        raise GateClosed("its graph does not answer as the plan did", because="on rows of the table they differ")
    return f"its graph answers {len(rows):,} rows as the plan did that was fitted on all of them"


def _claim(certified: Any, found: Any, told: str) -> Callable[[], str]:
    def holds() -> str:
        require_equal(certified, found)
        return f"{told}: recomputed, holds"

    return holds


def estimate(one: Any) -> str:
    """An estimate as ``run.json`` holds it, in words.

    >>> estimate({"value": 0.41, "low": 0.39, "high": 0.43})
    '0.41 [0.39, 0.43]'
    """
    names = ("value", "low", "high")
    if not isinstance(one, Mapping) or not all(isinstance(one.get(name), int | float) for name in names):
        return "it cannot be told"
    return f"{one['value']:.4g} [{one['low']:.4g}, {one['high']:.4g}]"


def _in_words(verdict: Mapping[str, Any]) -> str:
    probability = verdict.get("probability")
    sure = f", probability {probability:.2f}" if isinstance(probability, int | float) else ""
    return f"{str(verdict.get('decision')).replace('_', ' ')}{sure}"
