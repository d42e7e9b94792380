"""Columns that say who a person is: found by their cells, and by their names where cells cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from journeyman.bundle.reader import Cells
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Remedy

#: Cells that are looked at, from everywhere in the column, and how many of them must be of one sort.
LOOKED_AT, MOST_OF_THEM = 500, 0.8
#: A longer cell is a text, not one fact.
LONGEST = 300
#: Findings of these codes name columns whose cells are shown nowhere.
HIDDEN = frozenset({"pii", "secrets"})
#: From so many different cells on their sort says something.
ENOUGH = 5

_MAIL = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]{1,190}\.[^\W\d_]{2,}")
_CARD = re.compile(r"[3-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}")
_SOCIAL = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}")
_PHONE = re.compile(r"(?:\+|00)[0-9][0-9 ()./-]{6,18}[0-9]|\(?0?[0-9]{2,5}\)?[ /-][0-9][0-9 -]{4,12}[0-9]")
_ADDRESS = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")
_PERSON = re.compile(r"[^\W\d_][\w'’.-]*(?:,? [^\W\d_][\w'’.()-]*){1,5}")
_WORD = re.compile(r"[^\W\d_][\w'’. -]{0,40}")
#: Where a name stands alone, it may be that of anything; beside other columns of persons it is a person's.
_ANY_NAME = re.compile(r"(?i)(full|customer|client|patient|passenger|employee|user|contact|person|member)?[\s_.-]*name")
_OWN_NAME = re.compile(
    r"(?i)(first|last|given|family|sur|middle|maiden)[\s_.-]*name|vorname|nachname|(pre)?nom|apellidos?"
)
#: A cell, as sentences quote it.
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_PHONE_NAME = re.compile(r"(?i)(^|[\W_])(phone|tel|telephone|mobile|cell|fax)([\W_]|number|no|nr|$)")


def valid_card(text: str) -> bool:
    """Grouped in fours as on a card, or a number whose last digit checks (ISO/IEC 7812)."""
    if not _CARD.fullmatch(text):
        return False
    digits = [int(one) for one in text if one.isdigit()]
    if len(digits) != len(text):
        return len(digits) in (15, 16)
    doubled = [one if place % 2 == 0 else one * 2 - 9 * (one > 4) for place, one in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def valid_iban(text: str) -> bool:
    """International bank account numbers check to 1 modulo 97 (ISO 13616)."""
    if not _IBAN.fullmatch(text):
        return False
    plain = text.replace(" ", "")
    return int("".join(str(int(one, 36)) for one in plain[4:] + plain[:4])) % 97 == 1


_BY_CELLS: Mapping[str, Callable[[str], object]] = {
    "e-mail addresses": _MAIL.fullmatch,
    "card numbers": valid_card,
    "social security numbers": _SOCIAL.fullmatch,
    "bank accounts": valid_iban,
    "network addresses": _ADDRESS.fullmatch,
}
_BY_NAME: Sequence[tuple[re.Pattern[str], str, Callable[[str], object]]] = (
    (_PHONE_NAME, "phone numbers", _PHONE.fullmatch),
    (_OWN_NAME, "names of persons", _WORD.fullmatch),
)


def some_texts(cells: Cells) -> tuple[str, ...]:
    """Different cells from everywhere in a column, stripped, none too long: what `personal_data` looks at."""
    if isinstance(cells, Strings):
        step = max(1, len(cells.levels) // LOOKED_AT)
        return tuple(text.strip() for text in cells.levels[::step] if text.strip() and len(text) <= LONGEST)
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "i":
        return tuple(dict.fromkeys(map(str, cells[:: max(1, len(cells) // LOOKED_AT)].tolist())))
    return ()


def personal_data(texts: Mapping[str, Sequence[str]]) -> Finding | None:
    """What in a table says who somebody is; None where nothing does.

    Parameters
    ----------
    texts : `some_texts` of each column

    The finding's columns are those whose cells are shown nowhere (`without_personal`).
    """
    found = {name: sort for name, some in texts.items() if (sort := _sort_of(name, some))}
    if found:
        found |= {
            name: "names of persons"
            for name, some in texts.items()
            if name not in found and _ANY_NAME.fullmatch(name.strip()) and _mostly(some, _PERSON.fullmatch)
        }
    if not found:
        return None
    names = tuple(name for name in texts if name in found)
    listed = ", ".join(f"{name!r} ({found[name]})" for name in names[:6]) + (", …" if len(names) > 6 else "")
    return Finding(
        code="pii",
        severity="warning",
        message=f"{listed} {'holds' if len(names) == 1 else 'hold'} personal data; no page of ours shows these cells",
        columns=names,
        numbers={"sorts": found},
        remedy=Remedy(
            action="role",
            value="ignored",
            words=f"not used; to use one, say --column {names[0]}:role=feature",
        ),
    )


def personal_columns(findings: Sequence[Finding]) -> frozenset[str]:
    """The columns of which a finding says that they hold personal data, or secrets."""
    return frozenset(name for one in findings if one.code in HIDDEN for name in one.columns)


def without_personal(findings: Sequence[Finding], columns: AbstractSet[str]) -> tuple[Finding, ...]:
    """The findings, with nothing in them that shows cells of columns of personal data, or records that hold some.

    Parameters
    ----------
    columns : the names of all columns, which are not hidden
    """
    personal = personal_columns(findings)
    return tuple(_hidden(one, personal, columns) for one in findings) if personal else tuple(findings)


def _hidden(finding: Finding, personal: AbstractSet[str], columns: AbstractSet[str]) -> Finding:
    if finding.code in HIDDEN or (finding.columns and not personal & set(finding.columns)):
        return finding
    numbers = {name: value for name, value in finding.numbers.items() if isinstance(value, int | float)}
    return replace(
        finding, message=_QUOTED.sub(lambda found: _shown(found[0], columns), finding.message), numbers=numbers
    )


def _shown(quoted: str, columns: AbstractSet[str]) -> str:
    """Names of columns and single marks are shown, cells are not."""
    return quoted if quoted[1:-1] in columns or len(quoted) <= 3 else "'…'"


def _sort_of(name: str, texts: Sequence[str]) -> str:
    for sort, fits in _BY_CELLS.items():
        if _mostly(texts, fits):
            return sort
    for pattern, sort, fits in _BY_NAME:
        if pattern.search(name) and _mostly(texts, fits):
            return sort
    return ""


def _mostly(texts: Sequence[str], fits: Callable[[str], object]) -> bool:
    if len(texts) < ENOUGH:
        return False
    others, most = 0, (1 - MOST_OF_THEM) * len(texts)
    for text in texts:
        others += not fits(text)
        if others > most:
            return False
    return True
