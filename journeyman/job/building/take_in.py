"""Read what was named, and see what it and the request are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.job.requested import named_by
from journeyman.job.run import Progress
from journeyman.job.understand import Understood, understand
from journeyman.sources.named import Named
from journeyman.sources.names import column_called
from journeyman.sources.read import gathered, meant
from journeyman.sources.sample import MOST_HELD
from journeyman.sources.set_aside import with_records
from journeyman.table.table import Ledger, Table

#: Of the memory that a build may have, so much (one part in four) holds the cells of its sources.
HELD_SHARE = 4


@dataclass(frozen=True)
class Taken:
    """A table and a request, understood.

    Parameters
    ----------
    request : with the target as the table spells it
    ledger : the rows that stayed out, and why
    """

    request: Brief
    table: Table
    understood: Understood
    ledger: Ledger


def take_in(sources: Sequence[Any], request: Brief, allowed: Named, say: Progress) -> Taken:
    """Read, audit and curate; errors as `journeyman.job.build.build` has them."""
    most = MOST_HELD if request.memory_bytes is None else request.memory_bytes // HELD_SHARE
    raw = gathered(*sources, most=most, tell=lambda text: say("read", text, False), **named_by(request, allowed))
    request = replace(request, predict=column_called(request.predict, raw.frame.columns))
    table = meant(raw, overrides=request.columns, target=request.predict)
    say("read", table.origin, True)
    understood = understand(table, request, say)
    return Taken(request, table, understood, with_records(understood.curation.table.ledger, raw))
