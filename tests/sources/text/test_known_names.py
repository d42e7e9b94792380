from __future__ import annotations

from journeyman.sources.text.opening import open_table

TABS = "text\nWINNER, call 0906\t160\t6\nI will, of course\t20\t1\nyes\t3\t0\nno, never\t9\t2\n"


def test_a_text_of_one_column_that_is_full_of_tabs_has_the_name_that_is_known() -> None:
    opened = open_table(TABS, known=("text",))
    assert opened.names.cells == ("text",)
    assert opened.rows[0] == ("WINNER, call 0906\t160\t6",)
    assert len(opened.rows) == 4


def test_names_that_look_like_data_are_names_where_they_are_known() -> None:
    table = "a,b\nx,y\ny,x\nx,x\n"
    assert open_table(table, known=("b", "a")).names.cells == ("a", "b")
    assert open_table(table, known=("b", "a")).rows[0] == ("x", "y")


def said(text: str, known: tuple[str, ...] = ()) -> tuple[object, ...]:
    opened = open_table(text, known)
    return (opened.form.dialect, opened.form.width, opened.names, opened.left_out, opened.rows, opened.start)


def test_names_that_are_not_in_the_first_line_change_nothing() -> None:
    for text in (TABS, "a;b\n1;2\n3;4\n", "1,2\n3,4\n"):
        assert said(text, ("other",)) == said(text)
    assert said("a;b\n1;2\n3;4\n", ("a", "b")) == said("a;b\n1;2\n3;4\n")
