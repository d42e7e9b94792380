"""Names, addresses and births of persons in columns that no pattern of cells gives away."""

from __future__ import annotations

import re

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.given_names import GIVEN_NAMES
from journeyman.checks.protected import protected_columns
from journeyman.table.columns import MISSING_WORD, TERM_END, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Different cells that are looked at, from everywhere; and the fewest that say something.
LOOKED_AT, ENOUGH = 1_000, 20
#: Shares of cells: that have a form of address; a given name, by the column's name and without its help; an address.
ADDRESSED, NAMED_SAID, NAMED, STREETS = 0.5, 0.25, 0.6, 0.7
#: A name has at most so many words.
_MOST_WORDS = 7.0
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FORMS = frozenset(
    word
    for line in ("mr mrs ms miss master dr prof sir lady herr frau mme mlle sr sra señor señora don doña rev",)
    for word in line.split()
)
_SAYS_PERSON = frozenset(
    word
    for line in (
        "name names first last given surname forename fullname author artist host owner seller buyer agent",
        "player driver doctor physician manager contact actor actress director customer client patient",
        "passenger employee teacher nurse student user member guest tenant judge officer reviewer creator",
        "writer singer person people applicant vorname nachname prenom nom",
    )
    for word in line.split()
)
#: Beside a column of names, these are parts of names.
_PARTS = frozenset(
    word
    for line in ("first last surname lastname firstname middlename familyname nachname vorname",)
    for word in line.split()
)
_OF_FIRMS = frozenset(
    word
    for line in ("company provider hospital store shop branch business facility firm bank restaurant hotel site plant",)
    for word in line.split()
)
_STREET = re.compile(
    r"(?i)(?:\d+[a-z]?\s*[/-]\s*)?\d+[a-z]?,?\s+\S.*\b(?:st|street|rd|road|ave?|avenue|blvd|boulevard|way|pl|place|ct|court|"
    r"cr|cres|crescent|dr|drive|ln|lane|pde|parade|hwy|highway|sq|square|tce|terrace|gr|grove|cl|close|parkway|pkwy)\b.*"
    r"|[^\W\d].*(?:str\.|straße|strasse|weg|platz|gasse|allee)\s*\d+.*|(?:\d+,?\s+)?(?:rue|avenue|via|calle|rua)\s.*"
)
_BIRTH = frozenset(word for line in ("dob birth birthday birthdate geburtsdatum geburtstag",) for word in line.split())
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def look(table: Table, brief: Brief) -> Finding | None:
    """One finding (``pii``) that names columns of persons' names, street addresses and dates of birth.

    By forms of address, by frequent given names of many countries, and by the words of streets. A name of one word,
    in a column called no more than "name", is that of a person only beside columns of sex, age or the like: storms and
    dogs have such names, too. What is found stays a feature; its cells are shown nowhere.
    """
    told = {name for one in table.findings if one.code == "pii" for name in one.columns}
    has_persons = bool(told) or bool(protected_columns(table, brief))
    columns = [
        column for column in table.schema if column.name not in (brief.predict, *told) and _is_open(column, brief)
    ]
    found = {column.name: sort for column in columns if (sort := _sort_of(table, column, has_persons=has_persons))}
    if "names of persons" in found.values():
        parts = [
            one.name
            for one in columns
            if one.name not in found and _PARTS.intersection(_words(one.name)) and len(_words(one.name)) == 1
        ]
        found |= {name: "names of persons" for name in parts if isinstance(table.values[name], Strings)}
    if not found:
        return None
    names = [column.name for column in columns if column.name in found]
    listed = ", ".join(f"{name!r} ({found[name]})" for name in names[:6]) + (", …" if len(names) > 6 else "")
    return Finding(
        code="pii",
        severity="warning",
        message=f"{listed} {'holds' if len(names) == 1 else 'hold'} personal data; no page of ours shows these cells",
        columns=tuple(names),
        numbers={"sorts": {name: found[name] for name in names}},
        remedy=Remedy(action="review", words=f"to leave one out, say --ignore {names[0]}"),
    )


def _is_open(column: Column, brief: Brief) -> bool:
    return column.kind in ("category", "text", "id", "date") and brief.role_of(column.name) != "ignored"


def _sort_of(table: Table, column: Column, *, has_persons: bool) -> str:
    value, said = table.values[column.name], _words(column.name)
    if isinstance(value, Dates):
        return "dates of birth" if _BIRTH.intersection(said) else ""
    if not isinstance(value, Strings) or len(value.levels) < ENOUGH or _OF_FIRMS.intersection(said):
        return ""
    step = max(1, len(value.levels) // LOOKED_AT)
    counts = value.counts()[::step].tolist()
    held = [one for one in zip(value.levels[::step], counts, strict=True) if one[1] and one[0] != MISSING_WORD]
    cells = [cell for cell, _ in held]
    if column.kind != "text" and _share([_STREET.fullmatch(cell.strip()) is not None for cell in cells]) >= STREETS:
        return "street addresses"
    if column.kind == "id" and "a" not in "".join(cells).casefold():
        return ""
    words = [_words_of_cell(cell) for cell in cells]
    many = float(np.median([len(one) for one in words])) if words else 0.0
    if not 1 <= many <= _MOST_WORDS:
        return ""
    if _share([bool(_FORMS.intersection(one)) for one in words]) >= ADDRESSED:
        return "names of persons"
    # Rare names are in no list, and frequent ones in many rows.
    rows = sum(count for _, count in held)
    given = sum(count for one, (_, count) in zip(words, held, strict=True) if GIVEN_NAMES.intersection(one)) / rows
    is_said = bool(_SAYS_PERSON.intersection(said)) or any(word.endswith("name") for word in said)
    is_bare = said in (["name"], ["names"]) and many < 2 and not has_persons
    return "names of persons" if not is_bare and given >= (NAMED_SAID if is_said else NAMED) else ""


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _words_of_cell(cell: str) -> list[str]:
    """The words of a cell; of a text its single terms."""
    if TERM_END in cell:
        return [term for term in cell.split(TERM_END) if _LETTERS.fullmatch(term)]
    return [word.casefold() for word in _LETTERS.findall(cell)]


def _share(are: list[bool]) -> float:
    return sum(are) / len(are) if are else 0.0
