"""The rows that monitoring saw lately: coarse codes, by which later rows are told from those of training."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.monitoring.bins import Codes

#: Rows are learnt from in so large pieces, and so many of the newest are kept.
PIECE, MOST = 500, 2_000


@dataclass(frozen=True)
class Memory:
    """Rows seen before this batch.

    Parameters
    ----------
    learnt : (rows, columns) whole pieces, the newest last
    waiting : (rows, columns) fewer than a piece
    pieces : how many there were in all
    """

    learnt: Codes
    waiting: Codes
    pieces: int = 0

    @classmethod
    def of(cls, columns: int) -> Memory:
        """Before the first batch."""
        none = np.zeros((0, columns), np.uint8)
        return cls(none, none)

    def after(self, codes: Codes) -> Memory:
        """With one more batch."""
        rows = np.concatenate([self.waiting, codes])
        whole = len(rows) // PIECE * PIECE
        learnt = np.concatenate([self.learnt, rows[:whole]])[-MOST:]
        return Memory(learnt, rows[whole:], self.pieces + whole // PIECE)

    def as_data(self) -> dict[str, Any]:
        """The memory as JSON: codes as text."""
        told = {name: base64.b64encode(getattr(self, name).tobytes()).decode() for name in ("learnt", "waiting")}
        return {**told, "columns": self.learnt.shape[1], "pieces": self.pieces}

    @classmethod
    def from_data(cls, data: Mapping[str, Any], columns: int) -> Memory:
        """What `as_data` wrote.

        Raises
        ------
        ValueError : it is not that
        """
        if data["columns"] != columns or type(data["pieces"]) is not int:
            raise ValueError("it remembers other columns")
        parts = [np.frombuffer(base64.b64decode(data[name]), np.uint8) for name in ("learnt", "waiting")]
        learnt, waiting = (part.reshape(-1, columns) for part in parts)
        return cls(learnt, waiting, data["pieces"])
