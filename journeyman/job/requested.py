"""What a request says of its sources, and by what it is known again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.report.summary import plain
from journeyman.sources.named import Named
from journeyman.store.digest import digest_data


def brief_digest(request: Brief | Mapping[str, Any]) -> str:
    """The digest of a request, or of what ``run.json`` says of one.

    An option that older runs did not know counts only where it is given.
    """
    data = dict(plain(request))
    for name in ("interpretable", "monotone", "keep_cases", "max_latency", "table", "query", "join"):
        if not data.get(name):
            data.pop(name, None)
    return digest_data(data)


def named_by(request: Brief, named: Named | None = None) -> Named:
    """What a request says of its sources, as doors take it; what is ``named`` beside it wins."""
    return Named(**{**Named(table=request.table, query=request.query, join=request.join), **(named or {})})
