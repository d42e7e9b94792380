"""Hostile bundles by hand: each takes a folder with a good bundle, and makes of it what nobody should load.

A payload only makes a marker file. Attacks on the graph write its digest anew, so that it is the audit that is asked.
"""

from __future__ import annotations

import json
import os
import pickle
import socket
import stat
import struct
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from journeyman.store.digest import digest_bytes

#: A file of this name and an ending, in the folder of temporary files, is what a payload leaves.
MARKER = "journeyman_marker"
#: Readers that other systems have, and the names that they look for.
PICKLES = ("model.pkl", "model.joblib", "weights.npy", "weights.bin", "weights.safetensors", "predictor.pkl")

Change = Callable[[Path], Any]


@dataclass(frozen=True)
class Attack:
    """A way to change a good bundle.

    Parameters
    ----------
    says : a pattern that the refusal matches
    is_late : whether only answering can show it, so that onnxruntime is asked: the graph itself is good
    """

    name: str
    change: Change
    says: str
    is_late: bool = False

    @property
    def is_large(self) -> bool:
        """Whether it takes a second or more to make."""
        return self.name in _LARGE


#: Attacks by size: many files, huge files, files that grow, tens of thousands of operations.
_LARGE = (
    *("many_files", "grows_while_read", "graph_grows_while_read", "manifest_of_300_mb", "manifest_many_objects"),
    *("manifest_many_keys", "graph_many_ensembles", "graph_many_nodes", "graph_of_empty_nodes", "graph_in_two_formats"),
    *(
        "graph_a_long_text_many_times",
        "graph_deep_tree",
        "graph_words_copied_a_million_times",
        "graph_powers_without_end",
    ),
)
ATTACKS: dict[str, Attack] = {}


def attack(says: str, *, is_late: bool = False) -> Callable[[Change], Change]:
    """Put a maker on the list."""

    def put(change: Change) -> Change:
        ATTACKS[change.__name__] = Attack(change.__name__, change, says, is_late)
        return change

    return put


class _Touch:
    def __init__(self, name: str) -> None:
        self.command = f"touch {marker(name)}"

    def __reduce__(self) -> Any:
        return os.system, (self.command,)


def marker(name: str) -> Path:
    """The file that a payload makes."""
    import tempfile

    return Path(tempfile.gettempdir(), f"{MARKER}.{name}")


def _pickled(name: str, protocol: int = 2) -> bytes:
    return pickle.dumps(_Touch(name), protocol)


def digests_anew(folder: Path) -> None:
    """Let the manifest tell the digests of the files as they are now."""
    data = json.loads((folder / "manifest.json").read_text())
    for name in data["files"]:
        content = (folder / name).read_bytes()
        data["files"][name] = {"sha256": digest_bytes(content), "bytes": len(content)}
    _write(folder, data)


def _write(folder: Path, data: Any) -> None:
    (folder / "manifest.json").write_text(json.dumps(data, sort_keys=True, indent=1) + "\n")


def _manifest(folder: Path, **changes: Any) -> None:
    data = json.loads((folder / "manifest.json").read_text())
    _write(folder, data | changes)


def _file(folder: Path, name: str, content: bytes) -> None:
    """Replace a file and its digest."""
    (folder / name).write_bytes(content)
    digests_anew(folder)


def _graph(folder: Path) -> onnx.ModelProto:
    return onnx.load_from_string((folder / "model.onnx").read_bytes())


def _save(folder: Path, model: onnx.ModelProto) -> None:
    _file(folder, "model.onnx", model.SerializeToString())


