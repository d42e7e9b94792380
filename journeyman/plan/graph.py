"""The graph that is the model: ONNX, float64 end to end, written node by node.

Three inputs carry the reader's typed columns as blocks (`numbers` float64, `dates` int64 with `dates_missing`,
`words` string), one output carries the answer. Only operators that every runtime has are used: no contrib operators,
no parsing or normalising of strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeyman.table.columns import MISSING_WORD, Columns

#: Operator sets and file version that we write and accept.
OPSET = 21
ML_OPSET = 5
IR_VERSION = 10
OUTPUT = "answer"
#: ONNX's numbers for kinds of cells.
INT64, BOOL, DOUBLE = 7, 9, 11
#: Operators that round by place: a runtime computes several numbers at once, and what is left over otherwise. Of so
#: many columns, or a multiple of it, nothing is left over on any processor, however many rows there are.
ROUNDS_BY_PLACE, VECTOR = ("Exp", "Log", "Sigmoid", "Tanh"), 8
#: Operators that give more than one output, and how many; only the first is of use.
_OUTPUTS = {"StringSplit": 2}


class Node(NamedTuple):
    """One operation of a graph; of several outputs only the first is of use. An attribute may be an array."""

    operator: str
    domain: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: dict[str, Any]


@dataclass(frozen=True)
class Wires:
    """Names of the tensors that hold the three blocks at some point of the graph; a block of no columns has none.

    Shapes: ``numbers`` (N, len(number_names)) float64; ``dates`` int64 and ``dates_missing`` bool (N, …);
    ``words`` (N, …) string, of which ``text_names`` are texts, as in `Columns`.
    """

    numbers: str
    number_names: tuple[str, ...]
    dates: str
    dates_missing: str
    date_names: tuple[str, ...]
    words: str
    word_names: tuple[str, ...]
    text_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names: numbers, dates, words; the twin of `Columns.names`."""
        return self.number_names + self.date_names + self.word_names


