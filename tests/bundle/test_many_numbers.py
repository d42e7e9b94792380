"""Many numbers at once are what each of them is alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.many_numbers import ENOUGH, read_amounts
from journeyman.bundle.number_cells import number_reader
from journeyman.table.schema import Column

FORMS = (
    *("{a}", "{a},{b}", "{a}.{b}", "{a},{b:03}", "{a}.{b:03},{a}", "{a} %", "{a}%", "-{a} kg", "kg {a}", "({a})"),
    *("{a},{b:03},{b:03}", "{a}e5", "1e40{a}", "x{a}", "?", "1 {b:03}", "inf", "{a},{b},{a}", "3,0{a} kg", "−{a}"),
    *("１{a}", "{a}\n{b}", "", " {a} ", "0 kg", "{a} kg kg", "+{a}", ".{a}", "{a}."),
)
COLUMNS = tuple(
    Column(name="x", kind="number", low=-10.0, high=1e5, **{"missing": ("?", "7"), **fields})  # type: ignore[arg-type]
    for fields in (
        *({"unit": "%"}, {"decimal": ",", "thousands": "."}, {"thousands": ","}, {"unit": "kg", "decimal": ","}),
        *({"thousands": " "}, {"unit": "kg", "missing": ("0 kg",)}, {"unit": "kg", "other_units": ("g=1/1000",)}),
        *({"decimal": ".,"}, {"ranges": "middle", "unit": "€"}, {"thousands": ",", "groups": "lakhs"}),
    )
)
PARTS = st.fixed_dictionaries({"a": st.integers(0, 9999), "b": st.integers(0, 999)})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FORMS), PARTS), max_size=60), st.sampled_from(COLUMNS))
def test_many_are_read_as_each_alone(made: list[tuple[str, dict[str, int]]], column: Column) -> None:
    texts = [form.format(**parts) for form, parts in made] + [f"{place}{column.unit}" for place in range(ENOUGH)]
    found = read_amounts(column, texts)
    if found is None:
        assert column.decimal == ".," or "0 kg" in column.missing
        return
    read = number_reader(column)
    for text, value, state in zip(texts, *found, strict=True):
        alone, how = read(text)
        assert state == how, text
        assert value == alone or (value != value and alone != alone), text


def test_few_or_other_cells_are_left_to_the_reader_of_one() -> None:
    assert read_amounts(COLUMNS[0], ["1%"] * 3) is None
    assert read_amounts(COLUMNS[0], [1.0] * ENOUGH) is None
