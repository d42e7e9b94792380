"""Many words at once are what each of them is alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.many_words import ENOUGH, read_words
from journeyman.bundle.word_cells import word_reader
from journeyman.table.schema import Column

COLUMNS = (
    Column(name="x", kind="category", missing=("n/a", "ab"), spaces="single"),
    Column(name="x", kind="id", missing=("n/a",)),
)
TEXTS = st.text(st.sampled_from("abAB/n \t\n\r\x0c\x1c\x1f\u00a0é"), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=20), st.sampled_from(COLUMNS))
def test_many_are_read_as_each_alone(some: list[str], column: Column) -> None:
    for texts in ([f"w{place}" for place in range(ENOUGH)] + some, [f"w{place}" for place in range(ENOUGH)] + ["N/A"]):
        found = read_words(column, texts)
        if found is None:
            continue
        read = word_reader(column)
        assert list(zip(found[0], found[1].tolist(), strict=True)) == [read(text) for text in texts]


def test_plain_words_are_read_together_and_others_are_not() -> None:
    plain = [f"w {place}" for place in range(ENOUGH)]
    assert read_words(COLUMNS[0], plain) is not None
    for odd in (" x", "x ", "x  y", "x\ty", "é", "x\ny"):
        assert read_words(COLUMNS[0], [*plain, odd]) is None
    assert read_words(COLUMNS[0], plain[:3]) is None
    assert read_words(Column(name="x", kind="category", case="ignored"), plain) is None
