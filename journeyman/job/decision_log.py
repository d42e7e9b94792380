"""A log of human decisions, understood: which decisions there are, what is learnt from what, what a model answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Unpack

import numpy as np

from journeyman.automation.answers import UNKNOWN, Answers, answers_of
from journeyman.automation.automation import Goal
from journeyman.automation.decisions import DecisionColumn, find_decisions, standing_out
from journeyman.automation.savings import cases_a_year
from journeyman.automation.selective import Known, outcomes_known
from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.brief.read import make_brief
from journeyman.bundle.model import Model
from journeyman.errors import BriefError, InputError, nearest
from journeyman.job.run import Progress
from journeyman.job.understand import Understood, understand
from journeyman.sources.named import Named
from journeyman.sources.raw import Raw
from journeyman.sources.read import read, read_raw
from journeyman.store.digest import digest_arrays, digest_data
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Dates, Ledger, Table

#: A decision has at most so many outcomes.
MOST_OUTCOMES = 20


def decisions_in(source: Any, **named: Unpack[Named]) -> tuple[DecisionColumn, ...]:
    """The columns of a table that may be human decisions, by what there is to save, the most first."""
    raw = read_raw(source, **named)
    table = read(raw)
    for column in table.schema:
        # What is spelt like a missing cell may be a decision: "+" and "-".
        if column.kind in ("category", "flag") and len(labelled(table, column.name)[1]) == 1 and column.missing:
            values = {**table.values, column.name: read(raw, target=column.name).values[column.name]}
            table = replace(table, values=values)
    return find_decisions(table)


def which_decision(found: Sequence[DecisionColumn]) -> InputError:
    """The question that is left where no decision is named: which of those that were found it is."""
    if not found:
        return InputError(
            "no column of this table is a decision among a few",
            because="none holds 2 to 10 different values",
            remedy="name the column of what people decided with --decision",
        )
    clear = standing_out(tuple(found))
    listed = ", ".join(repr(one.name) for one in found[:5])
    return InputError(
        "which decision is to be automated?"
        if clear is None
        else f"the decision to automate seems to be {clear.name!r}",
        because=f"what may be one is in {listed}" if len(found) > 1 else found[0].sentence,
        remedy=f"--decision {(clear or found[0]).name}",
    )


@dataclass(frozen=True, kw_only=True)
class Log:
    """A log of decisions, understood: what is predicted from what, and for which decisions outcomes are known."""

    understood: Understood
    brief: Brief
    goal: Goal
    reason: str
    decision: str
    outcome: str
    actor: str
    known: Known | None

    @property
    def target(self) -> str:
        """The column that is predicted."""
        return self.understood.aim.target


def understand_log(
    raw: Raw,
    decision: str,
    outcome: str | None,
    actor: str | None,
    *,
    when: str | None,
    entity: str | None,
    ignore: str | Sequence[str] | None,
    seed: int,
    say: Progress,
) -> Log:
    """Read the log, decide whether decisions are imitated or outcomes predicted, and curate for that."""
    table = read(raw, target=decision)
    say("read", table.origin, True)
    for name in (outcome, actor):
        if name is not None and name not in table.schema:
            raise BriefError(
                f"there is no column {name!r}",
                remedy=nearest(name, [one.name for one in table.schema]),
                code="column_missing",
            )
    goal: Goal = "imitate"
    reason, known = "no outcome is given, so the model imitates what people decided", None
    if outcome is not None:
        decided, labels = labelled(table, decision)
        rows = np.flatnonzero(decided >= 0)
        known = outcomes_known(decided[rows], labels, ~table.missing(outcome)[rows])
        goal = "imitate" if known.is_selective else "outcome"
        reason = (
            f"{known.sentence}; the model imitates what people decided"
            if known.is_selective
            else f"{known.sentence}, for all decisions alike, so the model predicts the outcome"
        )
        say("outcome", reason, True)
        if goal == "outcome":
            table = read(raw, target=outcome)
    target = decision if goal == "imitate" or outcome is None else outcome
    apart = [one for one in (decision, outcome, actor) if one is not None and one != target]
    listed = [one.strip() for one in ignore.split(",")] if isinstance(ignore, str) else list(ignore or ())
    listed = [one for one in (*listed, *apart) if one and one not in (when, entity)]
    outcomes = len(labelled(table, target)[1])
    if outcomes > MOST_OUTCOMES:
        raise InputError(
            f"{target!r} holds {outcomes:,} different values: that is no decision among a few",
            because=f"a router tells at most {MOST_OUTCOMES} apart",
            remedy="name a column of few outcomes with --decision, or make one of it: above or below an amount",
            code="target_type",
        )
    task = "binary" if outcomes == 2 else "multiclass"
    request = make_brief(predict=target, task=task, when=when, entity=entity, ignore=listed or None, seed=seed)
    understood = understand(
        table, request, lambda stage, text, final: say(stage, text, final) if stage == "curate" else None
    )
    return Log(
        understood=understood,
        brief=request,
        goal=goal,
        reason=reason,
        decision=decision,
        outcome=outcome or "",
        actor=actor or "",
        known=known,
    )


def part_of(raw: Raw, rows: Integers) -> Raw:
    """Some rows of a source, as a source."""
    return replace(
        raw,
        frame=raw.frame[rows.tolist()],
        digest=digest_data([raw.digest, digest_arrays({"rows": rows})]),
        ledger=Ledger(read=len(rows), used=len(rows)),
        findings=(),
        origin=f"{raw.name}: {len(rows):,} rows to learn from",
    )


def places_of(log: Log, classes: Sequence[str]) -> Integers:
    """The true class of each used row by the model's places, (rows,)."""
    own = {label: place for place, label in enumerate(classes)}
    aim, values = log.understood.aim, log.understood.curation.target.values
    of_class = np.array([own.get(label, UNKNOWN) for label in aim.classes], np.int64)
    found: Integers = of_class[values.astype(np.int64)]
    return found


def ask(model: Model, raw: Raw, log: Log, rows: Integers) -> tuple[Answers, Numbers]:
    """What the deployed model answers to cells as they stand, through its own reader; and its probabilities."""
    curation = log.understood.curation
    part = part_of(raw, curation.table.row_numbers[rows])
    predictions = model.predict_cells(part.cells(), part.rows)
    probabilities = predictions.probabilities
    if probabilities is None:
        raise InputError("the decision is a number", remedy="name a column of few outcomes with --decision")
    units = None if curation.units is None else curation.units[rows]
    usual = np.asarray(predictions.status == "ok", np.bool_)
    return (
        answers_of(
            model.classes,
            probabilities,
            places_of(log, model.classes)[rows],
            rule=model.manifest.label_rule,
            usual=usual,
            units=None if units is None else np.unique(units, return_inverse=True)[1].astype(np.int64),
        ),
        probabilities,
    )


def cases_in_a_year(table: Table, understood: Understood) -> float | None:
    """How many cases come in a year, where the log has the time of decision as dates."""
    times = [one.name for one in table.schema.of_role("time")]
    value = table.values[times[0]] if times else None
    if not understood.curation.time or not isinstance(value, Dates) or value.missing.all():
        return None
    at = value.at[~value.missing]
    return cases_a_year(len(at), float(at.min()), float(at.max()))
