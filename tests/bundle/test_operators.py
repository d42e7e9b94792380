"""What the rules say of types and sizes is held against onnxruntime, and what they must refuse is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.bundle.operators import OPERATORS, Wire
from journeyman.errors import BundleError
from journeyman.plan.graph import Graph

ROWS = 7
NUMBERS, FLAGS, DATES = Wire("float64", (-1, 3)), Wire("bool", (-1, 2)), Wire("int64", (-1, 2))
WORDS = Wire("object", (-1, 2))


def constant(values: Any, kind: str = "float64") -> Wire:
    array = np.array(values, dtype=kind)
    return Wire(kind, array.shape, array)


def whole(*values: int) -> Wire:
    return constant(list(values), "int64")


GOOD = [
    ("Add", [NUMBERS, constant([1.0, 2.0, 3.0])], {}),
    ("Mul", [DATES, whole(3)], {}),
    ("Div", [DATES, whole(3)], {}),
    ("Mod", [DATES, whole(3, 5)], {}),
    ("Div", [NUMBERS, constant(2.0)], {}),
    ("Cast", [DATES], {"to": 11}),
    ("Clip", [NUMBERS, constant(0.0), constant(1.0)], {}),
    ("Concat", [NUMBERS, NUMBERS], {"axis": 1}),
    ("Equal", [DATES, whole(1)], {}),
    ("Gather", [NUMBERS, whole(2, 0)], {"axis": 1}),
    ("Gather", [constant([[1.0], [2.0]]), Wire("int64", (-1,))], {"axis": 0}),
    ("IsNaN", [NUMBERS], {}),
    ("MatMul", [NUMBERS, constant(np.ones((3, 4)))], {}),
    ("Max", [NUMBERS, constant(0.0), NUMBERS], {}),
    ("Not", [FLAGS], {}),
    ("ReduceSum", [NUMBERS, whole(1)], {"keepdims": 0}),
    ("ReduceSum", [NUMBERS, whole(-1)], {"keepdims": 1}),
    ("Reshape", [NUMBERS, whole(-1)], {}),
    ("Reshape", [NUMBERS, whole(-1, 1)], {}),
    ("Reshape", [NUMBERS, whole(0, 3, 1)], {}),
    ("Sigmoid", [NUMBERS], {}),
    ("Softmax", [NUMBERS], {"axis": 1}),
    ("Unsqueeze", [NUMBERS, whole(1)], {}),
    ("Where", [FLAGS, constant(0.0), constant(1.0)], {}),
]


@pytest.mark.parametrize(("name", "wires", "attributes"), GOOD)
def test_types_and_sizes_are_those_of_onnxruntime(name: str, wires: list[Wire], attributes: dict[str, Any]) -> None:
    import onnx
    import onnxruntime
    from onnx import helper

    feeds: dict[str, Any] = {}
    inputs, graph = [], Graph()
    for wire in wires:
        if wire.value is not None:
            inputs.append(graph.constant(wire.value, wire.value.dtype))
            continue
        shape = [size if size >= 0 else -size * ROWS for size in wire.shape]
        kinds = helper.np_dtype_to_tensor_dtype(np.dtype(wire.kind))
        feeds[f"x{len(feeds)}"] = (helper.make_tensor_value_info(f"x{len(feeds)}", kinds, shape), np.ones(shape))
        inputs.append(f"x{len(feeds) - 1}")
        feeds[inputs[-1]] = (feeds[inputs[-1]][0], np.zeros(shape).astype(wire.kind))
    node = helper.make_node(name, inputs, ["y"], **attributes)
    tensors = [onnx.numpy_helper.from_array(array, one) for one, array in graph.constants.items()]
    output = helper.make_empty_tensor_value_info("y")
    made = helper.make_graph([node], "g", [one for one, _ in feeds.values()], [output], tensors)
    model = onnx.shape_inference.infer_shapes(
        helper.make_model(made, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    )
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    answer = session.run(None, {one: array for one, (_, array) in feeds.items()})[0]
    told = OPERATORS[name].rule(wires, attributes)
    assert tuple(size if size >= 0 else -size * ROWS for size in told.shape) == answer.shape
    assert np.dtype(told.kind) == answer.dtype


SPLIT: dict[str, Any] = {"delimiter": "\x1f", "maxsplit": 511}
TEXT = Wire("object", (-1, 1))
PIECES = Wire("pieces", (-1, 1, 512))
PLACES = Wire("places of pieces", (-1, 1, 512))
SUMMANDS = Wire("numbers of pieces", (-1, 1, 512, 4))
TERMS: dict[str, Any] = {"keys_strings": ("a",), "values_int64s": np.array([1]), "default_int64": 0}
TABLE = constant(np.ones((3, 4)))


def test_texts_fall_into_pieces_that_end_in_a_sum() -> None:
    pieces = OPERATORS["StringSplit"].rule([TEXT], SPLIT)
    places = OPERATORS["LabelEncoder"].rule([pieces], TERMS)
    summands = OPERATORS["Gather"].rule([TABLE, places], {"axis": 0})
    assert (pieces, places, summands) == (PIECES, PLACES, SUMMANDS)
    assert OPERATORS["ReduceSum"].rule([summands, whole(1, 2)], {"keepdims": 0}).shape == (-1, 4)


@pytest.mark.parametrize("name", sorted(OPERATORS))
@pytest.mark.parametrize("wire", [PIECES, PLACES, SUMMANDS], ids=lambda one: one.kind)
def test_pieces_go_through_no_other_rule(name: str, wire: Wire) -> None:
    """How many pieces there are is not known before the texts are; whatever hangs on it would mix rows."""
    for wires in ([wire], [wire, wire], [wire, whole(-1)], [wire, whole(1)], [NUMBERS, wire], [FLAGS, wire, wire]):
        for attributes in ({}, {"axis": 1}, {"axis": 2}, {"to": 11}, {**TERMS}, {"axis": 0}, {"keepdims": 0}, SPLIT):
            if name == "Identity" or (name == "LabelEncoder" and wire is PIECES):
                continue
            with pytest.raises((BundleError, IndexError, ValueError, KeyError)):
                OPERATORS[name].rule(wires, attributes)


BAD = [
    ("StringSplit", [WORDS], SPLIT),
    ("StringSplit", [NUMBERS], SPLIT),
    ("StringSplit", [TEXT], {"delimiter": "\x1f"}),
    ("StringSplit", [TEXT], {"maxsplit": 5}),
    ("StringSplit", [TEXT], {"delimiter": " ", "maxsplit": 5}),
    ("StringSplit", [TEXT], {"delimiter": "\x1f", "maxsplit": 512}),
    ("StringSplit", [TEXT], {"delimiter": "\x1f", "maxsplit": 0}),
    ("StringSplit", [TEXT], {"delimiter": "\x1f", "maxsplit": -1}),
    ("LabelEncoder", [PIECES], {"keys_strings": ("a",), "values_strings": ("b",), "default_string": "c"}),
    ("Gather", [TABLE, PLACES], {"axis": 1}),
    ("Gather", [NUMBERS, PLACES], {"axis": 0}),
    ("Gather", [constant([1.0, 2.0]), PLACES], {"axis": 0}),
    ("ReduceSum", [SUMMANDS, whole(2)], {"keepdims": 0}),
    ("ReduceSum", [SUMMANDS, whole(1, 2)], {"keepdims": 1}),
    ("ReduceSum", [SUMMANDS, whole(0, 1, 2)], {"keepdims": 0}),
    ("Add", [NUMBERS, DATES], {}),
    ("Add", [NUMBERS, constant([1.0, 2.0])], {}),
    ("Add", [NUMBERS, Wire("float64", (3, 1))], {}),
    ("Add", [WORDS, WORDS], {}),
    ("Div", [DATES, whole(0)], {}),
    ("Div", [DATES, whole(-1)], {}),
    ("Div", [DATES, DATES], {}),
    ("Mod", [DATES, whole(5, 0)], {}),
    ("Mod", [DATES, whole(5)], {"fmod": 2}),
    ("Cast", [WORDS], {"to": 11}),
    ("Cast", [NUMBERS], {"to": 8}),
    ("Cast", [NUMBERS], {"to": 99}),
    ("Cast", [NUMBERS], {}),
    ("Clip", [NUMBERS, NUMBERS], {}),
    ("Concat", [NUMBERS, NUMBERS], {"axis": 0}),
    ("Concat", [NUMBERS, NUMBERS], {"axis": 2}),
    ("Concat", [NUMBERS, NUMBERS], {}),
    ("Concat", [NUMBERS, DATES], {"axis": 1}),
    ("Gather", [NUMBERS, whole(3)], {"axis": 1}),
    ("Gather", [NUMBERS, whole(-1)], {"axis": 1}),
    ("Gather", [NUMBERS, whole(0)], {"axis": 0}),
    ("Gather", [NUMBERS, NUMBERS], {"axis": 1}),
    ("MatMul", [NUMBERS, constant(np.ones((4, 3)))], {}),
    ("MatMul", [constant(np.ones((3, 1))), NUMBERS], {}),
    ("ReduceSum", [NUMBERS, whole(0)], {}),
    ("ReduceSum", [NUMBERS, whole()], {}),
    ("ReduceSum", [NUMBERS, whole(1, -1)], {}),
    ("ReduceSum", [NUMBERS, DATES], {}),
    ("Reshape", [NUMBERS, whole(3, -1)], {}),
    ("Reshape", [NUMBERS, whole(-1, 2)], {}),
    ("Reshape", [NUMBERS, whole(-1, -1)], {}),
    ("Reshape", [NUMBERS, whole(0, 0, 0)], {}),
    ("Reshape", [NUMBERS, whole(-1)], {"allowzero": 1}),
    ("Reshape", [NUMBERS, whole(-2, 3)], {}),
    ("Softmax", [NUMBERS], {"axis": 0}),
    ("Squeeze", [NUMBERS, whole(1)], {}),
    ("Squeeze", [NUMBERS, whole(0)], {}),
    ("Unsqueeze", [NUMBERS, whole(0, 1, 2, 3)], {}),
    ("Where", [NUMBERS, NUMBERS, NUMBERS], {}),
    ("Where", [FLAGS, constant(0.0), whole(1)], {}),
    ("TreeEnsemble", [NUMBERS], {}),
    ("LabelEncoder", [WORDS], {}),
    ("LabelEncoder", [WORDS], {"keys_strings": ("a", "a"), "values_int64s": np.array([1, 2]), "default_int64": 0}),
    ("LabelEncoder", [WORDS], {"keys_strings": ("a",), "values_int64s": np.array([1, 2]), "default_int64": 0}),
    ("LabelEncoder", [WORDS], {"keys_strings": ("a",), "values_int64s": np.array([1])}),
    ("LabelEncoder", [NUMBERS], {"keys_strings": ("a",), "values_int64s": np.array([1]), "default_int64": 0}),
]


@pytest.mark.parametrize(("name", "wires", "attributes"), BAD)
def test_what_makes_no_sense_or_mixes_rows_is_refused(name: str, wires: list[Wire], attributes: dict[str, Any]) -> None:
    with pytest.raises(BundleError):
        OPERATORS[name].rule(wires, attributes)


def test_a_label_encoder_gives_words_or_numbers() -> None:
    rule = OPERATORS["LabelEncoder"].rule
    words = {"keys_strings": ("a",), "values_strings": ("b",), "default_string": "c"}
    assert rule([WORDS], words) == WORDS
    numbers = {"keys_strings": ("a",), "values_int64s": np.array([1]), "default_int64": 0}
    assert rule([WORDS], numbers) == DATES


def test_a_tensor_that_grows_with_the_square_of_the_rows_is_refused() -> None:
    flat = Wire("float64", (-1,))
    square = OPERATORS["Add"].rule([NUMBERS, constant([[1.0]])], {})
    assert square.of_rows == 0
    with pytest.raises(BundleError):
        _ = OPERATORS["Add"].rule([Wire("float64", (-1, 1)), flat], {}).of_rows


def test_no_operator_reads_or_writes_text_as_numbers_or_holds_a_graph() -> None:
    assert not {"If", "Loop", "Scan", "StringNormalizer", "RegexFullMatch", "Constant", "Shape"} & set(OPERATORS)
