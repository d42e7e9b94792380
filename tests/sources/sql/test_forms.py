"""How columns are asked for: expressions over columns that are called by their places."""

from __future__ import annotations

import polars as pl

from journeyman.sources.sql.forms import Form, OutOfReach, answered, column, given, moment, questions, statement

OPEN = Form("b", "b::float8", question="b = b", if_not="b::text")


def test_names_of_columns_stand_nowhere_in_the_statement() -> None:
    forms = [Form('x"; DROP TABLE t; --', column(0)), moment("when", column(1))]
    table = given('SELECT * FROM "t" -- all', 2)
    sql = statement(forms, table)
    assert "DROP" not in sql
    assert '(\nSELECT * FROM "t" -- all\n) AS' in sql
    assert sql.startswith('SELECT "c0" AS "o0", CASE WHEN')
    assert 'AS "o2" FROM' in sql


def test_what_is_open_is_asked_and_answered() -> None:
    forms = [Form("a", "a"), OPEN, OPEN]
    assert questions(forms[:1], "t") == ""
    assert questions(forms, "t").count("bool_and") == 2
    assert [one.sql for one in answered(forms, [True, False])] == ["a", "b::float8", "b::text"]


def test_moments_that_cannot_be_told_are_counted_over_all_parts() -> None:
    lost = OutOfReach()
    lost.add("a", pl.Series([False, False]), 0)
    lost.add("a", pl.Series([False, True, True]), 2)
    lost.add("b", pl.Series([False]), 0)
    (finding,) = lost.findings()
    assert (finding.columns, finding.rows, finding.numbers["count"]) == (("a",), (3,), 2)
