"""Names are made fit to type, and every change is told."""

from __future__ import annotations

from journeyman.sources.names import clean_names, column_called, fresh_name


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


def test_what_cannot_be_seen_around_a_name_is_removed_unless_another_column_has_the_name_then() -> None:
    assert clean_names(["\u200brate\ufeff", "\x1f", "b\x00"])[0] == ["rate", "column_2", "b"]
    names, findings = clean_names(["rate", "rate\u200b"])
    assert names == ["rate", "rate\u200b"]
    assert [one.code for one in findings] == ["lookalike_names"]


def test_a_column_may_be_named_by_its_place() -> None:
    assert column_called("#2", ["age", "churn"]) == "churn"
    assert column_called("#2", ["age", "#2", "churn"]) == "#2"
    for other in ("#0", "#3", "#", "#-1", "#²", "churn", ""):
        assert column_called(other, ["age", "churn"]) == other
