"""Names are made fit to type, and every change is told."""

from __future__ import annotations

from journeyman.sources.names import clean_names, fresh_name


def test_good_names_are_left_alone() -> None:
    names = ["a", "A", "x[1]{<", "line\nbreak", "prediction", "n" * 10_000]
    assert clean_names(names) == (names, ())


def test_repairs() -> None:
    names, findings = clean_names([" a", "a", "", "a_2", "column_3"])
    assert names == ["a", "a_3", "column_3_2", "a_2", "column_3"]
    assert [finding.code for finding in findings] == ["name_whitespace", "unnamed_column", "duplicate_names"]
    assert len(set(names)) == 5


def test_fresh_names() -> None:
    assert fresh_name("p", set()) == "p"
    assert fresh_name("p", {"p", "p_2"}) == "p_3"
