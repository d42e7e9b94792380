"""Mutants of good bundles: of the bytes and of the structure of graph and manifest, digests told anew."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from hostile_attacks import digests_anew
from onnx import TensorProto, helper, numpy_helper

from journeyman.bundle.operators import OPERATORS

Random = random.Random
_WHOLE = (-1, 0, 1, 2, 2**31 - 1, 2**31, 2**32, 2**62, 2**63 - 1, -(2**63))
_REAL = (float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1e308, -1e308, 5e-324)
_LEAVES = (
    *(-1, 0, 2**31, 10**18, 10**400, 1e308, -1e308, 5e-324, float("nan"), float("inf")),
    *(
        "",
        "../../canary/owned",
        "x" * 10_000,
        "{0.__class__}",
        "<script>window.jmxss=1</script>",
        "=cmd()",
        "\x1f",
        "\0",
    ),
    *(None, True, False, [], {}, [[]], {"": {}}),
)
_FOREIGN = ("Loop", "If", "Scan", "Constant", "StringNormalizer", "RegexFullMatch", "TfIdfVectorizer", "Resize", "Cos")


@dataclass(frozen=True)
class Mutant:
    """What was changed, in words, and the part of the product that is asked: ``"graph"`` or ``"whole"``."""

    what: str
    of: str


def mutate(good: Path, folder: Path, draw: Random) -> Mutant:
    """Write one mutant of a good bundle to a folder."""
    shutil.copytree(good, folder)
    kind = draw.choices(("structure", "bytes", "manifest", "text"), (50, 20, 24, 6))[0]
    if kind == "structure":
        model = onnx.load_from_string((folder / "model.onnx").read_bytes())
        change = draw.choice(_STRUCTURE)
        change(model, draw)
        (folder / "model.onnx").write_bytes(model.SerializeToString())
        digests_anew(folder)
        return Mutant(f"structure: {change.__name__}", "graph")
    if kind == "bytes":
        content, what = _bytes(bytearray((folder / "model.onnx").read_bytes()), draw)
        (folder / "model.onnx").write_bytes(content)
        digests_anew(folder)
        return Mutant(f"bytes: {what}", "graph")
    path = folder / "manifest.json"
    if kind == "text":
        content, what = _bytes(bytearray(path.read_bytes()), draw)
        path.write_bytes(content)
        return Mutant(f"text: {what}", "whole")
    name = "cases.json" if draw.random() < 0.15 and (folder / "cases.json").exists() else "manifest.json"
    data = json.loads((folder / name).read_text())
    what = _data(data, draw)
    (folder / name).write_text(json.dumps(data, sort_keys=True, indent=1) + "\n")
    if name == "cases.json":
        digests_anew(folder)
    return Mutant(f"data: {name} {what}", "whole")


def _bytes(content: bytearray, draw: Random) -> tuple[bytes, str]:
    # Most of a graph of trees is arrays: half of the places are taken from its beginning.
    at = draw.randrange(min(len(content), 3000) if draw.random() < 0.5 else len(content))
    what = draw.choice(("flip", "flip", "set", "lose", "double", "cut", "long number", "field", "swap"))
    match what:
        case "flip":
            content[at] ^= 1 << draw.randrange(8)
        case "set":
            content[at] = draw.choice((0, 1, 0x7F, 0x80, 0xFF))
        case "lose":
            del content[at : at + draw.randrange(1, 20)]
        case "double":
            content[at:at] = content[at : at + draw.randrange(1, 200)]
        case "cut":
            del content[at:]
        case "long number":
            content[at:at] = b"\xff" * draw.randrange(1, 12) + b"\x01"
        case "field":
            content[at:at] = bytes([draw.randrange(256), draw.randrange(1, 9)]) + draw.randbytes(8)
        case _:
            other = draw.randrange(len(content))
            content[at], content[other] = content[other], content[at]
    return bytes(content), what


def _data(data: Any, draw: Random) -> str:
    """Change one place in JSON; gives where."""
    paths = [path for path in _places(data) if path]
    # Long lists of numbers would be all that is ever changed: a part of the document is drawn first.
    part = draw.choice(sorted({str(path[0]) for path in paths}))
    path = draw.choice([one for one in paths if str(one[0]) == part])
    at = data
    for one in path[:-1]:
        at = at[one]
    last = path[-1]
    match draw.choice(("set", "set", "set", "lose", "double", "swap")):
        case "set":
            at[last] = copy.deepcopy(draw.choice(_LEAVES))
        case "lose":
            del at[last]
        case "double" if isinstance(at, list):
            at.insert(0, copy.deepcopy(at[last]))
        case "swap" if isinstance(at, list):
            other = draw.randrange(len(at))
            at[last], at[other] = at[other], at[last]
        case _:
            at[f"{last}_more" if isinstance(at, dict) else last] = copy.deepcopy(at[last])
    return ".".join(map(str, path))


def _places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inside: Any = ()
    if isinstance(data, dict):
        inside = data.items()
    elif isinstance(data, list):
        inside = enumerate(data)
    for key, value in inside:
        yield from _places(value, (*path, key))


# ---- structure ------------------------------------------------------------------------------------------------------


def _tensors(model: onnx.ModelProto) -> list[onnx.TensorProto]:
    within = (one.t for node in model.graph.node for one in node.attribute if one.HasField("t"))
    return [*model.graph.initializer, *within]


def an_index(model: onnx.ModelProto, draw: Random) -> None:
    """One whole number of a list: an index of a tree, a key, a value."""
    lists = [one for node in model.graph.node for one in node.attribute if one.ints]
    if lists:
        ints = draw.choice(lists).ints
        place = draw.randrange(len(ints))
        ints[place] = draw.choice((*_WHOLE, place, place + 1, max(place - 1, 0), len(ints), len(ints) - 1))


def several_indexes(model: onnx.ModelProto, draw: Random) -> None:
    """The same of up to twenty numbers, by numbers that are in range."""
    lists = [one for node in model.graph.node for one in node.attribute if one.ints]
    if lists:
        ints = draw.choice(lists).ints
        for _ in range(draw.randrange(1, 20)):
            ints[draw.randrange(len(ints))] = draw.randrange(len(ints))


def a_whole_number(model: onnx.ModelProto, draw: Random) -> None:
    """One attribute that is a whole number."""
    single = [one for node in model.graph.node for one in node.attribute if one.type == onnx.AttributeProto.INT]
    if single:
        draw.choice(single).i = draw.choice(_WHOLE)


def a_cell(model: onnx.ModelProto, draw: Random) -> None:
    """One cell of a tensor of numbers."""
    tensors = [one for one in _tensors(model) if one.raw_data]
    if not tensors:
        return
    tensor = draw.choice(tensors)
    array = numpy_helper.to_array(tensor).copy()
    place = draw.randrange(array.size)
    if array.dtype.kind == "f":
        array.reshape(-1)[place] = draw.choice(_REAL)
    elif array.dtype.kind == "b":
        array.reshape(-1)[place] ^= True
    else:
        value = draw.choice((*_WHOLE, place, array.size))
        array.reshape(-1)[place] = value & 0x7F if array.dtype.itemsize == 1 else max(min(value, 2**31 - 1), -(2**31))
    tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))


def a_mode(model: onnx.ModelProto, draw: Random) -> None:
    """How one split of a tree compares."""
    modes = [one.t for node in model.graph.node for one in node.attribute if one.name == "nodes_modes"]
    if modes:
        tensor = draw.choice(modes)
        content = bytearray(tensor.raw_data)
        content[draw.randrange(len(content))] = draw.randrange(9)
        tensor.raw_data = bytes(content)


def sizes(model: onnx.ModelProto, draw: Random) -> None:
    """One size of a tensor."""
    tensors = [one for one in _tensors(model) if one.dims]
    tensor = draw.choice(tensors)
    tensor.dims[draw.randrange(len(tensor.dims))] = draw.choice((*_WHOLE, 2**20, 2**16))


def element_type(model: onnx.ModelProto, draw: Random) -> None:
    """The type of a tensor's cells."""
    draw.choice(_tensors(model)).data_type = draw.randrange(24)


