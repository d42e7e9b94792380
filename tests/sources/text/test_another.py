"""Where in the lines of a text another table begins."""

from __future__ import annotations

from journeyman.sources.text.another import begins_table
from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.regular import lines_of


def window(text: str, form: Form, *, final: bool = True) -> Window:
    data = text.encode()
    return Window(data, lines_of(data, form.dialect, form.width, final=final), form.first, final)


OTHER = "city,year\nRome,1900\nBonn,1901\nKiel,1902\n"


def test_names_above_rows_that_are_as_wide_begin_a_table(form: Form) -> None:
    assert begins_table(window(OTHER, form), 0, form) is True
    assert begins_table(window("Other cities\n" + OTHER, form), 0, form) is True  # a title above it


def test_a_row_of_the_table_begins_none(form: Form) -> None:
    rows = "Ada,36,2024-01-10,red\nBo,41,2024-02-11,blue\nCem,29,2024-03-12,red\n"
    assert begins_table(window(rows, form), 0, form) is False
    assert begins_table(window("a note\n" + rows, form), 0, form) is False


def test_more_lines_are_asked_for_where_there_are_too_few(form: Form) -> None:
    assert begins_table(window("city,year\nRome,1900\n", form, final=False), 0, form) is None
