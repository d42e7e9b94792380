"""Numbers, however people write them: marks of decimals and thousands, units, parts, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from journeyman.bundle.cells import REFUSED, number_reader, plain_text
from journeyman.bundle.ways_to_write import NUMBER_FORMS
from journeyman.sources.meaning.evidence import Evidence, Words
from journeyman.sources.meaning.missing import IN_NUMBERS, marks_in_words
from journeyman.sources.meaning.units import units_of
from journeyman.table import said
from journeyman.table.schema import Column

TURN = 20

#: Share of cells that must be numbers for the column to be it; the others are then told and missing.
NEARLY_ALL = 0.95
#: Different numbers from which on a word or two among them can only mean "missing".
ENOUGH_NUMBERS = 20
#: Below this share of the cells, nobody would call the column one of numbers.
HARDLY_ANY = 0.4
#: Both marks stand for decimals where so many cells more are numbers then.
BOTH_MARKS = 0.02
#: So many texts are looked at before a way to write is tried on more; shares so near to the best one are then open.
_FIRST, _OPEN = 300, 0.1
_LONGEST_WORD = 20
#: So many different words may stand among numbers where so many cells are numbers.
_ODD_WORDS = ((0.9, 10), (0.8, 5), (0.5, 2))
_AMOUNT = re.compile(r"\s*[<>≤≥~(+−–-]*\s?(?:[^\W\d_]{0,3}[^\w\s]|[A-Z]{3}|Rs|kr)?\.?\s*[+−-]?[.,]?\d")
_LIKE_LEADING_ZERO = re.compile(r"(?m)^\s*[+-]?0[0-9]")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_ZERO_GROUP = re.compile(r"[^0-9]*0(?P<mark>[., '])[0-9]{3}(?![0-9])")
_LIKE_RANGE = re.compile(r"[<>≤≥~+]|[0-9].*(?:[-–…]|to|\.\.)\s?[^0-9]?[0-9]")
_LIKE_FEET = re.compile(r"[0-9]\s?(?:['′\"″]|ft|feet|foot|in)")
_LIKE_CLOCK = re.compile(r"[0-9]:[0-9]{2}")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def propose(evidence: Evidence) -> Column | None:
    """The column as numbers, where nearly all cells are; with one way to write them that fits all."""
    if evidence.kind not in (None, "number"):
        return None
    plain = Column(name=evidence.name, kind="number", missing=IN_NUMBERS)
    if evidence.plain is not None and evidence.distinct and not has_leading_zeros(evidence.coded.levels):
        return replace(plain, reason="every cell is a number")
    must = evidence.kind == "number"
    words = evidence.sample.without(IN_NUMBERS)
    if not words.texts:
        is_empty = must or not evidence.sample.without(marks_in_words(evidence)).texts
        return replace(plain, sure=0.5, reason="every cell is empty") if is_empty else None
    if not must and has_leading_zeros(words.texts):
        return None
    best, share = as_written(plain, words)
    if must:
        return best
    if share < HARDLY_ANY:
        return None
    return _explained(best, words, share, evidence)


def has_leading_zeros(texts: Sequence[str]) -> bool:
    """Whether some are codes as 007: whole numbers that a number would cut short."""
    if not _LIKE_LEADING_ZERO.search("\n".join(texts)):
        return False
    return any(_LEADING_ZERO.fullmatch(text.strip()) for text in texts)


def as_written(plain: Column, words: Words) -> tuple[Column, float]:
    """The way to write numbers in which most cells are some, and which share of them is."""
    first = words.first(_FIRST)
    if _like_amounts(first) < HARDLY_ANY:
        return plain, 0.0
    tried: list[tuple[float, Column]] = []
    for form in _ways(plain, first.texts):
        tried.append((first.share(form), form))
        if tried[-1][0] == 1.0:
            break
    best_share, best = max(tried, key=lambda one: one[0])
    if len(words.texts) > len(first.texts) and best_share >= HARDLY_ANY:
        # What few texts leave open, many decide.
        likely = [form for share, form in tried if share >= best_share - _OPEN]
        likely += [form for form in _marks(best, words.texts) if form not in likely]
        best_share, best = max(((words.share(form), form) for form in likely), key=lambda one: one[0])
    both = replace(best, decimal=".,", thousands="", groups="thousands")
    share = words.share(both) if best_share < 1.0 else 0.0
    if share >= NEARLY_ALL and share >= best_share + BOTH_MARKS:
        return both, share
    return best, best_share


def _like_amounts(words: Words) -> float:
    """Which share of the cells starts as an amount may: with a digit, behind a sign or a currency at most."""
    pairs = zip(words.texts, words.counts, strict=True)
    return sum(count for text, count in pairs if _AMOUNT.match(text)) / max(words.cells, 1)


def _ways(plain: Column, texts: Sequence[str]) -> Iterator[Column]:
    """Ways to write that the texts may be in, the likelier first."""
    yield plain
    has_ranges = sum(1 for text in texts if _LIKE_RANGE.search(text)) > len(texts) * _OPEN / 10
    for units in units_of(texts):
        with_unit = replace(plain, unit=units.unit, other_units=units.others)
        yield from _marks(with_unit, texts)
        if has_ranges:
            for form in _marks(with_unit, texts):
                yield replace(form, ranges="middle")
    for notation, unit, mark in (("feet", "in", _LIKE_FEET), ("clock", "h", _LIKE_CLOCK)):
        if sum(1 for text in texts if mark.search(text)) > len(texts) * HARDLY_ANY:
            yield replace(plain, notation=notation, unit=unit)


def _marks(column: Column, texts: Sequence[str]) -> Iterator[Column]:
    """The column with each pair of marks that no text contradicts: 0,125 is no group of three digits."""
    refuted = {found["mark"] for text in texts if (found := _ZERO_GROUP.match(plain_text(text)))}
    for decimal, thousands, groups in NUMBER_FORMS:
        if thousands not in refuted:
            yield replace(column, decimal=decimal, thousands=thousands, groups=groups)


def _explained(best: Column, words: Words, share: float, evidence: Evidence) -> Column | None:
    """The column with the reason why it is one of numbers; None where too many cells are none."""
    if best.ranges == "middle" and not _has_many_numbers(best, words):
        return None
    if share == 1.0:
        how = " with decimal commas" if best.decimal == "," and not best.thousands else ""
        return replace(best, reason=f"every cell is a number{how}") if _is_proved(best, evidence) else None
    read = number_reader(best)
    readings = {text: read(text) for text in words.texts}
    others = [text for text, (value, _) in readings.items() if value != value]
    odd = [text for text in others if readings[text][1] == REFUSED]
    numbers = len(words.texts) - len(others)
    if not odd and numbers:
        return replace(best, reason="every cell is a number, some of them infinite", sure=0.95)
    if share >= NEARLY_ALL and len(odd) <= max(5, len(words.texts) // 10) and numbers >= 2:
        told = replace(best, reason=f"{said.share(share)} of the cells are numbers", sure=round(share, 3))
        return told if _is_proved(best, evidence) else None
    most = next((most for least, most in _ODD_WORDS if share >= least), 0)
    if len(odd) <= most and numbers >= ENOUGH_NUMBERS and all(len(one) <= _LONGEST_WORD for one in odd):
        listed = ", ".join(repr(one) for one in odd)
        reason = f"the cells are numbers, but for {listed}: missing"
        return replace(best, missing=(*best.missing, *odd), sure=0.8, reason=reason)
    return None


def _is_proved(column: Column, evidence: Evidence) -> bool:
    """Whether what holds for the texts that were looked at holds for all cells."""
    if evidence.is_whole:
        return True
    refused = evidence.reading(column).refused
    return float(refused.mean()) <= 1 - NEARLY_ALL


def _has_many_numbers(column: Column, words: Words) -> bool:
    """Ranges that are few are names of levels; those among numbers, or many, are numbers."""
    alone = replace(column, ranges="refused")
    return words.share(alone) >= 0.5 or len(words.texts) > 2 * ENOUGH_NUMBERS
