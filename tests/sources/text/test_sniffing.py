"""The dialect of a table is found from its lines."""

from __future__ import annotations

import pytest

from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.sniffing import find_dialect

_NAMES = ("Ada", "Grace", "Mary Ann", "Emmy", "Sofia", "Lise", "Rosa", "Hedy")


def _lines(delimiter: str, quote: str = "") -> list[str]:
    rows = [("name", "born", "score")] + [
        (f"{quote}{name}{quote}", f"19{place}0-01-0{place + 1}", f"{place}.5") for place, name in enumerate(_NAMES)
    ]
    return [delimiter.join(row) for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f", "¦", "§", "::", "||"])
def test_a_delimiter_is_found(delimiter: str) -> None:
    dialect = find_dialect(_lines(delimiter))
    assert dialect.delimiter == delimiter
    assert not dialect.blanks


def test_decimal_commas_do_not_delimit() -> None:
    lines = ["a;b;c", *(f"{place},5;{place * 7},25;{place + 3},75" for place in range(12))]
    assert find_dialect(lines).delimiter == ";"


def test_single_quotes_are_found_where_they_hold_cells() -> None:
    assert find_dialect(_lines(",", "'")).quote == "'"
    assert find_dialect(_lines(",", '"')).quote == '"'


def test_blanks_that_belong_to_the_delimiter_are_found() -> None:
    behind = find_dialect(["id, name, city", *(f"{place}, {name}, Oslo" for place, name in enumerate(_NAMES))])
    around = find_dialect(_lines(" | "))
    assert (behind.delimiter, behind.blanks) == (",", "one")
    assert (around.delimiter, around.blanks) == ("|", "around")
    runs = find_dialect([f"{place}   {place * 3.5}  {place * 100}" for place in range(9, 30)])
    assert len(parse_line("1   2  3", runs).cells) == 3


def test_a_backslash_escapes_where_lines_make_no_sense_without_it() -> None:
    lines = ["id,said,n", *(f'{place},"she said \\"no, {place}\\" twice",{place}' for place in range(10))]
    assert find_dialect(lines).escape == "\\"
    assert find_dialect(["id,path", *(f"{place},C:\\data\\{place}" for place in range(10))]).escape == ""


def test_lines_of_one_cell_are_not_cut() -> None:
    dialect = find_dialect(["name", *_NAMES])
    assert [parse_line(name, dialect).cells for name in _NAMES] == [[name] for name in _NAMES]
    assert parse_line("a", find_dialect([])).cells == ["a"]
