from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.text.items import Items
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings

TARGET = Target(task="regression", values=np.arange(6.0))


def texts(**columns: list[str | None]) -> Columns:
    words = []
    for cells in columns.values():
        joined = [MISSING_WORD if cell is None else TERM_END.join(cell.split()) for cell in cells]
        levels = tuple(sorted(set(joined)))
        words.append(Strings(codes=np.array([levels.index(one) for one in joined], np.int64), levels=levels))
    rows = len(next(iter(columns.values())))
    return Columns.of(rows=rows, words=words, word_names=tuple(columns), text_names=tuple(columns))


def test_each_term_has_a_column_and_the_text_goes() -> None:
    columns = texts(genres=["war", "war drama", "drama", "war love", "love drama", None])
    step = Items()
    state = step.fit(columns, TARGET)
    found = step.apply(state, columns)
    assert found.word_names == ()
    assert found.number_names == ("genres: drama", "genres: love", "genres: war", "genres: terms")
    np.testing.assert_array_equal(found.numbers[3], [0, 1, 1, 2])
    np.testing.assert_array_equal(found.numbers[5], [0, 0, 0, np.nan])
    new = step.apply(state, texts(genres=["musical war", ""]))
    np.testing.assert_array_equal(new.numbers, [[0, 0, 1, 2], [0, 0, 0, 0]])


def test_prose_is_left_to_other_steps() -> None:
    random = np.random.default_rng(0)
    prose = [" ".join(f"w{one}" for one in random.integers(0, 400, 8)) for _ in range(60)]
    lists = [" ".join(sorted({f"i{one}" for one in random.integers(0, 9, 3)})) for _ in range(60)]
    columns = texts(prose=prose, lists=lists)
    state = Items(most=20).fit(columns, Target(task="regression", values=np.arange(60.0)))
    found = Items(most=20).apply(state, columns)
    assert found.texts == ("prose",)
    assert len(found.number_names) == 10


def test_one_cell_full_of_what_is_nowhere_else_changes_nothing() -> None:
    random = np.random.default_rng(0)
    lists = [" ".join(sorted({f"i{one}" for one in random.integers(0, 12, 4)})) for _ in range(60)]
    lists[7] = " ".join(f"odd{one}" for one in range(300))
    columns = texts(lists=lists)
    found = Items().apply(Items().fit(columns, Target(task="regression", values=np.arange(60.0))), columns)
    assert len(found.number_names) == 13


@pytest.mark.parametrize("cells", [[None] * 6, [""] * 6, list("abcdef")])
def test_texts_that_share_nothing_stay(cells: list[str | None]) -> None:
    columns = texts(genres=cells)
    step = Items()
    found = step.apply(step.fit(columns, TARGET), columns)
    assert found.word_names == ("genres",)
    assert found.number_names == ()
