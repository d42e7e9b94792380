"""What a line that is no sound record is, from it and the lines behind it."""

from __future__ import annotations

import pytest

from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.records import WAIT, End, Judge, NoRow, Outcome, Row
from journeyman.sources.text.regular import lines_of

SOUND = "Ada,36,2024-01-10,red\nBo,41,2024-02-11,blue\n"


def outcome(text: str, form: Form, *, final: bool = True) -> Outcome:
    data = text.encode()
    return Judge(form).outcome(Window(data, lines_of(data, form.dialect, form.width, final=final), 1, final), 0)


def test_a_record_may_go_over_several_lines(form: Form) -> None:
    assert outcome('"A\r\nd\na",36,2024-01-10,red\n', form) == Row(("A\r\nd\na", "36", "2024-01-10", "red"), 3)


def test_an_open_quote_waits_for_the_lines_behind(form: Form) -> None:
    assert outcome('"A\nd', form, final=False) == WAIT


def test_a_quote_that_never_closes_does_not_swallow_the_rows_behind(form: Form) -> None:
    found = outcome('"Ada,36,2024-01-10,red\n' + SOUND + 'x"\n', form)
    assert found == Row(('"Ada', "36", "2024-01-10", "red"), 1, ("quote",))


def test_blank_lines_are_no_rows(form: Form) -> None:
    assert outcome("\n \n" + SOUND, form) == NoRow("blank_lines", 2)
    assert outcome("\n\n", form, final=False) == WAIT


@pytest.mark.parametrize("mark", ["#", "//", "--", "%"])
def test_a_comment_is_no_row(mark: str, form: Form) -> None:
    assert outcome(f"{mark} written by hand\n" + SOUND, form) == NoRow("comment_lines")


def test_a_note_is_a_footer_only_where_no_row_follows(form: Form) -> None:
    assert outcome("Source: the survey\n", form) == NoRow("footer")
    assert outcome("Total,970\n", form) == NoRow("footer")
    assert outcome("Source: the survey\n", form, final=False) == WAIT
    assert isinstance(outcome("Total,970\n" + SOUND, form), Row)


@pytest.mark.parametrize("above", ["", "\n", "Towns\n"])
def test_another_table_is_the_end(above: str, form: Form) -> None:
    found = outcome(above + "city,year\nRome,1900\nBonn,1901\nKiel,1902\n", form)
    assert found == End(1 if above == "\n" else 0)


def test_what_cannot_be_mended_is_set_aside_with_its_first_cells(form: Form) -> None:
    assert outcome("~~~,!!!,^^^,###,+++\n" + SOUND, form) == Row(("~~~", "!!!", "^^^", "###"), 1, ("aside",))


def test_a_record_that_lacks_cells_is_filled_up(form: Form) -> None:
    assert outcome("Ada,36,2024-01-10\n" + SOUND, form) == Row(("Ada", "36", "2024-01-10", ""), 1, ("short",))
