"""Why a model says of a row what it says: how far each column moves the answer away from that of typical rows.

The effects are Shapley values against a background of made-up typical rows (interventional: Lundberg and Lee 2017;
Janzing, Minorics and Blöbaum 2020), sampled in antithetic pairs of orders (Mitchell et al. 2022). Each order takes the
row's cells over, one column after the other, into one background row; so the effects add up exactly to the row's
answer less the mean answer of the background. They are in the units that people see: shares of probability, or the
target's unit. The orders are the same for every row: a row is explained alone as it is in any batch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal

import numpy as np

from journeyman.bundle.factors import by_factor
from journeyman.bundle.shown import about, plain, shown_cell, typed_cell
from journeyman.statistics.label_rule import LabelRule, labels
from journeyman.table.columns import Columns, Flags, Integers, Numbers, Strings
from journeyman.table.schema import Column

Answer = Callable[[Columns], Numbers]

#: Columns that are told apart; where there are more, the least telling ones are taken together.
MOST_APART = 24
#: Rows that the model is asked at most to find out which columns tell most.
_ASKED = 1600
#: An effect below this share of all effects together is no reason, nor one that would print as 0 points.
_LEAST_SHARE, _LEAST_CHANCE, _LEAST_FACTOR = 0.01, 0.0005, 0.005


@dataclass(frozen=True)
class Reason:
    """One reason for an answer.

    Parameters
    ----------
    columns : one column, or all the less telling ones of a wide table together
    text : a sentence, as "tenure = 3 raises the chance of Churn = Yes by 12 percentage points"
    effect : by how much the answer moves: a share of probability (0.12), or the target's unit; where odds or a rate
        are multiplied, the logarithm of the factor
    """

    columns: tuple[str, ...]
    text: str
    effect: float
    direction: Literal["raises", "lowers"]

    def as_data(self) -> dict[str, Any]:
        """The reason as JSON holds it."""
        return {**asdict(self), "columns": list(self.columns)}


@dataclass(frozen=True)
class Effects:
    """What every column does to the answer for one row: ``sum(effects) == answer - typical``, but for rounding.

    ``groups`` names the columns of each effect; ``output`` is the place of the answer that is explained.
    """

    groups: tuple[tuple[str, ...], ...]
    effects: Numbers
    answer: float
    typical: float
    output: int


def effects_of(answer: Answer, row: Columns, background: Columns, rule: LabelRule | None = None) -> Effects:
    """The effects of all columns on the answer for one row; of several classes, those on the one that is named.

    Parameters
    ----------
    answer : typed columns in, (rows, outputs) out
    row : one row
    background : typical rows, in the same layout
    rule : which class is named; None for the likeliest
    """
    base, own = answer(background), answer(row)[0]
    output = int(labels(own[None], rule)[0]) if len(own) > 1 else 0
    typical = base[:, output]
    groups = _apart(answer, row, background, output)
    orders = _orders(len(groups), background.rows)
    # Of each order and its reverse: which groups are the row's own after each step, (background, 2, steps, groups).
    rank = np.argsort(orders, axis=-1)
    steps = np.arange(1, len(groups) + 1)
    own_groups: Flags = rank[:, :, None, :] < steps[:, None]
    places = np.broadcast_to(np.arange(background.rows)[:, None, None], own_groups.shape[:3]).reshape(-1)
    values = _answers(answer, row, background, places, own_groups.reshape(-1, len(groups)), groups, output)
    values = values.reshape(background.rows, 2, len(groups))
    # All cells taken over is the row itself.
    values[:, :, -1] = own[output]
    before = np.concatenate([np.broadcast_to(typical[:, None, None], (background.rows, 2, 1)), values[:, :, :-1]], -1)
    moves = np.empty_like(values)
    np.put_along_axis(moves, orders, values - before, axis=-1)
    effects = moves.mean(axis=(0, 1))
    return Effects(groups, effects, float(own[output]), float(typical.mean()), output)


def reasons_for(
    effects: Effects,
    row: Columns,
    columns: Sequence[Column],
    target: str,
    classes: Sequence[str],
    *,
    most: int,
    is_factor: bool = False,
) -> tuple[Reason, ...]:
    """The largest effects in words, at most so many; none where nothing moves the answer, or there is none.

    Parameters
    ----------
    classes : labels, of two the positive one last; empty for numbers
    is_factor : whether effects are logarithms of what multiplies the odds, or the prediction
    """
    sizes = np.abs(effects.effects)
    if not np.isfinite(sizes).all():
        return ()
    smallest = _LEAST_FACTOR if is_factor else _LEAST_CHANCE if classes else 0.0
    least = max(_LEAST_SHARE * float(sizes.sum()), smallest)
    named = {column.name: column for column in columns}
    found = []
    for place in np.argsort(-sizes, kind="stable")[:most].tolist():
        if sizes[place] <= least:
            continue
        group, effect = effects.groups[place], float(effects.effects[place])
        outcome = f"{plain(target)} = {plain(classes[1 if len(classes) == 2 else effects.output])}" if classes else ""
        found.append(_reason(group, effect, row, named, outcome, is_factor=is_factor))
    return tuple(found)


def _reason(
    group: tuple[str, ...], effect: float, row: Columns, named: dict[str, Column], outcome: str, *, is_factor: bool
) -> Reason:
    direction: Literal["raises", "lowers"] = "raises" if effect > 0 else "lowers"
    verb, by = by_factor(effect) if is_factor else (direction, "")
    if len(group) > 1:
        subject, verb = f"the other {len(group)} columns together", verb[:-1]
    else:
        column = named[group[0]]
        name, cell = plain(column.name), typed_cell(row, column.name, 0)
        if cell is None:
            subject = f"{name} is missing, which"
        elif column.kind == "text":
            subject = f"the text in {name}"
        else:
            subject = f"{name} = {shown_cell(column, cell)}"
    if is_factor:
        moved = f"the odds of {outcome}" if outcome else "the prediction"
        return Reason(group, f"{subject} {verb} {moved} by {by}", effect, direction)
    if outcome:
        points = 100 * abs(effect)
        by = f"{points:.1f}" if points < 9.95 else f"{points:.0f}"
        return Reason(group, f"{subject} {verb} the chance of {outcome} by {by} percentage points", effect, direction)
    return Reason(group, f"{subject} {verb} the prediction by {about(abs(effect))}", effect, direction)


@cache
def _orders(players: int, rows: int) -> Integers:
    """For each background row an order of the players by chance, and its reverse: (rows, 2, players)."""
    random = np.random.default_rng(np.random.PCG64([players, rows]))
    orders = random.permuted(np.tile(np.arange(players), (rows, 1)), axis=1)
    found: Integers = np.stack([orders, orders[:, ::-1]], axis=1)
    return found


def _apart(answer: Answer, row: Columns, background: Columns, output: int) -> tuple[tuple[str, ...], ...]:
    """The columns one by one; in a wide table the most telling ones, and all others as one group."""
    names = row.names
    if len(names) <= MOST_APART:
        return tuple((name,) for name in names)
    each = max(min(_ASKED // (2 * len(names)), 4), 1)
    places = np.tile(np.arange(each), len(names))
    alone = np.repeat(np.eye(len(names), dtype=np.bool_), each, axis=0)
    groups = tuple((name,) for name in names)
    there = _answers(answer, row, background, places, alone, groups, output)
    gone = _answers(answer, row, background, places, ~alone, groups, output)
    moves = np.abs(there - answer(background)[places, output]) + np.abs(gone - answer(row)[0, output])
    telling = np.argsort(-moves.reshape(len(names), each).sum(axis=1), kind="stable")
    chosen = sorted(telling[: MOST_APART - 1].tolist())
    rest = tuple(name for place, name in enumerate(names) if place not in set(chosen))
    return (*(groups[place] for place in chosen), rest)


def _answers(
    answer: Answer,
    row: Columns,
    background: Columns,
    places: Integers,
    own: Flags,
    groups: Sequence[tuple[str, ...]],
    output: int,
) -> Numbers:
    """Answers for background rows, (mixtures,), in which some groups have the row's own cells; equal ones asked once.

    Parameters
    ----------
    places : (mixtures,) which background row
    own : (mixtures, groups)
    """
    of = {name: place for place, group in enumerate(groups) for name in group}
    taken = own[:, [of[name] for name in row.names]]
    # A cell that is the same in both is taken over in any case: mixtures that are equal are seen to be.
    taken = taken | _same(row, background)[places]
    places = np.where(taken.all(axis=1), 0, places)
    packed = np.column_stack([places.astype("<u4").view(np.uint8).reshape(-1, 4), np.packbits(taken, axis=1)])
    packed = np.ascontiguousarray(packed)
    _, first, which = np.unique(packed.view(f"V{packed.shape[1]}"), return_index=True, return_inverse=True)
    found: Numbers = answer(mixed(row, background, places[first], taken[first]))[:, output]
    return found[which.reshape(-1)]


def _same(row: Columns, background: Columns) -> Flags:
    """Which cells of the background are the row's, (background, columns)."""
    parts = [
        (background.numbers == row.numbers) | (np.isnan(background.numbers) & np.isnan(row.numbers)),
        (background.dates == row.dates) & (background.dates_missing == row.dates_missing),
    ]
    parts += [
        (column.cells() == other.cells()[0])[:, None] for column, other in zip(background.words, row.words, strict=True)
    ]
    return np.hstack(parts).astype(np.bool_)


