from __future__ import annotations

import pytest

from journeyman.bundle.cell import OK, REFUSED, UNUSUAL
from journeyman.bundle.cells import cell_reader
from journeyman.bundle.number_cells import flag_reader, is_doubtful, missing_numbers, number_reader, plain_range
from journeyman.table.schema import Column


def test_missing_goes_before_an_amount_that_spells_it() -> None:
    column = Column(name="x", kind="number", unit="kg", missing=("0 kg", "-9"))
    read = number_reader(column)
    assert is_doubtful(column)
    assert not is_doubtful(Column(name="x", kind="number", missing=("-9", "?")))
    assert read("0 kg")[1] == read("0 KG")[1] == OK
    assert read("0 kg")[0] != read("0 kg")[0]
    assert read("-9 kg")[0] != read("-9 kg")[0]
    assert read("1 kg") == (1.0, OK)
    assert missing_numbers(column) == {-9.0}


def test_units_convert_and_the_range_is_that_of_the_unit() -> None:
    read = number_reader(Column(name="x", kind="number", unit="kg", other_units=("g=1/1000",), low=0.0, high=5.0))
    assert read("300 g") == (0.3, OK)
    assert read("6000 g") == (6.0, UNUSUAL)
    assert read("300 oz")[1] == REFUSED
    assert read(4) == (4.0, OK)


def test_flags_in_other_words() -> None:
    read = flag_reader(Column(name="x", kind="flag", true_words=("да",), false_words=("нет",), missing=("?",)))
    assert [read(cell) for cell in ("ДА", "нет", 1, "0")] == [(1.0, OK), (0.0, OK), (1.0, OK), (0.0, OK)]
    assert read("vielleicht")[1] == REFUSED
    assert read(10**400)[1] == REFUSED


@pytest.mark.parametrize(
    "column",
    [
        Column(name="x", kind="number"),
        Column(name="x", kind="number", low=-2.0, high=9007199254740992.0),
        Column(name="x", kind="number", low=0.0, high=9.0, missing=("-999", "5")),
        Column(name="x", kind="flag"),
    ],
)
def test_numbers_of_the_plain_range_are_read_as_they_are(column: Column) -> None:
    low, high = plain_range(column)
    read = cell_reader(column)
    cells = [0, 1, -2, 5, -999, 10**400, -(10**400), 2**53 + 1, 0.5, -0.0, 9.0, 1e308, float("inf"), float("nan")]
    plain = [cell for cell in cells if low <= cell <= high]
    assert [read(cell) for cell in plain] == [(float(cell), OK) for cell in plain]
    assert bool(plain) == (column.kind == "number" and not column.missing)
