from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.bundle.reader import missing_of
from journeyman.errors import BriefError
from journeyman.sources.meaning import Meaning, understand

Mean = Callable[..., Meaning]
DAYS = [f"{day}.01.2024" for day in range(1, 31)]
HALVES = [f"{number}.5" for number in range(20, 60)]
COMMAS = [f"{number},5" for number in range(20, 60)]


@pytest.mark.parametrize(
    ("cells", "mark"), [(DAYS, "31.12.9999"), (HALVES, "-999.0"), (HALVES, "-999"), (COMMAS, "-999,0")]
)
def test_what_is_said_of_a_mark_is_meant_by_its_value(
    mean: Mean, codes: Callable[[Meaning], list[str]], cells: list[str], mark: str
) -> None:
    plain = mean([*cells, *[mark] * 3])
    assert codes(plain).count("sentinel") == 1
    assert missing_of(plain.read.values).sum() == 3
    kept = mean([*cells, *[mark] * 3], wishes={"keep": mark})
    assert "sentinel" not in codes(kept)
    assert not missing_of(kept.read.values).any()
    wished = mean([*cells, *[mark] * 3], wishes={"missing": mark})
    assert "sentinel" not in codes(wished)
    assert missing_of(wished.read.values).sum() == 3


@pytest.mark.parametrize("unit", ["1", ".", "1,000", "-"])
def test_a_unit_that_looks_like_a_number_is_refused(mean: Mean, unit: str) -> None:
    with pytest.raises(BriefError, match="unit"):
        mean(["1", "2"], wishes={"unit": unit})


def test_numbers_that_name_rows_keep_what_counts_as_missing(mean: Mean, codes: Callable[[Meaning], list[str]]) -> None:
    found = mean([*(str(number) for number in range(1000, 1040)), *["-999"] * 3])
    assert (found.column.kind, codes(found)) == ("id", ["sentinel"])
    assert missing_of(found.read.values).tolist() == [False] * 40 + [True] * 3


def test_a_flag_of_two_numbers_is_the_same_typed_and_as_text(mean: Mean) -> None:
    typed = understand("x", np.array([2, 3, 3, 2]), wishes={"kind": "flag"})
    text = mean(["2", "3", "3", "2"], wishes={"kind": "flag"})
    assert typed.read.values.tolist() == text.read.values.tolist() == [0, 1, 1, 0]  # type: ignore[union-attr]
