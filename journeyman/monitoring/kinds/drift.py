"""Rows come from elsewhere than those of training: in single columns, or in how columns hang together."""

from __future__ import annotations

import numpy as np

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.bins import BESIDE
from journeyman.monitoring.counts import answers_counted, counted, limits_of
from journeyman.monitoring.effects import effects_of
from journeyman.monitoring.kind import Seen, Stream
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.price import promised_change
from journeyman.monitoring.reference import Reference
from journeyman.monitoring.two_samples import tell_apart
from journeyman.statistics.e_process import STAKES, growth_of, growth_of_counts
from journeyman.table.columns import Numbers

TITLE, ORDER = "drift of rows", 5
HEADLINE = "Rows come from elsewhere, and the model is expected to do worse on them"
_TOGETHER = "all columns together"


def streams(reference: Reference) -> tuple[Stream, ...]:
    """A quarter of the coin on bins of columns, a quarter on those of answers, half on a classifier of all columns."""
    found = []
    for column in (*reference.columns, reference.answer):
        parts = 1 if column is reference.answer else max(len(reference.columns), 1)
        each = 0.25 / (parts * column.bins.ordinary)
        found += [Stream(f"{column.bins.column}\x1f{name}", each) for name in column.bins.names[: column.bins.ordinary]]
    return (*found, Stream(_TOGETHER, 0.5))


def growth(reference: Reference, batch: Batch, memory: Memory) -> Numbers | None:
    """Counts of bins of cells and answers, and scores of the classifier."""
    if not len(batch):
        return None
    hits, limits = counted(reference, batch.codes, beside=False), limits_of(reference, beside=False)
    told = tell_apart(reference.codes, batch.codes, memory)
    together = np.zeros(len(STAKES)) if told is None else growth_of(told.scores, told.limit)
    answers = answers_counted(reference, batch.answers)
    tolerated = np.array(reference.answer.limits[: len(answers)])
    return np.vstack(
        [
            growth_of_counts(hits, len(batch), limits),
            growth_of_counts(answers, int(answers.sum()), tolerated),
            together,
        ]
    )


def say(reference: Reference, seen: Seen) -> Alarm:
    """Where rows come from now, and whether that does harm that can be seen without outcomes."""
    rows = sum(int(one["rows"]) for one in seen.recent)
    ranked = effects_of(reference, np.concatenate([seen.memory.learnt, seen.memory.waiting])[-max(rows, 1) :])
    moved = [one for one in ranked if one.is_changed][:3]
    named = "; ".join(one.sentence for one in moved)
    together = seen.values[-1] > seen.values[:-1].max(initial=0.0)
    bins = len(reference.answer.limits) - len(BESIDE)
    of_answers = "the model gives other answers than it did, though no column alone has changed much"
    by_answers = seen.values[-1 - bins : -1].max(initial=0.0) >= seen.values.max()
    where = named or (of_answers if by_answers else "no column alone shows it: columns hang together in another way")
    also = " (seen by a classifier that looks at all columns)" if together else ""
    if seen.harmful:
        harm = "and the model is expected to do worse on them"
        remedy = "ask where these rows come from; retrain once outcomes are known"
    else:
        harm = "and the model is expected to do as well on them: harmless, as far as can be told without outcomes"
        remedy = "nothing has to be done; outcomes would show what this cannot"
    price = promised_change(reference, seen.recent)
    if not price:
        price = "what the estimate says" if seen.harmful else "nothing that can be seen"
    return Alarm(
        "drift",
        "alarm" if seen.harmful else "notice",
        f"rows differ from those of training{also}: {where}; {harm}",
        seen.evidence,
        price,
        remedy,
        tuple(one.column for one in moved),
        {"harmful": seen.harmful, "columns": [one.as_data() for one in ranked[:10]]},
    )
