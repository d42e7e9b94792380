"""An ONNX file as plain values, read by our own walker; of the format only the part that we write is known.

Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.protobuf import Field, Message, Schema, refuse, walk
from journeyman.plan.graph import IR_VERSION, ML_OPSET, OPSET

#: How many bytes a graph has at most, and cells all of its constants together.
MOST_BYTES = 1 << 27
MOST_CELLS = 1 << 24
MOST_NODES = 30_000
MOST_AXES = 4

#: Element types by their number in the format; text is an object array of str.
KINDS: Mapping[int, str] = {
    1: "float32",
    2: "uint8",
    6: "int32",
    7: "int64",
    8: "object",
    9: "bool",
    11: "float64",
}

#: Who wrote it, as every graph of ours says.
PRODUCER = b"journeyman"

_TENSOR: Schema = {
    1: Field("dims", "ints"),
    2: Field("kind", "int"),
    6: Field("texts", "bytes", repeated=True),
    8: Field("name", "bytes"),
    9: Field("raw", "bytes"),
}
_ATTRIBUTE: Schema = {
    1: Field("name", "bytes"),
    3: Field("int", "int"),
    4: Field("text", "bytes"),
    5: Field("tensor", "message", schema=_TENSOR),
    8: Field("ints", "ints"),
    9: Field("texts", "bytes", repeated=True),
    20: Field("type", "int"),
}
_NODE: Schema = {
    1: Field("inputs", "bytes", repeated=True),
    2: Field("outputs", "bytes", repeated=True),
    4: Field("operator", "bytes"),
    5: Field("attributes", "message", repeated=True, schema=_ATTRIBUTE),
    7: Field("domain", "bytes"),
}
_DIMENSION: Schema = {1: Field("size", "int"), 2: Field("symbol", "bytes")}
_SHAPE: Schema = {1: Field("dims", "message", repeated=True, schema=_DIMENSION)}
_TENSOR_TYPE: Schema = {1: Field("kind", "int"), 2: Field("shape", "message", schema=_SHAPE)}
_TYPE: Schema = {1: Field("tensor", "message", schema=_TENSOR_TYPE)}
_PORT: Schema = {1: Field("name", "bytes"), 2: Field("type", "message", schema=_TYPE)}
_GRAPH: Schema = {
    1: Field("nodes", "message", repeated=True, schema=_NODE),
    2: Field("name", "bytes"),
    5: Field("constants", "message", repeated=True, schema=_TENSOR),
    11: Field("inputs", "message", repeated=True, schema=_PORT),
    12: Field("outputs", "message", repeated=True, schema=_PORT),
}
_OPERATOR_SET: Schema = {1: Field("domain", "bytes"), 2: Field("version", "int")}
_MODEL: Schema = {
    1: Field("version", "int"),
    2: Field("producer", "bytes"),
    7: Field("graph", "message", schema=_GRAPH),
    8: Field("operator_sets", "message", repeated=True, schema=_OPERATOR_SET),
}

#: Attribute type by its number: the field that holds its value, and what stands for an absent one.
_ATTRIBUTE_TYPES: Mapping[int, str] = {2: "int", 3: "text", 4: "tensor", 7: "ints", 8: "texts"}
#: What onnxruntime takes, at the fifth byte, for the mark of a format of its own, which nobody audits.
_FOREIGN_MARK = b"ORTM"
_NAME = re.compile(r"[A-Za-z0-9_.:/-]{1,200}")

Attribute = int | str | tuple[str, ...] | NDArray[Any]


@dataclass(frozen=True)
class Port:
    """A graph's input or output: its element type and sizes; None is the number of rows, -1 a size not told."""

    name: str
    kind: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True)
class Node:
    """One operation. ``attributes`` are by name with the type they declare: int, text, texts, ints or tensor."""

    operator: str
    domain: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, tuple[str, Attribute]]


@dataclass(frozen=True)
class OnnxFile:
    """The graph of a file."""

    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    constants: Mapping[str, NDArray[Any]]
    nodes: tuple[Node, ...]


