from __future__ import annotations

from journeyman.plan.graph_passes import encoders as under_test
from journeyman.table.columns import MISSING_WORD


def code(graph, word, levels, first=0):
    """Words (N, 1) as numbers from ``first`` on; all others are the one behind them."""
    return graph.add(
        "LabelEncoder",
        word,
        domain="ai.onnx.ml",
        keys_strings=levels,
        values_int64s=list(range(first, first + len(levels))),
        default_int64=first + len(levels),
    )


def renamed(graph, word, names, rest):
    return graph.add(
        "LabelEncoder",
        word,
        domain="ai.onnx.ml",
        keys_strings=list(names),
        values_strings=list(names.values()),
        default_string=rest,
    )


def numbers(graph, *codes):
    return graph.add("Cast", graph.join(*codes), to=11)


def test_names_and_numbers_of_names_are_one_table(bench) -> None:
    def draw(graph, start):
        word = graph.pick(start.words, [1], 3)
        named = renamed(graph, word, {"a": "x", "b": "y", "c": "rare", MISSING_WORD: MISSING_WORD}, "rare")
        return numbers(graph, code(graph, named, ["rare", "x", MISSING_WORD]))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators == {"Gather": 1, "LabelEncoder": 1, "Cast": 1}


def test_words_that_go_where_all_others_go_need_not_be_known(bench) -> None:
    def draw(graph, start):
        named = renamed(graph, graph.pick(start.words, [0], 3), {"a": "x", "b": "x"}, "x")
        return numbers(graph, code(graph, named, ["y", "x"]))

    assert bench(under_test.rewrite, draw).is_same


def test_columns_share_one_encoder(bench) -> None:
    def draw(graph, start):
        words = [graph.pick(start.words, [place], 3) for place in range(3)]
        first = [code(graph, word, levels) for word, levels in zip(words, (["a"], ["b", "a"], ["c"]), strict=True)]
        second = [code(graph, word, ["c", "other"], 7) for word in words[:2]]
        return numbers(graph, *first, *second)

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators["LabelEncoder"] == 1


def test_texts_and_columns_of_very_many_levels_stay_alone(bench) -> None:
    many = [f"level {place}" for place in range(5000)]

    def draw(graph, start):
        words = [graph.pick(start.words, [place], 3) for place in range(3)]
        graph.add("StringSplit", words[2], delimiter="\x1f", maxsplit=5)
        return numbers(graph, code(graph, words[0], many), code(graph, words[1], ["a"]), code(graph, words[2], ["b"]))

    found = bench(under_test.rewrite, draw)
    assert found.is_same
    assert found.operators["LabelEncoder"] >= 2
