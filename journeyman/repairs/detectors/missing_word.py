"""A word for "missing", or marks alone, where other cells hold values: ``N/A`` among numbers, ``***`` among names."""

from __future__ import annotations

from collections.abc import Iterator

from journeyman.bundle.cells import fold
from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.sources.meaning.missing import IN_NUMBERS, IN_WORDS

STAGE = 1
#: One of few letters may be a class of its own where the column is one of words.
_SAFE_IN_WORDS = frozenset(one for one in IN_WORDS if len(one) > 2 or not one.isalpha())
_IN_NUMBERS = frozenset(fold(one) for one in IN_NUMBERS)
#: Marks alone mean something where they are a large part of the column, as "+" and "-".
_MARKS, _MOST_MARKS = frozenset("*?.-_#~/"), 0.3
#: So do words that a person would write, as "not applicable".
_MOST_WORDS = 0.05
_LONGEST = 30


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column that spells "missing": with which texts."""
    for name, column in grid.columns.items():
        is_of_numbers = _is_of_numbers(column)
        found = [
            level
            for level, count in zip(column.levels, column.counts.tolist(), strict=True)
            if count and len(level) <= _LONGEST and _is_mark(level, column, count, is_of_numbers)
        ]
        if found and len(found) < column.present:
            yield Rule("missing_word", name, {"marks": found, "numbers": is_of_numbers})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells that hold one of the texts; an empty cell says the same. Where marks stand among words it does not:
    something stood there.
    """
    column = grid.columns[rule.column]
    marks = set(rule.knows["marks"])
    verdicts = {}
    for code, level in enumerate(column.levels):
        if level in marks:
            sure = 0.9 if rule.knows["numbers"] or any(one.isalnum() for one in level) else 0.3
            verdicts[code] = Verdict(0.9, "", sure, "it says that there is no value")
    return by_level(rule, column, verdicts)


def _is_mark(level: str, column: Written, count: int, is_of_numbers: bool) -> bool:
    word = fold(level)
    if not word:
        return False
    if is_of_numbers:
        is_short = word in IN_WORDS or not set(word) - _MARKS
        return is_short or (word in _IN_NUMBERS and count <= _MOST_WORDS * column.filled)
    if not set(word) - _MARKS:
        return count <= _MOST_MARKS * column.filled
    return word in _SAFE_IN_WORDS


def _is_of_numbers(column: Written) -> bool:
    """Whether what is left without words for "missing" is a column of numbers."""
    numbers = said = 0
    for level, count, number in zip(column.levels, column.counts.tolist(), column.numbers.tolist(), strict=True):
        if number == number:
            numbers += count
        elif len(level) <= _LONGEST and fold(level) in _IN_NUMBERS:
            said += count
    return numbers > 0.8 * max(column.filled - said, 1)