def _npy(header: str, body: bytes = b"") -> bytes:
    text = header.encode()
    text += b" " * (-(10 + len(text) + 1) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


# ---- code in a file -------------------------------------------------------------------------------------------------


def _beside(name: str, content: Callable[[str], bytes]) -> None:
    """An attack by one more file."""

    def change(folder: Path) -> None:
        (folder / name).write_bytes(content(change.__name__))

    change.__name__ = "beside_" + "".join(letter if letter.isalnum() else "_" for letter in name)
    attack(r"which no bundle does")(change)


for _name in PICKLES:
    _beside(_name, _pickled)
_beside("weights.npz", lambda name: _npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", _pickled(name)))
_beside("manifest.yaml", lambda name: f"!!python/object/apply:os.system ['touch {marker(name)}']".encode())
_beside("__init__.py", lambda name: f"open('{marker(name)}', 'w')".encode())
_beside("sitecustomize.py", lambda name: f"open('{marker(name)}', 'w')".encode())
_beside("entry_points.txt", lambda name: b"[journeyman.shelves]\nevil = evil\n")
_beside("model.xgb.json", lambda name: b'{"learner": {"gradient_booster": {"model": {"trees": []}}}}')
_beside("model.lgb.txt", lambda name: b"tree\nversion=v4\nsplit_feature=77777777\nleft_child=-99999\n")
_beside("model.onnx.data", lambda name: b"\0" * 64)
_beside("model.ort", lambda name: b"\0\0\0\0ORTM")
_beside("libcustom.so", lambda name: b"\x7fELF")
_beside(".hidden", lambda name: b"x")
_beside("MANIFEST.JSON", lambda name: b"{}")
_beside("manifest.json ", lambda name: b"{}")
_beside("\u202enosj.tsefinam", lambda name: b"{}")
_beside("a" * 255, lambda name: b"x")
_beside("new\nline\x1b[2J", lambda name: b"x")
_beside("nul.json", lambda name: b"x")


@attack("no JSON that we write")
def pickle_as_manifest(folder: Path) -> None:
    """A pickle where the manifest is read."""
    (folder / "manifest.json").write_bytes(_pickled("pickle_as_manifest"))


@attack("digest differs")
def pickle_as_graph_unsigned(folder: Path) -> None:
    """A pickle where the graph is read, without its digest."""
    (folder / "model.onnx").write_bytes(_pickled("pickle_as_graph_unsigned"))


@attack("graph is refused")
def pickle_as_graph(folder: Path) -> None:
    """The same with its digest."""
    _file(folder, "model.onnx", _pickled("pickle_as_graph", 4))


@attack("graph is refused")
def joblib_as_graph(folder: Path) -> None:
    """Compressed as joblib does."""
    _file(folder, "model.onnx", zlib.compress(_pickled("joblib_as_graph")))


@attack("graph is refused")
def array_of_objects_as_graph(folder: Path) -> None:
    """An array of objects, which a careless reader unpickles."""
    header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
    _file(folder, "model.onnx", _npy(header, _pickled("array_of_objects_as_graph")))


@attack("past cases are refused")
def pickle_as_cases(folder: Path) -> None:
    """A pickle where past cases are read."""
    _file(folder, "cases.json", _pickled("pickle_as_cases"))


@attack("past cases are refused")
def cases_of_other_columns(folder: Path) -> None:
    """Cases that do not fit the model."""
    _file(folder, "cases.json", b'{"format": 1, "cells": {"a": [1]}, "outcomes": ["yes"]}')


@attack("kind")
def kind_that_is_code(folder: Path) -> None:
    """A column whose kind names a function."""
    data = json.loads((folder / "manifest.json").read_text())
    data["schema"][0]["kind"] = "os.system"
    _write(folder, data)


@attack("decision rule")
def amount_that_is_code(folder: Path) -> None:
    """An amount that would be run, were it evaluated."""
    text = f"__import__('os').system('touch {marker('amount_that_is_code')}')"
    _manifest(folder, decision={**_decision(folder), "actions": [["call", {"yes": text}]]})


@attack("decision rule")
def amount_that_is_deep(folder: Path) -> None:
    """An amount of a hundred thousand parentheses."""
    text = "(" * 100_000 + "1" + ")" * 100_000
    _manifest(folder, decision={**_decision(folder), "actions": [["call", {"yes": text}]]})


def _decision(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())["decision"]
    return found


# ---- what is no file ------------------------------------------------------------------------------------------------


def _instead(name: str, what: str, put: Callable[[Path], Any], says: str) -> None:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        put(folder / name)

    change.__name__ = f"{name.partition('.')[0]}_is_{what}"
    attack(says)(change)


def _to_pipe(path: Path) -> None:
    os.mkfifo(path)


def _to_socket(path: Path) -> None:
    there = Path.cwd()
    os.chdir(path.parent)
    try:
        one = socket.socket(socket.AF_UNIX)
        one.bind(path.name)
        one.close()
    finally:
        os.chdir(there)


for _name in ("manifest.json", "model.onnx", "cases.json"):
    _instead(_name, "link_to_secret", lambda path: path.symlink_to("/etc/passwd"), r"cannot be read")
    _instead(_name, "link_to_nothing", lambda path: path.symlink_to("nowhere"), r"cannot be read")
    _instead(_name, "link_to_itself", lambda path: path.symlink_to(path.name), r"cannot be read")
    _instead(_name, "link_to_zeros", lambda path: path.symlink_to("/dev/zero"), r"cannot be read")
    _instead(_name, "pipe", _to_pipe, r"regular file")
    _instead(_name, "socket", _to_socket, r"cannot be read|regular file")
    _instead(_name, "folder", lambda path: path.mkdir(), r"regular file")
    _instead(_name, "sparse_and_huge", lambda path: _sparse(path, 1 << 40), r"larger than|digest")


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # as /dev/zero
    except PermissionError:
        path.symlink_to("/dev/zero")


_instead("manifest.json", "device", _device, r"regular file|cannot be read")
_instead("model.onnx", "device", _device, r"regular file|cannot be read")


@attack("no JSON that we write")
def hard_link_to_secret(folder: Path) -> None:
    """A second name of a file elsewhere."""
    (folder / "manifest.json").unlink()
    try:
        os.link("/etc/passwd", folder / "manifest.json")
    except OSError:
        (folder / "manifest.json").write_bytes(Path("/etc/passwd").read_bytes())


@attack("digest differs")
def hard_link_as_graph(folder: Path) -> None:
    """The same for the graph."""
    (folder / "model.onnx").unlink()
    outside = folder.parent / "outside.onnx"
    outside.write_bytes(b"secret")
    os.link(outside, folder / "model.onnx")


@attack("which no bundle does")
def folder_beside(folder: Path) -> None:
    """A folder that holds files."""
    (folder / "functions").mkdir()
    (folder / "functions" / "model.pkl").write_bytes(_pickled("folder_beside"))


@attack("which no bundle does")
def link_out(folder: Path) -> None:
    """A link to the folder above."""
    (folder / "out").symlink_to("..")


@attack("which no bundle does")
def many_files(folder: Path) -> None:
    """Twenty thousand more files."""
    for number in range(20_000):
        (folder / f"m{number}").touch()


@attack("holds no model.onnx")
def no_graph(folder: Path) -> None:
    """The graph is not there."""
    (folder / "model.onnx").unlink()


@attack("holds no manifest|holds no model|no bundle")
def nothing_at_all(folder: Path) -> None:
    """An empty folder."""
    for one in folder.iterdir():
        one.unlink()


@attack("larger than|digest differs|JSON|cannot be read")
def grows_while_read(folder: Path) -> None:
    """A manifest that grows for as long as it is read."""
    _growing(folder / "manifest.json", b" " * (1 << 20))


@attack("larger than|digest differs|cannot be read")
def graph_grows_while_read(folder: Path) -> None:
    """The same for the graph."""
    _growing(folder / "model.onnx", b"\0" * (1 << 20))


def _growing(path: Path, piece: bytes) -> None:
    def grow() -> None:
        until = time.monotonic() + 4
        with path.open("ab") as file:
            while time.monotonic() < until and file.tell() < 1 << 28:
                file.write(piece)
                file.flush()

    with path.open("ab") as file:
        file.write(piece)
    threading.Thread(target=grow, daemon=True).start()


@attack("card.md|digest differs|bounds|larger")
def card_is_huge(folder: Path) -> None:
    """A card of two million letters."""
    (folder / "card.md").write_bytes(b"x" * 2_000_000)
    digests_anew(folder)


@attack("digests of its files|digest")
def files_that_leave(folder: Path) -> None:
    """A manifest that names files elsewhere."""
    told = {"sha256": "0" * 64, "bytes": 1}
    data = json.loads((folder / "manifest.json").read_text())
    _manifest(folder, files={**data["files"], "../canary/owned": told, "/etc/passwd": told})


@attack("in the folder only")
def cases_that_nobody_named(folder: Path) -> None:
    """Cases that are not the manifest's."""
    data = json.loads((folder / "manifest.json").read_text())
    del data["files"]["cases.json"]
    _write(folder, data)


@attack("named in the manifest only")
def cases_that_are_not_there(folder: Path) -> None:
    """Cases that the manifest names."""
    (folder / "cases.json").unlink()


# ---- the manifest ---------------------------------------------------------------------------------------------------


def _text(name: str, content: Callable[[], bytes], says: str = "no JSON that we write") -> None:
    def change(folder: Path) -> None:
        (folder / "manifest.json").write_bytes(content())

    change.__name__ = f"manifest_{name}"
    attack(says)(change)


_text("empty", lambda: b"")
_text("cut", lambda: b'{"format": 1, "task": "bin')
_text("deep", lambda: b'{"a":' * 200_000 + b"1" + b"}" * 200_000)
_text("deep_lists", lambda: b"[" * 5_000_000)
_text("huge_whole_number", lambda: b'{"format": 1' + b"0" * 5_000_000 + b"}")
_text("not_a_number", lambda: b'{"format": NaN, "threshold": Infinity}')
_text("beyond_floats", lambda: b'{"format": 1, "facts": {"a": 1e999}}')
_text("twice", lambda: b'{"format": 1, "task": "regression", "task": "binary", "format": 1}')
_text("bad_utf8", lambda: b'{"format": "\xff\xfe"}')
_text("byte_order_mark", lambda: b'\xef\xbb\xbf{"format": 1}')
_text("utf16", lambda: '{"format": 1}'.encode("utf-16"))
_text("half_a_pair", lambda: b'{"format": 1, "target": "\\ud800"}')
_text("many_keys", lambda: b"{" + b",".join(b'"k%d":0' % one for one in range(1_200_000)) + b"}", "format|larger")
_text("many_objects", lambda: b"[" + b"{}," * 5_000_000 + b"{}]", "no JSON object|larger")
_text("too_large", lambda: b'{"format": 1, "x": "' + b"a" * (1 << 24) + b'"}', "larger than")
_text("of_300_mb", lambda: b'{"x": "' + b"a" * 300_000_000 + b'"}', "larger than")
_text("of_another_format", lambda: b'{"format": 2}', "format")
_text("of_format_true", lambda: b'{"format": true}', "format")
_text("a_list", lambda: b"[1]", "no JSON object")


def _field(path: tuple[str | int, ...], value: Any, name: str, says: str = "manifest is refused") -> None:
    def change(folder: Path) -> None:
        data = json.loads((folder / "manifest.json").read_text())
        at = data
        for one in path[:-1]:
            at = at[one]
        at[path[-1]] = value
        _write(folder, data)

    change.__name__ = f"field_{name}"
    attack(says)(change)


_field(("task",), "sabotage", "task")
_field(("classes",), ["yes", "yes"], "classes_twice")
_field(("classes",), [f"c{one}" for one in range(10_000)], "too_many_classes")
_field(("outputs",), 2**63 - 1, "outputs")
_field(("golden",), {"cells": {}, "answers": []}, "no_golden_rows")
_field(("golden", "answers"), [[0.5]] * 100_000, "many_golden_rows")
_field(("files", "model.onnx", "bytes"), -1, "negative_size")
_field(("files", "model.onnx", "bytes"), 2**63, "size_beyond_bounds")
_field(("schema", 0, "name"), "income", "columns_of_one_name")
_field(("schema", 0, "low"), "x", "low_is_text")
_field(("schema", 3, "low"), 1e300, "date_beyond_time")
_field(("schema", 0, "decimal"), "e", "marks")
_field(("schema", 3, "date_format"), "%s" * 1000, "date_format")
_field(("uncertainty",), {"kind": "set", "nominal": 0.9, "least": [0.1] * 9}, "uncertainty")
_field(("novelty", "scores"), [], "novelty")
_field(("background",), {}, "background")
_field(("router",), {"thresholds": [], "audit_share": 0, "seed": 0, "promise": ""}, "router")
_field(("golden", "answers", 0, 0), 0.123456, "golden_answer", "golden rows")


@attack("golden rows|inputs")
def columns_renamed(folder: Path) -> None:
    """Two columns of one kind change places: the graph would read one for the other."""
    text = (folder / "manifest.json").read_text()
    data = json.loads(text)
    first, second = data["schema"][0], data["schema"][1]
    data["schema"][0], data["schema"][1] = second, first
    _write(folder, data)


for _name in ("columns_renamed", "field_golden_answer"):
    ATTACKS[_name] = Attack(_name, ATTACKS[_name].change, ATTACKS[_name].says, is_late=True)


# ---- the graph ------------------------------------------------------------------------------------------------------


def _on_graph(says: str = "graph is refused") -> Callable[[Callable[[onnx.ModelProto], Any]], Change]:
    """An attack on the graph as a message; its digest is told anew."""

    def put(function: Callable[[onnx.ModelProto], Any]) -> Change:
        def change(folder: Path) -> None:
            model = _graph(folder)
            _save(folder, function(model) or model)

        change.__name__ = "graph_" + function.__name__
        return attack(says)(change)

    return put


@_on_graph("field")
def external_data(model: onnx.ModelProto) -> None:
    """A tensor whose cells are in a file elsewhere."""
    tensor = model.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../../etc/passwd")
    tensor.ClearField("raw_data")


@_on_graph("field")
def function(model: onnx.ModelProto) -> None:
    """An operator that the file defines."""
    model.functions.append(
        helper.make_function("own", "Twice", ["x"], ["y"], [helper.make_node("Add", ["x", "x"], ["y"])], [])
    )


@_on_graph("field|operator")
def subgraph(model: onnx.ModelProto) -> None:
    """A graph within an operation."""
    body = helper.make_graph([], "body", [], [])
    model.graph.node.append(helper.make_node("If", ["c0"], ["z"], then_branch=body, else_branch=body))


@_on_graph("field|operator")
def loop(model: onnx.ModelProto) -> None:
    """A loop."""
    body = helper.make_graph([], "body", [], [])
    model.graph.node.append(helper.make_node("Loop", ["", ""], ["z"], body=body))


@_on_graph("operator sets")
def custom_domain(model: onnx.ModelProto) -> None:
    """An operator set of somebody else."""
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    model.graph.node[0].domain = "com.microsoft"


@_on_graph("operator")
def custom_operator(model: onnx.ModelProto) -> None:
    """An operator of somebody else."""
    model.graph.node[0].domain = "com.microsoft"


@_on_graph("operator")
def unlisted_operator(model: onnx.ModelProto) -> None:
    """An operator that nobody here writes."""
    model.graph.node[0].op_type = "StringNormalizer"


@_on_graph("operator|attribute")
def native_text_operator(model: onnx.ModelProto) -> None:
    """A regular expression that takes for ever."""
    model.graph.node.insert(0, helper.make_node("RegexFullMatch", ["words"], ["z"], pattern="(a+)+$"))


@_on_graph("field")
def training_information(model: onnx.ModelProto) -> None:
    """What training would want."""
    model.training_info.add()


@_on_graph("field")
def metadata(model: onnx.ModelProto) -> None:
    """Options of the runtime within the file."""
    model.metadata_props.add(key="ort_config", value='{"session_options": {"inter_op_num_threads": 9999}}')


@_on_graph("file version")
def other_file_version(model: onnx.ModelProto) -> None:
    """A file of long ago."""
    model.ir_version = 3


@_on_graph("operator sets")
def other_operator_set(model: onnx.ModelProto) -> None:
    """Operators of a time to come."""
    model.opset_import[0].version = 2**31 - 1


@_on_graph("producer")
def other_producer(model: onnx.ModelProto) -> None:
    """A graph of another program."""
    model.producer_name = "somebody"


@_on_graph("field")
def sparse_constant(model: onnx.ModelProto) -> None:
    """A sparse tensor."""
    model.graph.sparse_initializer.add()


@_on_graph("negative|axes")
def negative_sizes(model: onnx.ModelProto) -> None:
    """Sizes below nothing."""
    model.graph.initializer[0].dims[:] = [-1, -8]


@_on_graph("cells|bytes")
def sizes_that_overflow(model: onnx.ModelProto) -> None:
    """Sizes whose product is beyond 64 bits."""
    model.graph.initializer[0].dims[:] = [2**32, 2**32, 2]


@_on_graph("cells|bytes")
def sizes_that_wrap_to_nothing(model: onnx.ModelProto) -> None:
    """Sizes whose product is 0 in 64 bits."""
    tensor = model.graph.initializer[0]
    tensor.dims[:] = [2**32, 2**32]
    tensor.raw_data = b""


@_on_graph("bytes")
def fewer_bytes_than_cells(model: onnx.ModelProto) -> None:
    """A tensor that is cut."""
    tensor = next(one for one in model.graph.initializer if one.raw_data)
    tensor.raw_data = tensor.raw_data[:-1]


@_on_graph("missing numbers|infinite")
def weights_that_are_none(model: onnx.ModelProto) -> None:
    """A weight that is no number."""
    _weights(model, np.nan)


@_on_graph("infinite")
def weights_that_are_infinite(model: onnx.ModelProto) -> None:
    """A weight beyond all numbers."""
    _weights(model, np.inf)


def _weights(model: onnx.ModelProto, value: float) -> None:
    allowed = {"Where", "Gather"}
    used = {name for node in model.graph.node if node.op_type in allowed for name in node.input}
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.DOUBLE and (tensor.name not in used or np.isinf(value)):
            array = numpy_helper.to_array(tensor).copy()
            if array.size:
                array.reshape(-1)[0] = value
                tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))
                return
    raise LookupError("no weights")


