from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from journeyman.bundle.background import draw_background
from journeyman.bundle.reasons import MOST_APART, Answer, effects_of, mixed, reasons_for
from journeyman.table.columns import MISSING_WORD, NO_DATE, Columns, Numbers, Strings
from journeyman.table.schema import Column


def numeric(count: int) -> tuple[list[str], list[Column]]:
    names = [f"x{place}" for place in range(count)]
    return names, [Column(name=name, kind="number") for name in names]


def table(rows: int, wide: int, seed: int = 0) -> Columns:
    return Columns.of(
        rows=rows, numbers=np.random.default_rng(seed).normal(size=(rows, wide)), number_names=numeric(wide)[0]
    )


def planted(columns: Columns) -> Numbers:
    """Of twenty columns six tell: two alone, two only together, two at a threshold."""
    x = columns.numbers
    score = 1.5 * x[:, 0] - x[:, 1] + 1.2 * x[:, 2] * x[:, 3] + 1.5 * (x[:, 4] > 0) + 0.8 * np.abs(x[:, 5])
    return (1 / (1 + np.exp(-score)))[:, None]


def exact(answer: Answer, row: Columns, background: Columns, telling: int) -> Numbers:
    """Shapley values of the first columns by all their subsets; the others tell nothing."""
    worth = {}
    everywhere = np.arange(background.rows)
    for size in range(telling + 1):
        for subset in itertools.combinations(range(telling), size):
            taken = np.zeros((background.rows, len(row.names)), np.bool_)
            taken[:, list(subset)] = True
            worth[frozenset(subset)] = float(answer(mixed(row, background, everywhere, taken)).mean())
    found = np.zeros(len(row.names))
    for player in range(telling):
        others = [one for one in range(telling) if one != player]
        for size in range(telling):
            share = math.factorial(size) * math.factorial(telling - 1 - size) / math.factorial(telling)
            for subset in itertools.combinations(others, size):
                found[player] += share * (worth[frozenset((*subset, player))] - worth[frozenset(subset)])
    return found


def test_effects_add_up_to_the_answer_less_the_typical_one() -> None:
    background = draw_background(table(1000, 20), numeric(20)[1], seed=0).columns(numeric(20)[1])
    for row in range(5):
        one = table(5, 20, seed=1).take(np.array([row]))
        found = effects_of(planted, one, background)
        assert found.answer == planted(one)[0, 0]
        assert found.typical == pytest.approx(planted(background).mean(), abs=1e-15)
        assert float(found.effects.sum()) == pytest.approx(found.answer - found.typical, abs=1e-12)


def test_the_three_most_telling_columns_of_a_planted_function_are_found() -> None:
    background = draw_background(table(1000, 20), numeric(20)[1], seed=0).columns(numeric(20)[1])
    rows, hits, errors = table(40, 20, seed=2), 0, []
    for place in range(rows.rows):
        row = rows.take(np.array([place]))
        truth = exact(planted, row, background, 6)
        found = effects_of(planted, row, background)
        hits += len(set(np.argsort(-np.abs(truth))[:3]) & set(np.argsort(-np.abs(found.effects))[:3]))
        errors.append(np.abs(found.effects - truth).max())
        # What tells nothing is given nothing, not about nothing.
        assert not found.effects[6:].any()
    assert hits / (3 * rows.rows) >= 0.9
    assert np.mean(errors) < 0.02


def test_a_row_alone_and_again_is_explained_alike_and_the_model_is_asked_little() -> None:
    background = draw_background(table(500, 20), numeric(20)[1], seed=0).columns(numeric(20)[1])
    asked = []

    def counted(columns: Columns) -> Numbers:
        asked.append(columns.rows)
        return planted(columns)

    row = table(1, 20, seed=3)
    one, again = effects_of(counted, row, background), effects_of(counted, row, background)
    assert one.effects.tolist() == again.effects.tolist()
    assert sum(asked) <= 2 * (32 * 2 * 20 + 34)


