from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.repair.joined_spellings import JoinedSpellings, variants
from journeyman.table.columns import MISSING_WORD, Columns, Strings

CELLS = ["Female"] * 60 + ["Male"] * 60 + ["Femael", "female", "Mael", MISSING_WORD]


def columns(cells: list[str]) -> Columns:
    return Columns.of(rows=len(cells), words=[Strings.of(cells)], word_names=("sex",))


def target(rows: int) -> Target:
    return Target(task="regression", values=np.zeros(rows))


def test_slips_become_what_they_are_slips_of_and_nothing_else_changes() -> None:
    step = JoinedSpellings()
    state = step.fit(columns(CELLS), target(len(CELLS)))
    given = [*CELLS[-4:], "Female", "Other"]
    assert step.apply(state, columns(given)).words[0].cells().tolist() == [
        "Female", "Female", "Male", MISSING_WORD, "Female", "\x1funseen",
    ]  # fmt: skip


def test_words_of_like_frequency_and_short_codes_stay() -> None:
    assert variants(Strings.of(["north"] * 30 + ["south"] * 25 + ["worth"] * 20)) == {}
    assert variants(Strings.of([f"A{place}" for place in range(30)] * 5 + ["A1"] * 100)) == {}


def test_what_leads_to_a_variant_ends_at_what_that_is_a_variant_of() -> None:
    cells = ["Springfield"] * 900 + ["Springfeild"] * 30 + ["Springfeild "]
    found = variants(Strings.of(cells))
    assert set(found.values()) == {"Springfield"}
    assert set(found) == {"Springfeild", "Springfeild "}


def test_it_is_worth_trying_only_where_there_are_variants() -> None:
    assert JoinedSpellings.worth_trying(columns(CELLS)) == ("sex",)
    assert JoinedSpellings.worth_trying(columns(["a", "b"] * 50)) == ()
    texts = Columns.of(rows=len(CELLS), words=[Strings.of(CELLS)], word_names=("sex",), text_names=("sex",))
    assert JoinedSpellings.worth_trying(texts) == ()