def mixed(row: Columns, background: Columns, places: Integers, taken: Flags) -> Columns:
    """Background rows with some cells of another row, (mixtures,).

    Parameters
    ----------
    places : (mixtures,) which background row
    taken : (mixtures, columns) which cells are the other row's, in the order of `Columns.names`
    """
    numbers, dates = len(row.number_names), len(row.date_names)
    of_numbers, of_dates = taken[:, :numbers], taken[:, numbers : numbers + dates]
    words = []
    for place, (column, other) in enumerate(zip(background.words, row.words, strict=True)):
        levels = (*column.levels, other.levels[other.codes[0]])
        codes = np.where(taken[:, numbers + dates + place], len(column.levels), column.codes[places])
        # The row's word may be a level already: then it is twice among them, which nothing here minds.
        words.append(Strings(codes.astype(np.int32), levels))
    return Columns.of(
        rows=len(places),
        numbers=np.where(of_numbers, row.numbers, background.numbers[places]),
        number_names=row.number_names,
        dates=np.where(of_dates, row.dates, background.dates[places]),
        dates_missing=np.where(of_dates, row.dates_missing, background.dates_missing[places]),
        date_names=row.date_names,
        words=words,
        word_names=row.word_names,
        code_names=row.code_names,
        text_names=row.text_names,
    )