@_on_graph("given twice")
def constant_twice(model: onnx.ModelProto) -> None:
    """Two tensors of one name."""
    model.graph.initializer.append(model.graph.initializer[0])


@_on_graph("given twice")
def node_twice(model: onnx.ModelProto) -> None:
    """An operation twice."""
    model.graph.node.append(model.graph.node[0])


@_on_graph("nothing before it")
def nodes_turned_round(model: onnx.ModelProto) -> None:
    """What is used before it is there."""
    nodes = list(model.graph.node)[::-1]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


@_on_graph("nothing before it|given twice")
def node_that_eats_itself(model: onnx.ModelProto) -> None:
    """A circle."""
    model.graph.node[-1].input[0] = model.graph.node[-1].output[0]


@_on_graph("inputs|name")
def another_input(model: onnx.ModelProto) -> None:
    """An input that the manifest does not have."""
    model.graph.input.append(helper.make_tensor_value_info("more", TensorProto.DOUBLE, ["N", 1]))


@_on_graph("output")
def another_output(model: onnx.ModelProto) -> None:
    """One more output."""
    model.graph.output.append(helper.make_tensor_value_info("more", TensorProto.DOUBLE, ["N", 1]))


@_on_graph("inputs")
def wider_input(model: onnx.ModelProto) -> None:
    """An input of two thousand million columns."""
    model.graph.input[0].type.tensor_type.shape.dim[1].dim_value = 2**31


