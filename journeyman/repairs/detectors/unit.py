"""A unit in some cells of a column of numbers (``0.05%`` among ``0.05``), or one unit written in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.sources.meaning.units import one_in

STAGE = 1
_AMOUNT = re.compile(r"\s*([+-]?(?!0\d)(?:\d+\.?\d*|\.\d+))\s*([^\d\s.,:;/()_-][^\d]{0,24}?)\s*")
#: So much of the filled cells must be numbers, with a unit or without one.
_NEARLY_ALL = 0.9
_LONGEST = 60
#: A unit stands in at least so many cells, and there are not many of them.
_FEWEST_CELLS, _MOST_UNITS = 3, 40
#: A way of writing that holds so much of the cells is how the column writes it.
_USUAL = 0.8
#: Numbers beside a sign of per cent are the same numbers, or a hundred times them, within this factor.
_ALIKE = 3.0


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column in which cells of the same numbers are written with different units, or with none."""
    for name, column in grid.columns.items():
        found = _learn(column)
        if found is not None:
            yield Rule("unit", name, found)


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells with a unit that is not the column's usual way to write its numbers, as they would be written."""
    column = grid.columns[rule.column]
    usual, factors = rule.knows["usual"], rule.knows["factors"]
    verdicts = {}
    for code, level in enumerate(column.levels):
        found = _AMOUNT.fullmatch(level) if len(level) < _LONGEST else None
        if found is None or found[2] == usual or not column.counts[code]:
            continue
        factor = factors.get(found[2], factors.get(_first(found[2])))
        if factor is None and usual:
            continue
        after = None if not factor else shortest(float(found[1]) * factor) + (f" {usual}" if usual else "")
        is_one_of_many = rule.knows.get("ways", 1) > 1
        why = (
            "its unit is written in several ways" if is_one_of_many else f"{found[2]!r} hardly stands beside the others"
        )
        verdicts[code] = Verdict(0.9, after, 0.85, why)
    return by_level(rule, column, verdicts)


def shortest(value: float) -> str:
    """A number as text, as short as it can be.

    >>> shortest(12.0), shortest(0.055999999999999994)
    ('12', '0.056')
    """
    text = f"{value:.12g}"
    return text if "e" not in text else repr(value)


def _learn(column: Written) -> Mapping[str, Any] | None:
    if column.is_numeric and column.share_numbers > 1 - _FEWEST_CELLS / max(column.filled, 1):
        return None
    plain, amounts = Counter[float](), list[tuple[float, str, int]]()
    for level, count, number in zip(column.levels, column.counts.tolist(), column.numbers.tolist(), strict=True):
        if not np.isnan(number):
            plain[number] += count
        elif len(level) < _LONGEST and (found := _AMOUNT.fullmatch(level)):
            amounts.append((float(found[1]), found[2], count))
    units = Counter[str]()
    for _, unit, count in amounts:
        units[unit] += count
    with_unit, without = units.total(), plain.total()
    if with_unit < _FEWEST_CELLS or len(units) > _MOST_UNITS or with_unit + without < _NEARLY_ALL * _in_words(column):
        return None
    if without > with_unit:
        often = {unit for unit, count in units.items() if count >= _FEWEST_CELLS and _is_unit(unit)}
        return {"usual": "", "factors": {unit: _factor(unit, amounts, plain) for unit in often}} if often else None
    return None if without > 0.2 * with_unit else _mixed(units)


def _mixed(units: Counter[str]) -> Mapping[str, Any] | None:
    """Several ways to write the unit: the usual one stands; where none is usual, the number alone is left."""
    (usual, count), *others = units.most_common()
    factors = {unit: one_in(_first(unit), _first(usual)) for unit in units}
    if not any(count >= _FEWEST_CELLS and factors[unit] is not None for unit, count in others):
        return None
    total = units.total()
    if sum(count for unit, count in units.items() if factors[unit] is not None) < _NEARLY_ALL * total:
        return None
    is_usual = count >= _USUAL * total
    return {"usual": usual if is_usual else "", "factors": factors, "ways": 1 if is_usual else len(units)}


def _factor(unit: str, amounts: list[tuple[float, str, int]], plain: Counter[float]) -> float | None:
    """What a number with this unit is among the plain ones: the same, or a hundredth; None where that is not clear."""
    mine = np.median([abs(value) for value, one, _ in amounts if one == unit])
    other = np.median(np.repeat(np.abs(list(plain)), list(plain.values())))
    ratio = mine / other if other else np.inf
    if 1 / _ALIKE <= ratio <= _ALIKE:
        return 1.0
    return 0.01 if unit == "%" and 100 / _ALIKE <= ratio <= 100 * _ALIKE else None


def _is_unit(text: str) -> bool:
    return (
        text[0] in "%$€£¥°"
        or (text[0].isalpha() and len(_first(text)) >= 2)
        or one_in(_first(text), _first(text)) is not None
    )


def _first(unit: str) -> str:
    """The first word of what stands behind a number, without its full stop."""
    return unit.split()[0].rstrip(".") if unit.split() else ""


def _in_words(column: Written) -> int:
    """Cells that are filled, and do not only say that nothing is there."""
    silent: int = sum(
        count
        for level, count in zip(column.levels, column.counts.tolist(), strict=True)
        if level.strip() and not any(one.isdigit() for one in level)
    )
    return column.filled - silent