def operator(model: onnx.ModelProto, draw: Random) -> None:
    """What an operation does."""
    draw.choice(model.graph.node).op_type = draw.choice((*OPERATORS, *_FOREIGN))


def domain(model: onnx.ModelProto, draw: Random) -> None:
    """Whose operation it is."""
    draw.choice(model.graph.node).domain = draw.choice(("com.microsoft", "ai.onnx.ml", "", "ai.onnx.training", "x"))


def taken(model: onnx.ModelProto, draw: Random) -> None:
    """What an operation takes."""
    names = [one for node in model.graph.node for one in (*node.input, *node.output)]
    names += [*(one.name for one in model.graph.initializer), "", "nothing", "\0", "words"]
    node = draw.choice(model.graph.node)
    node.input[draw.randrange(len(node.input))] = draw.choice(names)


def taken_in_turn(model: onnx.ModelProto, draw: Random) -> None:
    """The order of what an operation takes."""
    several = [node for node in model.graph.node if len(node.input) > 1]
    if several:
        node = draw.choice(several)
        node.input[0], node.input[1] = node.input[1], node.input[0]


def taken_more(model: onnx.ModelProto, draw: Random) -> None:
    """One more input, or a thousand."""
    node = draw.choice(model.graph.node)
    node.input.extend([draw.choice(model.graph.node).output[0]] * draw.choice((1, 1000)))


