"""What was repaired while a table was read: how often, with examples of before and after. The source is untouched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.table.finding import Finding

#: Findings of these codes say that cells or lines were taken for something else than they literally are.
REPAIRS = frozenset(
    {
        "blank_lines",
        "bom",
        "boolean_spellings",
        "category_variants",
        "comment_lines",
        "compressed",
        "date_formats",
        "decimal_comma",
        "delimiter",
        "duplicate_names",
        "encoding",
        "footer",
        "index_column",
        "missing_tokens",
        "multi_header",
        "name_whitespace",
        "newlines",
        "no_header",
        "nul_bytes",
        "number_format",
        "preamble",
        "quote",
        "ragged_rows",
        "repeated_header",
        "stray_quote",
        "trailing_delimiter",
        "units",
        "unnamed_column",
    }
)
#: So much of a cell or a line is shown.
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Example:
    """One place before and after; ``where`` is "row 12", "line 13" or a name, and empty where there is none to say."""

    where: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Repair:
    """One kind of repair.

    Parameters
    ----------
    message : the finding's sentence
    count : how many cells, lines or names it changed
    columns : where, empty where it is no matter of columns
    """

    code: str
    message: str
    count: int
    columns: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The repair as ``run.json`` holds it."""
        return {
            "code": self.code,
            "message": self.message,
            "count": self.count,
            "columns": list(self.columns),
            "examples": [{"where": one.where, "before": one.before, "after": one.after} for one in self.examples],
        }


def repairs_of(findings: Iterable[Finding]) -> tuple[Repair, ...]:
    """The repairs among findings, in their order."""
    return tuple(_repair(one) for one in findings if one.code in REPAIRS or "examples" in one.numbers)


def _repair(finding: Finding) -> Repair:
    return Repair(
        code=finding.code,
        message=finding.message,
        count=count_of(finding.as_data()),
        columns=finding.columns,
        examples=examples_of(finding.numbers),
    )


def count_of(finding: Mapping[str, Any]) -> int:
    """How many cells, lines or names a finding, as JSON holds it, speaks of."""
    numbers = finding.get("numbers") or {}
    for name in ("count", "cells", "rows"):
        if isinstance(found := numbers.get(name), int):
            return found
    return max(len(finding.get("rows") or ()), len(finding.get("columns") or ()), 1)


def examples_of(numbers: Mapping[str, Any]) -> tuple[Example, ...]:
    """The examples among a finding's numbers: an integer says a row, or a line where the numbers tell of lines."""
    word = "line" if "lines" in numbers else "row"
    if "examples" not in numbers and word == "line":
        # Lines that are no rows: they are told with their text, and come to nothing.
        left_out = zip(numbers["lines"], numbers.get("text") or (), strict=False)
        return tuple(_example((line, text, ""), word) for line, text in left_out if text)
    return tuple(_example(one, word) for one in numbers.get("examples") or ())


def _example(one: object, word: str) -> Example:
    where, before, after = one if isinstance(one, list | tuple) and len(one) == 3 else ("", one, "")
    is_number = isinstance(where, int) and not isinstance(where, bool) and where > 0
    return Example(f"{word} {where:,}" if is_number else _shown(where or ""), _shown(before), _shown(after))


def _shown(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