def test_a_wide_table_keeps_what_tells_apart_and_adds_up() -> None:
    names, features = numeric(200)
    background = draw_background(table(500, 200), features, seed=0).columns(features)

    def answer(columns: Columns) -> Numbers:
        x = columns.numbers
        return (3 * x[:, [150]] - 2 * x[:, [7]] + 5 * x[:, [90]] + 0.01 * x.sum(axis=1, keepdims=True)).astype(float)

    row = table(1, 200, seed=4)
    row.numbers[0, [7, 90, 150]] = 2.0
    found = effects_of(answer, row, background)
    assert len(found.groups) == MOST_APART
    assert sum(map(len, found.groups)) == 200
    assert float(found.effects.sum()) == pytest.approx(found.answer - found.typical, abs=1e-10)
    told = reasons_for(found, row, features, "y", (), most=3)
    assert [one.columns for one in told] == [("x90",), ("x150",), ("x7",)]
    assert [one.direction for one in told] == ["raises", "raises", "lowers"]
    # What the others do together can be a reason, too.
    row.numbers[0, 100:130] = 1000.0
    told = reasons_for(effects_of(answer, row, background), row, features, "y", (), most=40)
    assert any(one.columns[0] != names[90] and len(one.columns) == 1 for one in told)


MIXED = (
    Column(name="size", kind="number", unit="m²"),
    Column(name="since", kind="date"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen")),
    Column(name="note", kind="text"),
)


def every_kind(size: float, city: str, note: str, rows: int = 1) -> Columns:
    return Columns.of(
        rows=rows,
        numbers=np.full((rows, 1), size),
        number_names=["size"],
        dates=np.full((rows, 1), NO_DATE),
        dates_missing=np.ones((rows, 1), np.bool_),
        date_names=["since"],
        words=[Strings.of([city] * rows), Strings.of([note] * rows)],
        word_names=["city", "note"],
        text_names=["note"],
    )


def of_every_kind(columns: Columns) -> Numbers:
    """Three classes; Oslo, size, a gap and a good note speak for the second."""
    good = np.array(["good" in one for one in columns.words[1].cells()])
    score = 0.2 * (columns.words[0].cells() == "Oslo") + 0.25 * good + np.nan_to_num(columns.numbers[:, 0]) / 100
    score = score + np.where(columns.dates_missing[:, 0], 0.1, 0.0)
    rest = (1 - score) / 2
    return np.column_stack([rest, score, rest])


def test_words_say_cell_direction_and_size_for_the_class_that_is_predicted() -> None:
    background = every_kind(0.0, "Bergen", "", rows=4)
    background.dates_missing[:] = False
    row = every_kind(20.0, "Oslo", "good\x1fgood x")
    found = reasons_for(effects_of(of_every_kind, row, background), row, MIXED, "grade", ("a", "b", "c"), most=4)
    assert [one.text for one in found] == [
        "the text in note raises the chance of grade = b by 25 percentage points",
        "size = 20 m² raises the chance of grade = b by 20 percentage points",
        "city = Oslo raises the chance of grade = b by 20 percentage points",
        "since is missing, which raises the chance of grade = b by 10 percentage points",
    ]
    assert found[0].as_data() == {
        "columns": ["note"],
        "text": found[0].text,
        "effect": pytest.approx(0.25),
        "direction": "raises",
    }


def test_nothing_is_a_reason_where_nothing_moves_or_there_is_no_answer() -> None:
    background = row = every_kind(1.0, "Oslo", MISSING_WORD)
    same = effects_of(of_every_kind, row, background)
    assert reasons_for(same, row, MIXED, "grade", ("a", "b", "c"), most=3) == ()
    other = every_kind(1e6, "Oslo", "")

    def no_answer(columns: Columns) -> Numbers:
        return np.where(columns.numbers > 10, np.nan, 0.0)

    assert reasons_for(effects_of(no_answer, other, background), other, MIXED, "y", (), most=3) == ()


def test_names_of_columns_cannot_forge_lines() -> None:
    named = [Column(name="a\nb", kind="number")]
    row, background = (Columns.of(rows=1, numbers=np.array([[one]]), number_names=["a\nb"]) for one in (2.0, 1.0))
    found = reasons_for(effects_of(lambda columns: columns.numbers, row, background), row, named, "y", (), most=3)
    assert [one.text for one in found] == ["a b = 2 raises the prediction by 1"]
