"""Names are quoted so that a database takes them for names."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.errors import SourceError
from journeyman.sources.sql.quoting import quoted

NAMES = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(NAMES)
def test_a_database_reads_back_the_very_name(name: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE {quoted('t' + name)} (a)")
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("t" + name,)]
    connection.close()


def test_several_names_are_parts_of_one() -> None:
    assert quoted("a.b", 'c"d') == '"a.b"."c""d"'


@pytest.mark.parametrize("name", ["", "a\x00b"])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        quoted(name)
    assert caught.value.code == "table_missing"
