"""What is odd about times: zones that differ from cell to cell, and dates that have not come yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from journeyman.bundle.cells import plain_text
from journeyman.sources.meaning.seen import Seen
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Dates

_DAY = 86_400_000_000
#: So many texts are looked at for zones.
_LOOKED_AT = 3000
_ZONE = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?\s?(?P<zone>Z|z|UTC|GMT|[+-].*)?$"
)
#: Dates by these names lie ahead as a rule.
_AHEAD = re.compile(
    r"(?i)end|until|till|due|expir|valid|expected|plan|next|renew|matur|deadline|target|schedul|forecast|arrival|"
    r"departure|event|delivery|book|reserv|appoint|ablauf|bis|fällig|fin|vence|scad"
)


def tell(seen: Seen) -> Iterator[Finding]:
    """Times of several zones (``time_zones``), and dates after today (``date_future``)."""
    if seen.column.kind != "date":
        return
    zones = _zones(seen)
    if len(zones) > 1:
        yield _zones_differ(seen, zones)
    values = seen.read.values
    if isinstance(values, Dates):
        ahead = np.flatnonzero(~values.missing & (values.at > _now() + _DAY))
        if len(ahead):
            yield _ahead(seen, ahead, int((~values.missing).sum()))


def _now() -> int:
    """This moment in microseconds since 1970."""
    return int(datetime.now(UTC).timestamp()) * 1_000_000


def _zones(seen: Seen) -> dict[str, int]:
    """Zones of cells that hold a time of day, as they are written, and how many of those looked at have each."""
    words = seen.evidence.sample if seen.texts is not None else None
    if words is None:
        return {}
    found: Counter[str] = Counter()
    for text, count in zip(words.texts[:_LOOKED_AT], words.counts, strict=False):
        match = _ZONE.search(plain_text(text)) if ":" in text else None
        if match:
            zone = (match["zone"] or "").upper().replace(":", "")
            found[{"UTC": "Z", "GMT": "Z", "+0000": "Z", "+00": "Z"}.get(zone, zone)] += count
    return dict(found.most_common())


def _zones_differ(seen: Seen, zones: dict[str, int]) -> Finding:
    name = seen.column.name
    listed = ", ".join(f"{zone or 'none'} {count:,}" for zone, count in list(zones.items())[:6])
    # Offsets that follow the seasons of one place are no trouble; times without a zone beside others are.
    is_warning = "" in zones or len(zones) > 2
    return Finding(
        code="time_zones",
        severity="warning" if is_warning else "info",
        message=f"the times of {name!r} are of {len(zones)} zones ({listed}); they are all in UTC now"
        + (", and those without a zone are taken as UTC" if "" in zones else ""),
        columns=(name,),
        numbers={"count": sum(zones.values()), **{zone or "none": count for zone, count in zones.items()}},
        remedy=Remedy(action="review", words="write all times with their zone, or all without"),
    )


def _ahead(seen: Seen, rows: np.ndarray[tuple[int], np.dtype[np.int64]], known: int) -> Finding:
    name = seen.column.name
    is_expected = bool(_AHEAD.search(name)) or len(rows) > known / 2
    return Finding(
        code="date_future",
        severity="info" if is_expected else "warning",
        message=f"{name!r} holds {len(rows):,} dates after today (first: row {int(rows[0]) + 1:,}, "
        f"{seen.shown(int(rows[0]))}; last of them {_latest(seen, rows)})",
        columns=(name,),
        rows=tuple(rows[:100].tolist()),
        numbers={"count": len(rows), "of": known},
        remedy=Remedy(
            action="review",
            words=f"correct them; if such a date stands for none, say --column {name}:missing=<that date>",
        ),
    )


def _latest(seen: Seen, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> str:
    values = seen.read.values
    return seen.shown(int(rows[int(np.argmax(values.at[rows]))])) if isinstance(values, Dates) else ""
