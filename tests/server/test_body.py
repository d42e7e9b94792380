from __future__ import annotations

import asyncio
from typing import Any

import pytest

from journeyman.server.body import Intake, parse
from journeyman.server.limits import Limits
from journeyman.server.refusal import Refusal

JSON = {"content-type": "application/json; charset=utf-8"}


def received(parts: list[bytes], limits: Limits | None = None, **headers: str) -> bytes:
    waiting = list(parts)

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": waiting.pop(0), "more_body": True}

    given = {
        **JSON,
        "content-length": str(sum(map(len, parts))),
        **{n.replace("_", "-"): v for n, v in headers.items()},
    }
    return bytes(asyncio.run(Intake(limits or Limits()).receive(given, receive)))


def test_a_body_comes_in_parts() -> None:
    assert received([b'{"a"', b": 1}"]) == b'{"a": 1}'


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "text/xml"}, 415),
        ({"content_type": ""}, 415),
        ({"content_encoding": "gzip"}, 415),
        ({"transfer_encoding": "chunked"}, 411),
        ({"content_length": "0"}, 400),
        ({"content_length": "99999999999"}, 413),
    ],
)
def test_what_is_no_request_is_refused_by_its_head(headers: dict[str, str], status: int) -> None:
    with pytest.raises(Refusal) as caught:
        received([b"{}"], **headers)
    assert caught.value.status == status
    assert caught.value.remedy


def test_a_body_that_drips_is_refused() -> None:
    limits = Limits(body_seconds=0.05, body_bytes_a_second=1000)
    with pytest.raises(Refusal) as caught:
        received([b"{"], limits, content_length="100")
    assert (caught.value.status, caught.value.closes) == (408, True)


def test_bodies_together_stay_within_their_bound() -> None:
    intake = Intake(Limits(body_bytes=100, body_bytes_together=150, body_seconds=0.2))
    seen: list[int] = []

    async def never() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    async def one() -> None:
        try:
            await intake.receive({**JSON, "content-length": "100"}, never)
        except Refusal as refusal:
            seen.append(refusal.status)

    async def two() -> None:
        await asyncio.gather(one(), one())
        await one()

    asyncio.run(two())
    # The second is sent away while the first is on its way; afterwards there is room again.
    assert seen == [503, 408, 408]
    assert intake.receiving == 0


@pytest.mark.parametrize(
    ("body", "because"),
    [
        (b"", "line 1"),
        (b"{", "line 1"),
        (b'{"a": 1,}', "line 1"),
        (b'{"a": NaN}', "NaN is no JSON"),
        (b'{"a": -Infinity}', "-Infinity is no JSON"),
        (b'{"a": 1, "a": 2}', "'a' comes twice"),
        (b'{"a": "\\ud800"}', "half of a character"),
        (b'{"a": "\xff"}', "byte 8 is no UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "byte 1 is no UTF-8"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "too many digits"),
    ],
)
def test_what_is_no_json_is_refused_with_its_reason(body: bytes, because: str) -> None:
    with pytest.raises(Refusal, match="no JSON") as caught:
        parse(body)
    assert caught.value.status == 400
    assert because in caught.value.because


def test_json_is_read() -> None:
    assert parse(b'{"\\ud83d\\ude00": [1, 2.5, null, true, "\xc3\xb8"]}') == {"😀": [1, 2.5, None, True, "ø"]}
