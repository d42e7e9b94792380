"""Column names as people can type them: stripped, none empty, none twice. Every repair is a finding."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from journeyman.sources.lookalike import lookalikes
from journeyman.table.finding import Finding

#: Blanks, and marks and joiners that no one sees at the end of a name.
_UNSEEN = " \t\r\n\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f" + "".join(map(chr, range(32)))

#: So many changed names are shown in a sentence, and so many told as they were.
_SHOWN, _TOLD = 5, 1000


def clean_names(names: Sequence[str]) -> tuple[list[str], tuple[Finding, ...]]:
    """Names that can stand in a schema, and what had to be repaired."""
    findings: list[Finding] = []
    cleaned = _stripped(names)
    padded = {new: old for old, new in zip(names, cleaned, strict=True) if old != new and new}
    if padded:
        findings.append(
            Finding(
                code="name_whitespace",
                severity="info",
                message=f"{_count(padded)} had spaces or invisible characters around the name; they were removed",
                columns=tuple(padded),
                numbers=_changed(padded),
            )
        )
    taken: set[str] = {name for name in cleaned if name}
    seen: set[str] = set()
    unnamed: dict[str, str] = {}
    twice: dict[str, str] = {}
    for place, name in enumerate(cleaned):
        if name and name not in seen:
            seen.add(name)
            continue
        fresh = _fresh(name or f"column_{place + 1}", taken, start=2 if name else 1)
        (twice if name else unnamed)[fresh] = name
        taken.add(fresh)
        seen.add(fresh)
        cleaned[place] = fresh
    if unnamed:
        findings.append(
            Finding(
                code="unnamed_column",
                severity="info",
                message=f"{_count(unnamed)} had no name; now {', '.join(list(unnamed)[:_SHOWN])}",
                columns=tuple(unnamed),
                numbers=_changed(unnamed),
            )
        )
    if twice:
        findings.append(
            Finding(
                code="duplicate_names",
                severity="warning",
                message=f"{_count(twice)} had a name that stood before; now {', '.join(list(twice)[:_SHOWN])}",
                columns=tuple(twice),
                numbers=_changed(twice),
            )
        )
    alike = lookalikes(cleaned)
    return cleaned, (*findings, *([] if alike is None else [alike]))


def _changed(was: Mapping[str, str]) -> dict[str, object]:
    """How many names were changed, and from what."""
    return {"count": len(was), "was": dict(itertools.islice(was.items(), _TOLD))}


def _stripped(names: Sequence[str]) -> list[str]:
    """Names without blanks around them, and without what cannot be seen where no other column has the name then."""
    plain = [name.strip() for name in names]
    bare = [name.strip(_UNSEEN) for name in plain]
    spelt = Counter(few for _, few in dict.fromkeys(zip(plain, bare, strict=True)))
    return [few if spelt[few] == 1 or not few else some for some, few in zip(plain, bare, strict=True)]


def column_called(name: str, names: Sequence[str]) -> str:
    """The column that a person means: its name, or ``#3`` for the third of a table, where none has that name.

    >>> column_called("#2", ["age", "churn"]), column_called("#7", ["age", "churn"])
    ('churn', '#7')
    """
    place = name[1:]
    if name in names or name[:1] != "#" or not (place.isascii() and place.isdigit()):
        return name
    return names[int(place) - 1] if 1 <= int(place) <= len(names) else name


def fresh_name(name: str, taken: set[str]) -> str:
    """The name, or the name with the first number that makes it new.

    >>> fresh_name("prediction", {"prediction"})
    'prediction_2'
    """
    return name if name not in taken else _fresh(name, taken, start=2)


def _fresh(name: str, taken: set[str], start: int) -> str:
    if start == 1 and name not in taken:
        return name
    number = max(start, 2)
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _count(names: Collection[str]) -> str:
    return f"{len(names)} column" + ("s" if len(names) > 1 else "")
