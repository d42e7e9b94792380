"""An amount: a number, or an expression over the cells of a row. Its value by row, and how it stands in JSON."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from journeyman.bundle.expression import Expression
from journeyman.errors import InputError
from journeyman.table.columns import Numbers

#: What an outcome is worth: a number, or computed from the cells of the row.
Amount = float | Expression


def amount_of_rows(
    amount: Amount,
    values: Mapping[str, Numbers] | None,
    rows: int,
    prediction: Numbers | None = None,
    actual: Numbers | None = None,
) -> Numbers:
    """An amount for each row, (rows,); NaN where it is not known.

    Raises
    ------
    InputError : it reads a column that is not among the values
    """
    if isinstance(amount, float):
        return np.full(rows, amount)
    return amount.evaluate(values or {}, rows, prediction=prediction, actual=actual)


def amount_of_row(
    amount: Amount, values: Mapping[str, float], prediction: float = math.nan, actual: float = math.nan
) -> float:
    """An amount for one row: the same bits as `amount_of_rows` gives it among others."""
    if isinstance(amount, float):
        return amount
    return amount.evaluate_one(values, prediction=prediction, actual=actual)


def amount_data(amount: Amount) -> Any:
    """An amount as JSON holds it: a number, or the tree of its expression."""
    return amount.as_data() if isinstance(amount, Expression) else amount


def amount_from_data(data: Any) -> Amount:
    """The amount that `amount_data` wrote; nothing in it is trusted.

    Raises
    ------
    InputError : it is neither a finite number nor a tree of ours
    """
    return Expression.from_data(data) if isinstance(data, list | dict) else number_from_data(data)


def number_from_data(data: Any) -> float:
    """A finite number from JSON.

    Raises
    ------
    InputError : it is none
    """
    if isinstance(data, bool) or not isinstance(data, int | float) or not abs(data) <= sys.float_info.max:
        raise InputError(
            "an amount cannot be used", because="it is no finite number", remedy="give a number, as 300 or -20.5"
        )
    return float(data)


def amount_text(amount: Amount) -> str:
    """An amount for people: ``300``, ``amount - 12``."""
    return amount.text if isinstance(amount, Expression) else f"{amount:g}"
