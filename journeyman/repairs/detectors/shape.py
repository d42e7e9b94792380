"""A code of another shape than nearly all in its column: ``9K504`` among ``19K504``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.repairs.shapes import runs, shapes
from journeyman.table.edits import shorter

STAGE = 1
#: A shape that so much of the cells have is one of the column's own, and these hold so much of all.
OWN, ENOUGH = 0.05, 0.85
#: A run of one kind of characters has one length where so much of the cells of its shape agree.
FIXED = 0.85
_MOST_OWN, _FEWEST_CELLS = 6, 20
#: Codes: so much of the cells has a digit, and they are no longer than this.
_WITH_DIGIT, _LONGEST = 0.8, 40
#: Letters of no more than so many are signs, more are words.
_LONGEST_SIGN = 3
#: A text that more cells hold is written as it is meant; so many are tried to be mended.
_MOST_EACH, _MOST_MENDED = 0.005, 2_000
#: Texts of more words than this, mostly, are no codes.
_MOST_SPACES = 1
#: Sums of money and the like are of any length.
_SUM = re.compile(r"[^\w]*\d{1,3}([,. ']\d{3})*([.,]\d+)?[^\w]*")
_RUN = re.compile(r"(?:(?<=9)\.)?[Aa9]")


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column of codes: its shapes, with the lengths of those runs that have one."""
    for name, column in grid.columns.items():
        if not column.is_numeric and _is_of_codes(column):
            found = _own(column)
            if found is not None:
                yield Rule("shape", name, found)


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells of other shapes, with the one text that is one slip away and has the column's shape, where there is
    just one.
    """
    column = grid.columns[rule.column]
    own = rule.knows["own"]
    seen = shapes([level[: 2 * _LONGEST] for level in column.levels])
    verdicts: dict[int, Verdict] = {}
    fits = {shape: _fits(shape, own) for shape in set(seen)}
    most = max(_MOST_EACH * column.filled, 2)
    for code in np.flatnonzero(column.is_filled & (column.counts > 0) & (column.counts <= most)).tolist():
        kept = fits[seen[code]]
        if kept < 1:
            why = f"nearly all cells are written like {next(iter(own.values()))['as']!r}"
            after = _mended(column.levels[code], own) if len(verdicts) < _MOST_MENDED else None
            # how odd it is: the more so the more the column keeps to its own
            strength = float(np.clip(0.5 + 3 * (rule.knows["held"] * (1 - kept) - 0.8), 0.5, 0.9))
            verdicts[code] = Verdict(strength, after, 0.7, why)
    return by_level(rule, column, verdicts)


def _fits(shape: str, own: Mapping[str, Any]) -> float:
    """1 where a shape is one of the column's own; otherwise how loosely the column keeps to what it breaks."""
    kinds, lengths = runs(shape)
    known = own.get(kinds)
    if known is None:
        return 0.0
    broken = [held for (fixed, held), length in zip(known["lengths"], lengths, strict=True) if fixed not in (0, length)]
    return 1 - max(broken) if broken else 1.0


def _is_of_codes(column: Written) -> bool:
    if column.filled < _FEWEST_CELLS:
        return False
    if np.mean([_SUM.fullmatch(level) is not None for level in column.levels]) > 0.5:
        return False
    counts = column.counts * column.is_filled
    with_digit = np.array([len(level) <= _LONGEST and any(one.isdigit() for one in level) for level in column.levels])
    spaces = np.repeat([level.count(" ") for level in column.levels], counts)
    return bool(counts[with_digit].sum() >= _WITH_DIGIT * column.filled and np.median(spaces) <= _MOST_SPACES)


def _own(column: Written) -> Mapping[str, Any] | None:
    """The column's own shapes, each with an example and its runs' lengths (0: of any length) with how much of its
    cells keep to them; None where shapes are many, or all cells keep to them.
    """
    counts, lengths, example = Counter[str](), dict[str, list[Counter[int]]](), dict[str, tuple[int, str]]()
    for level, shape, count in zip(column.levels, shapes(column.levels), column.counts.tolist(), strict=True):
        if level.strip() and count:
            kinds, long = runs(shape)
            counts[kinds] += count
            example[kinds] = max(example.get(kinds, (0, "")), (count, level))
            kept = lengths.setdefault(kinds, [Counter() for _ in long])
            for run, counter, length in zip(_RUN.findall(kinds), kept, long, strict=True):
                # words are of any length, and so are decimals
                is_free = run.startswith(".") or (run != "9" and length > _LONGEST_SIGN)
                counter[-length if is_free else length] += count
    own = [kinds for kinds, count in counts.most_common(_MOST_OWN) if count >= max(OWN * column.filled, 3)]
    held = sum(counts[kinds] for kinds in own) / column.filled
    if held < ENOUGH:
        return None
    return {
        "held": held,
        "own": {kinds: {"as": example[kinds][1], "lengths": [_length(one) for one in lengths[kinds]]} for kinds in own},
    }


def _length(counter: Counter[int]) -> tuple[int, float]:
    """The length that a run has, 0 where it can be any, and how much of the cells have it."""
    ((length, count),) = counter.most_common(1)
    share = count / counter.total()
    return (length, share) if share >= FIXED and length > 0 else (0, 0.0)


def _mended(written: str, own: Mapping[str, Any]) -> str | None:
    """The one text with the column's shape that one slip makes of it; None where there is none, or several."""
    if len(written) > _LONGEST:
        return None
    bare = written.rstrip("* ")
    if bare and bare != written and _fits(shapes([bare])[0], own) == 1:
        return bare
    tries = list(shorter(written))
    if all(fixed for known in own.values() for fixed, _ in known["lengths"]):
        # a character that was lost could be anything where lengths differ, so that a swap would be a guess
        tries += [
            written[:place] + written[place + 1] + written[place] + written[place + 2 :]
            for place in range(len(written) - 1)
        ]
        marks = sorted({sign for kinds in own for sign in kinds if not sign.isalnum()})
        tries += [written[:place] + sign + written[place:] for sign in marks for place in range(len(written) + 1)]
    tries = list(dict.fromkeys(each for each in tries if each.strip() == each and each != written))
    fitting = {each for each, shape in zip(tries, shapes(tries), strict=True) if _fits(shape, own) == 1}
    return fitting.pop() if len(fitting) == 1 else None