@_on_graph("whole numbers are divided")
def division_by_minus_one(model: onnx.ModelProto) -> None:
    """What stops the process on many processors: the smallest whole number through -1."""
    _replace_answer(
        model,
        [
            helper.make_node("Mul", ["mone", "one"], ["d"]),
            helper.make_node("Div", ["dates", "d"], ["q"]),
            helper.make_node("Cast", ["q"], ["x"], to=TensorProto.DOUBLE),
        ],
        {"mone": np.array([-1], np.int64), "one": np.array([1], np.int64)},
    )


@_on_graph("out of range")
def gather_out_of_range(model: onnx.ModelProto) -> None:
    """A column that is not there."""
    node = helper.make_node("Gather", ["numbers", "far"], ["x"], axis=1)
    _replace_answer(model, [node], {"far": np.array([2**40], np.int64)})


@_on_graph("grow too large|too large")
def tensors_that_double(model: onnx.ModelProto) -> None:
    """A terabyte in forty steps."""
    nodes, last = [], "numbers"
    for number in range(40):
        nodes.append(helper.make_node("Concat", [last, last], [f"w{number}"], axis=1))
        last = f"w{number}"
    nodes.append(helper.make_node("Gather", [last, "zero"], ["x"], axis=1))
    _replace_answer(model, nodes, {"zero": np.array([0], np.int64)})


