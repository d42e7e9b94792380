"""What is left to tell the target by, when some columns are set aside."""

from __future__ import annotations

from collections.abc import Collection

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.alone import alone_of
from journeyman.checks.evidence.together import MOST_COLUMNS
from journeyman.checks.identifier import why_identifier
from journeyman.table.finding import Skip
from journeyman.table.table import Table


def rest_of(table: Table, brief: Brief, names: Collection[str]) -> tuple[str, ...]:
    """The other columns: those that name no rows and do not give the target away; of many, those that say the most."""
    alone = alone_of(table, brief)
    if isinstance(alone, Skip):
        return ()
    good = [column for column in looked_at(table, brief) if not alone[column.name].gives_away]
    left = [one.name for one in good if one.name not in names and one.kind != "id"]
    if len(left) > MOST_COLUMNS:
        left.sort(key=lambda name: -alone[name].score)
        left = left[:MOST_COLUMNS]
    return tuple(name for name in left if not why_identifier(table, table.schema[name]))
