from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.rest import rest_of
from journeyman.checks.evidence.together import MOST_COLUMNS
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(7)
TRUTH = RANDOM.integers(0, 2, 300)


def test_what_gives_away_or_names_rows_is_left_out(table_of: Make) -> None:
    numbers = {"x": RANDOM.normal(size=300), "z": RANDOM.normal(size=300)}
    table = table_of({"row": range(300), **numbers, "copy": TRUTH, "y": TRUTH})
    assert rest_of(table, Brief(predict="y"), {"z"}) == ("x",)
    assert rest_of(table, Brief(), ()) == ()


def test_of_many_those_that_say_the_most_are_left(table_of: Make) -> None:
    noise = {f"x{place}": RANDOM.normal(size=300) for place in range(MOST_COLUMNS + 5)}
    table = table_of({**noise, "good": TRUTH + RANDOM.normal(0, 0.5, 300), "y": TRUTH})
    rest = rest_of(table, Brief(predict="y"), ())
    assert len(rest) == MOST_COLUMNS
    assert rest[0] == "good"
