"""What cells of a column are usually like: what a form starts with, between what it moves, and what is tried."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeyman.bundle.background import TypedCell
from journeyman.bundle.golden import TEXTS, date_text, golden_cells
from journeyman.bundle.manifest import Manifest
from journeyman.bundle.profile import SHARES, LevelProfile, NumberProfile, Profile
from journeyman.bundle.shown import shown_cell
from journeyman.table.schema import Column

#: Shares of the training cells below the ends of what is usual, and below the values that are tried.
_USUAL = (0.01, 0.99)
_TRIED = (0.05, 0.25, 0.5, 0.75, 0.95)
#: So many levels of a category are tried.
_TRIED_LEVELS = 5
#: So many made-up texts are tried.
_TRIED_TEXTS = 4
_DAY = 86_400_000_000


@dataclass(frozen=True)
class Typical:
    """The usual cells of one column, as JSON holds them.

    Parameters
    ----------
    default : the median, the most frequent level, or None where most cells are missing
    low, high : between them lie 98 of 100 training cells; numbers only, else None
    values : some usual cells, each once, the default first
    is_whole : whole numbers only
    has_time : dates with a time of day
    """

    default: Any
    low: float | None = None
    high: float | None = None
    values: tuple[Any, ...] = ()
    is_whole: bool = False
    has_time: bool = False


def typical_cells(manifest: Manifest) -> dict[str, Typical]:
    """What each column is usually like, by name, those that only the decision reads among them.

    Bundles that hold no profile of a column give the middle of its range and its first level.
    """
    novelty = manifest.novelty
    profiles: Mapping[str, Profile] = {} if novelty is None else novelty.profiles
    columns = {column.name: column for column in (*manifest.rule_columns, *manifest.columns)}
    made_up = {} if manifest.background is None else manifest.background.cells
    return {
        name: _typical_text(column, made_up.get(name, ()))
        if column.kind == "text"
        else _typical(column, profiles.get(name))
        for name, column in columns.items()
    }


def _typical_text(column: Column, made_up: Sequence[TypedCell]) -> Typical:
    """Frequent words, as many as texts have; nobody's text. Empty where most texts are missing, or none is known."""
    texts = sorted((shown_cell(column, cell) for cell in made_up if cell is not None), key=lambda one: (len(one), one))
    if len(texts) * 2 <= len(made_up):
        return Typical("", values=("", *TEXTS[:2]))
    default = texts[len(texts) // 2]
    return Typical(default, values=tuple(dict.fromkeys((default, *texts[:: max(len(texts) // _TRIED_TEXTS, 1)]))))


def _typical(column: Column, profile: Profile | None) -> Typical:
    cells = golden_cells([column])[column.name]
    if column.kind == "category":
        levels = column.levels[:_TRIED_LEVELS]
        is_missing = isinstance(profile, LevelProfile) and profile.missing > 0.5
        values = (*((None,) if is_missing else ()), *levels)
        return Typical(values[0] if values else None, values=values)
    is_missing = isinstance(profile, NumberProfile) and profile.missing > 0.5
    if column.kind == "flag":
        is_true = isinstance(profile, NumberProfile) and _at(profile, 0.5) >= 0.5
        return Typical(None if is_missing else is_true, values=(is_true, not is_true))
    known = profile.quantiles if isinstance(profile, NumberProfile) else ()
    if column.kind == "date":
        return _typical_date(column, known, is_missing)
    if not known:
        low, high = column.low, column.high
        return Typical(
            cells[0], low, high, tuple(dict.fromkeys(cell for cell in (cells[0], *cells[3:6]) if _is_number(cell)))
        )
    return _typical_number(profile, is_missing) if isinstance(profile, NumberProfile) else Typical(None)


def _typical_number(profile: NumberProfile, is_missing: bool) -> Typical:
    is_whole = all(one.is_integer() for one in profile.quantiles)
    tried = [_rounded(_at(profile, share), is_whole) for share in _TRIED]
    default = tried[len(tried) // 2]
    ends = [_at(profile, share) for share in _USUAL]
    values = tuple(dict.fromkeys((default, *tried)))
    return Typical(None if is_missing else default, ends[0], ends[1], values, is_whole=is_whole)


def _typical_date(column: Column, known: tuple[float, ...], is_missing: bool) -> Typical:
    low = 0.0 if column.low is None else column.low
    high = low if column.high is None else column.high
    tried = [known[bisect_left(SHARES, share)] for share in _TRIED] if known else [low / 2 + high / 2, low, high]
    has_time = any(at % _DAY for at in known)
    shown = [date_text(at, "iso")[: None if has_time else 10] for at in tried]
    default = shown[len(shown) // 2] if known else shown[0]
    return Typical(None if is_missing else default, values=tuple(dict.fromkeys((default, *shown))), has_time=has_time)


def _at(profile: NumberProfile, share: float) -> float:
    return profile.quantiles[bisect_left(SHARES, share)]


def _rounded(value: float, is_whole: bool) -> float | int:
    """A number as a person would type it: whole where all are, else of four digits."""
    return int(value) if is_whole else float(f"{value:.4g}")


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
