"""Column names that look alike and are not: letters of another script, invisible characters, other dashes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from journeyman.table.finding import Finding, Remedy

#: Letters and marks → those that they are taken for.
_TAKEN_FOR = str.maketrans(
    "аеорсухіѕјԁԛԝһАВЕКМНОРСТУХІЅЈοανικρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—−‘’`´“”·∙•",
    "aeopcyxisjdqwhABEKMHOPCTYXISJoavikpABEZHIKMNOPTYX------''''\"\"...",
)
_TOLD = 5


def lookalikes(names: Sequence[str]) -> Finding | None:
    """A warning about names that a person cannot tell apart, None where there are none. Case tells names apart."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(_look(name), []).append(name)
    alike = [group for group in groups.values() if len(group) > 1]
    if not alike:
        return None
    told = "; ".join(" and ".join(_spelt(name, group) for name in group) for group in alike[:_TOLD])
    return Finding(
        code="lookalike_names",
        severity="warning",
        message=f"names of columns that look alike and are not the same: {told}" + ("; …" if alike[_TOLD:] else ""),
        columns=tuple(name for group in alike for name in group),
        remedy=Remedy(action="review", words="rename them, so that nobody takes one for the other"),
    )


def _look(name: str) -> str:
    """What a name looks like: the same for names that a person cannot tell apart."""
    plain = unicodedata.normalize("NFKC", name)
    seen = "".join(one for one in plain if unicodedata.category(one) not in ("Cf", "Cc") or one in "\t\n")
    return " ".join(seen.translate(_TAKEN_FOR).split())


def _spelt(name: str, group: Sequence[str]) -> str:
    """A name, and by which characters it differs from what it looks like."""
    look = _look(name)
    odd = [one for one in dict.fromkeys(name) if one not in look]
    if not odd or all(one.isspace() for one in odd):
        return repr(name[:40])
    shown = ", ".join(f"{unicodedata.name(one, 'a control character').lower()} U+{ord(one):04X}" for one in odd[:2])
    return f"{_visible(name)[:40]!r} (with {shown})"


def _visible(name: str) -> str:
    return "".join(one if unicodedata.category(one) not in ("Cf", "Cc") else "·" for one in name)
