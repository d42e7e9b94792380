"""A word inside a text that is one slip from one that the table holds often, or that stands in the same row."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.table.edits import Near, Vocabulary, near, vocabulary_of

STAGE = 1
#: Words of fewer letters are near many others, but for swapped letters, or where they stand in the same row.
_SHORTEST, _LONG = 5, 7
#: So many times as many cells must hold the right word; where it stands in the same row, so many in all.
_TIMES, _IN_ROW = 8.0, 2
#: A word that more cells hold is no slip.
_MOST_CELLS = 2
#: So many texts are taken apart, and so many rare words looked at.
_MOST_TEXTS, _MOST_RARE = 50_000, 5_000
_LONGEST = 400
_WORD = re.compile(r"[^\W\d_]+")
#: Endings that make another word.
_ENDINGS = ("s", "e", "d", "n", "r", "y", "a", "o", "i")

Words = dict[str, list[tuple[str, int]]]


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column with such words: which, and what they should be."""
    counts, places = _counted(grid)
    often = {word: count for word, count in counts.items() if count >= _TIMES and len(word) >= _SHORTEST}
    known = vocabulary_of(often)
    rare = [word for word, count in counts.items() if count <= _MOST_CELLS and len(word) >= _SHORTEST - 1]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for word in rare[:_MOST_RARE]:
        right = _often(word, counts[word], known) or _beside(grid, word, counts, places[word])
        if right:
            for name, _ in places[word]:
                found[name][word] = right
    for name in grid.columns:
        if name in found:
            yield Rule("word", name, {"slips": found[name]})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells with such a word, and the text with the right one in its place."""
    column = grid.columns[rule.column]
    slips: Mapping[str, str] = rule.knows["slips"]
    verdicts = {}
    for code in np.flatnonzero(column.is_filled & (column.counts > 0)).tolist():
        level = column.levels[code]
        if len(level) > _LONGEST:
            continue
        wrong = next((str(one) for one in _WORD.findall(level) if one.casefold() in slips), None)
        if wrong is not None:
            right = str(slips[wrong.casefold()])
            after = level.replace(wrong, _as_written(right, wrong), 1)
            verdicts[code] = Verdict(0.75, after, 0.75, f"{wrong!r} is one slip from {right!r}, which stands elsewhere")
    return by_level(rule, column, verdicts)


def _counted(grid: Grid) -> tuple[Counter[str], Words]:
    """How many cells hold each word, and for rare ones in which column and by which code."""
    counts, places = Counter[str](), defaultdict[str, list[tuple[str, int]]](list)
    left = _MOST_TEXTS
    for name, column in grid.columns.items():
        if column.is_numeric or column.is_prose or column.present > left:
            continue
        left -= column.present
        for code, (level, count) in enumerate(zip(column.levels, column.counts.tolist(), strict=True)):
            if count and len(level) <= _LONGEST:
                for word in {one.casefold() for one in _WORD.findall(level)}:
                    counts[word] += count
                    if len(places[word]) < _MOST_CELLS:
                        places[word].append((name, code))
    return counts, places


def _often(word: str, count: int, known: Vocabulary) -> str | None:
    """The one word that far more cells hold, and that one slip leads from."""
    found = {
        one.text
        for one in near(word, known, by_hand=True)
        if known.texts[one.text] >= _TIMES * count
        and _is_slip(word, one)
        and (one.slip == "swapped" or len(one.text) >= _LONG)
    }
    return found.pop() if len(found) == 1 else None


def _beside(grid: Grid, word: str, counts: Counter[str], places: list[tuple[str, int]]) -> str | None:
    """The one word of another column of the same row that one slip leads from, where other cells hold it too."""
    (name, code), *others = places
    if others:
        return None
    (row, *more) = np.flatnonzero(grid.columns[name].codes == code)[:2].tolist()
    if more:
        return None
    beside: set[str] = set()
    for other in grid.columns.values():
        if other.name != name and not other.is_numeric:
            beside |= {one.casefold() for one in _WORD.findall(_text(other, row))}
    known = vocabulary_of({one: counts[one] for one in beside if counts[one] >= _IN_ROW and len(one) >= _SHORTEST - 1})
    found = {
        one.text
        for one in near(word, known, by_hand=True)
        if _is_slip(word, one) and one.text not in word[1:] and word not in one.text[1:]  # "jsmith" is J. Smith
    }
    return found.pop() if len(found) == 1 else None


def _text(column: Written, row: int) -> str:
    return column.levels[int(column.codes[row])][:_LONGEST]


def _is_slip(word: str, one: Near) -> bool:
    """Whether it is a slip, and no other form or another word of a language."""
    if one.slip not in ("added", "lost", "swapped"):
        return False
    longer = max(word, one.text, key=len)
    is_other_form = one.slip != "swapped" and longer[:-1] in (word, one.text) and longer.endswith(_ENDINGS)
    return not is_other_form


def _as_written(right: str, wrong: str) -> str:
    """A word in the capitals of another."""
    upper = sum(one.isupper() for one in wrong)
    if 2 * upper > len(wrong):
        return right.upper()
    return right.capitalize() if upper else right