@_on_graph("constants grow too large")
def constants_that_multiply(model: onnx.ModelProto) -> None:
    """Small constants, combined to two thousand megabytes before the first row."""
    nodes, constants, last = [], {"tall": np.ones((4096, 1))}, ""
    for number in range(16):
        constants[f"wide{number}"] = np.full((1, 4096), float(number))
        nodes.append(helper.make_node("Add", ["tall", f"wide{number}"], [f"big{number}"]))
        nodes.append(helper.make_node("Gather", [f"big{number}", "zero"], [f"small{number}"], axis=0))
        if last:
            nodes.append(helper.make_node("Add", [last, f"small{number}"], [f"sum{number}"]))
        last = f"sum{number}" if last else f"small{number}"
    nodes.append(helper.make_node("Gather", [last, "zero"], ["x"], axis=1))
    _replace_answer(model, nodes, {**constants, "zero": np.array([0], np.int64)})


@_on_graph("too much arithmetic|too large")
def powers_without_end(model: onnx.ModelProto) -> None:
    """Minutes for a row."""
    nodes = [helper.make_node("Gather", ["numbers", "zero"], ["w"], axis=1)]
    nodes.append(helper.make_node("Add", ["w", "wide"], ["p0"]))
    for number in range(6):
        nodes.append(helper.make_node("Pow", [f"p{number}", "half"], [f"p{number + 1}"]))
    nodes.append(helper.make_node("ReduceSum", ["p6", "ones"], ["x"], keepdims=1))
    constants = {"wide": np.ones((1, 1 << 19)), "half": np.array(0.99), "ones": np.array([1], np.int64)}
    _replace_answer(model, nodes, {**constants, "zero": np.array([0], np.int64)})


