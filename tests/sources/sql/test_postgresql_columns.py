"""What each type of PostgreSQL is asked for as. The types themselves are tried against a server in test_postgresql."""

from __future__ import annotations

from journeyman.sources.sql.postgresql_columns import forms_of


def test_types_are_asked_for_by_place_never_by_name() -> None:
    name = 'x"; DROP TABLE t; --'
    kinds = ("int4", "timestamptz", "numeric", "float4", "_int4", "mood")
    forms = forms_of([(name, kind) for kind in kinds])
    assert all("DROP" not in one.sql + one.question + one.if_not + one.told for one in forms)
    assert [f'"c{place}"' in one.sql for place, one in enumerate(forms)] == [True] * len(kinds)
    assert [bool(one.told) for one in forms] == [False, True, False, False, False, False]
    assert [bool(one.question) for one in forms] == [False, False, True, False, False, False]


def test_a_type_that_nobody_knows_is_text() -> None:
    assert forms_of([("a", "something_new"), ("b", "")]) == forms_of([("a", "uuid"), ("b", "inet")])
