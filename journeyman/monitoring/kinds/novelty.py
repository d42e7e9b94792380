"""More rows than chance brings are as training never saw them: one by one, whatever their columns are."""

from __future__ import annotations

import math

import numpy as np

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen, Stream
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.price import mean_of, of_share
from journeyman.monitoring.reference import Reference
from journeyman.statistics.e_process import STAKES, growth_of_counts
from journeyman.table.columns import Numbers

TITLE, ORDER = "novelty of rows", 4
HEADLINE = "More rows than chance brings are as training never saw them"
#: Rows whose p-value is at most this are strange as a whole; so many are expected, and twice as many tolerated.
STRANGE = 0.01


def streams(reference: Reference) -> tuple[Stream, ...]:
    """Rows that hold something never seen, and rows of a small p-value."""
    del reference
    return (Stream("never seen", 0.5), Stream("strange", 0.5))


def limits(reference: Reference) -> Numbers:
    """What shares of rows are tolerated."""
    by_chance = 4 * math.sqrt(STRANGE * (1 - STRANGE) / reference.rows)
    return np.array([reference.strange_limit, 2 * STRANGE + by_chance])


def growth(reference: Reference, batch: Batch, memory: Memory) -> Numbers | None:
    """Counts of such rows."""
    del memory
    if not len(batch):
        return None
    found = growth_of_counts(np.array([batch.strange.sum(), 0.0]), len(batch), limits(reference))
    known = batch.novelty[np.isfinite(batch.novelty)]
    found[1] = 0.0 if not len(known) else _of_p_values(known, float(limits(reference)[1]))
    return found


def _of_p_values(p: Numbers, limit: float) -> Numbers:
    hits = np.array([np.count_nonzero(p <= STRANGE)], np.float64)
    return np.asarray(growth_of_counts(hits, len(p), np.array([limit])).reshape(len(STAKES)))


def say(reference: Reference, seen: Seen) -> Alarm:
    """How many rows are new, and how many that were to be."""
    names = ("strange", "odd")
    place = int(np.argmax(seen.values))
    share = mean_of(seen.recent, names[place]) or 0.0
    then = (reference.strange, STRANGE)[place]
    what = ("hold something that training never saw", "are as strange as 1 in 100 of training was")[place]
    return Alarm(
        "novelty",
        "alarm",
        f"{_percent(share)} of new rows {what}; at the build it was {_percent(then)}, "
        f"and {_percent(float(limits(reference)[place]))} is tolerated",
        seen.evidence,
        of_share(reference, share),
        "look at the rows of status 'unusual', and retrain once outcomes of such rows are known",
        facts={"share": share, "expected": then},
    )


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
