"""What a column means: kind, missing marks, decimal mark, date format, levels and range, each with its reason.

Meaning is found from the cells alone, so the same cells mean the same in a text file and in a typed one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.bundle.cells import OK, cell_reader, fold, number_reader
from journeyman.bundle.reader import Cells, ReadCells, plain_numbers, read_cells
from journeyman.errors import BriefError, nearest
from journeyman.sources.dialects import DATE_FORMATS, NUMBER_FORMS, common_unit
from journeyman.table import said
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import KINDS, ROLES, TERMS, Column
from journeyman.table.table import Dates, Values

#: Spellings of "missing" that no word of a category is likely to be.
MISSING_IN_WORDS = ("?", "na", "n/a", "n.a.", "#n/a", "#na", "<na>", "nan", "null", "nat", ".", "-", "--")
#: In a target, "-" and "." may well be classes.
MISSING_IN_TARGET = ("?", "na", "n/a", "#n/a", "#na", "<na>", "nan", "null")
#: How the words among them are spelled by programs; "Nan" is a person.
_BY_PROGRAMS = frozenset({"NA", "na", "N/A", "n/a", "N/a", "NaN", "nan", "NAN", "NULL", "null", "Null", "NaT", "<NA>"})
#: Where numbers or dates are due, these mean "missing" too.
MISSING_IN_NUMBERS = (*MISSING_IN_WORDS, "none", "nil", "#null!", "…", "..")
TRUE_WORDS = ("true", "yes", "y", "t", "1", "1.0")
FALSE_WORDS = ("false", "no", "n", "f", "0", "0.0")

#: Share of cells that must be numbers (or dates) for the column to be it; the others are then told and missing.
NEARLY_ALL = 0.95
#: Rows from which on "all different" says something.
ENOUGH_ROWS = 20
#: Distinct short cells of several words from which on they are titles to be read, no levels.
ENOUGH_TITLES = 40
#: Cells of several words with so many distinct ones, in all and as a share, tell more by their words than as levels:
#: car models, techniques, destinations. (Explained variance 0.70 for 0.55 with car models, 0.56 for 0.51 with
#: techniques of art; levels with twenty rows each or more did as well or better as they are.)
ENOUGH_DESCRIPTIONS, MANY_DESCRIPTIONS = 100, 0.08
#: Cells that are looked at before all of them are.
_FIRST = 1000
_LONGEST_MARK = 24
_DIGITS = frozenset("0123456789")
_LIKE_LEADING_ZERO = re.compile(r"(?m)^\s*[+-]?0[0-9]")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_ID_NAME = re.compile(
    r"(^|[_\W])(?i:id|ids|uuid|guid|key|index|idx|nr|no|number|rownum|row|seq|serial|pk|unnamed.*|column_1)($|[_\W])"
    r"|[a-z](ID|Id|UUID|Key|Nr|No|Number|Num)$",
)
_TIME_NAME = re.compile(r"year|month|week|day|date|time|hour|age|jahr|wave|period|quarter", re.IGNORECASE)
_WORD = re.compile(r"\w+")
#: Characters of scripts that put no blanks between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_KEYS = ("kind", "role", "unit", "decimal", "thousands", "date_format", "missing", "true_words", "false_words", "terms")


@dataclass(frozen=True)
class Meaning:
    """What a column is, its cells read accordingly, and what that brought to light."""

    column: Column
    read: ReadCells
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Words:
    """Distinct raw texts that are not missing, and how many cells have each."""

    texts: Sequence[str]
    counts: Sequence[int]

    @property
    def cells(self) -> int:
        return sum(self.counts)

    def first(self) -> _Words:
        """Some of them, from everywhere in the column."""
        step = max(1, len(self.texts) // _FIRST)
        return _Words(self.texts[::step], self.counts[::step])


def understand(name: str, cells: Cells, *, is_target: bool = False, wishes: Mapping[str, str] | None = None) -> Meaning:
    """Find what a column is and read its cells.

    Parameters
    ----------
    is_target : a target's words stay words and its numbers numbers; it is never a flag, a text or an id
    wishes : what the user says about the column, as ``{"kind": "category", "unit": "kg"}``; it wins

    Raises
    ------
    BriefError : a wish is not one of those that a column has
    """
    wishes = dict(wishes or {})
    _require_known(name, wishes)
    column = _column_of(name, cells, is_target, wishes.get("kind"), wishes)
    column = _as_wished(column, wishes)
    read = read_cells(column, cells)
    if column.kind == "number" and "kind" not in wishes and not is_target:
        column = _perhaps_id(column, cells, read)
        if column.kind == "id":
            read = read_cells(column, cells)
    findings = tuple(_findings(column, cells, read))
    return Meaning(_with_range(column, read.values), read, findings)


def _require_known(name: str, wishes: Mapping[str, str]) -> None:
    for key, value in wishes.items():
        if key not in _KEYS:
            raise BriefError(f"a column has no {key!r} (column {name!r})", remedy=nearest(key, _KEYS))
        choices = {"kind": KINDS, "role": ROLES, "date_format": DATE_FORMATS, "terms": TERMS}
        known: tuple[str, ...] = choices.get(key, ())
        if known and value not in known:
            raise BriefError(f"column {name!r} cannot have the {key} {value!r}", remedy=nearest(value, known))
        if key == "decimal" and value not in (".", ","):
            raise BriefError(f"column {name!r} cannot have the decimal mark {value!r}", remedy="it is '.' or ','")


def _as_wished(column: Column, wishes: Mapping[str, str]) -> Column:
    said: dict[str, Any] = {}
    for key, value in wishes.items():
        said[key] = tuple(value.split("|")) if key in ("missing", "true_words", "false_words") else value
    if "missing" in said:
        said["missing"] = tuple(dict.fromkeys((*column.missing, *said["missing"])))
    if "kind" in said:
        said |= {"sure": 1.0, "reason": "you said so"}
    if "role" in said:
        said["role_reason"] = "you said so"
    return replace(column, **said) if said else column


def _column_of(name: str, cells: Cells, is_target: bool, kind: str | None, wishes: Mapping[str, str]) -> Column:
    """The column as its cells show it, or in the kind that was wished for."""
    plain = Column(name=name, kind="number", missing=MISSING_IN_NUMBERS)
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiub":
        if kind in (None, "number"):
            return replace(plain, reason="it holds numbers")
        if kind in ("category", "text", "id"):
            return replace(plain, kind=kind, missing=MISSING_IN_WORDS, numeric_spelling=True)  # type: ignore[arg-type]  # as below
        return replace(plain, kind=kind)  # type: ignore[arg-type]  # checked against KINDS
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
        dated = replace(plain, kind="date", reason="it holds dates")
        return replace(dated, kind=kind) if kind else dated  # type: ignore[arg-type]  # checked against KINDS
    coded = cells if isinstance(cells, Strings) else Strings.of([str(cell) for cell in cells])
    return _column_of_words(plain, coded, is_target, kind)


def _column_of_words(plain: Column, cells: Strings, is_target: bool, kind: str | None) -> Column:
    if kind in (None, "number") and plain_numbers(plain, cells.levels) is not None:
        texts = [text for text in cells.levels if text]
        if texts and not _has_leading_zeros(texts):
            return replace(plain, reason="every cell is a number")
    numbers = _there(cells, MISSING_IN_NUMBERS)
    in_words = MISSING_IN_TARGET if is_target else _in_words(cells)
    words = _there(cells, in_words)
    if kind in (None, "number"):
        if not numbers.texts and (kind or not words.texts):
            return replace(plain, sure=0.5, reason="every cell is empty")
        found = _as_number(plain, numbers, must=kind == "number")
        if found is not None:
            return found
    if kind == "flag" or (kind is None and not is_target):
        found = _as_flag(plain, numbers, must=kind == "flag")
        if found is not None:
            return found
    if kind in (None, "date"):
        found = _as_date(plain, numbers, must=kind == "date")
        if found is not None:
            return found
    return _as_words(replace(plain, missing=in_words), words, is_target, kind)


def _in_words(cells: Strings) -> tuple[str, ...]:
    """Spellings of "missing" in this column's words: not those that only stand as people write names."""
    found: dict[str, bool] = {}
    for text in cells.levels:
        if _may_be_missing(text) and (word := fold(text)) in MISSING_IN_WORDS:
            found[word] = found.get(word, False) or not word.isalpha() or text.strip() in _BY_PROGRAMS
    return tuple(word for word in MISSING_IN_WORDS if found.get(word, True))


