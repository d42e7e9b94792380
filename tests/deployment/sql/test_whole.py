"""Whole numbers keep to what databases hold, and what is left by a division is known to be small."""

from __future__ import annotations

import pytest

from journeyman.deployment.sql import whole
from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.term import Book, Term
from journeyman.errors import InputError


@pytest.fixture
def book() -> Book:
    return Book()


def cell(book: Book, low: float = 0.0, high: float = 1e17) -> Term:
    return book.make("cell", (), (low, high), "whole", Bounds(low, high, False, 1.0))


def test_what_is_left_by_a_division_is_less_than_the_divisor(book: Book) -> None:
    seven, date = book.constant(7, "whole"), cell(book)
    times = whole.calculate(book, "whole_product", whole.quotient(book, date, seven), seven)
    found = whole.calculate(book, "whole_difference", date, times)
    assert (found.operator, found.bounds.low, found.bounds.high) == ("whole_rest", 0.0, 6.0)
    negative = cell(book, -5.0)
    times = whole.calculate(book, "whole_product", whole.quotient(book, negative, seven), seven)
    assert whole.calculate(book, "whole_difference", negative, times).operator == "whole_difference"


def test_an_offset_goes_to_both_of_two(book: Book) -> None:
    test = book.make("cell", (), "t", "flag", Bounds())
    place = where(book, test, book.constant(99, "whole"), cell(book, 0.0, 5.0))
    moved = whole.calculate(book, "whole_sum", place, book.constant(10, "whole"))
    assert (moved.operator, moved.parts[1].data, moved.parts[2].bounds.high) == ("where", 109, 15.0)


def test_constants_are_exact(book: Book) -> None:
    large = book.constant(2**60 + 1, "whole")
    assert whole.calculate(book, "whole_sum", large, book.constant(1, "whole")).data == 2**60 + 2
    assert whole.quotient(book, book.constant(-7, "whole"), book.constant(2, "whole")).data == -3
    assert whole.rest(book, book.constant(-7, "whole"), book.constant(4, "whole"), of_first=False).data == 1
    assert whole.as_whole(book, book.number(-2.9)).data == -2
    assert whole.as_number(book, book.flag(True)).data == 1.0


def test_what_no_database_holds_is_refused(book: Book) -> None:
    with pytest.raises(InputError, match="no database holds"):
        whole.calculate(book, "whole_product", cell(book), cell(book))
    with pytest.raises(InputError, match="without bounds"):
        whole.as_whole(book, book.make("cell", (), 5, "number", Bounds()))
