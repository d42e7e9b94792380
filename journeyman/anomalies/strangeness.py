"""The contract of the shelf: a detector is a file with one function.

    def strangeness(cells: Cells) -> Strangeness

It must give the same answer for the same cells, and be quick: a table of 20,000 rows in about a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from journeyman.anomalies.cells import Cells
from journeyman.table.columns import Numbers


@dataclass(frozen=True)
class Strangeness:
    """How strange a detector finds each row.

    Parameters
    ----------
    rows : (rows,) larger is stranger, on any scale
    cells : (rows, columns) what each cell adds, 0 where nothing; None where the detector cannot tell
    """

    rows: Numbers
    cells: Numbers | None = None


class Detector(Protocol):
    """What a module on the shelf has."""

    def strangeness(self, cells: Cells) -> Strangeness:
        """How strange each row is."""