def _may_be_missing(text: str) -> bool:
    """A quick look that spares most cells the comparison: no spelling of "missing" is long or starts with a digit."""
    return len(text) <= _LONGEST_MARK and text[:1] not in _DIGITS


def _there(cells: Strings, missing: tuple[str, ...]) -> _Words:
    spellings = {"", *missing}
    counts = cells.counts().tolist()
    there = [
        (text, count)
        for text, count in zip(cells.levels, counts, strict=True)
        if count and text and not (_may_be_missing(text) and fold(text) in spellings)
    ]
    return _Words([text for text, _ in there], [count for _, count in there])


def _share(column: Column, words: _Words) -> float:
    """Which share of the cells the column can read."""
    read = cell_reader(column)
    good = sum(count for text, count in zip(words.texts, words.counts, strict=True) if read(text)[1] == OK)
    return good / max(words.cells, 1)


def _as_number(plain: Column, words: _Words, must: bool) -> Column | None:
    if not must and _has_leading_zeros(words.texts):
        return None
    first = words.first()
    best, best_share = plain, 0.0
    for unit in ("", common_unit(first.texts)):
        for decimal, thousands in NUMBER_FORMS:
            form = replace(plain, decimal=decimal, thousands=thousands, unit=unit)
            share = _share(form, first)
            if share > best_share:
                best, best_share = form, share
            if share == 1.0:
                break
        if best_share == 1.0:
            break
    if must:
        return best
    if best_share < 0.4:
        return None
    if len(words.texts) > len(first.texts) and best_share >= NEARLY_ALL:
        refined = [replace(best, decimal=mark, thousands=group) for mark, group in NUMBER_FORMS]
        shares = [_share(form, words) for form in refined]
        best_share = max(shares)
        best = refined[shares.index(best_share)]
    if best_share == 1.0:
        how = {",": " with decimal commas"}.get(best.decimal, "")
        return replace(best, reason=f"every cell is a number{how}")
    read = number_reader(best)
    others = [text for text in words.texts if read(text)[1] != OK and read(text)[0] != read(text)[0]]
    infinite = [text for text in others if read(text)[1] == 1]
    rest = len(others) - len(infinite)
    numbers = len(words.texts) - len(others)
    share = _share(best, words)
    if rest == 0 and numbers:
        return replace(best, reason="every cell is a number, some of them infinite", sure=0.95)
    if share >= NEARLY_ALL and rest <= max(5, len(words.texts) // 10) and numbers >= 2:
        return replace(best, reason=f"{said.share(share)} of the cells are numbers", sure=round(share, 3))
    if rest <= 2 and numbers >= ENOUGH_ROWS and share >= 0.5 and all(len(text) <= 20 for text in others):
        marks = tuple(text for text in others if text not in infinite)
        listed = ", ".join(repr(mark) for mark in marks)
        return replace(
            best, missing=(*best.missing, *marks), sure=0.8, reason=f"the cells are numbers, but for {listed}: missing"
        )
    return None


def _has_leading_zeros(texts: Sequence[str]) -> bool:
    """Whether some are codes as 007: whole numbers that a number would cut short."""
    if not _LIKE_LEADING_ZERO.search("\n".join(texts)):
        return False
    return any(_LEADING_ZERO.fullmatch(text.strip()) for text in texts)


def _as_flag(plain: Column, words: _Words, must: bool) -> Column | None:
    distinct = {fold(text): text for text in words.texts} if len(words.texts) <= 20 else {}
    true = tuple(sorted(text for text in words.texts if fold(text) in TRUE_WORDS)) if distinct else ()
    false = tuple(sorted(text for text in words.texts if fold(text) in FALSE_WORDS)) if distinct else ()
    if distinct and true and false and distinct.keys() <= {*TRUE_WORDS, *FALSE_WORDS}:
        return replace(
            plain, kind="flag", true_words=true, false_words=false, reason=f"every cell is {true[0]!r} or {false[0]!r}"
        )
    if must:
        ordered = sorted(distinct)
        return replace(
            plain, kind="flag", true_words=true or tuple(ordered[1:2]), false_words=false or tuple(ordered[:1])
        )
    return None


def _as_date(plain: Column, words: _Words, must: bool) -> Column | None:
    first = words.first()
    dated = {one: replace(plain, kind="date", date_format=one) for one in DATE_FORMATS}
    few = _Words(first.texts[:20], first.counts[:20])
    if not must and not any(_share(column, few) for column in dated.values()):
        return None
    shares = {"iso": _share(dated["iso"], first)}
    if shares["iso"] < NEARLY_ALL:
        shares = {one: _share(column, first) for one, column in dated.items()}
    likely = {one: share for one, share in shares.items() if share >= max(shares.values()) - 0.05}
    if len(likely) > 1 and len(words.texts) > len(first.texts):
        likely = {one: _share(dated[one], words) for one in likely}
    share = max(likely.values())
    if not must and share < NEARLY_ALL:
        return None
    chosen = next(one for one in likely if likely[one] == share)
    twin = chosen.replace("d", "?").replace("m", "d").replace("?", "m")
    is_open = twin != chosen and likely.get(twin) == share
    reason = f"the cells are dates written {chosen}" if share == 1.0 else f"{said.share(share)} of the cells are dates"
    return replace(plain, kind="date", date_format=chosen, reason=reason, sure=0.6 if is_open else round(share, 3))


def _as_words(plain: Column, words: _Words, is_target: bool, kind: str | None) -> Column:
    if kind in ("category", "text", "id"):
        plain = _text(plain, words) if kind == "text" else plain
        number = replace(plain, kind="number", missing=MISSING_IN_NUMBERS)
        numeric = bool(words.texts) and not _has_leading_zeros(words.texts)
        if numeric and _share(number, words) == 1.0:
            return replace(plain, kind=kind, numeric_spelling=True)  # type: ignore[arg-type]  # checked against KINDS
        return replace(plain, kind=kind)  # type: ignore[arg-type]  # checked against KINDS
    cells, distinct = words.cells, len({text.strip() for text in words.texts})
    if is_target:
        return replace(plain, kind="category", reason=f"{distinct:,} different words")
    first = words.first()
    length, letters = _lengths(first)
    is_long = length >= 4 or letters >= 60
    if distinct >= max(ENOUGH_ROWS, cells * 0.3) and is_long:
        return replace(_text(plain, words), sure=0.9, reason=f"mostly different, {length:.0f} words a cell")
    said = _words_of_letters(first)
    if distinct >= max(ENOUGH_TITLES, cells * 0.6) and said >= 2.5:
        return replace(_text(plain, words), sure=0.7, reason=f"mostly different, {length:.1f} words a cell")
    if (
        max(ENOUGH_DESCRIPTIONS, cells * MANY_DESCRIPTIONS) <= distinct < cells * 0.9
        and length >= 1.9
        and _reuse(first) >= 2
    ):
        return replace(
            _text(plain, words), sure=0.6, reason=f"{distinct:,} different in {cells:,} cells, of like words"
        )
    if distinct == cells and cells >= ENOUGH_ROWS:
        return replace(plain, kind="id", sure=0.95, reason=f"all {cells:,} cells are different")
    return replace(plain, kind="category", reason=f"{distinct:,} different words in {cells:,} cells")


def _text(plain: Column, words: _Words) -> Column:
    """A text, taken apart into words; or into characters where its cells are hardly more than one word each."""
    length, _ = _lengths(words.first())
    return replace(plain, kind="text", terms="words" if length >= 1.5 else "characters")


def _lengths(words: _Words) -> tuple[float, float]:
    """Mean number of words and of characters. A script without blanks has about two characters a word."""
    count = max(len(words.texts), 1)
    pieces = sum(len(text.split()) + len(_UNSPACED.findall(text)) / 2 for text in words.texts)
    return pieces / count, sum(len(text) for text in words.texts) / count


def _reuse(words: _Words) -> float:
    """In how many distinct cells a word stands, on average: names of people hardly share any."""
    found = [word for text in words.texts for word in {*_WORD.findall(text.casefold())} if not word.isdigit()]
    return len(found) / max(len(set(found)), 1)


def _words_of_letters(words: _Words) -> float:
    """Mean number of words that are no mere numbers, codes or initials."""
    found = [word for text in words.texts for word in _WORD.findall(text) if len(word) > 2 and word.isalpha()]
    return len(found) / max(len(words.texts), 1)


def _perhaps_id(column: Column, cells: Cells, read: ReadCells) -> Column:
    """A column of whole numbers, all different, that counts rows or is named as an identifier."""
    values = read.values
    if not isinstance(values, np.ndarray):
        return column
    there = values[~np.isnan(values)]
    if len(there) < ENOUGH_ROWS or column.unit or bool((there != np.floor(there)).any()):
        return column
    is_exact = float(np.abs(there).max()) < 2**53
    if is_exact and len(np.unique(there)) < len(there):
        return column
    if not is_exact and not (isinstance(cells, Strings) and bool((cells.counts() <= 1).all())):
        return column
    is_named = bool(_ID_NAME.search(column.name)) and not _TIME_NAME.search(column.name)
    counts_rows = is_exact and bool((np.diff(there) == 1).all()) and not _TIME_NAME.search(column.name)
    if not (is_named or counts_rows or not is_exact):
        return column
    why = "they count the rows" if counts_rows else "the name says so" if is_named else "they are too long for amounts"
    return replace(
        column,
        kind="id",
        missing=MISSING_IN_WORDS,
        numeric_spelling=True,
        sure=0.95 if is_named else 0.85,
        reason=f"all {len(there):,} numbers are different, and {why}",
    )


def _with_range(column: Column, values: Values) -> Column:
    """The column with its levels, most frequent first, or the range of its values."""
    if isinstance(values, Strings):
        if column.kind != "category":
            return column
        counts = values.counts()
        order = sorted(range(len(values.levels)), key=lambda place: (-int(counts[place]), values.levels[place]))
        return replace(
            column, levels=tuple(values.levels[place] for place in order if values.levels[place] != MISSING_WORD)
        )
    if column.kind == "flag":
        return column
    there = values.at[~values.missing] if isinstance(values, Dates) else values[~np.isnan(values)]
    if not len(there):
        return column
    return replace(column, low=float(there.min()), high=float(there.max()))


def _findings(column: Column, cells: Cells, read: ReadCells) -> list[Finding]:
    """What reading a column brought to light."""
    name, found = column.name, []
    refused = np.flatnonzero(read.refused)
    if len(refused):
        value = cells.levels[cells.codes[refused[0]]] if isinstance(cells, Strings) else cells[int(refused[0])]
        code = "date_invalid" if column.kind == "date" else "mixed_types"
        found.append(
            Finding(
                code=code,
                severity="warning",
                message=f"{name!r} holds {len(refused):,} cells that are no {column.kind} "
                f"(first: row {int(refused[0]) + 1:,}, {str(value)[:40]!r}); they count as missing",
                columns=(name,),
                rows=tuple(refused[:100].tolist()),
                numbers={"cells": len(refused)},
                remedy=Remedy(action="review", words=f"correct them, or say --column {name}:kind=category"),
            )
        )
    infinite = np.flatnonzero(read.unusual) if column.kind == "number" else np.empty(0, np.int64)
    if len(infinite):
        found.append(
            Finding(
                code="infinite_values",
                severity="warning",
                message=f"{name!r} holds {len(infinite):,} infinite numbers (first: row {int(infinite[0]) + 1:,}); "
                "they count as missing",
                columns=(name,),
                rows=tuple(infinite[:100].tolist()),
                numbers={"cells": len(infinite)},
            )
        )
    if column.kind == "date" and column.sure == 0.6:
        found.append(
            Finding(
                code="date_ambiguous",
                severity="warning",
                message=f"the dates of {name!r} can be read day first or month first; they were read "
                f"{column.date_format}",
                columns=(name,),
                remedy=Remedy(action="review", words=f"say which: --column {name}:date_format=d/m/y or m/d/y"),
            )
        )
    if column.kind == "number" and (column.decimal != "." or column.thousands or column.unit):
        marks = [f"decimal mark {column.decimal!r}"] if column.decimal != "." else []
        marks += [f"thousands mark {column.thousands!r}"] if column.thousands else []
        marks += [f"unit {column.unit!r}"] if column.unit else []
        is_comma_only = column.decimal == "," and not column.thousands and not column.unit
        code = "decimal_comma" if is_comma_only else "units" if column.unit.isalpha() else "number_format"
        found.append(
            Finding(
                code=code,
                severity="info",
                message=f"the numbers of {name!r} are written with {', '.join(marks)}",
                columns=(name,),
            )
        )
    marks_found = _missing_marks(column, cells, read)
    if marks_found:
        total = sum(marks_found.values())
        listed = ", ".join(f"{mark!r} {count:,}" for mark, count in list(marks_found.items())[:9])
        found.append(
            Finding(
                code="missing_tokens",
                severity="info",
                message=f"{name!r} spells 'missing' in words in {total:,} cells ({listed})",
                columns=(name,),
                numbers={"cells": total},
            )
        )
    return found


def _missing_marks(column: Column, cells: Cells, read: ReadCells) -> dict[str, int]:
    if not isinstance(cells, Strings):
        return {}
    if isinstance(read.values, np.ndarray) and not np.isnan(read.values).any():
        return {}
    spellings = {fold(word) for word in column.missing} - {""}
    counts = cells.counts().tolist()
    return {
        text: count
        for text, count in zip(cells.levels, counts, strict=True)
        if count and text and _may_be_missing(text) and fold(text) in spellings
    }
