"""Graphs of every kind on the shelves pass the audit; mutants are refused by it, or are harmless in a child process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from journeyman.bundle import costs
from journeyman.bundle.audit import GraphFacts, audit_ports
from journeyman.bundle.operators import OPERATORS
from journeyman.bundle.write import express
from journeyman.errors import BundleError
from journeyman.learners.calibrator import Calibrator
from journeyman.learners.learner import Learner
from journeyman.plan import needs
from journeyman.plan.combine import Blend, Chain
from journeyman.plan.graph import Graph
from journeyman.plan.shelf import steps
from journeyman.plan.target import Target
from journeyman.table.columns import MISSING_WORD, Columns, Strings

ROWS = 150
BLOCKS = {
    "numbers": ("float64", 3),
    "dates": ("int64", 1),
    "dates_missing": ("bool", 1),
    "words": ("object", 3),
}
#: Mutants of each graph: of its bytes and of its structure.
BYTES, STRUCTURE = 40, 50


@dataclass(frozen=True)
class Written:
    name: str
    content: bytes
    outputs: int


@cache
def rows() -> Columns:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(ROWS, 3))
    numbers[random.random((ROWS, 3)) < 0.1] = np.nan
    words = [
        Strings.of(random.choice(["yes", "no", MISSING_WORD], ROWS).tolist()),
        Strings.of([f"street {one}" for one in random.integers(0, 12, ROWS)]),
        Strings.of([f"term {one}\x1fsome\x1f{one % 7}" for one in random.integers(0, 30, ROWS)]),
    ]
    return Columns.of(
        rows=ROWS,
        numbers=numbers,
        number_names=["a", "b", "c"],
        dates=random.integers(0, 10**15, (ROWS, 1)),
        date_names=["d"],
        words=words,
        word_names=["w", "v", "t"],
        text_names=["t"],
    )


@cache
def graphs() -> tuple[Written, ...]:
    """A graph for every learner behind every step for words, and every other step that there is."""
    found = []
    random = np.random.default_rng(1)
    values = random.integers(0, 2, ROWS).astype(float)
    target = Target(task="binary", values=values, classes=("no", "yes"))
    many = Target(task="multiclass", values=random.integers(0, 3, ROWS).astype(float), classes=("x", "y", "z"))
    kinds = list(steps("preparation"))
    of_words = (needs.WORDS_AS_CODES, needs.WORDS_AS_INDICATORS, needs.WORDS_AS_TARGET_MEANS)
    first = (needs.TEXT_AS_SCORES, needs.TEXT_AS_TOPICS, needs.DATES_AS_NUMBERS, needs.RARE_LEVELS_JOINED)
    before = sorted((kind() for kind in kinds if kind.answers in first), key=lambda one: first.index(one.answers))
    behind = [kind() for kind in kinds if kind.answers in (needs.NOTHING_MISSING, needs.LIKE_SCALES)]
    encoders = [kind() for kind in kinds if kind.answers in of_words]
    learners = [kind() for kind in steps("learners") if issubclass(kind, Learner) and kind.is_there()]
    calibrators = [kind() for kind in steps("learners") if issubclass(kind, Calibrator)]
    both = Blend(members=tuple(learners[:2]), weights=(0.25, 0.75))
    all_but_encoders = sorted(
        (kind() for kind in kinds if kind.answers not in of_words), key=lambda one: needs.ORDER.index(one.answers)
    )
    places = [needs.ORDER.index(one.answers) for one in all_but_encoders]
    words = sum(place < needs.ORDER.index(needs.WORDS_AS_TARGET_MEANS) for place in places)
    every_step = (*all_but_encoders[:words], encoders[0], *all_but_encoders[words:])
    plans = [
        Chain(steps=(*before, encoders[0], *behind, both)),
        Chain(steps=(*every_step, learners[0], *calibrators)),
    ]
    for learner in learners:
        plans += [Chain(steps=(*before, encoder, *behind, learner)) for encoder in encoders]
    for plan in plans:
        for one in (target, many) if plan is plans[-1] else (target,):
            state = plan.fit(rows(), one)
            name = "+".join(type(step).__name__ for step in plan.steps)
            found.append(Written(name, express(plan, state, rows()), one.outputs))
    return tuple(found)


def audited(content: bytes, outputs: int) -> GraphFacts | None:
    try:
        return audit_ports(content, BLOCKS, outputs)
    except BundleError as error:
        if "\n" in str(error):
            pytest.fail(f"a refusal of several lines: {error}")
        return None


def test_every_graph_that_the_shelves_write_passes() -> None:
    written = {name for one in graphs() for name in one.name.split("+")}
    absent = {kind.__name__ for kind in steps("learners") if issubclass(kind, Learner) and not kind.is_there()}
    assert {kind.__name__ for kind in steps()} - absent <= written
    for one in graphs():
        facts = audit_ports(one.content, BLOCKS, one.outputs)
        assert facts.nodes == len(onnx.load_from_string(one.content).graph.node)
        assert facts.cells_a_row > 0


def test_other_inputs_or_outputs_are_refused() -> None:
    one = graphs()[0]
    for blocks in ({**BLOCKS, "numbers": ("float64", 4)}, {"numbers": ("float64", 3)}, dict(reversed(BLOCKS.items()))):
        with pytest.raises(BundleError, match="inputs"):
            audit_ports(one.content, blocks, one.outputs)
    with pytest.raises(BundleError, match="answer"):
        audit_ports(one.content, BLOCKS, one.outputs + 1)


def mutants_of_bytes(content: bytes, random: np.random.Generator, count: int) -> Iterator[bytes]:
    """Flipped, lost, doubled and inserted bytes, and cut files."""
    for number in range(count):
        changed = bytearray(content)
        # Most of a graph of trees is arrays; half of the places are taken from the rest.
        end = len(content) if number % 2 else min(len(content), 3000)
        at = int(random.integers(0, end))
        match int(random.integers(0, 6)):
            case 0 | 1:
                changed[at] ^= 1 << int(random.integers(0, 8))
            case 2:
                changed[at] = int(random.integers(0, 256))
            case 3:
                del changed[at : at + int(random.integers(1, 20))]
            case 4:
                changed[at:at] = changed[at : at + int(random.integers(1, 40))]
            case _:
                changed = changed[:at]
        yield bytes(changed)


def mutants_of_structure(content: bytes, random: np.random.Generator, count: int) -> Iterator[bytes]:
    for _ in range(count):
        model = onnx.load_from_string(content)
        mutate = MUTATIONS[int(random.integers(0, len(MUTATIONS)))]
        mutate(model.graph, random)
        yield model.SerializeToString()


def _pick(sequence: Any, random: np.random.Generator) -> Any:
    return sequence[int(random.integers(0, len(sequence)))]


def _an_integer(graph: Any, random: np.random.Generator) -> None:
    with_ints = [(one, node) for node in graph.node for one in node.attribute if one.ints or one.type == 2]
    if not with_ints:
        return
    attribute, _ = _pick(with_ints, random)
    wild = [-1, 0, 1, 2, len(attribute.ints), 2**31, 2**63 - 1, -(2**63)]
    if attribute.ints:
        place = int(random.integers(0, len(attribute.ints)))
        attribute.ints[place] = _pick([*wild, place, place + 1], random)
    else:
        attribute.i = _pick(wild, random)


def _a_number(graph: Any, random: np.random.Generator) -> None:
    tensors = [*graph.initializer, *(one.t for node in graph.node for one in node.attribute if one.HasField("t"))]
    tensor = _pick(tensors, random)
    array = numpy_helper.to_array(tensor).copy()
    if not array.size or array.dtype == object:
        return
    if array.dtype.kind == "f":
        wild: list[Any] = [np.nan, np.inf, -np.inf, 0.0, 1e308, -1e308, 5e-324]
    else:
        wild = [-1, 0, 1, len(array.ravel()), 2**31 - 1, 255, 2**62]
    value = _pick(wild, random)
    with np.errstate(all="ignore"):
        array.reshape(-1)[int(random.integers(0, array.size))] = np.array(value).astype(array.dtype)
    tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))


def _sizes(graph: Any, random: np.random.Generator) -> None:
    tensor = _pick(graph.initializer, random)
    if tensor.dims:
        tensor.dims[int(random.integers(0, len(tensor.dims)))] = _pick([-1, 0, 1, 2, 2**31, 2**62], random)


def _an_operator(graph: Any, random: np.random.Generator) -> None:
    node = _pick(graph.node, random)
    node.op_type = _pick([*OPERATORS, "Loop", "Constant", "StringNormalizer"], random)


def _an_input(graph: Any, random: np.random.Generator) -> None:
    names = [name for node in graph.node for name in (*node.input, *node.output)] + ["", "nothing"]
    node = _pick(graph.node, random)
    node.input[int(random.integers(0, len(node.input)))] = _pick(names, random)


def _inputs_swapped(graph: Any, random: np.random.Generator) -> None:
    node = _pick([node for node in graph.node if len(node.input) > 1], random)
    node.input[0], node.input[1] = node.input[1], node.input[0]


def _doubled(graph: Any, random: np.random.Generator) -> None:
    graph.node.append(_pick(graph.node, random))


def _reordered(graph: Any, random: np.random.Generator) -> None:
    nodes = list(graph.node)
    random.shuffle(nodes)
    del graph.node[:]
    graph.node.extend(nodes)


def _domain(graph: Any, random: np.random.Generator) -> None:
    _pick(graph.node, random).domain = _pick(["com.microsoft", "ai.onnx.ml", "", "ai.onnx.training"], random)


def _external(graph: Any, random: np.random.Generator) -> None:
    tensor = _pick(graph.initializer, random)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../etc/passwd")
    tensor.ClearField("raw_data")


def _subgraph(graph: Any, random: np.random.Generator) -> None:
    body = helper.make_graph([], "body", [], [])
    node = _pick(graph.node, random)
    node.op_type = "If"
    node.attribute.append(helper.make_attribute("then_branch", body))


def _attribute_lost(graph: Any, random: np.random.Generator) -> None:
    node = _pick([node for node in graph.node if node.attribute], random)
    del node.attribute[int(random.integers(0, len(node.attribute)))]


def _element_type(graph: Any, random: np.random.Generator) -> None:
    tensor = _pick(graph.initializer, random)
    tensor.data_type = int(random.integers(0, 24))


def _axis(graph: Any, random: np.random.Generator) -> None:
    node = _pick(graph.node, random)
    del node.attribute[:]
    node.attribute.append(helper.make_attribute("axis", _pick([-3, -2, -1, 0, 1, 2, 9], random)))


MUTATIONS = (
    _an_integer,
    _an_integer,
    _an_integer,
    _a_number,
    _a_number,
    _sizes,
    _an_operator,
    _an_input,
    _inputs_swapped,
    _doubled,
    _reordered,
    _domain,
    _external,
    _subgraph,
    _attribute_lost,
    _element_type,
    _axis,
)


def test_mutants_are_refused_or_harmless(score_in_child: Callable[..., Any], tmp_path: Path) -> None:
    random = np.random.default_rng(2024)
    refused, passed = 0, []
    for one in graphs():
        for content in (
            *mutants_of_bytes(one.content, random, BYTES),
            *mutants_of_structure(one.content, random, STRUCTURE),
        ):
            if content == one.content:
                continue
            facts = audited(content, one.outputs)
            if facts is None:
                refused += 1
            else:
                passed.append((content, BLOCKS, one.outputs, facts.cells_a_row))
    # Some mutants are good graphs that say something else: a weight has changed.
    assert refused > 3 * len(passed) > 30
    code, lines = score_in_child(tmp_path, passed)
    assert code == 0, lines[-1:]
    outcomes = [line.split() for line in lines if not line.startswith(("start", "end"))]
    assert len(outcomes) == len(passed)
    assert all(words[2] == "True" for words in outcomes)
    # What passes the audit is taken by onnxruntime, nearly always.
    assert sum(words[0] == "scored" for words in outcomes) > 0.9 * len(outcomes)
    assert int(lines[-1].split()[1]) < 1024, "more than 1 GiB of memory"


def _division_by_minus_one() -> bytes:
    graph = Graph()
    start = graph.inputs(rows())
    # Times one, so that onnxruntime does not see a constant that it might check itself.
    minus_one = graph.add("Mul", graph.constant([-1], np.int64), graph.constant([1], np.int64))
    days = graph.add("Div", start.dates, minus_one)
    return graph.finish(start, graph.add("Cast", days, to=TensorProto.DOUBLE))


def test_without_the_audit_a_graph_kills_the_process(score_in_child: Callable[..., Any], tmp_path: Path) -> None:
    """If this fails, the test above proves nothing: its child process would not show a crash."""
    content = _division_by_minus_one()
    code, lines = score_in_child(tmp_path, [(content, BLOCKS, 1, 10)])
    assert code < 0
    assert lines == ["start 0.onnx"]
    assert audited(content, 1) is None


def test_what_grows_too_large_is_refused() -> None:
    graph = Graph()
    start = graph.inputs(rows())
    wide = start.numbers
    for _ in range(40):
        wide = graph.join(wide, wide)
    content = graph.finish(start, graph.add("Gather", wide, graph.constant([0], np.int64), axis=1))
    with pytest.raises(BundleError, match="too large"):
        audit_ports(content, BLOCKS, 1)


def test_what_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = graphs()[-1]
    monkeypatch.setattr(costs, "MOST_WORK_A_ROW", 10)
    with pytest.raises(BundleError, match="arithmetic"):
        audit_ports(one.content, BLOCKS, one.outputs)


@pytest.mark.parametrize(("operator", "value"), [("Add", np.nan), ("Where", np.inf), ("MatMul", -np.inf)])
def test_constants_are_finite_where_they_must_be(operator: str, value: float) -> None:
    graph = Graph()
    start = graph.inputs(rows())
    if operator == "MatMul":
        answer = graph.add("MatMul", start.numbers, graph.constant(np.full((3, 1), value)))
    elif operator == "Where":
        answer = graph.add("Where", start.dates_missing, graph.constant(value), graph.constant(0.0))
    else:
        answer = graph.add("Add", graph.zeros(start), graph.constant(value))
    with pytest.raises(BundleError, match=r"missing|infinite"):
        audit_ports(graph.finish(start, answer), BLOCKS, 1)


def test_a_large_graph_is_audited_in_a_blink() -> None:
    """Ten megabytes of trees in well under half a second, which is what loading and predicting may take."""
    trees, depth = 1500, 8
    inner = 2**depth - 1
    place = np.arange(inner)
    is_low = 2 * place + 1 >= inner
    leaf = np.cumsum(np.repeat(is_low, 2)) - 1
    left, right = (np.where(is_low, leaf[side::2], 2 * place + 1 + side) for side in (0, 1))
    starts = np.repeat(np.arange(trees), inner)
    low = np.tile(is_low, trees)
    offset = np.where(low, starts * (inner + 1), starts * inner)
    graph = Graph()
    wires = graph.inputs(rows())
    answer = graph.add(
        "TreeEnsemble",
        wires.numbers,
        domain="ai.onnx.ml",
        aggregate_function=1,
        leaf_targetids=np.zeros(trees * (inner + 1), int).tolist(),
        leaf_weights=np.zeros(trees * (inner + 1)),
        n_targets=1,
        nodes_falseleafs=low.astype(int).tolist(),
        nodes_falsenodeids=(np.tile(right, trees) + offset).tolist(),
        nodes_featureids=(np.arange(trees * inner) % 3).tolist(),
        nodes_modes=np.zeros(trees * inner, np.uint8),
        nodes_splits=np.zeros(trees * inner),
        nodes_trueleafs=low.astype(int).tolist(),
        nodes_truenodeids=(np.tile(left, trees) + offset).tolist(),
        post_transform=0,
        tree_roots=(np.arange(trees) * inner).tolist(),
    )
    content = graph.finish(wires, answer)
    assert len(content) > 10_000_000
    start = time.process_time()
    audit_ports(content, BLOCKS, 1)
    assert time.process_time() - start < 0.5
