from __future__ import annotations

from collections.abc import Sequence

import pytest

from journeyman.sources.personal import personal_columns, personal_data, some_texts, without_personal
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding

MAILS = [f"jane{one}@mail.example" for one in range(20)]
CARDS = [f"4111 1111 1111 {one:04d}" for one in range(20)]
NAMES = ["Ann Lee", "Bo Smith", "Chi Wu", "Dov Katz", "Eve Ray", "Fay Poe"]


def sorts(**columns: Sequence[str]) -> dict[str, str]:
    found = personal_data(columns)
    return {} if found is None else dict(found.numbers["sorts"])


@pytest.mark.parametrize(
    ("cells", "sort"),
    [
        (MAILS, "e-mail addresses"),
        (CARDS, "card numbers"),
        ([str(4111111111111112 + 7 * one) for one in range(40)], ""),
        (["4111111111111111", "5500005555555559", "4012888888881881", "340000000000009", "5105105105105100"],
         "card numbers"),
        ([f"900-{one:02d}-{one:04d}" for one in range(10, 30)], "social security numbers"),
        (["DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "FR1420041010050500013M02606",
          "NL91ABNA0417164300", "ES9121000418450200051332"], "bank accounts"),
        ([f"10.0.{one}.7" for one in range(20)], "network addresses"),
    ],
)  # fmt: skip
def test_cells_tell_what_they_are(cells: Sequence[str], sort: str) -> None:
    assert sorts(x=cells).get("x", "") == sort


def test_names_of_persons_and_phones_need_the_column_to_say_so() -> None:
    assert sorts(first_name=["Ann", "Bo", "Chi", "Dov", "Eve"]) == {"first_name": "names of persons"}
    assert sorts(name=NAMES) == {}
    assert sorts(name=NAMES, email=MAILS) == {"email": "e-mail addresses", "name": "names of persons"}
    assert sorts(name=["5 inch pipe", "6 inch pipe", "7", "8", "9"], email=MAILS) == {"email": "e-mail addresses"}
    phones = ["+44 20 7946 0018", "+47 22 12 34 56", "(0221) 123-4567", "0171 2345678", "+1 202-555-0147"]
    assert sorts(mobile=phones) == {"mobile": "phone numbers"}
    assert sorts(reading=phones) == {}


def test_ordinary_columns_are_left_alone() -> None:
    assert sorts(
        city=["Oslo", "Lyon", "Leeds", "Rome", "Bern"],
        version=["1.2.3", "1.2.4", "1.3.0", "2.0.0", "2.1.7"],
        day=["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05"],
        part=["A1-22-3333", "B1-22-3333", "C1-22-3333", "D1-22-3333", "E1-22-3333"],
        count=["4111", "5500", "3400", "4012", "3000"],
    ) == {}  # fmt: skip


def test_a_finding_names_the_columns_and_keeps_them_out_of_the_model() -> None:
    found = personal_data({"a": ["x"] * 9, "email": MAILS})
    assert found is not None
    assert (found.code, found.severity, found.columns) == ("pii", "warning", ("email",))
    assert (found.remedy.action, found.remedy.value) == ("role", "ignored")
    assert "jane" not in found.message
    assert personal_columns([found]) == {"email"}


def test_no_finding_shows_such_cells_or_whole_records_beside_them() -> None:
    told = personal_data({"email": MAILS})
    assert told is not None
    of_column = Finding(
        code="mixed_types",
        severity="warning",
        message="'email' holds 1 cell that is no e-mail (first: row 3, \"O'Neil@canary\", beside 'city')",
        columns=("email",),
        numbers={"cells": 1, "examples": [[3, "jane@canary", ""]]},
    )
    of_record = Finding(
        code="footer",
        severity="info",
        message="1 line left out ('jane@canary,7', by ';')",
        numbers={"text": ["jane@canary"]},
    )
    of_other = Finding(code="constant", severity="warning", message="'city' holds 'Oslo'", columns=("city",))
    hidden = without_personal([told, of_column, of_record, of_other], frozenset({"email", "city"}))
    assert "canary" not in repr(hidden)
    assert hidden[1].message == "'email' holds 1 cell that is no e-mail (first: row 3, '…', beside 'city')"
    assert hidden[1].numbers == {"cells": 1}
    assert hidden[2].message == "1 line left out ('…', by ';')"
    assert hidden[3] is of_other
    assert without_personal([of_record], frozenset())[0] is of_record


def test_a_few_cells_from_everywhere_are_looked_at() -> None:
    cells = Strings.of([f" {one} " for one in range(100_000)])
    some = some_texts(cells)
    assert 400 <= len(some) <= 1100
    assert {"0", "50000"} <= set(some)
