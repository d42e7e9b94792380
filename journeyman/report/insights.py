"""What a table tells, as a page shows it: sentences, how each held, and its picture."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from markupsafe import Markup

from journeyman.report import charts
from journeyman.report.charts.numbers import part
from journeyman.report.words import counted, plain

#: What is said of a picture beneath it.
_CAPTIONS = {
    "level_bars": "Dark: what is told. Strokes are 95 % intervals; dashed is the value of all rows.",
    "binned_line": "Rows in stretches of like number; the band is a 95 % interval, dashed is the value of all rows.",
    "cloud": "The line goes through the middle of the rows of each stretch.",
    "crossed": "Were the two to add up, the lines would be parallel. Strokes are 95 % intervals.",
    "group_lines": "Dashed: all rows together.",
    "pareto": "Dashed: how it would be were all rows alike.",
    "spreads": "A disc is the middle row, the bar half of the rows, the line nine in ten; dashed is the bound.",
}


@dataclass(frozen=True)
class Told:
    """One insight as it is shown."""

    place: int
    kind: str
    sentence: str
    held_words: str
    title: str
    picture: Markup
    caption: str


@dataclass(frozen=True)
class Insights:
    """The insights as they are shown, and how much was looked at for them."""

    told: tuple[Told, ...]
    headline: str
    how: str
    left_out: tuple[str, ...]


def insights(summary: Mapping[str, Any]) -> Insights | None:
    """The section's view; None where nothing was explored.

    Parameters
    ----------
    summary : what `journeyman.insights.explored.Explored.as_data` gives
    """
    if "looked_at" not in summary:
        return None
    told = [_told(place, one) for place, one in enumerate(summary.get("insights") or (), 1)]
    looked, found, confirmed = (int(summary.get(key) or 0) for key in ("looked_at", "found", "confirmed"))
    rows = part(summary, "rows")
    first, second = (int(rows.get(key) or 0) for key in ("first", "second"))
    split = f" ({summary.get('split')})" if summary.get("split") else ""
    verb = "was" if looked == 1 else "were"
    how = (
        f"{counted(looked, 'thing')} {verb} looked at on {counted(first, 'row')}; {found:,} "
        f"stood out, and {confirmed:,} of these held on {counted(second, 'other row')} that had no say in finding"
        f" them{split}. All that was looked at is counted: of those that held at most one in twenty is expected to be"
        " chance (Benjamini and Yekutieli)."
    )
    headline = (
        f"{counted(len(told), 'thing')} that {'holds' if len(told) == 1 else 'hold'} up"
        if told
        else "Nothing that holds up"
    )
    return Insights(tuple(told), headline, how, tuple(str(one) for one in summary.get("left_out") or ()))


def _told(place: int, one: Mapping[str, Any]) -> Told:
    figure = part(one, "figure")
    chart, data = str(figure.get("chart", "")), part(figure, "data")
    drawn = Markup("")
    if chart in {found.name for found in pkgutil.iter_modules(charts.__path__)}:
        module = import_module(f"{charts.__name__}.{chart}")
        # Not every file of the folder is a chart.
        record = module.facts(data) if hasattr(module, "facts") and hasattr(module, "draw") else None
        drawn = module.draw(record) if record is not None else drawn
    of = str(data.get("of", ""))
    title = str(data.get("title", ""))
    return Told(
        place=place,
        kind=plain(one.get("kind", "")),
        sentence=str(one.get("sentence", "")),
        held_words=str(one.get("held_words", "")),
        title=title if not of or title.startswith(of) or chart == "spreads" else f"{of} {title}",
        picture=drawn,
        caption=_CAPTIONS.get(chart, ""),
    )
