from __future__ import annotations

from collections.abc import Callable

import pytest

from journeyman.sources.meaning import Meaning, understand
from journeyman.table.columns import Strings

Mean = Callable[..., Meaning]
#: Made up, in the forms that issuers document.
SECRETS = {
    "keys of a cloud": "use AKIA" + "ABCDEFGH23456789" + " for it",
    "tokens of a service": "ghp_" + "a1B2" * 9,
    "signed tokens": "eyJ" + "hbGciOiJIUz" + ".eyJ" + "zdWIiOiIxMjM0" + ".c2lnbmF0dXJl",
    "private keys": "-----BEGIN RSA PRIVATE KEY-----",
    "passwords in addresses": "see ftp://someone:" + "hunter22" + "@example.org/x",
    "hashes of passwords": "$2b$12$" + "a" * 53,
}


def secrets_of(found: Meaning) -> list[object]:
    return [one for one in found.findings if one.code == "secrets"]


@pytest.mark.parametrize("sort", SECRETS)
def test_each_form_is_told_by_its_sort_and_never_shown(mean: Mean, sort: str) -> None:
    found = [one for one in mean(["hello", SECRETS[sort], "", "more of it"] * 5).findings if one.code == "secrets"]
    assert [dict(one.numbers) for one in found] == [{sort: 5}]
    assert SECRETS[sort] not in found[0].message
    assert (found[0].remedy.action, found[0].remedy.value) == ("role", "ignored")


def test_a_column_called_so_holds_passwords_where_its_cells_can_be_some() -> None:
    words = [f"pass{row}word" for row in range(20)]
    assert secrets_of(understand("user_password", Strings.of(words)))
    assert not secrets_of(understand("city", Strings.of(words)))
    assert not secrets_of(understand("password", Strings.of(["yes", "no"] * 10)))
    assert not secrets_of(understand("secretary", Strings.of(words)))


def test_ordinary_texts_are_none(mean: Mean) -> None:
    cells = ["https://example.org/a@b", "risk-averse sk-ill", "$25 at 5$", "eyJust", "AKIA", "task_sk_short", "://:@"]
    assert not secrets_of(mean(cells * 3))
