from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from journeyman.bundle.number_texts import NumberTexts
from journeyman.sources.part_cells import PartCells, number_texts
from journeyman.sources.raw import Raw
from journeyman.table.table import Ledger


def test_text_that_holds_plain_numbers_is_read_at_once() -> None:
    texts = ["1", "+1", ".5", "5.", "1e5", None, "", "007", "1e400", "-0", "0.1", "123456789.123456789e-5"]
    found = number_texts(pl.Series("x", texts))
    assert found is not None
    expected = [float(one) if one else np.nan for one in texts]
    np.testing.assert_array_equal(found.numbers, expected)
    assert [found[row] for row in range(len(texts))] == texts


@pytest.mark.parametrize("text", ["-", "1e", "1.2.3", "+-1", "e", "1,5", "nan", "inf", "1_000", " 1", "٣", "0x1"])
def test_any_other_cell_leaves_the_column_as_it_is(text: str) -> None:
    assert number_texts(pl.Series("x", ["1", text])) is None


def test_long_decimals_are_read_to_the_last_bit() -> None:
    random = np.random.default_rng(0)
    texts = [f"{one:.{places}f}" for one, places in zip(random.random(2000), random.integers(0, 25, 2000), strict=True)]
    found = number_texts(pl.Series("x", texts))
    assert found is not None
    assert found.numbers.tolist() == [float(one) for one in texts]


def test_only_what_is_asked_for_is_made_and_once() -> None:
    frame = pl.DataFrame({"a": ["1", "2"], "b": ["x", "y"], "c": [1, 2]})
    raw = Raw(name="t", frame=frame, origin="", digest="", ledger=Ledger(read=2, used=2))
    cells = PartCells(raw, frozenset({"a", "b"}))
    assert (list(cells), len(cells), cells._made) == (["a", "b", "c"], 3, {})
    assert isinstance(cells["a"], NumberTexts)
    assert not isinstance(cells["b"], NumberTexts)
    assert cells["a"] is cells["a"]
    assert set(cells._made) == {"a", "b"}
    with pytest.raises(KeyError):
        cells["d"]
