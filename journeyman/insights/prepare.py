"""From a table to what is looked at: its outcomes, and the columns that may say something of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.brief.aim import Aim, labelled
from journeyman.insights.condition import bare
from journeyman.insights.material import Feature, Material, Outcome, feature_of
from journeyman.table.columns import Integers, Numbers, Strings
from journeyman.table.table import Table

#: Columns that are looked at; classes of a target; numbers that are outcomes where there is no target.
MOST_COLUMNS, MOST_CLASSES, MOST_NUMBERS = 60, 5, 8
KINDS = ("number", "flag", "category", "date")
ROLES = ("feature", "time")


def prepare(
    table: Table, aim: Aim | None, units: Integers | None, whole: Table | None = None
) -> tuple[Material, tuple[str, ...]]:
    """What is looked at in a table, and what is left out for being too much, in sentences.

    Columns of other roles than a feature's or a time's are not looked at, nor texts and ids.

    Parameters
    ----------
    units : (rows,) codes of rows that belong together; None where every row stands alone
    whole : the table of which these rows are a part; None where they are all
    """
    features = [
        found
        for column in table.schema
        if column.role in ROLES and column.kind in KINDS and (aim is None or column.name != aim.target)
        for found in [feature_of(table, column, whole)]
        if found is not None
    ]
    outcomes = outcomes_of(table, aim) if aim else numbers_of(features)
    material = Material(table.rows, outcomes, tuple(features), aim is not None, units)
    left_out = []
    texts = [column.name for column in table.schema if column.role in ROLES and column.kind == "text"]
    if texts:
        left_out.append(f"{_columns(len(texts))} of text {'is' if len(texts) == 1 else 'are'} not looked at")
    if aim and len(aim.classes) > MOST_CLASSES:
        left_out.append(f"of {len(aim.classes)} classes the {MOST_CLASSES} most frequent are looked at")
    return material, tuple(left_out)


def outcomes_of(table: Table, aim: Aim) -> tuple[Outcome, ...]:
    """The mean of a number as target; the rate of the positive class, or of each of the most frequent classes."""
    if not aim.classes:
        return (Outcome(aim.target, "", None, bare(table.values[aim.target])),)
    cells = table.values[aim.target]
    codes, labels = labelled(table, aim.target)
    numbers = None if isinstance(cells, Strings) else np.unique(bare(cells)[codes >= 0])
    wanted = aim.classes[1:] if aim.task == "binary" else aim.classes[:MOST_CLASSES]
    found = []
    for label in wanted:
        place = labels.index(label)
        level = label if numbers is None else float(numbers[place])
        found.append(Outcome(aim.target, label, level, np.where(codes < 0, np.nan, codes == place)))
    return tuple(found)


def numbers_of(features: Sequence[Feature]) -> tuple[Outcome, ...]:
    """The numbers that may differ where there is no target: those with the fewest missing cells, in order."""
    numbers = [one for one in features if one.is_number and one.numbers is not None]
    kept = sorted(numbers, key=lambda one: float(one.missing.mean()))[:MOST_NUMBERS]
    return tuple(Outcome(one.name, "", None, _cells(one)) for one in numbers if one in kept)


def fewer_columns(first: Material, most: int = MOST_COLUMNS) -> tuple[str, ...]:
    """The names of the columns to go on with: all dates, and of others those that say most on the first half."""
    if len(first.features) <= most:
        return tuple(one.name for one in first.features)
    said = {one.name: (1.0 if one.is_date else _said(one, first)) for one in first.features}
    kept = set(sorted(said, key=lambda name: -said[name])[:most])
    return tuple(one.name for one in first.features if one.name in kept)


def _said(feature: Feature, half: Material) -> float:
    """The largest share of an outcome's variance that a column's groups explain."""
    found = 0.0
    for outcome in half.outcomes:
        kept = outcome.known & (feature.codes >= 0)
        if kept.any() and outcome.spread > 0:
            codes, values = feature.codes[kept], outcome.values[kept]
            rows = np.bincount(codes)
            means = np.bincount(codes, values) / np.maximum(rows, 1)
            found = max(found, float(rows @ (means - values.mean()) ** 2) / len(values) / outcome.spread**2)
    return found


def _cells(feature: Feature) -> Numbers:
    return feature.numbers if feature.numbers is not None else np.full(len(feature.codes), np.nan)


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count:,} columns"
