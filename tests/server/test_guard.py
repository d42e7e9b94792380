from __future__ import annotations

import pytest

from journeyman.server.guard import Guard, is_loopback_address
from journeyman.server.refusal import Refusal


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:8000", "[::1]:8000", "127.9.9.9"])
def test_loopback_names_are_let_in(host: str) -> None:
    Guard("127.0.0.1").check_origin({"host": host})


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "0.0.0.0", "[::2]"]
)
def test_other_names_are_not(host: str) -> None:
    with pytest.raises(Refusal) as caught:
        Guard("127.0.0.1").check_origin({"host": host})
    assert caught.value.status == 421


def test_with_a_token_any_name_will_do_but_no_other_site() -> None:
    guard = Guard("0.0.0.0", "sesame-1234")
    guard.check_origin({"host": "models.example"})
    guard.check_origin({"host": "models.example", "origin": "https://models.example"})
    for origin in ("https://evil.example", "null"):
        with pytest.raises(Refusal) as caught:
            guard.check_origin({"host": "models.example", "origin": origin})
        assert caught.value.status == 403


@pytest.mark.parametrize(
    "given",
    ["", "sesame-1234", "Bearer", "Bearer sesame-123", "Basic sesame-1234", "Bearer sesame-1234x", "Bearer \xff"],
)
def test_only_the_token_opens(given: str) -> None:
    with pytest.raises(Refusal) as caught:
        Guard("0.0.0.0", "sesame-1234").check_token({"authorization": given})
    assert caught.value.status == 401
    assert "sesame" not in str(caught.value)


def test_the_token_opens() -> None:
    Guard("0.0.0.0", "sesame-1234").check_token({"authorization": "Bearer sesame-1234"})
    Guard("127.0.0.1").check_token({})


def test_what_listens_for_this_machine_alone() -> None:
    assert all(is_loopback_address(one) for one in ("127.0.0.1", "localhost", "::1"))
    assert not any(is_loopback_address(one) for one in ("0.0.0.0", "::", "192.168.0.1", "example.com"))
