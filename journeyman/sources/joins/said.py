"""What ``--join FILE:KEY`` says: a source, and the columns by which its rows are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeyman.errors import BriefError, SourceError, nearest
from journeyman.sources.addresses.shown import scheme_of, shown


@dataclass(frozen=True)
class Said:
    """A join as it was asked for.

    Parameters
    ----------
    source : the file, or the address
    keys : what stands behind the last colon
    """

    source: str
    keys: str

    @property
    def shown(self) -> str:
        """The join as it may be shown and typed again."""
        return f"{shown(self.source)}:{self.keys}"


def said(text: str) -> Said:
    """Read ``FILE:KEY``, ``FILE:a,b`` or ``FILE:left=right``.

    >>> said("airports.csv:dest=faa")
    Said(source='airports.csv', keys='dest=faa')

    Raises
    ------
    BriefError : there is no file or no key in it
    """
    source, _, keys = text.rpartition(":")
    if not source.strip() or not keys.strip() or "//" in keys or source in ("http", "https", "postgresql", "postgres"):
        raise BriefError(
            f"--join {shown(text)!r} cannot be read",
            because="it does not say by which column, or of which file",
            remedy="write FILE:KEY, as weather.csv:origin,time_hour, or FILE:LEFT=RIGHT, as airports.csv:dest=faa",
        )
    source = source.strip()
    if scheme_of(source) and shown(source) != source:
        raise BriefError(
            f"--join {shown(text)!r} holds what may be secret",
            because="what is joined is written down with the run",
            remedy="leave the password out and set PGPASSWORD; fetch a file first, and name it",
        )
    return Said(source, keys.strip())


def pairs(one: Said, left: Sequence[str], right: Sequence[str], left_name: str, right_name: str) -> dict[str, str]:
    """The key columns: of the table → of the joined one.

    Parameters
    ----------
    left, right : the columns that there are
    left_name, right_name : what the tables are called

    Raises
    ------
    SourceError : a key is no column
    """
    # A column may be called "a,b" or "a=b" itself.
    parts = [one.keys] if one.keys in left and one.keys in right else one.keys.rstrip(", ").split(",")
    found: dict[str, str] = {}
    for part in parts:
        own, mark, other = (part, "", part) if part in left else part.partition("=")
        own, other = own.strip(), (other if mark else own).strip()
        for name, names, place in ((own, left, left_name), (other, right, right_name)):
            if name not in names:
                shared = [one for one in left if one in right]
                both = f"; both tables have: {', '.join(map(repr, shared[:5]))}" if shared else ""
                raise SourceError(
                    f"{place} has no column {name!r} to join by",
                    because=f"--join says {one.shown}",
                    remedy=nearest(name, names) + both,
                    code="column_missing",
                )
        found[own] = other
    return found