def read_onnx(content: bytes) -> OnnxFile:
    """Read a file of exactly the versions that we write.

    Raises
    ------
    BundleError : it is too large, malformed, or holds anything that we do not write
    """
    if len(content) > MOST_BYTES:
        raise refuse(f"it has more than {MOST_BYTES:,} bytes")
    if content[4:8] == _FOREIGN_MARK:
        raise refuse("it bears the mark of another format, as which onnxruntime would read it")
    model = walk(content, _MODEL)
    if model.get("producer") != PRODUCER:
        raise refuse("its producer is not the one that we write")
    if model.get("version") != IR_VERSION:
        raise refuse(f"it is of file version {model.get('version')}, not {IR_VERSION}")
    sets = sorted((_text(one.get("domain", b"")), one.get("version")) for one in model["operator_sets"])
    if sets != [("", OPSET), ("ai.onnx.ml", ML_OPSET)]:
        raise refuse("its operator sets are not those that we write")
    if "graph" not in model:
        raise refuse("it holds no graph")
    graph = model["graph"]
    if len(graph["nodes"]) > MOST_NODES:
        raise refuse(f"it has more than {MOST_NODES:,} operations")
    limit = _Cells()
    constants: dict[str, NDArray[Any]] = {}
    for one in graph["constants"]:
        name = _name(one.get("name", b""))
        if name in constants:
            raise refuse(f"the name {name!r} is given twice")
        constants[name] = limit.tensor(one)
    return OnnxFile(
        tuple(_port(one) for one in graph["inputs"]),
        tuple(_port(one) for one in graph["outputs"]),
        constants,
        tuple(_node(one, limit) for one in graph["nodes"]),
    )


class _Cells:
    """Reads tensors, and counts their cells."""

    def __init__(self) -> None:
        self.left = MOST_CELLS

    def tensor(self, data: Message) -> NDArray[Any]:
        kind = KINDS.get(data.get("kind", 0))
        if kind is None:
            raise refuse(f"a tensor is of type {data.get('kind')}, which we do not write")
        shape = tuple(data.get("dims", np.zeros(0, np.int64)).tolist())
        if len(shape) > MOST_AXES or min(shape, default=0) < 0:
            raise refuse("a tensor has a negative size, or too many axes")
        cells = math.prod(shape)  # of Python integers, which do not overflow
        self.left -= cells
        if self.left < 0:
            raise refuse(f"its tensors have more than {MOST_CELLS:,} cells")
        raw = data.get("raw", b"")
        if kind == "object":
            if raw or len(data["texts"]) != cells:
                raise refuse("a tensor has not as many texts as its sizes say")
            array = np.empty(cells, dtype=object)
            array[:] = [_text(one) for one in data["texts"]]
            return array.reshape(shape)
        if data["texts"] or len(raw) != cells * np.dtype(kind).itemsize:
            raise refuse("a tensor has not as many bytes as its sizes say")
        if kind == "bool" and np.any(np.frombuffer(raw, np.uint8) > 1):
            raise refuse("a tensor of flags holds more than 0 and 1")
        # The format is little-endian on every machine.
        return np.frombuffer(raw, np.dtype(kind).newbyteorder("<")).reshape(shape)


def _node(data: Message, limit: _Cells) -> Node:
    attributes: dict[str, tuple[str, Attribute]] = {}
    for one in data["attributes"]:
        name = _name(one.get("name", b""))
        if name in attributes:
            raise refuse(f"the attribute {name!r} is given twice")
        attributes[name] = _attribute(one, limit)
    return Node(
        _name(data.get("operator", b"")),
        _text(data.get("domain", b"")),
        tuple(_name(one) if one else "" for one in data["inputs"]),
        tuple(_name(one) for one in data["outputs"]),
        attributes,
    )


def _attribute(data: Message, limit: _Cells) -> tuple[str, Attribute]:
    kind = _ATTRIBUTE_TYPES.get(data.get("type", 0))
    there = {name for name in _ATTRIBUTE_TYPES.values() if name in data and not (name == "texts" and not data[name])}
    if kind is None or not there <= {kind}:
        raise refuse("an attribute is of a type that we do not write")
    if kind == "int":
        return kind, int(data.get("int", 0))
    if kind == "text":
        return kind, _text(data.get("text", b""))
    if kind == "texts":
        return kind, tuple(_text(one) for one in data["texts"])
    if kind == "ints":
        ints = data.get("ints", np.zeros(0, np.int64))
        return kind, ints
    if "tensor" not in data:
        raise refuse("an attribute that should be a tensor is empty")
    return kind, limit.tensor(data["tensor"])


def _port(data: Message) -> Port:
    tensor = data.get("type", {}).get("tensor")
    if tensor is None or "shape" not in tensor or tensor.get("kind") not in KINDS:
        raise refuse("an input or output is not a tensor of a type that we write")
    return Port(_name(data.get("name", b"")), KINDS[tensor["kind"]], tuple(map(_size, tensor["shape"]["dims"])))


def _size(data: Message) -> int | None:
    if "symbol" in data:
        if data["symbol"] != b"N" or "size" in data:
            raise refuse("a size has a name that we do not write")
        return None
    size = int(data.get("size", -1))
    if "size" in data and size < 0:
        raise refuse("a size is negative")
    return size


def _name(content: bytes) -> str:
    name = _text(content[:400])
    if not _NAME.fullmatch(name):
        raise refuse(f"a name is not one that we write: {name[:40]!r}")
    return name


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise refuse("a text in it is not UTF-8") from error
