"""What a person may say about a column: ``--column NAME:kind=…,unit=…``, one line of the brief, or a dict.

Whatever a column declares about how its cells are read can be said; lists are written with ``|`` between their members.
What is said wins over what was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from journeyman.bundle.amounts import is_unit
from journeyman.bundle.cell import OK, fold, spell
from journeyman.bundle.cells import cell_reader
from journeyman.bundle.date_formats import is_date_format
from journeyman.errors import BriefError, nearest
from journeyman.table.schema import (
    DECIMALS,
    GROUPS,
    KINDS,
    LETTER_CASES,
    NOTATIONS,
    RANGES,
    ROLES,
    SPACES,
    TERMS,
    Column,
)

#: Fields of a column of which a value is one of a few words.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "role": ROLES,
    "decimal": DECIMALS,
    "groups": GROUPS,
    "notation": NOTATIONS,
    "ranges": RANGES,
    "terms": TERMS,
    "spaces": SPACES,
    "case": LETTER_CASES,
}
#: Fields that are lists.
LISTS = ("missing", "other_units", "date_formats", "true_words", "false_words")
#: Everything that can be said; ``keep`` names cells that are values, whatever they look like.
KEYS = (*CHOICES, "unit", "thousands", "date_format", *LISTS, "keep")
_SPACE = "space"
_OF_NUMBERS = re.compile(r"[0-9.,+\-'() ]*")
_NEXT = re.compile(r",\s*(?=\w+\s*=)")
_FIRST = re.compile(rf":\s*(?=(?:{'|'.join(KEYS)})\s*=)")


def split_wishes(text: str) -> tuple[str, dict[str, str]] | None:
    """``NAME:key=value,key=value`` taken apart, or None where it is not that.

    Names may hold colons, and values commas and colons.

    >>> split_wishes("price:decimal=,,thousands=.")
    ('price', {'decimal': ',', 'thousands': '.'})
    >>> split_wishes("a:b:date_format=y:m")
    ('a:b', {'date_format': 'y:m'})
    """
    colon = _FIRST.search(text)
    name, _, rest = text.rpartition(":") if colon is None else (text[: colon.start()], ":", text[colon.end() :])
    pairs = [one.partition("=") for one in _NEXT.split(rest)]
    if not name or not all(key.strip() and equals and value.strip() for key, equals, value in pairs):
        return None
    return name, {key.strip(): value.strip() for key, _, value in pairs}


def require_wishes(name: str, wishes: Mapping[str, str]) -> None:
    """Refuse what cannot be said about a column.

    Raises
    ------
    BriefError : there is no such field, or its value is none that it can have; the nearest is offered
    """
    for key, value in wishes.items():
        if key not in KEYS:
            raise BriefError(f"a column has no {key!r} (column {name!r})", remedy=nearest(key, KEYS))
        if key in CHOICES and value not in CHOICES[key]:
            raise BriefError(f"column {name!r} cannot have the {key} {value!r}", remedy=nearest(value, CHOICES[key]))
        formats = {"date_format": (value,), "date_formats": tuple(value.split("|"))}.get(key, ())
        for one in formats:
            if not is_date_format(one):
                raise BriefError(
                    f"column {name!r} cannot have the date format {one!r}",
                    remedy="name the order, as d/m/y, m/d/y, d.m.y or d b y; or iso, ymd, quarter, epoch or serial",
                )
        if key == "thousands" and len(value) > 1 and value != _SPACE:
            raise BriefError(
                f"column {name!r} cannot have the mark {value!r}", remedy="a mark is one character, or the word space"
            )
        if key == "unit" and _OF_NUMBERS.fullmatch(value):
            raise BriefError(
                f"column {name!r} cannot have the unit {value!r}", remedy="a unit has letters or a mark, as kg, % or €"
            )
        if key == "other_units" and not all(is_unit(one) for one in value.split("|")):
            raise BriefError(
                f"column {name!r} cannot have the units {value!r}", remedy="say what one is: g=1/1000|t=1000"
            )


def as_wished(column: Column, wishes: Mapping[str, str]) -> Column:
    """The column with what was said about it."""
    said: dict[str, Any] = {}
    for key, value in wishes.items():
        if key != "keep":
            said[key] = tuple(value.split("|")) if key in LISTS else value
    if said.get("thousands") == _SPACE:
        said["thousands"] = " "
    if "missing" in said:
        wished = spellings(replace(column, **said), said["missing"])
        said["missing"] = tuple(dict.fromkeys((*column.missing, *wished)))
    if "keep" in wishes:
        kept = {fold(one) for one in spellings(replace(column, **said), wishes["keep"].split("|"))}
        said["missing"] = tuple(one for one in said.get("missing", column.missing) if fold(one) not in kept)
    if "kind" in said:
        said |= {"sure": 1.0, "reason": "you said so"}
    if "role" in said:
        said["role_reason"] = "you said so"
    return replace(column, **said) if said else column


def spellings(column: Column, words: Sequence[str]) -> tuple[str, ...]:
    """Some cells as they were written, and as marks of a column are where they are its numbers or dates.

    >>> spellings(Column(name="x", kind="number", decimal=","), ["-999,0"])
    ('-999,0', '-999')
    >>> spellings(Column(name="x", kind="date", date_format="d.m.y"), ["31.12.9999"])
    ('31.12.9999', '9999-12-31')
    """
    if column.kind not in ("number", "date"):
        return tuple(words)
    read = cell_reader(replace(column, missing=(), low=None, high=None))
    found: list[str] = []
    for word in words:
        found.append(word)
        value, state = read(word)
        if state == OK and value is not None and value == value:
            found.append(spell(value) if column.kind == "number" else _day(value))
    return tuple(dict.fromkeys(found))


def _day(moment: int) -> str:
    return str(np.datetime64(moment, "us").astype("datetime64[s]")).removesuffix("T00:00:00")
