"""A graph at work in onnxruntime. Only graphs that passed the audit come here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.together import TOGETHER
from journeyman.errors import BundleError
from journeyman.plan.graph import OUTPUT
from journeyman.table.columns import Columns, Numbers

Feeds = Mapping[str, NDArray[Any]]

#: Cells that all tensors together may have at a time.
_MOST_CELLS = 1 << 24
_MOST_ROWS = 1 << 14
#: Fewer rows are not worth a thread of their own.
_LEAST_ROWS = 1 << 11
#: It makes a factor beside a product of matrices an attribute of the product, which is a float32.
_NOT_IN_FLOAT64 = ["MatMulScaleFusion"]


class Session:
    """Scores rows with an audited graph, each row on one thread: the order of every sum is always the same.

    Parameters
    ----------
    content : the graph, audited
    outputs : how many numbers it gives a row
    cells_a_row : cells that its tensors have for a row, as the audit found; decides how many rows go at a time
    together : rows are scored in multiples of this, the last one repeated, so that a row has the same bits in any
        company; as the audit found

    Raises
    ------
    BundleError : onnxruntime does not take the graph
    """

    def __init__(self, content: bytes, outputs: int, cells_a_row: int, together: int = TOGETHER) -> None:
        # Some builds keep an identifier of the machine and a log of what they do, to be sent, unless told before.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as native

        self._failures: tuple[type[Exception], ...] = (
            native.EPFail,
            native.Fail,
            native.InvalidArgument,
            native.InvalidGraph,
            native.InvalidProtobuf,
            native.NotImplemented,
            native.RuntimeException,
            RuntimeError,
            ValueError,
        )
        self.outputs, self._together = outputs, together
        most = _MOST_CELLS // max(cells_a_row, 1) // TOGETHER * TOGETHER
        self.rows_at_a_time = min(max(most, TOGETHER), _MOST_ROWS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4  # errors are raised; nothing is printed beside
        # Never by the look of the bytes: the audit read them as ONNX, and as nothing else.
        options.add_session_config_entry("session.load_model_format", "ONNX")
        try:
            self._session = onnxruntime.InferenceSession(
                content, options, providers=["CPUExecutionProvider"], disabled_optimizers=_NOT_IN_FLOAT64
            )
        except self._failures as error:
            raise BundleError(
                "the bundle's graph cannot be loaded",
                because=_first_line(error),
                remedy="build the bundle again, or get an undamaged copy",
            ) from error
        self._names = [OUTPUT]

    def run(self, feeds: Feeds, rows: int) -> Numbers:
        """The answers for some rows, (rows, outputs).

        Raises
        ------
        BundleError : the graph fails on them
        """
        more = -rows % self._together
        if more:
            feeds = {name: np.concatenate([feed, np.repeat(feed[-1:], more, axis=0)]) for name, feed in feeds.items()}
        try:
            answer = self._session.run(self._names, dict(feeds))[0]
        except UnicodeEncodeError:
            # Half a surrogate pair is no text; it becomes a word that no training row has.
            whole = [word.encode("utf-8", "replace").decode() for word in feeds["words"].ravel().tolist()]
            words = np.array(whole, dtype=object).reshape(feeds["words"].shape)
            return self.run({**feeds, "words": words}, rows + more)[:rows]
        except self._failures as error:
            raise BundleError(
                "the bundle's graph fails on these rows",
                because=_first_line(error),
                remedy="build the bundle again, or get an undamaged copy",
            ) from error
        if answer.shape != (rows + more, self.outputs):
            raise BundleError(
                "the bundle's graph gives another number of answers than it was asked for",
                remedy="build the bundle again, or get an undamaged copy",
            )
        return np.asarray(answer[:rows], np.float64)

    def one(self, feeds: Feeds) -> list[float]:
        """The answer for one row, the bits that it has among others.

        Raises
        ------
        BundleError : the graph fails on it
        """
        if self._together > 1:
            feeds = {name: feed.repeat(self._together, axis=0) for name, feed in feeds.items()}
        answer: list[float] = self.run(feeds, self._together)[0].tolist()
        return answer

    def score(self, feeds: Callable[[Columns], Feeds], columns: Columns, threads: int = 1) -> Numbers:
        """The answers for any number of rows, (rows, outputs), a bounded part of them at a time.

        Parameters
        ----------
        threads : how many parts may be scored at the same time; the answers are the same to the last bit
        """
        size = self.rows_at_a_time
        if threads > 1:
            even = -(-columns.rows // (threads * TOGETHER)) * TOGETHER
            size = min(size, max(even, _LEAST_ROWS))

        def answers(start: int) -> Numbers:
            part = columns.take(slice(start, start + size))
            return self.run(feeds(part), part.rows)

        starts = range(0, columns.rows, size)
        if threads == 1 or len(starts) < 2:
            return np.concatenate([np.empty((0, self.outputs)), *map(answers, starts)])
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(threads, len(starts))) as pool:
            return np.concatenate(list(pool.map(answers, starts)))


def agree(answers: Numbers, expected: Numbers) -> bool:
    """Whether answers are finite and those that were expected, within 1e-6 relative to max(1, |expected|)."""
    if answers.shape != expected.shape or not np.isfinite(answers).all():
        return False
    return bool(np.all(np.abs(answers - expected) <= 1e-6 * np.maximum(1.0, np.abs(expected))))


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return "".join(mark if mark.isprintable() else " " for mark in (text[0] if text else type(error).__name__))[:300]
