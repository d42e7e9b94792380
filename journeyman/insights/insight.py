"""An insight: a sentence that is true of the table, and that held on rows which had no say in finding it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What a picture shows: the name of the chart that fits, and its facts as JSON. How it is drawn is the report's."""

    chart: str
    data: Mapping[str, Any]

    def as_data(self) -> dict[str, Any]:
        """The figure as ``run.json`` holds it."""
        return {"chart": self.chart, "data": dict(self.data)}


@dataclass(frozen=True, kw_only=True)
class Insight:
    """Something that the table tells.

    Parameters
    ----------
    kind : the name of its file
    sentence : for people; every number in it can be recounted in the table from ``facts["claims"]``
    held_words : how it held on the other half, in a sentence with its interval
    columns : that it is about, the target last where there is one
    rows : of the table that it is about
    effect : on the scale of correlations from −2 to 2, drawn towards 0 by as much as it may be chance
    value, low, high : on the half that confirmed it, in its own ``unit``; the interval counts what was selected
    p_value, q_value : on the half that confirmed it; the latter counts everything that was looked at
    held : whether it held there
    score : what it is ranked by
    """

    kind: str
    sentence: str
    held_words: str
    columns: tuple[str, ...]
    facts: Mapping[str, Any]
    rows: int
    effect: float
    value: float
    low: float
    high: float
    unit: str
    p_value: float
    q_value: float
    held: bool
    score: float
    figure: Figure

    def as_data(self) -> dict[str, Any]:
        """The insight as ``run.json`` holds it."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "held_words": self.held_words,
            "columns": list(self.columns),
            "facts": dict(self.facts),
            "rows": self.rows,
            "effect": self.effect,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
            "p_value": self.p_value,
            "q_value": self.q_value,
            "held": self.held,
            "score": self.score,
            "figure": self.figure.as_data(),
        }
