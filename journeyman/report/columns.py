"""A page for each column: what it is and how that is known, what it holds, what it says of the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from journeyman.report.charts import binned_line, level_bars
from journeyman.report.charts.numbers import is_number
from journeyman.report.glance import Line
from journeyman.report.words import share

#: So many columns have a page of their own; of more, those that findings are about and that say most of the target.
MOST = 200
#: Areas under the curve below which a column tells nothing, a little, much of the target.
_WORTH = ((0.53, "nothing"), (0.65, "a little"), (0.9, "much"), (float("inf"), "nearly all"))


@dataclass(frozen=True)
class Page:
    """A column with all that is known of it.

    Parameters
    ----------
    place : by which the page is found
    facts : what it holds, (what, how much)
    says : how well it alone tells the target, in words; empty where nobody asked
    picture, caption : the target along it, and what is shown
    findings : what is wrong with it, as the list of all findings shows them
    """

    place: int
    line: Line
    facts: tuple[tuple[str, str], ...]
    says: str
    picture: Markup
    caption: str
    findings: tuple[Mapping[str, Any], ...]


def pages(summary: Mapping[str, Any], lines: Sequence[Line], findings: Sequence[Mapping[str, Any]]) -> list[Page]:
    """The pages of the columns, in the order of ``lines``; of very many the most telling ones."""
    along = {str(one.get("name")): one for one in summary.get("along") or ()}
    profiles = {str(one.get("name")): one for one in summary.get("profile") or ()}
    found = []
    for place, line in enumerate(lines):
        about = tuple(one for one in findings if line.name in (one.get("columns") or ()))
        said = along.get(line.name, {})
        facts = tuple(_facts(profiles.get(line.name, {}), line))
        found.append(Page(place, line, facts, _says(said), _picture(said, line), _caption(said), about))
    telling = sorted(found, key=lambda one: (not one.findings, -_score(along.get(one.line.name, {})), one.place))
    return sorted(telling[:MOST], key=lambda one: one.place)


def _facts(profile: Mapping[str, Any], line: Line) -> list[tuple[str, str]]:
    rows, missing, distinct = (profile.get(name) for name in ("rows", "missing", "distinct"))
    facts = [("what it is", f"{line.kind}{f', in {line.unit}' if line.unit else ''}")]
    if line.why:
        facts.append(("how that is known", line.why))
    if is_number(rows) and is_number(missing) and rows:
        facts.append(("missing", f"{missing:,} of {rows:,} cells ({share(missing / rows)})" if missing else "none"))
    if is_number(distinct):
        facts.append(("different values", f"{distinct:,}"))
    if line.holds:
        facts.append(("what it holds", line.holds))
    levels = [one for one in profile.get("levels") or () if isinstance(one, list | tuple) and len(one) == 2]
    if levels:
        facts.append(("most frequent", ", ".join(f"{word} ({count:,})" for word, count in levels)))
    return facts


def _score(said: Mapping[str, Any]) -> float:
    score = said.get("score")
    return float(score) if is_number(score) else 0.0


def _says(said: Mapping[str, Any]) -> str:
    score = said.get("score")
    if not is_number(score):
        return ""
    if said.get("measure") == "AUC":
        worth = next(word for bound, word in _WORTH if score < bound)
        figure = f"AUC {score:.3f} on rows that it was not learnt from; 0.5 is chance"
        return f"Alone, it tells {worth} of the target ({figure})."
    explained = share(max(float(score), 0.0))
    return f"Alone, it explains {explained} of how the target's ranks vary, on rows that it was not learnt from."


def _caption(said: Mapping[str, Any]) -> str:
    return f"{said.get('of')}, with 95 % intervals; dashed: all rows"


def _picture(said: Mapping[str, Any], line: Line) -> Markup:
    """Bars for words, a line for stretches of a number."""
    groups = [one for one in said.get("groups") or () if isinstance(one, Mapping)]
    if len(groups) < 2:
        return Markup()
    of = str(said.get("of", ""))
    told = {"of": of, "is_rate": said.get("is_rate"), "overall": said.get("overall")}
    if all(is_number(one.get("at")) for one in groups):
        line_of = {**told, "title": f"{of} along {line.name}", "along": line.name, "points": groups}
        record = binned_line.facts({**line_of, "is_date": line.kind == "date"})
        return Markup() if record is None else binned_line.draw(record)
    bars = level_bars.facts({**told, "title": f"by {line.name}", "bars": groups})
    return Markup() if bars is None else level_bars.draw(bars)
