from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.curation.drift import APART, drift
from journeyman.table.table import Table

ROWS = 1000
ORDER = np.arange(ROWS)
NEW = ORDER >= 800


def columns(seed: int = 0) -> dict[str, list[object]]:
    random = np.random.default_rng(seed)
    number, other = random.normal(size=ROWS), random.normal(size=ROWS)
    word = random.choice(["a", "b", "c"], ROWS)
    return {"number": number.tolist(), "other": other.tolist(), "word": word.tolist()}


@pytest.mark.parametrize("seed", range(5))
def test_rows_that_stay_as_they_were_give_no_finding(table_of: Callable[..., Table], seed: int) -> None:
    many = {f"{name} {place}": cells for place in range(8) for name, cells in columns(seed * 8 + place).items()}
    assert drift(table_of(many), ORDER) is None
    assert drift(table_of(many), np.random.default_rng(seed).permutation(ROWS)) is None


def test_what_moved_is_told_the_farthest_first(table_of: Callable[..., Table]) -> None:
    cells = columns()
    cells["number"] = [one + 2.0 * new for one, new in zip(cells["number"], NEW, strict=True)]
    cells["word"] = [
        "d" if new and place % 2 else one for place, (one, new) in enumerate(zip(cells["word"], NEW, strict=True))
    ]
    found = drift(table_of(cells), ORDER)
    assert found is not None
    assert (found.code, found.severity, found.columns) == ("drift", "warning", ("number", "word"))
    assert found.numbers["number"] > found.numbers["word"] > APART
    assert "2 columns lie elsewhere" in found.message
    assert "'word' (is 'd' in" in found.message
    backwards = drift(table_of({name: one[::-1] for name, one in cells.items()}), ORDER[::-1].copy())
    assert backwards is not None
    assert backwards.columns == found.columns


def test_cells_that_go_missing_are_a_move(table_of: Callable[..., Table]) -> None:
    cells = columns()
    cells["other"] = [
        None if new and place % 2 else one for place, (one, new) in enumerate(zip(cells["other"], NEW, strict=True))
    ]
    found = drift(table_of(cells), ORDER)
    assert found is not None
    assert "'other' (missing in 50 %, was in 0 %)" in found.message


def test_what_runs_on_with_time_is_no_drift_and_few_rows_tell_nothing(table_of: Callable[..., Table]) -> None:
    cells = columns()
    assert drift(table_of({**cells, "year": (2000 + ORDER // 100).tolist()}), ORDER) is None
    few = {name: one[:200] for name, one in cells.items()}
    few["number"] = [one + 9.0 * (place >= 160) for place, one in enumerate(few["number"])]
    assert drift(table_of(few), ORDER[:200]) is None