@dataclass
class Graph:
    """A graph in the making. `add` appends a node and gives the name of its (first) output."""

    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, NDArray[Any]] = field(default_factory=dict)
    _equal: dict[Any, str] = field(default_factory=dict)

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Append a node; give its (first) output's name. ``domain`` is ``""`` or ``"ai.onnx.ml"``.

        Equal nodes are kept once: members of a blend share what they have in common.
        """
        key = None
        if not any(isinstance(value, np.ndarray) for value in attributes.values()):
            plain = {name: tuple(value) if isinstance(value, list) else value for name, value in attributes.items()}
            key = (operator, domain, inputs, *sorted(plain.items()))
            if key in self._equal:
                return self._equal[key]
        output = f"t{len(self.nodes)}"
        outputs = (output, *(f"{output}.{more}" for more in range(1, _OUTPUTS.get(operator, 1))))
        self.nodes.append(Node(operator, domain, inputs, outputs, attributes))
        if key is not None:
            self._equal[key] = output
        return output

    def constant(self, values: Any, kind: type | np.dtype[Any] = np.float64) -> str:
        """A constant tensor; equal ones are kept once."""
        array = np.ascontiguousarray(np.asarray(values, dtype=kind)).reshape(np.shape(values))
        for name, known in self.constants.items():
            if known.dtype == array.dtype and known.shape == array.shape and known.tobytes() == array.tobytes():
                return name
        name = f"c{len(self.constants)}"
        self.constants[name] = array
        return name

    def inputs(self, columns: Columns) -> Wires:
        """The wires of the reader's blocks, as columns have them."""
        has_dates, has_words = bool(columns.date_names), bool(columns.word_names)
        return Wires(
            "numbers" if columns.number_names else "",
            columns.number_names,
            "dates" if has_dates else "",
            "dates_missing" if has_dates else "",
            columns.date_names,
            "words" if has_words else "",
            columns.word_names,
            columns.texts,
        )

    def pick(self, wire: str, places: Sequence[int], width: int) -> str:
        """Some columns of a block, (N, len(places)); the block itself where that is all of them, in order."""
        if not places:
            return ""
        if list(places) == list(range(width)):
            return wire
        return self.add("Gather", wire, self.constant(places, np.int64), axis=1)

    def join(self, *wires: str) -> str:
        """Blocks side by side; empty ones are left out."""
        there = [wire for wire in wires if wire]
        return there[0] if len(there) == 1 else self.add("Concat", *there, axis=1) if there else ""

    def select(self, wires: Wires, names: Sequence[str]) -> Wires:
        """Some columns by name; the twin of `Columns.select`."""
        wanted = set(names)

        def part(block: tuple[str, ...]) -> list[int]:
            return [place for place, name in enumerate(block) if name in wanted]

        number, date, word = part(wires.number_names), part(wires.date_names), part(wires.word_names)
        return Wires(
            self.pick(wires.numbers, number, len(wires.number_names)),
            tuple(wires.number_names[place] for place in number),
            self.pick(wires.dates, date, len(wires.date_names)),
            self.pick(wires.dates_missing, date, len(wires.date_names)),
            tuple(wires.date_names[place] for place in date),
            self.pick(wires.words, word, len(wires.word_names)),
            tuple(wires.word_names[place] for place in word),
            tuple(name for name in wires.text_names if name in wanted),
        )

    def without_texts(self, wires: Wires) -> Wires:
        """All columns but texts; the twin of `Columns.without_texts`."""
        if not wires.text_names:
            return wires
        return self.select(wires, [name for name in wires.names if name not in wires.text_names])

    def beside(self, first: Wires, second: Wires) -> Wires:
        """Two sets of columns; the twin of `Columns.beside`."""
        return Wires(
            self.join(first.numbers, second.numbers),
            first.number_names + second.number_names,
            self.join(first.dates, second.dates),
            self.join(first.dates_missing, second.dates_missing),
            first.date_names + second.date_names,
            self.join(first.words, second.words),
            first.word_names + second.word_names,
            first.text_names + second.text_names,
        )

    def with_numbers(self, wires: Wires, numbers: str, names: Sequence[str]) -> Wires:
        """The same dates and words beside another block of numbers."""
        return replace(wires, numbers=numbers, number_names=tuple(names))

    def lookup(self, words: str, levels: Sequence[str], table: NDArray[np.float64]) -> str:
        """Words (N, 1) → rows of ``table`` (len(levels) + 1, width) as (N, width); unseen words take its last row."""
        code = self.add(
            "LabelEncoder",
            words,
            domain="ai.onnx.ml",
            # The operator wants at least one key; without levels every word takes the one row there is.
            keys_strings=list(levels) or [""],
            values_int64s=list(range(len(levels))) or [0],
            default_int64=len(levels),
        )
        flat = self.add("Reshape", code, self.constant([-1], np.int64))
        return self.add("Gather", self.constant(table), flat, axis=0)

    def zeros(self, wires: Wires) -> str:
        """One zero for every row, (N, 1) float64, whatever blocks there are and whatever is missing in them."""
        if wires.numbers:
            first = self.pick(wires.numbers, [0], len(wires.number_names))
            product = self.add("Mul", first, self.constant(0.0))
            return self.add("Where", self.add("IsNaN", product), self.constant(0.0), product)
        if wires.dates:
            first = self.pick(wires.dates_missing, [0], len(wires.date_names))
            return self.add("Where", first, self.constant(0.0), self.constant(0.0))
        first = self.pick(wires.words, [0], len(wires.word_names))
        return self.lookup(first, [MISSING_WORD], np.zeros((2, 1)))

    def finish(self, start: Wires, answer: str) -> bytes:
        """The whole model as ONNX bytes: same nodes, same bytes.

        Parameters
        ----------
        start : the wires that `inputs` gave
        answer : the tensor (N, outputs) that is the model's answer
        """
        import onnx
        from onnx import TensorProto, helper, numpy_helper

        nodes = [*self.nodes, Node("Identity", "", (answer,), (OUTPUT,), {})]
        shapes = {
            "numbers": (start.numbers, TensorProto.DOUBLE, len(start.number_names)),
            "dates": (start.dates, TensorProto.INT64, len(start.date_names)),
            "dates_missing": (start.dates_missing, TensorProto.BOOL, len(start.date_names)),
            "words": (start.words, TensorProto.STRING, len(start.word_names)),
        }
        inputs = [
            helper.make_tensor_value_info(name, kind, ["N", width])
            for name, (wire, kind, width) in shapes.items()
            if wire
        ]
        written = []
        for operator, domain, takes, gives, attributes in nodes:
            node = helper.make_node(operator, takes, gives, domain=domain)
            for name in sorted(attributes):
                value = attributes[name]
                if isinstance(value, np.ndarray):
                    value = numpy_helper.from_array(value, name)
                node.attribute.append(helper.make_attribute(name, value))
            written.append(node)
        graph = helper.make_graph(
            written,
            "journeyman",
            inputs,
            [helper.make_tensor_value_info(OUTPUT, TensorProto.DOUBLE, ["N", None])],
            [numpy_helper.from_array(array, name) for name, array in self.constants.items()],
        )
        model = helper.make_model(
            graph,
            producer_name="journeyman",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)],
        )
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString(deterministic=True))
