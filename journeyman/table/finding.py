"""What a check or a reader saw, as a value with a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["info", "warning", "error"]
#: The gravest first.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """What to do about a finding: a changed role, rows kept together, or words for a person.

    Parameters
    ----------
    action : ``"none"``, ``"role"`` (give ``columns`` the role ``value``), ``"group"`` (keep ``rows`` of one cluster
        on one side of every split), ``"stop"`` (the job cannot go on), ``"review"`` (a person should look)
    value : the role, where the action is ``"role"``
    words : the remedy in a sentence, for people
    """

    action: Literal["none", "role", "group", "stop", "review"] = "none"
    value: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What ignoring a finding does to a figure, where that could be estimated.

    Parameters
    ----------
    measure : what the figures are of, as "AUC"
    ignored : the figure where nothing is done, which may be a false one
    heeded : the figure where the remedy is taken
    words : both in a phrase, as "with it 0.95, without it 0.90"
    """

    measure: str
    ignored: float
    heeded: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence with its numbers, columns, rows, severity and remedy. ``code`` is of the closed vocabulary.

    ``rows`` are positions in the source, from 0; in messages and in JSON rows count from 1. ``cost`` is what ignoring
    it does, None where nobody could say.
    """

    code: str
    severity: Severity
    message: str
    columns: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    remedy: Remedy = Remedy()
    cost: Cost | None = None

    def as_data(self) -> dict[str, Any]:
        """The finding as ``run.json`` holds it; its rows count from 1 there."""
        rows = [row + 1 for row in self.rows]
        return {**asdict(self), "columns": list(self.columns), "rows": rows, "numbers": dict(self.numbers)}


def by_weight(finding: Finding) -> tuple[int, float, int]:
    """By what findings are sorted: the gravest first, then what costs most to ignore, then what meets most rows."""
    apart = 0.0 if finding.cost is None else abs(finding.cost.ignored - finding.cost.heeded)
    return SEVERITIES.index(finding.severity), -apart, -len(finding.rows)


@dataclass(frozen=True)
class Skip:
    """A check's answer "not for me", with the reason."""

    reason: str
