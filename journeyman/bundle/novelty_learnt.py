"""Learning how strange rows are: profiles of the columns, and scores of rows that the profiles had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from journeyman.bundle.novelty import MOST_PROFILES, SHARE, Meter, Novelty, terms_of_words
from journeyman.bundle.profile import MOST_LEVELS, LevelProfile, Profile, number_profile
from journeyman.statistics.folds import Folds
from journeyman.table.columns import MISSING_WORD, Columns, Integers, Numbers, Strings
from journeyman.table.schema import Column

#: Rows that are looked at, and the fewest from which it can be told what is strange.
MOST_ROWS, FEWEST_ROWS = 20_000, 50
#: Cells that are looked at, so that wide tables take no longer than long ones.
_MOST_CELLS = 1_000_000
#: Parts of the rows: each is scored by profiles of the others.
PARTS = 10
#: Of the scores all of the strangest rows are kept, then ever fewer.
_ALL_KEPT, _NEXT = 256, 1.04
#: Where the two ways of being strange are made equal.
_SCALED_AT = (0.5, 0.99)


def learn_novelty(
    columns: Columns, features: Sequence[Column], *, seed: int, folds: Folds | None = None
) -> Novelty | None:
    """Learn from the rows that a model is built from how strange rows can be.

    Every row is scored by profiles that have not seen it, its entity or its future (cross-conformal, Vovk 2015; with
    forward folds as conformal prediction over time), as a new row will be by profiles of all rows. So what is new in
    each row of a healthy table (a value beyond all others, one more rare level) is not held to be strange later.

    Parameters
    ----------
    columns : (rows, …) the features, typed, in the layout of ``features``
    features : the columns of the schema; the time of decision does not count, as it is always new
    folds : the split by which the model was judged; None for rows that are independent

    Returns
    -------
    None where there are too few rows, or nothing can be profiled.
    """
    looked_at = [column for column in features if column.role != "time"][:MOST_PROFILES]
    if columns.rows < FEWEST_ROWS or not looked_at:
        return None
    random = np.random.default_rng(np.random.PCG64(seed))
    most = max(min(MOST_ROWS, _MOST_CELLS // len(looked_at)), FEWEST_ROWS)
    chosen = np.arange(columns.rows)
    if columns.rows > most:
        chosen = np.sort(random.choice(columns.rows, most, replace=False))
    sample = columns.take(chosen)
    found = [
        Meter(_profiles(sample.take(train), looked_at, len(chosen)), features).many(sample.take(test))
        for train, test in _parts(chosen, folds, random)
    ]
    profiles = _profiles(sample, looked_at, len(chosen))
    if not profiles or sum(len(one) for one, _ in found) < FEWEST_ROWS:
        return None
    largest, total = (np.concatenate([one[place] for one in found]) for place in (0, 1))
    return _calibrated(profiles, largest, total)


def _parts(chosen: Integers, folds: Folds | None, random: np.random.Generator) -> list[tuple[Integers, Integers]]:
    """Positions in the sample to take profiles of, and those to score."""
    rows = len(chosen)
    if folds is None or folds.kind in ("random", "stratified"):
        number = random.permutation(rows) % PARTS
        return [(np.flatnonzero(number != part), np.flatnonzero(number == part)) for part in range(PARTS)]
    number = folds.number[chosen]
    found = []
    for part in range(folds.count):
        train = np.flatnonzero(number < part if folds.kind == "forward" else number != part)
        test = np.flatnonzero(number == part)
        if len(train) and len(test):
            found.append((train, test))
    return found


def _profiles(columns: Columns, features: Sequence[Column], rows: int) -> dict[str, Profile]:
    """The profiles by column; a column without a single cell has none.

    The rarest that can be told is one of all ``rows``, also of profiles of some of them: they score as the last will.
    """
    found: dict[str, Profile] = {}
    words = dict(zip(columns.word_names, columns.words, strict=True))
    numbers = {name: place for place, name in enumerate(columns.number_names)}
    dates = {name: place for place, name in enumerate(columns.date_names)}
    for column in features:
        profile: Profile | None
        if column.name in numbers:
            cells = columns.numbers[:, numbers[column.name]]
            profile = number_profile(cells, np.isnan(cells))
        elif column.name in dates:
            place = dates[column.name]
            profile = number_profile(columns.dates[:, place].astype(np.float64), columns.dates_missing[:, place])
        elif column.kind == "text":
            place = columns.word_names.index(column.name)
            profile = number_profile(terms_of_words(columns, place), _gone(words[column.name]))
        else:
            profile = _level_profile(words[column.name], column.levels)
        if profile is not None:
            found[column.name] = replace(profile, rows=rows)
    return found


def _gone(words: Strings) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([level == MISSING_WORD for level in words.levels] or [False])[words.codes]


def _level_profile(words: Strings, levels: Sequence[str]) -> LevelProfile | None:
    counts = dict(zip(words.levels, words.counts().tolist(), strict=True))
    rows, missing = len(words), counts.pop(MISSING_WORD, 0)
    if rows == missing:
        return None
    first = [counts.get(level, 0) for level in levels[:MOST_LEVELS]]
    return LevelProfile(
        rows,
        tuple(one / rows for one in first),
        max(rows - missing - sum(first), 0) / rows,
        sum(one == 1 for one in counts.values()) / rows,
        missing / rows,
    )


def _calibrated(profiles: dict[str, Profile], largest: Numbers, total: Numbers) -> Novelty:
    """Bring sums to the scale of single surprises by two quantiles, and keep few of the scores: all that decide
    whether a row is unusual, and enough of the others."""
    rows = len(total)
    low, high = np.quantile(total, _SCALED_AT)
    low_largest, high_largest = np.quantile(largest, _SCALED_AT)
    scale = float((high_largest - low_largest) / (high - low)) if high > low else 0.0
    start = float(low_largest - scale * low)
    novelty = Novelty(share=SHARE, rows=rows, profiles=profiles, start=start, scale=scale, scores=(), stranger=())
    scores = np.sort(novelty.score(largest, total))
    kept, rank = [], 0.0
    while rank < rows:
        kept.append(int(rank))
        rank = rank + 1 if rank < _ALL_KEPT else rank * _NEXT
    distinct = np.unique(scores[::-1][kept])
    stranger = rows - np.searchsorted(scores, distinct, side="right")
    return replace(novelty, scores=tuple(distinct.tolist()), stranger=tuple(stranger.tolist()))