def given(model: onnx.ModelProto, draw: Random) -> None:
    """What an operation's output is called."""
    node = draw.choice(model.graph.node)
    node.output[0] = draw.choice(("answer", "numbers", "words", "", "x" * 300, draw.choice(model.graph.node).output[0]))


def double(model: onnx.ModelProto, draw: Random) -> None:
    """An operation twice."""
    model.graph.node.append(draw.choice(model.graph.node))


def order(model: onnx.ModelProto, draw: Random) -> None:
    """The order of the operations."""
    nodes = list(model.graph.node)
    draw.shuffle(nodes)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def lost(model: onnx.ModelProto, draw: Random) -> None:
    """An operation is not there."""
    del model.graph.node[draw.randrange(len(model.graph.node))]


def short_cut(model: onnx.ModelProto, draw: Random) -> None:
    """The answer is what some operation gives."""
    model.graph.node[-1].input[0] = draw.choice(model.graph.node).output[0]


def external(model: onnx.ModelProto, draw: Random) -> None:
    """A tensor whose cells are in another file."""
    tensor = draw.choice(_tensors(model))
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=draw.choice(("../../etc/passwd", "/dev/zero", "model.onnx")))
    tensor.ClearField("raw_data")


def subgraph(model: onnx.ModelProto, draw: Random) -> None:
    """A graph within an operation."""
    body = helper.make_graph([], "body", [], [])
    node = draw.choice(model.graph.node)
    node.op_type = draw.choice(("If", "Loop", "Scan", node.op_type))
    node.attribute.append(helper.make_attribute(draw.choice(("then_branch", "body", "axis")), body))


def own_function(model: onnx.ModelProto, draw: Random) -> None:
    """An operator that the file defines."""
    node = draw.choice(model.graph.node)
    inside = helper.make_node("Identity", ["x"], ["y"])
    model.functions.append(helper.make_function(node.domain, node.op_type, ["x"], ["y"], [inside], []))


def attribute_lost(model: onnx.ModelProto, draw: Random) -> None:
    """An attribute is not there."""
    node = draw.choice([node for node in model.graph.node if node.attribute])
    del node.attribute[draw.randrange(len(node.attribute))]


def attribute_of_another(model: onnx.ModelProto, draw: Random) -> None:
    """An attribute of another operation."""
    with_some = [node for node in model.graph.node if node.attribute]
    draw.choice(model.graph.node).attribute.append(draw.choice(draw.choice(with_some).attribute))


def axis(model: onnx.ModelProto, draw: Random) -> None:
    """Another axis."""
    node = draw.choice([node for node in model.graph.node if node.op_type in ("Gather", "Concat", "Softmax")])
    del node.attribute[:]
    node.attribute.append(helper.make_attribute("axis", draw.choice((-3, -2, -1, 0, 1, 2, 9, 2**62))))


def a_list_cut(model: onnx.ModelProto, draw: Random) -> None:
    """A list that is shorter, or longer."""
    lists = [one.ints for node in model.graph.node for one in node.attribute if one.ints]
    lists += [one.strings for node in model.graph.node for one in node.attribute if one.strings]  # type: ignore[misc]
    if lists:
        one = draw.choice(lists)
        if draw.random() < 0.5:
            del one[draw.randrange(len(one)) :]
        else:
            one.extend([one[0]] * draw.choice((1, 1000)))


def port(model: onnx.ModelProto, draw: Random) -> None:
    """Type or width of an input."""
    tensor = draw.choice(model.graph.input).type.tensor_type
    if draw.random() < 0.5:
        tensor.elem_type = draw.randrange(17)
    else:
        tensor.shape.dim[1].dim_value = draw.choice((0, 1, 2**31, 2**62))


def a_text(model: onnx.ModelProto, draw: Random) -> None:
    """A key of a look-up."""
    keys = [one for node in model.graph.node for one in node.attribute if one.strings]
    if keys:
        strings = draw.choice(keys).strings
        strings[draw.randrange(len(strings))] = draw.choice((b"", b"\xff\xfe", b"x" * 100_000, b"\0", strings[0]))


def a_divisor(model: onnx.ModelProto, draw: Random) -> None:
    """What whole numbers are divided by; the processor stops the process for some."""
    taken = {node.input[1] for node in model.graph.node if node.op_type in ("Div", "Mod")}
    there = [one for one in model.graph.initializer if one.name in taken and one.data_type == TensorProto.INT64]
    if there:
        tensor = draw.choice(there)
        array = numpy_helper.to_array(tensor).copy()
        array.reshape(-1)[0] = draw.choice((0, -1, 1, 2**62, -(2**63)))
        tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))


