from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.curation.specimens import find_specimens
from journeyman.table.table import Table

Make = Callable[..., Table]


def mixtures(rows: int = 400, ages: int = 4) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    of = np.arange(rows) // ages
    cells = {name: random.uniform(size=rows)[of].round(3) for name in ("cement", "water", "slag", "ash")}
    return {**cells, "age": random.permutation(rows) % 90.0}


def test_one_mixture_at_several_ages(table_of: Make) -> None:
    table = table_of(mixtures())
    found, told = find_specimens(table, tuple(table.schema))
    assert found is not None
    assert (found.varies, found.columns) == ("age", 4)
    assert (found.codes == found.codes[::4].repeat(4)).all()
    assert (told[0].code, told[0].columns) == ("groups", ("age",))


def test_rows_equal_in_every_column_are_found_and_not_told(table_of: Make) -> None:
    cells = mixtures(ages=1)
    table = table_of({name: np.r_[one, one[:20]] for name, one in cells.items()})
    found, told = find_specimens(table, tuple(table.schema))
    assert found is not None
    assert (found.varies, told) == ("", ())
    assert (found.codes[400:] == found.codes[:20]).all()


def test_coincidence_in_few_categories_is_none(table_of: Make) -> None:
    random = np.random.default_rng(0)
    table = table_of({f"c{place}": random.integers(0, 4, 500) for place in range(5)})
    assert find_specimens(table, tuple(table.schema)) == (None, ())
    table = table_of(mixtures(ages=1))
    assert find_specimens(table, tuple(table.schema)) == (None, ())
