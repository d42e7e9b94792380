"""Words that are spelled in several ways: what is certainly one word is read as one, what may be is told."""

from __future__ import annotations

from collections import Counter

import numpy as np

from journeyman.bundle.cells import fold
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy

#: With more levels a column is no category of which people type the names.
_MOST_LEVELS = 100_000
_SHOWN = 3


def tell(seen: Seen) -> Finding | None:
    """Cells that were read as one word though blanks or code points differ, and words that differ in case only.

    Blanks around and between words and the form of accents (``category_variants``) are read as one; case may mean
    something, so words that differ by it stay apart, and are told with their counts.
    """
    column, texts, values = seen.column, seen.texts, seen.read.values
    if column.kind != "category" or texts is None or not isinstance(values, Strings):
        return None
    if not 0 < len(texts.levels) <= _MOST_LEVELS or column.numeric_spelling:
        return None
    is_united, united = _united(texts, values)
    groups = {} if column.case == "ignored" else _differ_by_case(values)
    if not united and not groups:
        return None
    counts = values.counts()
    apart = sum(int(counts[place]) for group in groups.values() for place in group[1:])
    said = [f"{united:,} cells have other blanks or code points than most, and are read as one word"] if united else []
    shown = [
        " / ".join(f"{values.levels[place]!r} {counts[place]:,}" for place in group)
        for group in list(groups.values())[:_SHOWN]
    ]
    if groups:
        differ = "1 word differs" if len(groups) == 1 else f"{len(groups):,} words differ"
        said.append(f"{differ} in case only ({'; '.join(shown)}) and stay apart")
    remedy = Remedy(action="review", words=f"if case means nothing, say --column {column.name}:case=ignored")
    return Finding(
        code="category_variants",
        severity="info",
        message=f"{column.name!r}: {'; '.join(said)}",
        columns=(column.name,),
        numbers={
            "count": united,
            "examples": seen.examples(is_united),
            "words_that_differ_in_case": len(groups),
            "cells_that_differ_in_case": apart,
        },
        remedy=remedy if groups else Remedy(),
    )


def _united(texts: Strings, values: Strings) -> tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], int]:
    """Which raw texts are read as a word that another text is more often, and how many cells they are."""
    counts = texts.counts()
    word_of = np.zeros(len(texts.levels), np.int64)
    word_of[texts.codes] = values.codes
    used = [place for place in np.flatnonzero(counts > 0).tolist() if values.levels[word_of[place]] != MISSING_WORD]
    # The text that is its own word, where others are as frequent.
    used.sort(key=lambda place: (texts.levels[place] != values.levels[word_of[place]], texts.levels[place]))
    usual: dict[int, int] = {}
    for place in used:
        word = int(word_of[place])
        if word not in usual or counts[place] > counts[usual[word]]:
            usual[word] = place
    is_united = np.zeros(len(texts.levels), np.bool_)
    is_united[[place for place in used if usual[int(word_of[place])] != place]] = True
    return is_united, int(counts[is_united].sum())


def _differ_by_case(values: Strings) -> dict[str, list[int]]:
    """Words by what they are without their case, where there are several; the frequent ones first in each."""
    folded = [fold(word) for word in values.levels]
    several = {word for word, count in Counter(folded).items() if count > 1}
    counts = values.counts()
    groups: dict[str, list[int]] = {}
    for place, word in enumerate(folded):
        if word in several and counts[place] and values.levels[place] != MISSING_WORD:
            groups.setdefault(word, []).append(place)
    found = {word: sorted(group, key=lambda place: -int(counts[place])) for word, group in groups.items()}
    return dict(sorted(((word, group) for word, group in found.items() if len(group) > 1), key=lambda one: one[0]))
