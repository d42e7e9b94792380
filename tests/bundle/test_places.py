from __future__ import annotations

import numpy as np

from journeyman.bundle.places import Places


def test_a_row_is_told_by_its_line_where_it_has_one() -> None:
    assert Places().at(4) == "row 5"
    assert Places("new.csv").of(4) == "new.csv, row 5"
    lines = np.array([2, 3, 7])
    assert Places("new.csv", lines).of(2) == "new.csv, line 7"
    assert Places("new.xlsx", lines, word="sheet row").at(2) == "sheet row 7"
    assert Places("new.csv", None, np.array([0, 1500])).at(1) == "row 1,501"
