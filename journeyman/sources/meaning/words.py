"""Words: levels of a category, texts to be read, names of rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from journeyman.bundle.terms import items_of
from journeyman.sources.meaning.evidence import Evidence, Words
from journeyman.sources.meaning.missing import IN_NUMBERS, marks_in_words
from journeyman.sources.meaning.numbers import has_leading_zeros
from journeyman.sources.meaning.sorts import sort_of
from journeyman.table.schema import Column

#: Asked last: everything is words.
TURN = 90

#: Rows from which on "all different" says something.
ENOUGH_ROWS = 20
#: Distinct short cells of several words from which on they are titles to be read, no levels.
ENOUGH_TITLES = 40
#: Cells of several words with so many distinct ones, in all and as a share, tell more by their words than as levels:
#: car models, techniques, destinations. (Explained variance 0.70 for 0.55 with car models, 0.56 for 0.51 with
#: techniques of art; levels with twenty rows each or more did as well or better as they are.)
ENOUGH_DESCRIPTIONS, MANY_DESCRIPTIONS = 100, 0.08
#: Texts that are looked at for their length.
_FIRST = 1000
_WORD = re.compile(r"\w+")
#: So many different cells, in all and as a share of all, or at most so many, may be lists; fewer are levels.
ENOUGH_LISTS, MANY_LISTS, ALWAYS_LISTS = 40, 0.05, 200
#: Lists: each item is in so many different cells on average, and has at most so many words. No more cells than this
#: share hold an item twice, or else it is a sequence that counts; and no more hold equally many items, or else each
#: has its own place, as a surname before a name.
ITEM_REUSE, MOST_WORDS, MOST_TWICE, MOST_OF_A_LENGTH = 4.0, 4.0, 0.05, 0.8
#: Characters of scripts that put no blanks between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def propose(evidence: Evidence) -> Column:
    """The column as a category, a text or an identifier."""
    plain = Column(name=evidence.name, kind="category", missing=marks_in_words(evidence), spaces="single")
    words = evidence.sample.without(plain.missing)
    if evidence.kind in ("category", "text", "id"):
        plain = _text(plain, words) if evidence.kind == "text" else plain
        number = Column(name=evidence.name, kind="number", missing=IN_NUMBERS)
        is_numeric = bool(words.texts) and not has_leading_zeros(words.texts) and words.share(number) == 1.0
        return replace(plain, kind=evidence.kind, numeric_spelling=is_numeric)  # type: ignore[arg-type]  # one of KINDS
    cells, distinct = _counted(evidence, words)
    if evidence.is_target:
        return replace(plain, reason=f"{distinct:,} different words")
    return _of_words(plain, words.first(_FIRST), cells, distinct)


def _of_words(plain: Column, first: Words, cells: int, distinct: int) -> Column:
    length, letters = lengths(first)
    is_long = length >= 4 or letters >= 60
    if distinct >= max(ENOUGH_LISTS, min(cells * MANY_LISTS, ALWAYS_LISTS)) and (several := _items(first)):
        reason = f"lists of {several:.1f} items, which come again"
        return replace(plain, kind="text", terms="items", sure=0.8, reason=reason)
    if distinct >= max(ENOUGH_ROWS, cells * 0.3) and is_long:
        return replace(_text(plain, first), sure=0.9, reason=f"mostly different, {length:.0f} words a cell")
    if distinct >= max(ENOUGH_TITLES, cells * 0.6) and _words_of_letters(first) >= 2.5:
        return replace(_text(plain, first), sure=0.7, reason=f"mostly different, {length:.1f} words a cell")
    if (
        max(ENOUGH_DESCRIPTIONS, cells * MANY_DESCRIPTIONS) <= distinct < cells * 0.9
        and length >= 1.9
        and _reuse(first) >= 2
    ):
        reason = f"{distinct:,} different in {cells:,} cells, of like words"
        return replace(_text(plain, first), sure=0.6, reason=reason)
    if distinct == cells and cells >= ENOUGH_ROWS:
        sort = sort_of(first)
        return replace(plain, kind="id", sure=0.95, reason=f"all {cells:,} cells are different{sort and f' {sort}'}")
    sort = sort_of(first) or "words"
    return replace(plain, reason=f"{distinct:,} different {sort} in {cells:,} cells")


def _counted(evidence: Evidence, words: Words) -> tuple[int, int]:
    """How many cells hold a word, and how many different words there are."""
    if evidence.is_whole:
        return words.cells, len({text.strip() for text in words.texts})
    missing = evidence.sample.cells - words.cells
    gone = len(evidence.sample.texts) - len(words.texts)
    return evidence.filled - missing, evidence.distinct - gone


def _text(plain: Column, words: Words) -> Column:
    """A text, taken apart into words; or into characters where its cells are hardly more than one word each."""
    length, _ = lengths(words.first(_FIRST))
    return replace(plain, kind="text", terms="words" if length >= 1.5 else "characters")


def lengths(words: Words) -> tuple[float, float]:
    """Mean number of words and of characters. A script without blanks has about two characters a word."""
    count = max(len(words.texts), 1)
    pieces = sum(len(text.split()) + len(_UNSPACED.findall(text)) / 2 for text in words.texts)
    return pieces / count, sum(len(text) for text in words.texts) / count


def _items(words: Words) -> float:
    """How many items the lists of these cells hold on average; 0 where they are no lists.

    Items are of letters, at least half of them, of few words, and bind nothing to a name: else they are numbers,
    prose, or objects of keys and values.
    """
    found = [items_of(text) for text in words.texts]
    every = [item for items in found for item in set(items)]
    kinds = set(every)
    if sum(len(items) > 1 for items in found) < len(found) / 2 or len(every) < ITEM_REUSE * len(kinds):
        return 0.0
    twice = sum(len(set(items)) < len(items) for items in found)
    usual = max(Counter(map(len, found)).values())
    if twice > MOST_TWICE * len(found) or usual > MOST_OF_A_LENGTH * len(found):
        return 0.0
    of_letters = [item for item in kinds if any(letter.isalpha() for letter in item)]
    long = sum(len(item.split()) for item in kinds) / len(kinds)
    is_bound = any(item.startswith(":") for item in kinds)
    return len(every) / len(found) if 2 * len(of_letters) > len(kinds) and long <= MOST_WORDS and not is_bound else 0.0


def _reuse(words: Words) -> float:
    """In how many distinct cells a word stands, on average: names of people hardly share any."""
    found = [word for text in words.texts for word in {*_WORD.findall(text.casefold())} if not word.isdigit()]
    return len(found) / max(len(set(found)), 1)


def _words_of_letters(words: Words) -> float:
    """Mean number of words that are no mere numbers, codes or initials."""
    found = [word for text in words.texts for word in _WORD.findall(text) if len(word) > 2 and word.isalpha()]
    return len(found) / max(len(words.texts), 1)
