"""What each type of DuckDB is asked for as. The types themselves are tried on files in test_duckdb."""

from __future__ import annotations

from journeyman.sources.sql.duckdb_columns import forms_of


def test_types_are_asked_for_by_place_never_by_name() -> None:
    name = 'x"; DROP TABLE t; --'
    kinds = ("INTEGER", "DATE", "DECIMAL(18,2)", "STRUCT(a INTEGER)", "INTEGER[]", "ENUM('a', 'b[]')", "HUGEINT")
    forms = forms_of([(name, kind) for kind in kinds])
    assert all("DROP" not in one.sql + one.question + one.if_not + one.told for one in forms)
    assert [bool(one.told) for one in forms] == [False, True, False, False, False, False, False]
    assert [bool(one.question) for one in forms] == [False, False, True, False, False, False, True]
    assert ["to_json" in one.sql for one in forms] == [False, False, False, True, True, False, False]


def test_a_type_that_nobody_knows_is_text() -> None:
    assert forms_of([("a", "SOMETHING_NEW")]) == forms_of([("a", "UUID")])
