"""The cleaned copy of a source as a file, with the log of changed cells and the rules beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from journeyman.errors import InputError
from journeyman.repairs.clean import Cleaned, clean
from journeyman.repairs.log import CHANGES, RULES, read_rules, require_columns, write_changes, write_rules
from journeyman.sources.named import Named
from journeyman.sources.read import read_raw
from journeyman.sources.write import require_place, write_table


@dataclass(frozen=True)
class WrittenCopy:
    """Where the cleaned copy, the log of its changed cells and the rules are, and how many cells were changed.

    ``suspects`` counts the cells that are likely wrong, the changed ones among them.
    """

    copy: Path
    changes: Path
    rules: Path
    changed: int
    columns: dict[str, int]
    suspects: int

    def as_data(self) -> dict[str, Any]:
        """What was written, as JSON holds it."""
        return {
            "file": str(self.copy),
            "changes": str(self.changes),
            "rules": str(self.rules),
            "changed": self.changed,
            "columns": self.columns,
            "suspects": self.suspects,
        }


def require_clean_place(source: object, path: Path) -> None:
    """Refuse a place that a cleaned copy cannot be written to: that of the source, above all.

    Raises
    ------
    InputError : it is the source itself, or no place for a table
    """
    require_place(path)
    if isinstance(source, str | Path) and Path(source).exists() and path.exists() and path.samefile(source):
        raise InputError(f"{path} is the source itself", because="it is never changed", remedy="name another file")


def write_clean(source: object, path: Path, rules: Path | None = None, **named: Unpack[Named]) -> WrittenCopy:
    """Write a copy of a source in which the cells are changed that can be repaired, and beside it what was changed.

    Parameters
    ----------
    path : ends in ``.csv`` or ``.parquet``; ``<name>-changes.csv`` and ``<name>-rules.json`` are written beside it
    rules : the rules that an earlier cleaning wrote, to do the same to new rows; None to learn from this source
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    SourceError : the source cannot be read
    InputError : the copy would lie where it cannot, or the rules are none, or of another table
    ResourceError : a file cannot be written
    """
    require_clean_place(source, path)
    learnt = None if rules is None else read_rules(rules)
    raw = read_raw(source, **named)
    if learnt is None:
        return _written(clean(raw), path)
    require_columns(learnt, raw.frame.columns)
    try:
        cleaned = clean(raw, learnt)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(
            f"{rules} holds rules that cannot be applied",
            because=f"{type(error).__name__}: {error}",
            code="not_a_table",
        ) from error
    return _written(cleaned, path)


def _written(cleaned: Cleaned, path: Path) -> WrittenCopy:
    """The log first: no changed copy stands without it."""
    changes = write_changes(cleaned, path.with_name(f"{path.stem}-{CHANGES}"))
    kept = write_rules(cleaned, path.with_name(f"{path.stem}-{RULES}"))
    copy = write_table(cleaned.raw, {}, path)
    return WrittenCopy(copy, changes, kept, cleaned.changed, cleaned.columns, len(cleaned.found.cells))