@_on_graph("copied too often|too large")
def words_copied_a_million_times(model: onnx.ModelProto) -> None:
    """A long cell would fill the memory."""
    nodes = [
        helper.make_node("Gather", ["words", "many"], ["copies"], axis=1),
        helper.make_node("Equal", ["copies", "copies"], ["same"]),
        helper.make_node("Cast", ["same"], ["numbers2"], to=TensorProto.DOUBLE),
        helper.make_node("ReduceSum", ["numbers2", "ones"], ["x"], keepdims=1),
    ]
    _replace_answer(model, nodes, {"many": np.zeros(500_000, np.int64), "ones": np.array([1], np.int64)})


@_on_graph("texts grow too long")
def a_long_text_many_times(model: onnx.ModelProto) -> None:
    """One text of a million letters, in a thousand cells of each row."""
    model.graph.initializer.append(
        helper.make_tensor("long", TensorProto.STRING, [1, 900], [b"x" * 1_000_000] + [b"y"] * 899)
    )
    nodes = [
        helper.make_node("IsNaN", ["numbers"], ["gone"]),
        helper.make_node("Gather", ["gone", "zero"], ["flag"], axis=1),
        helper.make_node("Where", ["flag", "long", "long"], ["texts"]),
        helper.make_node("Equal", ["texts", "long"], ["same"]),
        helper.make_node("Cast", ["same"], ["numbers2"], to=TensorProto.DOUBLE),
        helper.make_node("ReduceSum", ["numbers2", "ones"], ["x"], keepdims=1),
    ]
    _replace_answer(model, nodes, {"zero": np.array([0], np.int64), "ones": np.array([1], np.int64)})


