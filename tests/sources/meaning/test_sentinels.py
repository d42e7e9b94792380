from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.sources.meaning import Meaning, understand
from journeyman.sources.meaning.sentinels import stand_ins

Mean = Callable[..., Meaning]
AGES = np.arange(18, 80).repeat(3).astype(float)


@pytest.mark.parametrize(
    ("there", "found"),
    [
        (np.append(AGES, [-999] * 9), (-999.0,)),
        (np.append(AGES, [-999] * 9 + [9999] * 4), (-999.0, 9999.0)),
        (np.append(AGES, [99999999] * 2), (99999999.0,)),
        (np.append(AGES, [999, 999, 9999, 9999]), (999.0, 9999.0)),
        (np.append(AGES / 100, [-99.0] * 5), (-99.0,)),
        (np.append(AGES, [2147483647.0] * 5), (2147483647.0,)),
        (np.append(AGES, [999]), ()),  # one cell is no mass
        (np.append(AGES, [99] * 9), ()),  # not far out
        (np.append(AGES * 100, [9999] * 9), ()),
        (np.append(AGES * 10 - 900, [-999] * 9), ()),
        (np.append(AGES, [1234567] * 9), ()),  # far out, and no code
        (np.array([1.0, 2.0, 999.0, 999.0]), ()),  # too little to say what is far
        (np.array([999.0] * 9), ()),
        (np.array([]), ()),
    ],
)
def test_numbers_that_stand_for_missing(there: np.ndarray, found: tuple[float, ...]) -> None:  # type: ignore[type-arg]
    assert stand_ins(there) == found
    assert stand_ins(there[::-1]) == found


def test_they_are_missing_and_told_and_can_be_kept(mean: Mean) -> None:
    cells = np.append(AGES, [-999] * 9)
    for found in (understand("x", cells), mean(cells.tolist())):
        assert found.column.low == 18
        assert "-999" in found.column.missing
        told = next(one for one in found.findings if one.code == "sentinel")
        assert (told.severity, told.numbers["count"], told.numbers["-999"]) == ("warning", 9, 9)
        assert "--column x:keep=-999" in told.remedy.words
    kept = understand("x", cells, wishes={"keep": "-999"})
    assert (kept.column.low, [one.code for one in kept.findings]) == (-999, [])
    said = understand("x", cells, wishes={"missing": "-999"})
    assert [one.code for one in said.findings] == []
    assert understand("x", cells, is_target=True).column.low == -999
