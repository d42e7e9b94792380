"""Tables that were joined to another one: what came from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Joined:
    """One table that was joined to another.

    Parameters
    ----------
    said : as it was asked for: ``weather.csv:origin,time_hour``
    name : what the joined table is called
    origin : where it came from, in words
    digest : SHA-256 of its bytes
    to : digest of what it was joined to
    keys : columns of the table → columns of the joined one
    columns : columns of the joined one → what they are called in the table
    """

    said: str
    name: str
    origin: str
    digest: str
    to: str
    keys: Mapping[str, str]
    columns: Mapping[str, str]

    def as_data(self) -> dict[str, Any]:
        """The join as JSON holds it."""
        return {
            "said": self.said,
            "name": self.name,
            "origin": self.origin,
            "digest": self.digest,
            "to": self.to,
            "keys": dict(self.keys),
            "columns": dict(self.columns),
        }


def joined_from_data(data: Any) -> tuple[Joined, ...]:
    """Joins as JSON holds them; none where it holds none.

    Raises
    ------
    ValueError : it holds something else
    """
    found = []
    for one in data or ():
        texts = {name: one[name] for name in ("said", "name", "origin", "digest", "to")}
        pairs = {name: one[name] for name in ("keys", "columns")}
        words = [*texts.values(), *(word for pair in pairs.values() for both in pair.items() for word in both)]
        if not all(isinstance(word, str) for word in words):
            raise ValueError("a join is made of texts")
        found.append(Joined(**texts, **pairs))
    return tuple(found)