@_on_graph("tree ensembles")
def many_ensembles(model: onnx.ModelProto) -> None:
    """Eight thousand ensembles of one tree: the runtime takes half a minute to load them."""
    nodes = [_stump(f"e{number}") for number in range(8000)]
    nodes.append(helper.make_node("Concat", [f"e{number}" for number in range(8000)], ["all"], axis=1))
    nodes.append(helper.make_node("ReduceSum", ["all", "ones"], ["x"], keepdims=1))
    _replace_answer(model, nodes, {"ones": np.array([1], np.int64)})


@_on_graph("operations")
def many_nodes(model: onnx.ModelProto) -> None:
    """Sixty thousand operations."""
    nodes, last = [], "numbers"
    for number in range(60_000):
        nodes.append(helper.make_node("Neg", [last], [f"n{number}"]))
        last = f"n{number}"
    nodes.append(helper.make_node("Gather", [last, "zero"], ["x"], axis=1))
    _replace_answer(model, nodes, {"zero": np.array([0], np.int64)})


@attack("messages|fields")
def graph_of_empty_nodes(folder: Path) -> None:
    """Two million nodes of two bytes each: hundreds of bytes each, once read."""
    model = _graph(folder).SerializeToString()
    graph = b"\x0a\x00" * 1_990_000
    head = b"\x08\x0a\x12\x0ajourneyman"
    length = bytearray()
    size = len(graph)
    while size > 127:
        length.append(size & 0x7F | 0x80)
        size >>= 7
    length.append(size)
    sets = model[model.rindex(b"B\x04\x0a\x00\x10\x15") :] if b"B\x04\x0a\x00\x10\x15" in model else b""
    _file(folder, "model.onnx", head + b"\x3a" + bytes(length) + graph + sets)


@_on_graph("deeper")
def deep_tree(model: onnx.ModelProto) -> None:
    """A tree of fifty thousand levels: the runtime recurses."""
    levels = 50_000
    node = _stump("x")
    _set(node, "nodes_featureids", [0] * levels)
    _set(node, "nodes_truenodeids", [*range(levels)])
    _set(node, "nodes_trueleafs", [1] * levels)
    _set(node, "nodes_falsenodeids", [*range(1, levels), levels])
    _set(node, "nodes_falseleafs", [0] * (levels - 1) + [1])
    _set(node, "leaf_targetids", [0] * (levels + 1))
    _set(node, "nodes_modes", np.zeros(levels, np.uint8))
    _set(node, "nodes_splits", np.arange(levels, dtype=np.float64))
    _set(node, "leaf_weights", np.zeros(levels + 1))
    _replace_answer(model, [node], {})


def _tree_attack(name: str, says: str, **changes: Any) -> None:
    def change(model: onnx.ModelProto) -> None:
        node = _stump("x")
        for attribute, value in changes.items():
            _set(node, attribute, value)
        _replace_answer(model, [node], {})

    change.__name__ = f"tree_{name}"
    _on_graph(says)(change)


_tree_attack("in_a_circle", "before its parent", nodes_falseleafs=[0], nodes_falsenodeids=[0])
_tree_attack("out_of_its_arrays", "nodes_falsenodeids", nodes_falseleafs=[0], nodes_falsenodeids=[999_999])
_tree_attack("before_its_arrays", "nodes_truenodeids", nodes_truenodeids=[-1])
_tree_attack("of_a_far_feature", "nodes_featureids", nodes_featureids=[2**30])
_tree_attack("of_a_negative_feature", "nodes_featureids", nodes_featureids=[-1])
_tree_attack("of_a_far_target", "leaf_targetids", leaf_targetids=[0, 7])
_tree_attack("of_many_targets", "targets", n_targets=2**31)
_tree_attack("of_far_roots", "tree_roots", tree_roots=[5])
_tree_attack("without_roots", "no tree", tree_roots=[])
_tree_attack("of_another_mode", "nodes_modes", nodes_modes=np.array([9], np.uint8))
_tree_attack("of_unequal_arrays", "as long", nodes_splits=np.zeros(3))
_tree_attack("of_no_finite_split", "not finite", nodes_splits=np.array([np.nan]))
_tree_attack("of_no_finite_leaf", "not finite", leaf_weights=np.array([np.inf, 0.0]))
_tree_attack("without_its_set", "no set", nodes_modes=np.array([6], np.uint8))
_tree_attack("that_averages", "something else", aggregate_function=0)
_tree_attack("of_float32", "type float64", nodes_splits=np.zeros(1, np.float32))


