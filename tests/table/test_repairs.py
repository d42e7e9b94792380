from __future__ import annotations

import json

from journeyman.table.finding import Finding
from journeyman.table.repairs import LONGEST_SHOWN, Example, examples_of, repairs_of


def test_repairs_are_told_with_their_count_and_examples() -> None:
    numbers = {"count": 50, "examples": [[2, "1.234,50", 1234.5], ["line 9", "7,25", 7.25]]}
    cells = Finding(code="decimal_comma", severity="info", message="commas", columns=("income",), numbers=numbers)
    bare = Finding(code="delimiter", severity="info", message="cells are separated by ';'")
    check = Finding(code="constant", severity="warning", message="'x' holds 'EU'", columns=("x",))
    first, second = repairs_of([check, cells, bare])
    assert (first.count, first.columns) == (50, ("income",))
    assert [(one.where, one.before, one.after) for one in first.examples] == [
        ("row 2", "1.234,50", "1234.5"),
        ("line 9", "7,25", "7.25"),
    ]
    assert (second.code, second.count, second.examples) == ("delimiter", 1, ())
    assert json.loads(json.dumps(first.as_data()))["examples"][1] == {
        "where": "line 9",
        "before": "7,25",
        "after": "7.25",
    }


def test_examples_of_any_form_are_shown_and_long_ones_cut() -> None:
    numbers = {"cells": 3, "examples": ["a word", [0, "x" * 500, None]]}
    (found,) = repairs_of([Finding(code="footer", severity="info", message="", numbers=numbers)])
    assert found.count == 3
    assert found.examples[0].before == "a word"
    assert (found.examples[1].where, found.examples[1].after) == ("", "")
    assert len(found.examples[1].before) == LONGEST_SHOWN


def test_lines_that_are_no_rows_are_examples_themselves() -> None:
    found = examples_of({"count": 9, "lines": [202, 203, 207], "text": ["TOTAL,7", ""]})
    assert found == (Example("line 202", "TOTAL,7", ""),)
    assert examples_of({"lines": [3]}) == ()
