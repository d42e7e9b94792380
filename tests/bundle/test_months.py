from __future__ import annotations

from journeyman.bundle.cell import fold
from journeyman.bundle.months import _NAMES, MONTHS, SHORT


def test_no_name_means_two_months() -> None:
    names = [name for listed in _NAMES.values() for name in set(listed.split())]
    assert len(names) == len(set(names)) == len(MONTHS)


def test_names_are_as_they_are_compared_and_short_ones_are_known() -> None:
    assert all(fold(name) == name and name.isalpha() for name in MONTHS)
    assert [MONTHS[fold(name)] for name in SHORT[1:]] == list(range(1, 13))
    assert MONTHS["märz"] == MONTHS["mars"] == MONTHS["marzo"] == 3