def doublings(model: onnx.ModelProto, draw: Random) -> None:
    """A tensor beside itself, again and again; the first column of it goes on."""
    last, nodes = "numbers", []
    for number in range(draw.choice((4, 12, 25, 29))):
        nodes.append(helper.make_node("Concat", [last, last], [f"doubled{number}"], axis=1))
        last = f"doubled{number}"
    width = model.graph.input[0].type.tensor_type.shape.dim[1].dim_value
    model.graph.initializer.append(numpy_helper.from_array(np.arange(width), "first"))
    nodes.append(helper.make_node("Gather", [last, "first"], ["narrow"], axis=1))
    _put_before(model, nodes, "narrow")


def a_long_chain(model: onnx.ModelProto, draw: Random) -> None:
    """Thousands of operations that change nothing."""
    length = 2 * draw.choice((10, 1000, 10_000, 60_000))
    names = ["numbers", *(f"turned{number}" for number in range(length))]
    nodes = [helper.make_node("Neg", [taken], [given]) for taken, given in pairwise(names)]
    _put_before(model, nodes, names[-1])


def _put_before(model: onnx.ModelProto, nodes: list[onnx.NodeProto], gives: str) -> None:
    """Whoever took the numbers takes what some operations make of them."""
    for node in model.graph.node:
        for place, name in enumerate(node.input):
            if name == "numbers":
                node.input[place] = gives
    rest = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*nodes, *rest])


def a_deep_tree(model: onnx.ModelProto, draw: Random) -> None:
    """An ensemble of one tree, each split below the one before; answers are 0."""
    levels = draw.choice((10, 500, 20_000, 200_000))
    lists = {
        "leaf_targetids": [0] * (levels + 1),
        "nodes_featureids": [0] * levels,
        "nodes_truenodeids": list(range(levels)),
        "nodes_trueleafs": [1] * levels,
        "nodes_falsenodeids": list(range(1, levels + 1)),
        "nodes_falseleafs": [0] * (levels - 1) + [1],
        "tree_roots": [0],
    }
    lists["nodes_falsenodeids"][-1] = levels
    node = helper.make_node("TreeEnsemble", ["numbers"], ["deep"], domain="ai.onnx.ml", n_targets=1)
    node.attribute.extend([helper.make_attribute(name, value) for name, value in lists.items()])
    node.attribute.extend([helper.make_attribute("aggregate_function", 1), helper.make_attribute("post_transform", 0)])
    arrays = {
        "leaf_weights": np.zeros(levels + 1),
        "nodes_modes": np.zeros(levels, np.uint8),
        "nodes_splits": np.arange(levels, dtype=np.float64),
    }
    node.attribute.extend(
        [helper.make_attribute(name, numpy_helper.from_array(value, name)) for name, value in arrays.items()]
    )
    last = model.graph.node[-1]
    answer = last.input[0]
    last.input[0] = "with_deep"
    added = helper.make_node("Add", [answer, "deep"], ["with_deep"])
    rest = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*rest[:-1], node, added, rest[-1]])


def constants_that_grow(model: onnx.ModelProto, draw: Random) -> None:
    """Constants that are multiplied with each other when the graph is loaded, and of which one cell is used."""
    size = draw.choice((16, 256, 4096))
    for name, shape in (("tall", (size, 1)), ("wide", (1, size))):
        model.graph.initializer.append(numpy_helper.from_array(np.zeros(shape), name))
    model.graph.initializer.append(numpy_helper.from_array(np.array([0]), "at_first"))
    nodes, last = [], ""
    for number in range(draw.choice((2, 12))):
        exponent = f"exponent{number}"
        model.graph.initializer.append(numpy_helper.from_array(np.full((1, size), float(number)), exponent))
        nodes.append(helper.make_node("Mul", ["tall", exponent], [f"square{number}"]))
        nodes.append(helper.make_node("Gather", [f"square{number}", "at_first"], [f"row{number}"], axis=0))
        nodes.append(helper.make_node("Gather", [f"row{number}", "at_first"], [f"cell{number}"], axis=1))
        if last:
            nodes.append(helper.make_node("Add", [last, f"cell{number}"], [f"total{number}"]))
        last = f"total{number}" if last else f"cell{number}"
    nodes.append(helper.make_node("Add", ["numbers", last], ["same"]))
    _put_before(model, nodes, "same")
    nodes[-1].input[0] = "numbers"


_STRUCTURE: tuple[Callable[[onnx.ModelProto, Random], None], ...] = (
    *(an_index, an_index, an_index, an_index, several_indexes, several_indexes, a_whole_number, a_whole_number),
    *(a_cell, a_cell, a_mode, sizes, sizes, element_type, operator, operator, domain, taken, taken, taken_in_turn),
    *(taken_more, given, double, order, lost, short_cut, external, subgraph, own_function, attribute_lost),
    *(attribute_of_another, axis, a_list_cut, port, a_text),
    *(a_divisor, a_divisor, doublings, a_long_chain, a_deep_tree, constants_that_grow),
)
