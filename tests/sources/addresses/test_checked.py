"""Which addresses may be fetched, without any traffic: names are looked up in a table of our own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from journeyman.errors import SourceError
from journeyman.sources.addresses.checked import check_address

PUBLIC = "93.184.215.14"


def resolves(**names: Sequence[str]):  # type: ignore[no-untyped-def]  # a fixture's own function
    """A name server that knows these names, and tells what it was asked."""
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        if host.replace(".", "_") not in names:
            raise OSError("unknown")
        return names[host.replace(".", "_")]

    resolve.asked = asked  # type: ignore[attr-defined]  # what was asked is looked at below
    return resolve


def never(host: str, port: int) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file:/etc/passwd",
        " file://localhost/etc/passwd",
        "jar:file:///a!/b",
        "ftp://example.org/a.csv",
        "gopher://example.org/",
        "data:text/csv,a",
        "s3://bucket/a.csv",
        "//example.org/a.csv",
        "javascript:alert(1)",
    ],
)
def test_only_http_is_a_scheme(url: str) -> None:
    with pytest.raises(SourceError, match="scheme") as caught:
        check_address(url, resolve=never)
    assert caught.value.code == "scheme_not_allowed"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:9",
        "127.0.0.2",
        "169.254.169.254",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "[::1]:9",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[2001:db8::1]",
        "[fe80::1%25eth0]",
        "0x7f000001",
        "0X7F.0.0.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "1.1",
        "127.0.0.1.",
        "１２７.0.0.1",
        "⑯⑨.254.169.254",
        "127。0。0。1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "printer.local",
        "metadata.google.internal",
        "router.lan",
        "",
        "exa mple.org",
        "example.org\\@127.0.0.1",
        "example.org:0",
        "example.org:99999",
        "user@example.org",
        "user:pw@example.org",
        "-x.org",
        "a..b",
    ],
)
def test_hosts_that_are_not_public_are_refused_before_any_look_up(host: str) -> None:
    with pytest.raises(SourceError, match="not allowed") as caught:
        check_address(f"http://{host}/latest/meta-data/", resolve=never)
    assert caught.value.code == "host_not_allowed"


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1"], ["::ffff:192.168.0.1"], ["169.254.169.254"], ["fe80::1%eth0"], []],
)
def test_a_name_is_what_it_stands_for(found: list[str]) -> None:
    resolve = resolves(localtest_me=found)
    with pytest.raises(SourceError) as caught:
        check_address("http://localtest.me/a.csv", resolve=resolve)
    assert caught.value.code == "host_not_allowed"
    assert resolve.asked == [("localtest.me", 80)]


def test_a_name_that_nobody_knows_is_not_allowed() -> None:
    with pytest.raises(SourceError, match="no name server") as caught:
        check_address("http://localtest.me/", resolve=resolves())
    assert caught.value.code == "host_not_allowed"


def test_a_public_address_passes_with_what_is_to_be_connected_to() -> None:
    resolve = resolves(example_org=[PUBLIC, "2606:2800::1"])
    checked = check_address("HTTPS://Example.ORG/data/a b.csv?x=1&y=ä".replace(" ", "%20"), resolve=resolve)
    assert (checked.scheme, checked.host, checked.port) == ("https", "example.org", 443)
    assert checked.target == "/data/a%20b.csv?x=1&y=%C3%A4"
    assert checked.at == (PUBLIC, "2606:2800::1")
    assert resolve.asked == [("example.org", 443)]
    literal = check_address(f"http://{PUBLIC}:8080", resolve=never)
    assert (literal.at, literal.port, literal.target) == ((PUBLIC,), 8080, "/")
    assert check_address("http://bücher.example/", resolve=resolves(**{"xn--bcher-kva_example": [PUBLIC]})).port == 80


def test_private_hosts_are_read_when_that_is_asked_for_but_never_those_that_tell_secrets() -> None:
    for host in ("127.0.0.1:9", "[::1]", "10.1.2.3", "[::ffff:127.0.0.1]"):
        assert check_address(f"http://{host}/", allow_private=True, resolve=never).at
    assert check_address("http://localhost/", allow_private=True, resolve=resolves(localhost=["127.0.0.1"])).at
    for host in (
        "169.254.169.254",
        "[fd00:ec2::254]",
        "0x7f000001",
        "0.0.0.0",
        "224.0.0.1",
        "[::ffff:169.254.169.254]",
    ):
        with pytest.raises(SourceError) as caught:
            check_address(f"http://{host}/", allow_private=True, resolve=never)
        assert caught.value.code == "host_not_allowed"


def test_the_remedy_is_one_that_helps() -> None:
    with pytest.raises(SourceError) as caught:
        check_address("http://10.0.0.1/", resolve=never)
    assert "--allow-private-addresses" in caught.value.remedy
    with pytest.raises(SourceError) as caught:
        check_address("http://169.254.169.254/", resolve=never)
    assert "--allow-private-addresses" not in caught.value.remedy


def test_no_secret_of_an_address_is_told() -> None:
    for url in ("http://u:s3cret@h/", "ftp://u:s3cret@h/", "http:// /?s3cret", f"http://{'a' * 300}/?s3cret"):
        with pytest.raises(SourceError) as caught:
            check_address(url, resolve=never)
        assert "s3cret" not in str(caught.value)
