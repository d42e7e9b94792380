from __future__ import annotations

from collections.abc import Callable

from journeyman.sources.meaning import Meaning
from journeyman.sources.meaning.huge import MOST_CHARACTERS

Mean = Callable[..., Meaning]


def test_a_file_in_a_cell_is_told(mean: Mean) -> None:
    found = mean(["y", "x" * (MOST_CHARACTERS + 1), "y"]).findings[0]
    assert (found.code, found.severity, found.rows) == ("huge_cell", "warning", (1,))
    assert len(found.message) < 300
    assert mean(["y", "x" * MOST_CHARACTERS, "y"]).findings == ()
