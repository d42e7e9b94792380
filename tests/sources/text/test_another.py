"""Another table begins where names stand that are not those of this one, above rows that are as wide."""

from __future__ import annotations

import pytest

from journeyman.sources.text.another import begins_table
from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.regular import lines_of


def begins(text: str, form: Form, *, final: bool = True) -> bool | None:
    data = text.encode()
    return begins_table(Window(data, lines_of(data, form.dialect, form.width, final=final), 0, final), 0, form)


OTHER = "city,year\nRome,1900\nBonn,1901\nKiel,1902\n"
SAME_WIDTH = "city,year,visit,land\nRome,1900,2000-01-01,IT\nBonn,1901,2000-01-02,DE\nKiel,1902,2000-01-03,DE\n"
FEWER = "name,age,day\nAda,36,2024-01-10\nBo,41,2024-02-11\nCem,43,2024-03-12\n"


@pytest.mark.parametrize("text", [OTHER, SAME_WIDTH, FEWER, "Towns\n" + OTHER, "Towns of Europe\n\n" + SAME_WIDTH])
def test_names_of_others(text: str, form: Form) -> None:
    assert begins(text, form) is True


@pytest.mark.parametrize(
    "text",
    [
        "name,age,day,colour\nAda,36,2024-01-10,red\nBo,41,2024-02-11,blue\n",  # its own names
        "Ada,36,2024-01-10\nBo,41,2024-02-11,blue\nCem,43,2024-03-12,red\nDora,29,2024-03-12,red\n",  # a short row
        "x,y\nAda,36,2024-01-10,red\nBo,41,2024-02-11,blue\nCem,43,2024-03-12,red\n",  # nothing as wide below
        "city,year\n",
    ],
)
def test_no_names_of_others(text: str, form: Form) -> None:
    assert begins(text, form) is False


def test_lines_that_are_not_there_yet_are_waited_for(form: Form) -> None:
    assert begins("city,year\nRome,1900\n", form, final=False) is None
