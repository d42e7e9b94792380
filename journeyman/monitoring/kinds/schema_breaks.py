"""Columns are not what they were: gone, renamed, retyped, in another unit; or cells missing, new, or unreadable."""

from __future__ import annotations

import numpy as np

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch, Break
from journeyman.monitoring.bins import BESIDE
from journeyman.monitoring.counts import counted, expected, limits_of
from journeyman.monitoring.kind import Seen, Stream
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.price import all_of_it, of_share
from journeyman.monitoring.reference import Reference
from journeyman.statistics.e_process import growth_of_counts
from journeyman.table.columns import Numbers

TITLE, ORDER = "schema", 1
HEADLINE = "The rows are not of the shape that the model was built for"


def streams(reference: Reference) -> tuple[Stream, ...]:
    """In each column, the share of cells that are missing, never seen, unreadable."""
    each = 1.0 / (len(BESIDE) * max(len(reference.columns), 1))
    return tuple(Stream(f"{name}\x1f{what}", each) for name in reference.names for what in BESIDE)


def growth(reference: Reference, batch: Batch, memory: Memory) -> Numbers | None:
    """Counts of such cells."""
    del memory
    if not len(batch):
        return None
    hits, limits = counted(reference, batch.codes, beside=True), limits_of(reference, beside=True)
    return growth_of_counts(hits, len(batch), limits)


def broken(reference: Reference, one: Break) -> Alarm:
    """The alarm of a break that no chance brings about."""
    price = all_of_it(reference) if one.stops else of_share(reference, 1.0)
    return Alarm("schema_breaks", "alarm", one.sentence, None, price, one.remedy, (one.column,), one.as_data())


def say(reference: Reference, seen: Seen) -> Alarm:
    """Which cells there are more of."""
    place = int(np.argmax(seen.values))
    column, _, what = streams(reference)[place].name.partition("\x1f")
    then = float(expected(reference, beside=True)[place])
    counts = [(one["beside"].get(column, {}).get(what, 0), one["rows"]) for one in seen.recent if one["rows"]]
    share = sum(hits for hits, _ in counts) / max(sum(rows for _, rows in counts), 1)
    return Alarm(
        "schema_breaks",
        "alarm",
        f"column {column!r}: {100 * share:.3g} % of cells are {what}, {100 * then:.3g} % at the build",
        seen.evidence,
        of_share(reference, max(share - then, 0.0)),
        "ask who fills this column what has changed",
        (column,),
        {"what": what, "share": share, "expected": then},
    )
