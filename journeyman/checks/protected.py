"""Columns of what people are protected by law in: sex, age, origin, belief, health, family."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
#: Grounds of protection (as in Article 21 of the EU Charter and the US acts on credit and employment) → words for them.
_SAID: Mapping[str, frozenset[str]] = {
    ground: frozenset(words.split())
    for ground, words in {
        "sex": "sex gender male female geschlecht sexe sexo women men transgender",
        "age": "age ages alter edad birth dob birthday birthdate yob senior elderly agecat agegroup ageband",
        "origin": "race races racial ethnic ethnicity nationality citizenship citizen immigrant immigration native "
        "foreign foreigner tribe caste hispanic hisp latino asian black caucasian birthplace herkunft",
        "belief": "religion religious faith denomination creed",
        "health": "disability disabled disabilities handicap pregnant pregnancy",
        "family": "marital marriage married maritalstatus spouse divorced widowed familienstand",
        "orientation": "orientation lgbt lgbtq",
    }.items()
}
#: An age or a sex of these is nobody's.
_THINGS = frozenset(
    word
    for line in (
        "house housing building home apartment car vehicle veh engine machine machinery equipment device account acct",
        "company firm business contract policy loan credit mortgage page web article post domain stand tree concrete",
        "cement wine product item inventory stock data file document card model employment job record",
        "case sample rock soil well battery asset roof garage plant test box",
    )
    for word in line.split()
)
#: Words of cells that say the ground whatever the column is called.
_CELLS: Mapping[str, tuple[frozenset[str], ...]] = {
    ground: tuple(frozenset(words.split()) for words in lists)
    for ground, lists in {
        "sex": ("male female unknown other", "man woman unknown other", "männlich weiblich divers unbekannt"),
        "origin": (
            (
                "white black asian hispanic latino african-american caucasian other unknown indian native american "
                "asian-pac-islander amer-indian-eskimo mixed"
            ),
        ),
        "family": (
            (
                "married single divorced widowed separated unknown never-married married-civ-spouse widow widower "
                "engaged married-spouse-absent married-af-spouse"
            ),
        ),
    }.items()
}
#: Nobody lives longer.
_OLDEST = 125.0
_MOST_LEVELS = 12
#: Where every cell has one of these words, as "male single", cells say the sex beside something else.
_SEXES = frozenset({"male", "female", "man", "woman"})
_LETTERS = re.compile(r"[^\W\d_]+")


def look(table: Table, brief: Brief) -> Finding | None:
    """One finding that names the columns by which people may not be treated differently in most decisions.

    By the words of a column's name, unless they speak of a thing's age, and by cells that say nothing else. Where the
    rows are about animals or things, it is for a person to say so.
    """
    found = protected_columns(table, brief)
    if not found:
        return None
    listed = ", ".join(f"{name!r} ({ground})" for name, ground in list(found.items())[:8])
    more = ", …" if len(found) > 8 else ""
    return Finding(
        code="protected",
        severity="info",
        message=f"{listed}{more} {'speaks' if len(found) == 1 else 'speak'} of what the law may forbid to decide by",
        columns=tuple(found),
        numbers={"grounds": found},
        remedy=Remedy(
            action="review", words="leave them out with --ignore where they must not count, and compare groups by them"
        ),
    )


def protected_columns(table: Table, brief: Brief) -> dict[str, str]:
    """The columns that speak of a ground of protection → the ground."""
    found = {}
    for column in looked_at(table, brief):
        ground = _by_cells(table, column) or _by_name(table, column)
        if ground:
            found[column.name] = ground
    return found


def _by_name(table: Table, column: Column) -> str:
    words = [word.lower() for word in _WORD.findall(column.name)]
    if not words or column.kind in ("id", "text"):
        return ""
    for ground, said in _SAID.items():
        if said.intersection(words) and not (ground in ("age", "sex") and _THINGS.intersection(words)):
            return ground if ground != "age" or _may_be_age(table, column) else ""
    return ""


def _may_be_age(table: Table, column: Column) -> bool:
    """Whether cells can be ages, births, or groups of ages: whole numbers that people reach, words or dates."""
    value = table.values[column.name]
    if isinstance(value, Dates | Strings):
        return True
    there = value[~np.isnan(value)]
    if not len(there):
        return False
    high = float(np.quantile(there, 0.99))
    is_year = float(np.quantile(there, 0.01)) >= 1850 and high <= 2100
    return is_year or high <= _OLDEST


def _by_cells(table: Table, column: Column) -> str:
    value = table.values[column.name]
    if not isinstance(value, Strings) or column.kind != "category":
        return ""
    counts = value.counts()
    words = {
        level.strip().casefold()
        for level, count in zip(value.levels, counts.tolist(), strict=True)
        if count and level != MISSING_WORD
    }
    if not 2 <= len(words) <= _MOST_LEVELS:
        return ""
    if len(words) > 1 and all(_SEXES.intersection(_LETTERS.findall(word)) for word in words):
        return "sex"
    plain = frozenset({"unknown", "other"})
    return next(
        (
            ground
            for ground, lists in _CELLS.items()
            if any(words <= known and len(words - plain) > 1 for known in lists)
        ),
        "",
    )
