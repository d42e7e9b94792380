"""What was repaired while the table was read, and which rows are not used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import part
from journeyman.table.repairs import REPAIRS, Example, count_of, examples_of

#: Why rows are set aside, in words; others by their code.
_REASONS = {
    "ragged_rows": "of another number of cells than the header",
    "repeated_header": "the header once more",
    "target_missing_values": "without a value in the column that is predicted",
    "rare_class": "the only one of its class",
    "time_missing": "without a time",
    "weight_missing": "without a weight",
}


@dataclass(frozen=True)
class Mended:
    """One kind of repair, as a page shows it: what, how often, and examples."""

    message: str
    count: int
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What reading did to a table.

    Parameters
    ----------
    aside : rows that are not used: how many, and why
    file : where they stand; empty where nobody kept them
    digest : SHA-256 of the source
    """

    mended: tuple[Mended, ...]
    aside: tuple[tuple[int, str], ...]
    file: str
    digest: str


def reading(summary: Mapping[str, Any]) -> Reading | None:
    """What reading did, None where the table was read as it stands and every row is used."""
    rows = part(summary, "rows")
    mended = tuple(_mended(one) for one in summary.get("findings") or () if _is_told_here(one))
    reasons = rows.get("reasons") or {}
    aside = tuple((count, _REASONS.get(code, code.replace("_", " "))) for code, count in reasons.items())
    if not mended and not aside:
        return None
    return Reading(mended, aside, str(rows.get("file") or ""), str(part(summary, "digests").get("source") or ""))


def told_apart(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The findings that are not told among the repairs, with their examples."""
    return [{**one, "examples": examples_of(one.get("numbers") or {})} for one in findings if not _is_told_here(one)]


def _is_told_here(finding: Mapping[str, Any]) -> bool:
    """A repair that is no more than that; what is a warning, too, stands among the warnings."""
    return finding.get("code") in REPAIRS and finding.get("severity") == "info"


def _mended(finding: Mapping[str, Any]) -> Mended:
    numbers = finding.get("numbers") or {}
    return Mended(str(finding.get("message", "")), count_of(finding), examples_of(numbers))
