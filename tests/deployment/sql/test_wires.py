"""Wires broadcast as tensors do, and constants become terms when a cell is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.term import Book
from journeyman.deployment.sql.wires import Call, Wire, constants
from journeyman.errors import InputError


def test_constants_are_terms_of_their_kind() -> None:
    book = Book()
    found = constants(book, np.array([1.5, np.nan]))
    assert [one.data for one in found] == [1.5, None]
    assert constants(book, np.array([3], np.int64))[0].kind == "whole"
    assert constants(book, np.array(["x"], object))[0].kind == "word"
    assert constants(book, np.array([True]))[0].data is True
    with pytest.raises(InputError, match="short floats"):
        constants(book, np.zeros(1, np.float32))


def test_cells_are_broadcast() -> None:
    book = Book()
    call = Call(book, [Wire.constant(np.array([[1.0, 2.0]])), Wire.constant(np.array([[10.0], [20.0]]))], {})
    found = call.each(numbers.add)
    assert found.shape == (2, 2)
    assert found.cells(book)[1, 0].data == 21.0
    assert Wire.of(found.cells(book)).value is None
    with pytest.raises(TypeError):
        Wire((1,), None).cells(book)
