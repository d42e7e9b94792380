from __future__ import annotations

import numpy as np

from journeyman.plan.graph import Graph
from journeyman.plan.rewriting import Rewriting, needed, rewritten, row_of
from journeyman.table.columns import Columns

COLUMNS = Columns.of(rows=1, numbers=np.zeros((1, 2)), number_names=("a", "b"))


def drawn() -> tuple[Graph, str]:
    graph = Graph()
    one = graph.add("Abs", "numbers")
    graph.add("Neg", one)
    return graph, graph.add("Mul", one, graph.constant(2.0))


def test_what_the_answer_does_not_hang_on_is_left_out() -> None:
    graph, answer = drawn()
    assert [node.operator for node in needed(graph, answer)] == ["Abs", "Mul"]
    made, _, changed = rewritten(graph, graph.inputs(COLUMNS), answer, lambda node, new: None)
    assert [node.operator for node in made.nodes] == ["Abs", "Mul"]
    assert not changed
    assert [node.operator for node in graph.nodes] == ["Abs", "Neg", "Mul"]


def test_a_rule_sees_the_new_graph_and_says_what_takes_a_nodes_place() -> None:
    seen = []

    def rule(node, new: Rewriting) -> str | None:
        seen.append((node.operator, new.uses[node.inputs[0]], new.width(node.inputs[0])))
        if node.operator != "Mul":
            return None
        assert new.made_by(node.inputs[0], "Abs") is not None
        assert new.made_by(node.inputs[0], "Neg") is None
        assert new.number(node.inputs[1]) == 2.0
        assert new.value(node.inputs[0]) is None
        assert new.maker("numbers") is None
        return new.again(new.maker(node.inputs[0]), "numbers")

    graph, answer = drawn()
    made, its_answer, changed = rewritten(graph, graph.inputs(COLUMNS), answer, rule)
    assert changed
    assert seen == [("Abs", 1, 2), ("Mul", 1, 2)]
    assert [node.operator for node in made.nodes] == ["Abs"]
    assert its_answer == made.nodes[0].outputs[0]


def test_a_constant_is_a_row_where_it_can_be_one() -> None:
    assert row_of(np.array(3.0), 2).tolist() == [3.0, 3.0]
    assert row_of(np.array([[1.0, 2.0]]), 2).tolist() == [1.0, 2.0]
    assert row_of(np.zeros((2, 1)), 2) is None
    assert row_of(np.zeros(3), 2) is None
