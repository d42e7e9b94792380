"""The door: one batch more, the tests go on, and what they raise by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.monitoring.alarm import Alarm, threshold
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.bins import BESIDE
from journeyman.monitoring.estimates import estimated_losses, interval_of
from journeyman.monitoring.kind import Seen, kinds
from journeyman.monitoring.kinds.novelty import STRANGE
from journeyman.monitoring.kinds.real_performance import losses_of
from journeyman.monitoring.kinds.schema_breaks import broken
from journeyman.monitoring.reference import FOLDER, Reference
from journeyman.monitoring.state import STATE, State

#: Alarms are told by the newest batches that have so many rows together; facts of so many batches are kept.
_ENOUGH, _KEPT = 200, 400
#: Kinds that live on outcomes; all others live on rows.
OF_OUTCOMES = ("real_performance",)


@dataclass(frozen=True)
class Watching:
    """The state after a batch, what stands raised by now, and the e-value of each kind."""

    state: State
    alarms: tuple[Alarm, ...]
    evidence: Mapping[str, float]


def watch(reference: Reference, state: State, rows: Batch, outcomes: Batch | None = None) -> Watching:
    """Let all tests go on by one batch.

    Parameters
    ----------
    rows : rows that were not counted before
    outcomes : rows whose outcome was not counted before, among them rows of earlier batches; None where these are the
        same as ``rows``

    An alarm stands until the model is replaced. Healthy models ever raise one with a chance of `ALARM_RATE` at most.
    """
    outcomes = rows if outcomes is None else outcomes
    memory, wealth = state.memory, dict(state.wealth)
    for name, kind in kinds().items():
        growth = kind.growth(reference, outcomes if name in OF_OUTCOMES else rows, memory)
        if growth is not None:
            wealth[name] = wealth[name].after(growth)
    if len(rows):
        memory = memory.after(rows.codes)
    facts = facts_of(reference, rows, outcomes)
    batches = state.batches + 1
    recent = (*state.recent, {"batch": batches, **facts})[-_KEPT:]
    after = replace(state, wealth=wealth, memory=memory, recent=recent, batches=batches)
    alarms, evidence, raised = _raised(reference, after)
    breaks = tuple(broken(reference, one) for one in rows.breaks)
    return Watching(replace(after, raised=raised), (*breaks, *alarms), evidence)


def standing(reference: Reference, state: State) -> Watching:
    """What stands raised, with nothing new."""
    alarms, evidence, _ = _raised(reference, state)
    return Watching(state, alarms, evidence)


def _raised(
    reference: Reference, state: State
) -> tuple[tuple[Alarm, ...], dict[str, float], dict[str, Mapping[str, Any]]]:
    shelf = kinds()
    needed = threshold(len(shelf))
    evidence, values = {}, {}
    for name, kind in shelf.items():
        weights = np.array([one.weight for one in kind.streams(reference)])
        values[name] = state.wealth[name].values()
        evidence[name] = float(weights @ values[name] / weights.sum()) if len(weights) else 1.0
    raised = dict(state.raised)
    rows, known = newest(state.recent, "rows"), newest(state.recent, "known")
    estimated = [(one["estimated"], one["rows"]) for one in rows if one.get("estimated") is not None]
    total = sum(count for _, count in estimated)
    expected = sum(value * count for value, count in estimated) / total if total else np.inf
    is_new = evidence.get("novelty", 1.0) >= needed or "novelty" in raised
    harmful = bool(expected > reference.estimated.limit or is_new)
    alarms = []
    for name, kind in shelf.items():
        if evidence[name] < needed and name not in raised:
            continue
        recent = known if name in OF_OUTCOMES else rows
        told = kind.say(reference, Seen(evidence[name], values[name], recent, harmful, state.memory))
        if evidence[name] < needed:
            told = _as_it_was(raised[name])
        elif name not in raised or told.severity == "alarm":
            first = raised.get(name, {}).get("batch", state.batches)
            raised[name] = {"batch": first, "alarm": told.as_data()}
        alarms.append(told)
    alarms.sort(key=lambda one: (one.severity != "alarm", shelf[one.kind].ORDER))
    return tuple(alarms), evidence, raised


def _as_it_was(raised: Mapping[str, Any]) -> Alarm:
    """An alarm that was raised before, as it was told then: it stands, though newer rows alone would not raise it."""
    then = Alarm(**{**raised["alarm"], "columns": tuple(raised["alarm"]["columns"])})
    return replace(
        then,
        sentence=f"since batch {int(raised['batch']):,}, where it was: {then.sentence}",
        remedy=f"{then.remedy}; were those the wrong rows, delete {FOLDER}/{STATE} in the run: all tests begin anew",
    )


def newest(recent: Sequence[Mapping[str, Any]], of: str) -> tuple[Mapping[str, Any], ...]:
    """The newest batches that together have enough rows (``of`` "rows", or "known": rows with an outcome)."""
    found: list[Mapping[str, Any]] = []
    rows = 0
    for one in reversed(recent):
        if one.get(of):
            found.append(one)
            rows += int(one[of])
        if rows >= _ENOUGH:
            break
    return tuple(reversed(found))


def facts_of(reference: Reference, rows: Batch, outcomes: Batch) -> dict[str, Any]:
    """What is told of a batch: counts, the estimate with its interval, and the losses that came; JSON."""
    estimates = estimated_losses(reference, rows)
    interval = interval_of(reference, estimates)
    known = int(outcomes.known.sum())
    facts: dict[str, Any] = {
        "rows": len(rows),
        "refused": int((~rows.answered).sum()),
        "known": known,
        "strange": float(rows.strange.mean()) if len(rows) else None,
        "odd": _mean(rows.novelty <= STRANGE, np.isfinite(rows.novelty)),
        "promised": None if rows.promised is None else _mean(rows.promised, np.isfinite(rows.promised)),
        "beside": _beside(reference, rows),
    }
    names = ("estimated", "estimated_low", "estimated_high")
    facts |= dict(zip(names, interval or (None, None, None), strict=True))
    if known:
        measures = {one.name: one for one in reference.measures}
        for name, losses in losses_of(reference, outcomes).items():
            one = measures.get(name)
            held = losses if one is None else np.clip(losses, one.least, one.least + one.span)
            facts[f"real_{name}"] = float(held.mean())
    return facts


def _beside(reference: Reference, rows: Batch) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for place, column in enumerate(reference.columns):
        ordinary = column.bins.ordinary
        counts = np.bincount(rows.codes[:, place], minlength=ordinary + len(BESIDE))[ordinary : ordinary + len(BESIDE)]
        there = {name: int(count) for name, count in zip(BESIDE, counts, strict=True) if count}
        if there:
            found[column.bins.column] = there
    return found


def _mean(values: Any, where: Any) -> float | None:
    return float(values[where].mean()) if where.any() else None
