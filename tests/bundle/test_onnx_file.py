from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from journeyman.bundle.onnx_file import Port, read_onnx
from journeyman.errors import BundleError


@pytest.fixture
def model(written: Callable[..., Path]) -> onnx.ModelProto:
    return onnx.load(written() / "model.onnx")


def test_a_graph_of_ours_is_read_whole(model: onnx.ModelProto) -> None:
    file = read_onnx(model.SerializeToString())
    assert [port.name for port in file.inputs] == ["numbers", "dates", "dates_missing", "words"]
    assert file.outputs == (Port("answer", "float64", (None, -1)),)
    assert [node.operator for node in file.nodes] == [node.op_type for node in model.graph.node]
    for tensor in model.graph.initializer:
        np.testing.assert_array_equal(file.constants[tensor.name], numpy_helper.to_array(tensor))
    encoder = next(node for node in file.nodes if node.operator == "LabelEncoder")
    assert encoder.attributes["keys_strings"] == ("texts", ("Oslo", "Bergen", "Tromsø"))
    np.testing.assert_array_equal(encoder.attributes["values_int64s"][1], [0, 1, 2])


def _external(model: onnx.ModelProto) -> None:
    tensor = model.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")


def _function(model: onnx.ModelProto) -> None:
    model.functions.append(helper.make_function("own", "f", ["x"], ["y"], [helper.make_node("Neg", ["x"], ["y"])], []))


def _subgraph(model: onnx.ModelProto) -> None:
    node = model.graph.node[0]
    node.attribute.append(helper.make_attribute("body", helper.make_graph([], "g", [], [])))


def _negative_size(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].dims[:] = [-1]


def _too_large(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].dims[:] = [2**32, 2**32]


def _float_data(model: onnx.ModelProto) -> None:
    model.graph.initializer[0].double_data[:] = [1.0]


def _twice(model: onnx.ModelProto) -> None:
    model.graph.initializer.append(model.graph.initializer[0])


def _flag_of_two(model: onnx.ModelProto) -> None:
    tensor = helper.make_tensor("flag", TensorProto.BOOL, [1], b"\x02", raw=True)
    model.graph.initializer.append(tensor)


def _wrong_type(model: onnx.ModelProto) -> None:
    model.graph.node[-1].attribute.append(helper.make_attribute("axis", 1.5))


def _type_lie(model: onnx.ModelProto) -> None:
    attribute = helper.make_attribute("axis", 1)
    attribute.type = onnx.AttributeProto.TENSOR
    model.graph.node[0].attribute.append(attribute)


def _operator_set(model: onnx.ModelProto) -> None:
    model.opset_import[0].domain = "com.microsoft"


def _version(model: onnx.ModelProto) -> None:
    model.ir_version = 3


def _metadata(model: onnx.ModelProto) -> None:
    model.metadata_props.add(key="k", value="v")


def _training(model: onnx.ModelProto) -> None:
    model.training_info.add()


def _sparse(model: onnx.ModelProto) -> None:
    model.graph.sparse_initializer.add()


def _sequence(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.CopyFrom(
        helper.make_sequence_type_proto(helper.make_tensor_type_proto(TensorProto.DOUBLE, ["N", 1]))
    )


def _name(model: onnx.ModelProto) -> None:
    model.graph.node[0].output[0] = "a name\nwith a break"


@pytest.mark.parametrize(
    "change",
    [
        _external,
        _function,
        _subgraph,
        _negative_size,
        _too_large,
        _float_data,
        _twice,
        _flag_of_two,
        _wrong_type,
        _type_lie,
        _operator_set,
        _version,
        _metadata,
        _training,
        _sparse,
        _sequence,
        _name,
    ],
)
def test_what_we_do_not_write_is_refused(model: onnx.ModelProto, change: Callable[[onnx.ModelProto], None]) -> None:
    change(model)
    with pytest.raises(BundleError) as caught:
        read_onnx(model.SerializeToString())
    assert "\n" not in str(caught.value)


def test_too_many_bytes_are_refused_before_they_are_walked() -> None:
    with pytest.raises(BundleError, match="bytes"):
        read_onnx(b"\x00" * ((1 << 27) + 1))


def test_what_onnxruntime_would_take_for_another_format_is_refused(model: onnx.ModelProto) -> None:
    """Its own format has this mark at the fifth byte; ONNX can have it there, too, as the name of the producer."""
    model.producer_name = "ORTM"
    content = model.SerializeToString()
    assert content[4:8] == b"ORTM"
    assert onnx.load_from_string(content).graph == model.graph
    with pytest.raises(BundleError, match="mark of another format"):
        read_onnx(content)
    model.producer_name = "somebody"
    with pytest.raises(BundleError, match="producer"):
        read_onnx(model.SerializeToString())


@pytest.mark.parametrize("content", [b"", b"\x80\x04\x95", b"PK\x03\x04", b"<html>", b"\x00" * 100])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(BundleError):
        read_onnx(content)
