"""Worker processes of our own: started early, reused, stopped when their time is up, gone when their pipe closes."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.cores import cores
from journeyman.errors import ResourceError, from_system
from journeyman.trials.shared import TrainingData, share

#: A worker that dies without a word is replaced, and its job tried again this often.
RETRIES = 2
#: How much of the free memory a job may take when nothing else is said.
SHARE_OF_MEMORY = 0.7


@dataclass
class Job:
    """One fit: a plan on a fold, and whether it is also told how long its graph takes for one row: ``"measured"``,
    ``"counted"`` or not at all.
    """

    plan: Any
    fold: int
    tag: Any = None
    started: float = 0.0
    tries: int = 0
    timed: str = ""


@dataclass
class Worker:
    """A process, and what it is busy with."""

    process: subprocess.Popen[bytes]
    log: Any
    job: Job | None = None
    pending: bytes = b""


@dataclass(frozen=True)
class Outcome:
    """What became of a job: its arrays, or the reason why there are none.

    ``is_its_own`` says that the candidate itself failed, and would again; else its process ended or was stopped.
    """

    job: Job
    arrays: dict[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    seconds: float = 0.0
    failed: str = ""
    is_its_own: bool = False


@contextlib.contextmanager
def workers(memory: int | None = None) -> Iterator[Pool]:
    """As many workers as there are cores for us, at most 8; gone when the block is left.

    Meanwhile matrix products here take one core: the workers have the others, and a product that waits for threads on
    cores that are busy takes a thousand times as long. Without a limit on memory, it is `SHARE_OF_MEMORY` of what is
    free now.
    """
    from threadpoolctl import threadpool_limits

    if memory is None:
        import psutil

        memory = int(psutil.virtual_memory().available * SHARE_OF_MEMORY)
    pool = Pool(max(1, min(cores(), 8)), memory)
    try:
        with threadpool_limits(1, user_api="blas"):
            yield pool
    finally:
        pool.close()


class Pool:
    """A few workers and the rows they share.

    Parameters
    ----------
    size : how many workers; each works on one core
    memory : resident bytes that this process and all workers may have together; over it the largest worker is stopped
    """

    def __init__(self, size: int, memory: int | None = None) -> None:
        self.size = size
        self.memory = memory
        self._selector = selectors.DefaultSelector()
        self._workers: list[Worker] = []
        self._shared: Path | None = None
        self._watched = 0.0
        self._deaths = 0
        for _ in range(size):
            self._start()

    def open(self, data: TrainingData) -> None:
        """Share the rows; from now on jobs can be given. Rows that were open before are let go of."""
        before = self._shared
        try:
            self._shared = Path(tempfile.mkdtemp(prefix="journeyman-"))
            share(data, self._shared)
        except OSError as error:
            raise from_system(error, "writing the rows for the workers to the folder for temporary files") from error
        finally:
            if before is not None:
                shutil.rmtree(before, ignore_errors=True)
        for worker in self._workers:
            self._send(worker, {"do": "open", "folder": str(self._shared)})

    @property
    def idle(self) -> int:
        """How many workers wait for a job."""
        return sum(worker.job is None for worker in self._workers)

    def give(self, job: Job) -> None:
        """Give a job to a waiting worker."""
        worker = next(worker for worker in self._workers if worker.job is None)
        job.started = time.monotonic()
        worker.job = job
        self._send(worker, {"do": "fit", "plan": job.plan, "fold": job.fold, "timed": job.timed})

    def wait(self, seconds: float) -> list[Outcome]:
        """Outcomes that arrive within some seconds; returns at the first ones."""
        outcomes: list[Outcome] = []
        for key, _ in self._selector.select(max(0.0, seconds)):
            worker: Worker = key.data
            chunk = os.read(key.fd, 1 << 16)
            if not chunk:
                outcomes += self._died(worker)
                continue
            worker.pending += chunk
            *lines, worker.pending = worker.pending.split(b"\n")
            for line in lines:
                outcomes += self._heard(worker, json.loads(line))
        return outcomes + self._watch_memory()

    def drop(self, job: Job) -> None:
        """Stop the worker that is busy with a job; another takes its place."""
        for worker in self._workers:
            if worker.job is job:
                worker.job = None
                self._replace(worker)
                return

    def busy(self) -> list[Job]:
        """The jobs that are being worked on."""
        return [worker.job for worker in self._workers if worker.job is not None]

    def close(self) -> None:
        """Stop all workers and take back what was shared."""
        for worker in self._workers:
            self._stop(worker)
        self._workers = []
        if self._shared is not None:
            shutil.rmtree(self._shared, ignore_errors=True)
            self._shared = None
        self._selector.close()

    def _start(self) -> Worker:
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        try:
            log = tempfile.TemporaryFile()  # noqa: SIM115  # it lives as long as the worker does
            process = subprocess.Popen(
                [sys.executable, "-m", "journeyman.trials.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **threads},
                # Ctrl-C is for us; we tell the workers.
                start_new_session=True,
            )
        except OSError as error:
            raise from_system(error, "starting a worker process") from error
        worker = Worker(process, log)
        self._workers.append(worker)
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)  # type: ignore[arg-type]  # a pipe
        if self._shared is not None:
            self._send(worker, {"do": "open", "folder": str(self._shared)})
        return worker

    def _send(self, worker: Worker, message: dict[str, Any]) -> None:
        stdin = worker.process.stdin
        if stdin is not None:
            # A worker that has just died is noticed when its answers are read.
            with contextlib.suppress(BrokenPipeError):
                stdin.write(json.dumps(message).encode() + b"\n")
                stdin.flush()

    def _heard(self, worker: Worker, reply: dict[str, Any]) -> list[Outcome]:
        job = worker.job
        if reply.get("exit_code") == ResourceError.exit_code:
            told = reply["error"]
            raise ResourceError(told["error"], because=told["because"], remedy=told["try"], code=told["code"])
        if job is None or "ready" in reply:
            return []
        worker.job = None
        self._deaths = 0
        if "failed" in reply:
            seconds = time.monotonic() - job.started
            return [Outcome(job, seconds=seconds, failed=reply["failed"], is_its_own=True)]
        folder = Path(reply["folder"])
        try:
            arrays = {path.stem: np.load(path, allow_pickle=False) for path in sorted(folder.glob("*.npy"))}
        except OSError as error:
            raise from_system(error, "reading what a worker gave") from error
        shutil.rmtree(folder, ignore_errors=True)
        return [Outcome(job, arrays=arrays, seconds=reply["seconds"])]

    def _died(self, worker: Worker) -> list[Outcome]:
        """A worker is gone without a word: replace it and try its job again, a few times."""
        job, code = worker.job, worker.process.wait()
        worker.log.seek(0)
        said = worker.log.read().decode(errors="replace").strip().splitlines()
        self._deaths += 1
        if self._deaths > 2 * (RETRIES + 1) and job is None:
            raise ResourceError(
                "worker processes do not start",
                because=said[-1] if said else f"they end with status {code}",
                remedy="look at the memory and the limits of this machine",
                code="environment",
            )
        self._replace(worker)
        if job is None:
            return []
        job.tries += 1
        if job.tries > RETRIES:
            seconds = time.monotonic() - job.started
            return [Outcome(job, seconds=seconds, failed=f"its process ended with status {code}")]
        self.give(job)
        return []

    def _replace(self, worker: Worker) -> None:
        self._stop(worker)
        self._workers.remove(worker)
        self._start()

    def _stop(self, worker: Worker) -> None:
        process = worker.process
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(process.stdout)  # type: ignore[arg-type]  # a pipe
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, worker.log):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _watch_memory(self) -> list[Outcome]:
        if self.memory is None or time.monotonic() - self._watched < 0.2:
            return []
        self._watched = time.monotonic()
        import psutil

        sizes: dict[int, int] = {}
        for worker in self._workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                sizes[worker.process.pid] = psutil.Process(worker.process.pid).memory_info().rss
        if psutil.Process().memory_info().rss + sum(sizes.values()) <= self.memory:
            return []
        busy = [worker for worker in self._workers if worker.job is not None]
        if not busy:
            return []
        largest = max(busy, key=lambda worker: sizes.get(worker.process.pid, 0))
        job = largest.job
        self._replace(largest)
        return [] if job is None else [Outcome(job, failed=f"memory: more than {self.memory:,} bytes were in use")]