def _stump(output: str) -> onnx.NodeProto:
    node = helper.make_node("TreeEnsemble", ["numbers"], [output], domain="ai.onnx.ml")
    plain: dict[str, Any] = {
        "aggregate_function": 1,
        "leaf_targetids": [0, 0],
        "leaf_weights": np.array([0.25, 0.75]),
        "n_targets": 1,
        "nodes_falseleafs": [1],
        "nodes_falsenodeids": [1],
        "nodes_featureids": [0],
        "nodes_modes": np.array([0], np.uint8),
        "nodes_splits": np.array([40.0]),
        "nodes_trueleafs": [1],
        "nodes_truenodeids": [0],
        "post_transform": 0,
        "tree_roots": [0],
    }
    for name, value in plain.items():
        _set(node, name, value)
    return node


def _set(node: onnx.NodeProto, name: str, value: Any) -> None:
    for place, one in enumerate(node.attribute):
        if one.name == name:
            del node.attribute[place]
            break
    if isinstance(value, np.ndarray):
        value = numpy_helper.from_array(value, name)
    if isinstance(value, list) and not value:
        node.attribute.append(onnx.AttributeProto(name=name, type=onnx.AttributeProto.INTS))
    else:
        node.attribute.append(helper.make_attribute(name, value))


def _replace_answer(model: onnx.ModelProto, nodes: list[onnx.NodeProto], constants: dict[str, Any]) -> None:
    """The answer is what some nodes give as ``x``; nothing else of the graph stays but inputs and output."""
    del model.graph.node[:]
    model.graph.node.extend([*nodes, helper.make_node("Identity", ["x"], ["answer"])])
    kept = [one for one in model.graph.initializer if one.name == "long"]
    del model.graph.initializer[:]
    model.graph.initializer.extend(
        [*kept, *(numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items())]
    )


@attack("mark of another format")
def graph_in_two_formats(folder: Path) -> None:
    """What our reader takes for ONNX, and onnxruntime by its fifth byte for a format of its own."""
    model = _graph(folder)
    model.ClearField("ir_version")
    model.ClearField("producer_name")
    model.graph.initializer.append(numpy_helper.from_array(np.zeros(8_700_000), "room"))
    _file(folder, "model.onnx", b"\x08\x0a\x12\x04ORTM" + model.SerializeToString())


def _bytes(name: str, change_bytes: Callable[[bytes], bytes], says: str = "graph is refused") -> None:
    def change(folder: Path) -> None:
        _file(folder, "model.onnx", change_bytes((folder / "model.onnx").read_bytes()))

    change.__name__ = f"bytes_{name}"
    attack(says)(change)


_bytes("none", lambda content: b"")
_bytes("cut", lambda content: content[: len(content) // 2])
_bytes("left_over", lambda content: content + b"\0")
_bytes("twice", lambda content: content + content)
_bytes("unknown_field", lambda content: content + b"\xfa\x01\x01x")
_bytes("length_past_the_end", lambda content: content + b"\x3a\xff\xff\xff\xff\x0f")
_bytes("endless_number", lambda content: content + b"\x08" + b"\xff" * 20)
_bytes("group", lambda content: content + b"\x0b" * 100_000)
_bytes("random", lambda content: np.random.default_rng(0).bytes(100_000))
_bytes("zeros", lambda content: bytes(1 << 20))
_bytes("archive", lambda content: b"PK\x03\x04" + content)


@attack("JSON|signature")
def signature_that_is_none(folder: Path) -> None:
    """A signature that nobody asked for, and that is none."""
    (folder / "signature.json").write_bytes(b"{}")


@attack("signature.json")
def signature_is_pickle(folder: Path) -> None:
    """A pickle where a signature is read."""
    (folder / "signature.json").write_bytes(_pickled("signature_is_pickle"))


ATTACKS["signature_is_pickle"] = Attack("signature_is_pickle", signature_is_pickle, "signature is refused")
