"""The body of a request: received within bounds, read as JSON and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from journeyman.server.limits import Limits
from journeyman.server.refusal import Refusal

Receive = Callable[[], Awaitable[Mapping[str, Any]]]


class Intake:
    """Receives bodies; all that are on their way together stay within one bound."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held = 0
        #: How many bodies are on their way.
        self.receiving = 0

    async def receive(self, headers: Mapping[str, str], receive: Receive) -> bytearray:
        """The whole body of a request.

        Raises
        ------
        Refusal : it is no JSON by its head, too large, too slow, compressed, or of no stated length
        """
        announced = self._announced(headers)
        if announced == 0:
            raise Refusal(400, "the request has no body", remedy="send one row as a JSON object")
        if self._held + announced > self._limits.body_bytes_together:
            raise Refusal(
                503,
                "the server is receiving as much as it can hold",
                remedy="try again in a second",
                headers={"Retry-After": "1"},
                closes=True,
            )
        self._held += announced
        self.receiving += 1
        try:
            return await self._whole(receive, announced)
        finally:
            self._held -= announced
            self.receiving -= 1

    async def _whole(self, receive: Receive, announced: int) -> bytearray:
        body = bytearray()
        started = asyncio.get_running_loop().time()
        while len(body) < announced:
            due = started + self._limits.body_seconds + len(body) / self._limits.body_bytes_a_second
            try:
                async with asyncio.timeout_at(due):
                    message = await receive()
            except TimeoutError:
                raise Refusal(
                    408,
                    "the request came too slowly",
                    because=f"after {due - started:.0f} s {len(body):,} of {announced:,} bytes were there",
                    remedy="send it in one go",
                    closes=True,
                ) from None
            if message["type"] == "http.disconnect":
                raise Refusal(400, "the client left before its request was there", because="it hung up", closes=True)
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return body

    def _announced(self, headers: Mapping[str, str]) -> int:
        kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind != "application/json":
            raise Refusal(
                415,
                "the request is no JSON",
                because=f"its Content-Type is {kind[:80]!r}" if kind else "it has no Content-Type",
                remedy="send the header Content-Type: application/json",
                closes=True,
            )
        if headers.get("content-encoding", "identity").casefold() != "identity":
            raise Refusal(
                415,
                "the request is compressed",
                because="only plain JSON is read",
                remedy="send it as it is",
                closes=True,
            )
        if "transfer-encoding" in headers or "content-length" not in headers:
            raise Refusal(
                411,
                "the request does not tell its length",
                because="requests in chunks are not taken",
                remedy="send the header Content-Length",
                closes=True,
            )
        announced = int(headers["content-length"])
        if announced > self._limits.body_bytes:
            raise Refusal(
                413,
                f"the request is too large: {announced:,} bytes",
                because=f"{self._limits.body_bytes:,} are the most",
                remedy="send the rows in several requests, or score the file with: journeyman predict",
                closes=True,
            )
        return announced


def parse(body: bytes | bytearray) -> Any:
    """The JSON value in a body: UTF-8, no NaN or Infinity, no name twice, no half characters, of bounded depth.

    Raises
    ------
    Refusal : it is no such JSON
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _no_json(f"byte {error.start + 1:,} is no UTF-8") from None
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _no_json(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _no_json("it is nested too deeply") from None
    except UnicodeEncodeError:
        raise _no_json("it holds half of a character that needs two") from None
    except ValueError as error:
        # Also a whole number of more digits than Python reads.
        told = str(error) if isinstance(error, _ToldError) else "a number in it has too many digits"
        raise _no_json(told) from None
    return data


class _ToldError(ValueError):
    """A reason in our own words."""


def _no_json(reason: str) -> Refusal:
    return Refusal(
        400, "the request is no JSON that can be read", because=reason, remedy='send {"column": cell, …} for one row'
    )


def _no_constant(text: str) -> Any:
    raise _ToldError(f"{text} is no JSON; a cell that is missing is null")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]  # add gives None, which is what is meant
        raise _ToldError(f"{twice[:80]!r} comes twice in one object")
    return found
