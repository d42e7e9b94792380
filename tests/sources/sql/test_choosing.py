"""Which table is meant: the named one, else the only one; else the question, with what there is."""

from __future__ import annotations

import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql.choosing import Listed, choose

CUSTOMERS, ORDERS, EMPTY = Listed("customers", 200), Listed("orders", 1_000), Listed("migrations", 0)
VIEW = Listed("current", None, is_view=True)


def test_the_only_table_is_found() -> None:
    assert choose("", [CUSTOMERS], "shop.sqlite") is CUSTOMERS
    assert choose("", [EMPTY], "shop.sqlite") is EMPTY


def test_empty_tables_beside_it_do_not_count() -> None:
    assert choose("", [EMPTY, CUSTOMERS], "shop.sqlite") is CUSTOMERS


@pytest.mark.parametrize("tables", [[CUSTOMERS, ORDERS], [CUSTOMERS, VIEW], [EMPTY, Listed("other", 0)]])
def test_several_are_listed_with_their_sizes(tables: list[Listed]) -> None:
    with pytest.raises(SourceError) as caught:
        choose("", tables, "shop.sqlite")
    assert caught.value.code == "ambiguous_table"
    assert all(one.told in caught.value.happened for one in tables)
    assert f"--table {tables[0].name}" in caught.value.remedy


def test_a_size_is_told_as_it_is_known() -> None:
    told = [Listed("a", 1_234).told, Listed("b", 5, is_about=True).told, VIEW.told, Listed("d").told]
    assert told == ["a (1,234 rows)", "b (about 5 rows)", "current (view)", "d"]


def test_a_named_table_is_found_by_its_letters_or_by_its_name_alone() -> None:
    assert choose("ORDERS", [CUSTOMERS, ORDERS], "x") is ORDERS
    both = [Listed("a"), Listed("A")]
    assert choose("A", both, "x") is both[1]


def test_near_names_are_offered() -> None:
    with pytest.raises(SourceError, match="customers") as caught:
        choose("custmers", [CUSTOMERS, ORDERS], "shop.sqlite")
    assert caught.value.code == "table_missing"


def test_a_database_without_tables_says_so() -> None:
    with pytest.raises(SourceError, match="holds no table") as caught:
        choose("", [], "shop.sqlite")
    assert caught.value.code == "no_rows"
    with pytest.raises(SourceError, match="no table 'x'"):
        choose("x", [], "shop.sqlite")


def test_a_name_in_the_remedy_can_be_typed() -> None:
    with pytest.raises(SourceError) as caught:
        choose("", [Listed('x"; DROP', 1), CUSTOMERS], "shop.sqlite")
    assert "--table 'x\"; DROP'" in caught.value.remedy
