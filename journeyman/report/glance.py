"""Columns at a glance: what each is, what it holds, and what the model makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from journeyman.report.charts import distribution
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.charts.uses import Use, Uses, draw
from journeyman.report.words import cell, counted, plain, share

#: So many lines stand open; the others are folded away.
OPEN = 14
#: Of very many columns so many have a picture.
MOST_DRAWN = 400
#: So few different numbers are told one by one.
_FEW = 4
#: What becomes of a column that the model does not read.
_ROLES = {
    "ignored": "not used",
    "entity": "keeps rows together",
    "time": "orders the rows",
    "weight": "weighs the rows",
    "incumbent": "decides today",
}


@dataclass(frozen=True)
class Line:
    """A column as the page shows it. ``missing`` is in words, empty where nothing is known."""

    name: str
    unit: str
    kind: str
    role: str
    missing: str
    is_missing: bool
    holds: str
    picture: Markup
    use: str
    use_picture: Markup
    why: str


def lines(summary: Mapping[str, Any], used: Uses | None) -> list[Line]:
    """The target first, then the columns by how much the model uses them, then those that it does not."""
    profiles = {str(one.get("name")): one for one in summary.get("profile") or ()}
    shares = {one.name: one for one in used.columns} if used else {}
    idle = {str(one.get("name")) for one in part(summary, "uses").get("columns") or ()} - shares.keys()
    found = []
    ranks = {"target": 0, "feature": 1}
    known = list(enumerate(summary.get("schema") or ()))
    known.sort(key=lambda one: (ranks.get(one[1].get("role"), 2), -_share(shares.get(one[1].get("name"))), one[0]))
    for place, (_, column) in enumerate(known):
        name = str(column.get("name", ""))
        profile = {**column, **profiles.get(name, {})}
        is_drawn = place < MOST_DRAWN
        line = _line(column, profile, used, shares.get(name), is_idle=name in idle, is_drawn=is_drawn)
        if column.get("role") == "entity" and part(summary, "folds").get("kind") == "forward":
            line = replace(line, use="not used: it says whom rows are about")
        found.append(line)
    return found


def _share(use: Use | None) -> float:
    return use.share if use else 0.0


def _line(
    column: Mapping[str, Any],
    profile: Mapping[str, Any],
    used: Uses | None,
    use: Use | None,
    *,
    is_idle: bool,
    is_drawn: bool,
) -> Line:
    record = distribution.facts(profile)
    rows, missing = profile.get("rows"), profile.get("missing")
    is_known = is_number(rows) and is_number(missing) and bool(rows)
    gone = "" if not is_known else "none" if not missing else share(missing / rows)
    reasons = [str(column.get(name) or "") for name in ("reason", "role_reason")]
    return Line(
        name=str(column.get("name", "")),
        unit=str(column.get("unit") or ""),
        kind=str(column.get("kind", "")),
        role=str(column.get("role", "")),
        missing=gone,
        is_missing=bool(is_known and missing),
        holds=_holds(profile, record),
        picture=distribution.draw(record) if record and is_drawn else Markup(),
        use=_use(str(column.get("role", "")), used, use, is_idle=is_idle),
        use_picture=draw(used, use) if used and use and use.change else Markup(),
        why="; ".join(one for one in reasons if one),
    )


def _holds(profile: Mapping[str, Any], record: distribution.Distribution | None) -> str:
    distinct = profile.get("distinct")
    if not is_number(distinct):
        return ""
    count = counted(int(distinct), "value") if distinct == 1 else f"{distinct:,} different values"
    if record is not None and (record.is_words or len(record.bars) <= _FEW):
        known = sorted((one for one in record.bars if not one.is_rest), key=lambda one: -one.share)
        colon = "" if record.is_words else ":"
        told = [f"{one.label}{colon} {share(one.share)}" for one in known][:3]
        more = f", {int(distinct) - len(told):,} more" if distinct > len(told) else ""
        return ", ".join(told) + more
    low, median, high = (profile.get(name) for name in ("low", "median", "high"))
    if not is_number(low):
        return count
    if low == high:
        return f"always {cell(low, profile)}"
    if profile.get("kind") == "date":
        return f"{cell(low, profile)} to {cell(high, profile)}"
    return f"{cell(low, profile)} to {cell(high, profile)}, half up to {cell(median, profile)}"


def _use(role: str, used: Uses | None, use: Use | None, *, is_idle: bool) -> str:
    """What the model makes of it, in words."""
    if role == "target":
        return "what is predicted"
    if role != "feature" and use is None:
        return _ROLES.get(role, plain(role))
    if used is None:
        return "moves no answer" if is_idle else ""
    if use is None:
        return "not read"
    return "moves no answer" if not use.change else share(use.share)
