"""What a caller must supply: the columns that have to be there, and known, when a row is predicted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.brief.gain import gain_columns
from journeyman.report.charts.numbers import part


def needed(summary: Mapping[str, Any]) -> list[str]:
    """The columns that the model reads, in the table's order, then those that only the worth of a decision reads."""
    schema = summary.get("schema") or ()
    read = [one for one in schema if one.get("role") in ("feature", "time") and one.get("kind") != "id"]
    features = [str(one.get("name", "")) for one in read]
    return list(dict.fromkeys([*features, *gain_columns(part(part(summary, "brief"), "gain"))]))
