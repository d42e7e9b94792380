"""The ASGI application: who may ask, which address it is, the body, the answer; every no is told in three parts.

It holds what changes while a server runs: the model that serves, what is counted, and how much is under way.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from journeyman.errors import InternalError, JourneymanError
from journeyman.server import service
from journeyman.server.body import Intake, Receive
from journeyman.server.deployed import Deployed
from journeyman.server.guard import Guard
from journeyman.server.metrics import Metrics
from journeyman.server.pages import read_pages
from journeyman.server.refusal import Refusal
from journeyman.server.response import TEXT, Response, as_json

Scope = MutableMapping[str, Any]
Send = Callable[[dict[str, Any]], Awaitable[None]]
_Made = TypeVar("_Made")

_GET = ("GET", "HEAD")
#: Addresses and the methods that they take.
METHODS: Mapping[str, tuple[str, ...]] = {
    "/predict": ("POST",),
    "/what-if": ("POST",),
    "/similar": ("POST",),
    "/schema": _GET,
    "/example": _GET,
    "/health": _GET,
    "/ready": _GET,
    "/metrics": _GET,
    "/openapi.json": _GET,
}
#: What anybody may ask without a token: whether the server is there, and the page, which holds nothing of the model.
_OPEN = ("/health", "/ready")
#: A row has some bytes at least; bodies up to here hold few rows and are answered where they arrive.
_SMALL_BODY = 16 << 10
#: So many requests make the mean time of one.
_MEMORY = 32


class Application:
    """Serves one deployed model; another may take its place at any time between two requests.

    Parameters
    ----------
    on_fault : is told what went wrong where a request failed by our own fault
    """

    def __init__(
        self, deployed: Deployed, guard: Guard, *, on_fault: Callable[[Exception], None] = lambda error: None
    ) -> None:
        self.deployed = deployed
        self.metrics = Metrics()
        self.is_ending = False
        self._guard = guard
        self._on_fault = on_fault
        self._limits = deployed.limits
        self._intake = Intake(self._limits)
        self._threads = ThreadPoolExecutor(self._limits.busy, thread_name_prefix="journeyman-rows")
        self._under_way = 0
        self._mean_seconds = 0.0
        #: How many requests there are, those that wait for their turn among them; whoever runs the server says.
        self.requests: Callable[[], int] = lambda: 0
        self._started_at = time.time()
        self._pages = read_pages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever it is."""
        if scope["type"] != "http":
            return
        began = time.perf_counter()
        path, method = scope["path"], scope["method"]
        self.metrics.in_progress += 1
        try:
            response = await self._answer(scope, receive)
        except Refusal as refusal:
            response = Response(
                refusal.status, as_json(refusal.as_document()), headers=refusal.headers, closes=refusal.closes
            )
        except Exception as error:  # noqa: BLE001 - the border: whatever else goes wrong is our fault, and is told so
            response = self._fault(error)
        finally:
            self.metrics.in_progress -= 1
        known = path if path in METHODS or path in self._pages else "other"
        self.metrics.request(known, response.status, time.perf_counter() - began)
        await send({"type": "http.response.start", "status": response.status, "headers": response.head()})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})

    def prepare(self) -> None:
        """Work out beside the loop what is told of the model, so that the first who asks does not wait for it."""
        self._threads.submit(service.schema, self.deployed)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path, method = scope["path"], scope["method"]
        self._guard.check_origin(headers)
        methods = METHODS.get(path) or (_GET if path in self._pages else None)
        if methods is None:
            raise Refusal(
                404, "there is nothing at this address", remedy=f"there are: /, {', '.join(METHODS)}", closes=True
            )
        if method not in methods:
            raise Refusal(
                405,
                f"this address does not take {method[:20]!r}",
                remedy=f"use {methods[0]}",
                headers={"Allow": ", ".join(methods)},
                closes=True,
            )
        if path in self._pages:
            return self._pages[path]
        if path not in _OPEN:
            self._guard.check_token(headers)
        if method == "POST":
            return await self._work(path, await self._intake.receive(headers, receive), scope["query_string"])
        return await self._told(path)

    async def _told(self, path: str) -> Response:
        if path == "/health":
            return Response(200, as_json({"format": 1, "status": "ok", "model": self.deployed.version}))
        if path == "/ready":
            told = "ending" if self.is_ending else "ready"
            return Response(
                503 if self.is_ending else 200,
                as_json({"format": 1, "status": told, "model": self.deployed.version}),
            )
        if path == "/metrics":
            text = self.metrics.text(self.deployed.labels, self.deployed.loaded_at, self._started_at)
            return Response(200, text.encode(), TEXT)
        if path == "/schema":
            return await self._in_thread(partial(service.schema, self.deployed))
        if path == "/example":
            return await self._in_thread(partial(service.example, self.deployed))
        return await self._in_thread(partial(service.described_api, self.deployed, wants_token=bool(self._guard.token)))

    async def _work(self, path: str, body: bytearray, query: bytes) -> Response:
        """Answer rows: a few where they arrive, many in a thread, so that others are answered meanwhile."""
        deployed = self.deployed
        if path == "/what-if":
            return await self._in_thread(partial(service.what_if, deployed, body))
        if path == "/similar":
            return await self._in_thread(partial(service.similar, deployed, body, query))
        if len(body) > _SMALL_BODY or b"reasons" in query:
            response, answers = await self._in_thread(partial(service.predict, deployed, body, query))
        else:
            self._check_queue()
            began = time.perf_counter()
            response, answers = service.predict(deployed, body, query)
            self._mean_seconds += (time.perf_counter() - began - self._mean_seconds) / _MEMORY
        self.metrics.rows(answers)
        return response

    async def _in_thread(self, work: Callable[[], _Made]) -> _Made:
        """Do what takes longer beside the loop.

        Raises
        ------
        Refusal : too much is under way already
        """
        if self._under_way >= self._limits.busy + self._limits.waiting:
            raise Refusal(
                503,
                "the server is busy",
                because=f"{self._under_way} requests of many rows, or for reasons, are under way",
                remedy="try again in a second",
                headers={"Retry-After": "1"},
            )
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._under_way -= 1

    def _check_queue(self) -> None:
        """Send a request away when so many others want an answer that it would be late for all of them."""
        queue = self.requests() - self._intake.receiving - self._under_way
        if queue * self._mean_seconds > self._limits.queue_seconds:
            raise Refusal(
                503,
                "the server is busy",
                because=f"{queue} requests wait for their turn",
                remedy="try again in a second",
                headers={"Retry-After": "1"},
            )

    def _fault(self, error: Exception) -> Response:
        """What a client is told of our own fault: that it is ours, and nothing of the inside."""
        self.metrics.add("journeyman_faults_total")
        self._on_fault(error)
        told = InternalError("something went wrong inside journeyman", remedy="look at what the server printed")
        if isinstance(error, JourneymanError):
            told = InternalError(error.happened, because=error.because, remedy=told.remedy)
        document = {
            "format": 1,
            "status": "failed",
            "error": told.happened,
            "because": told.because,
            "try": told.remedy,
        }
        return Response(500, as_json(document), closes=True)
