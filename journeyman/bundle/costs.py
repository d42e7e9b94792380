"""What a graph costs: room, text and time that it takes to load and for a row, each within a limit.

Sizes are known before anything runs. What only constants go into is computed once, when the graph is loaded, and kept;
what rows go into is computed for every row. Texts count twice: in cells, and by how much text is copied.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from journeyman.bundle.onnx_file import MOST_CELLS, Node
from journeyman.bundle.operators import Wire
from journeyman.bundle.protobuf import refuse

#: Most cells of one tensor, and room of all of them in numbers of 8 bytes, for one row.
MOST_CELLS_A_TENSOR = 1 << 20
MOST_ROOM_A_ROW = 1 << 22
#: Most steps of about a nanosecond or two, for one row and once at loading.
MOST_WORK_A_ROW = 1 << 25
#: How often each column of words may be copied for a row, and cells of text that this makes at most.
MOST_COPIES = 1000
MOST_WORDS_A_ROW = 1 << 18
#: Most characters that texts of the graph itself come to in the cells of one row.
MOST_TEXT_A_ROW = 1 << 25
#: Most operations that the runtime builds a model of its own for.
MOST_ENSEMBLES = 1000

#: Room of a cell, in numbers of 8 bytes, where it is not one: a text is an object that points to its letters.
_ROOM = {"object": 4, "pieces": 4}
#: Steps for a cell where it is not one: series of arithmetic, and texts that are copied or looked up.
_STEPS = {"Pow": 16, "Mod": 8} | dict.fromkeys(("Exp", "Log", "Sigmoid", "Softmax", "Tanh"), 8)
_TEXT_STEPS, _SPLIT_STEPS = 16, 8


class Account:
    """Adds up what the operations of a graph cost, and refuses what is too much.

    Parameters
    ----------
    given : the tensors before the first operation: inputs and constants
    """

    def __init__(self, given: Iterable[Wire]) -> None:
        self.cells = 0
        self._room = self._folded = self._work = self._words = self._ensembles = 0
        self._copies, self._longest = 0, 0
        for wire in given:
            if wire.kind == "object" and wire.value is None:
                self._copies += MOST_COPIES * wire.cells
            elif wire.kind == "object" and wire.value is not None:
                self._longest = max(self._longest, max(map(len, wire.value.ravel().tolist()), default=0))

    def add(self, node: Node, wire: Wire) -> None:
        """Add one operation that gives a tensor.

        Raises
        ------
        BundleError : from here on it is too much
        """
        cells = wire.cells
        is_text = wire.kind in _ROOM
        if wire.of_rows is None:
            # The runtime computes it once, and keeps it beside all others.
            self._folded += cells * _ROOM.get(wire.kind, 1)
            if cells > MOST_CELLS or self._folded > MOST_CELLS:
                raise refuse("its constants grow too large")
        else:
            self.cells += cells
            self._room += cells * _ROOM.get(wire.kind, 1)
            if cells > MOST_CELLS_A_TENSOR or self._room > MOST_ROOM_A_ROW:
                raise refuse("its tensors grow too large")
        if wire.kind == "object":
            self._add_words(node.attributes, cells)
        elif node.operator == "TreeEnsemble":
            self._ensembles += 1
            if self._ensembles > MOST_ENSEMBLES:
                raise refuse(f"it has more than {MOST_ENSEMBLES:,} tree ensembles")
        steps = _TEXT_STEPS if is_text or node.operator == "LabelEncoder" else _STEPS.get(node.operator, 1)
        splits = _SPLIT_STEPS if node.operator == "TreeEnsemble" else 1
        self._work += max(cells * steps, wire.work * splits)
        if self._work > MOST_WORK_A_ROW:
            raise refuse("it takes too much arithmetic")

    def _add_words(self, attributes: Any, cells: int) -> None:
        """Cells of text: each may hold the longest that there is."""
        self._words += cells
        if self._words > min(MOST_WORDS_A_ROW, self._copies + MOST_COPIES):
            raise refuse("its texts are copied too often")
        for name in ("values_strings", "default_string"):
            _, value = attributes.get(name, ("", ()))
            texts = (value,) if isinstance(value, str) else value
            self._longest = max(self._longest, max(map(len, texts), default=0))
        if self._words * self._longest > MOST_TEXT_A_ROW:
            raise refuse("its texts grow too long")
