from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.amount import (
    amount_data,
    amount_from_data,
    amount_of_row,
    amount_of_rows,
    amount_text,
    number_from_data,
)
from journeyman.bundle.expression import Expression
from journeyman.errors import InputError

PRICE = Expression.parse("price - 12")


def test_a_number_and_an_expression_are_amounts_alike() -> None:
    values = {"price": np.array([20.0, np.nan])}
    assert amount_of_rows(3.0, None, 2).tolist() == [3.0, 3.0]
    np.testing.assert_array_equal(amount_of_rows(PRICE, values, 2), [8.0, np.nan])
    assert (amount_of_row(3.0, {}), amount_of_row(PRICE, {"price": 20.0})) == (3.0, 8.0)
    assert amount_of_row(Expression.parse("actual - prediction"), {}, 3.0, 5.0) == 2.0
    assert math.isnan(amount_of_row(PRICE, {"price": math.nan}))
    assert (amount_text(-20.0), amount_text(PRICE)) == ("-20", "price - 12")


def test_amounts_come_back_from_json() -> None:
    for amount in (3.5, PRICE):
        assert amount_from_data(amount_data(amount)) == amount
    assert amount_from_data(7) == 7.0


@pytest.mark.parametrize("data", [None, True, "3", "price", float("nan"), float("inf"), 10**400])
def test_what_is_no_amount_is_refused(data: Any) -> None:
    for read in (amount_from_data, number_from_data):
        with pytest.raises(InputError):
            read(data)
