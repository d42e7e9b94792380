"""The log of a cleaning: every cell that was changed, and the rules that changed them, which hold for new rows too."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from journeyman.errors import InputError
from journeyman.repairs.clean import Cleaned
from journeyman.repairs.rule import Rule
from journeyman.sources.write import guarded
from journeyman.store.files import write_whole

#: What the files beside a cleaned copy are called: its name without the ending, and this.
CHANGES, RULES = "changes.csv", "rules.json"
_FORMAT = 1
_KIND = "journeyman cleaning rules"
#: A larger file is none of ours.
_LARGEST = 256 * 2**20
_REMEDY = "name the file that --write-clean wrote beside a cleaned copy"


def write_changes(cleaned: Cleaned, path: Path) -> Path:
    """Write one line for each cell that was changed: row and line (0 where the source has none) from 1, column, the
    texts before and after, how sure the repair is, the detector and its reason.

    Raises
    ------
    ResourceError : the file cannot be written
    """
    import polars as pl

    lines, numbers = cleaned.raw.lines, cleaned.raw.numbers()
    rows = [
        {
            "row": int(numbers[one.row]) + 1,
            "line": 0 if lines is None else int(lines[one.row]),
            "column": guarded(one.column),
            "before": guarded(one.before),
            "after": guarded(one.after),
            "sure": round(one.sure, 3),
            "detector": one.detector,
            "why": guarded(one.why),
        }
        for one in cleaned.found.cells
        if one.after is not None
    ]
    kinds = dict.fromkeys(("column", "before", "after", "detector", "why"), pl.String)
    head = {"row": pl.Int64, "line": pl.Int64, **kinds, "sure": pl.Float64}
    order = ["row", "line", "column", "before", "after", "sure", "detector", "why"]
    buffer = io.BytesIO()
    pl.DataFrame(rows, schema=head).select(order).write_csv(buffer)
    return write_whole(path, buffer.getvalue())


def write_rules(cleaned: Cleaned, path: Path) -> Path:
    """Write what was learnt as JSON: texts and shares, and no row of the source.

    Raises
    ------
    ResourceError : the file cannot be written
    """
    document = {
        "format": _FORMAT,
        "kind": _KIND,
        "source": {"name": cleaned.raw.name, "digest": cleaned.raw.digest},
        "rules": [one.as_data() for one in cleaned.found.rules],
    }
    return write_whole(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Read rules that were written.

    Raises
    ------
    InputError : it is no such file
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path} is too large for rules", remedy=_REMEDY, code="too_large")
        document = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"there is no file {path}", remedy=_REMEDY, code="file_missing") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read", because=str(error), remedy=_REMEDY, code="not_a_table") from error
    if not isinstance(document, dict) or document.get("kind") != _KIND or document.get("format") != _FORMAT:
        raise InputError(f"{path} holds no cleaning rules of this version", remedy=_REMEDY, code="not_a_table")
    return _rules(document.get("rules"), path)


def require_columns(rules: Sequence[Rule], names: Sequence[str]) -> None:
    """Refuse rules of another table: none of whose columns is there.

    Raises
    ------
    InputError : no rule is of any of the columns
    """
    if rules and not {one.column for one in rules} & set(names):
        told = ", ".join(sorted({one.column for one in rules})[:5])
        raise InputError(
            "the rules are of another table", because=f"it has none of their columns ({told})", code="column_missing"
        )


def _rules(found: Any, path: Path) -> tuple[Rule, ...]:
    if not isinstance(found, list):
        raise InputError(f"{path} holds no list of rules", remedy=_REMEDY, code="not_a_table")
    rules = []
    for one in found:
        is_rule = isinstance(one, dict) and isinstance(one.get("detector"), str) and isinstance(one.get("column"), str)
        if not is_rule or not isinstance(one.get("knows"), dict):
            raise InputError(f"{path} holds something that is no rule", remedy=_REMEDY, code="not_a_table")
        rules.append(Rule(one["detector"], one["column"], one["knows"]))
    return tuple(rules)
