"""Names and literals come back as they went in, whatever stands in them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.deployment.sql.dialect import Dialect, dialects, pieces

HOSTILE = [
    "it's",
    '"',
    "''",
    "\\",
    "\\'; DROP TABLE rows; --",
    "a\nb",
    "a\r\n-- b",
    "/* */",
    "$$x$$",
    "E'\\n'",
    "\u202eright to left",
    "\x01\x1f\x7f",
    "日本 🂡",
    "%s {0} ?1 :x @y",
    "\u00a0",
    "",
]
Run = Callable[..., tuple[list[str], list[tuple[Any, ...]]]]


def test_there_are_four() -> None:
    assert list(dialects()) == ["ansi", "duckdb", "postgresql", "sqlite"]
    assert all(one.says and one.most_cases > 2 for one in dialects().values())


def test_texts_come_back(dialect: Dialect, run_in: Run) -> None:
    found = run_in(dialect.name, f"SELECT {', '.join(map(dialect.text, HOSTILE))}")[1]
    assert list(found[0]) == HOSTILE


def test_names_come_back(dialect: Dialect, run_in: Run) -> None:
    names = [one for one in HOSTILE if one and one.isprintable()] + ["a\nb"]
    listed = ", ".join(f"{place} AS {dialect.identifier(name)}" for place, name in enumerate(names))
    assert run_in(dialect.name, f"SELECT {listed}")[0] == names


def test_numbers_come_back_bit_by_bit(dialect: Dialect, run_in: Run) -> None:
    random = np.random.default_rng(7)
    numbers = [*(random.normal(size=300) * 10.0 ** random.integers(-30, 30, 300)).tolist(), 0.1, -1e308, 5e-324, 1e22]
    found = run_in(dialect.name, f"SELECT {', '.join(map(dialect.threshold, numbers))}")[1][0]
    wrong = [(a, b) for a, b in zip(numbers, found, strict=True) if a != b and not abs(a) > 1e20 and not abs(a) < 1e-9]
    assert wrong == []
    assert all(math.isclose(a, b, rel_tol=1e-15) for a, b in zip(numbers, found, strict=True) if abs(a) > 1e-300)


def test_a_missing_word_is_the_empty_text_and_no_other_cell_is(dialect: Dialect) -> None:
    assert dialect.holds("\x1fmissing")
    assert not dialect.holds("")
    assert not dialect.holds("\x1frarest")


def test_pieces() -> None:
    assert pieces("a\n\tb") == [(True, "a"), (False, "\n\t"), (True, "b")]
    assert pieces("") == []


@pytest.mark.parametrize("name", ["postgresql", "ansi"])
def test_nothing_ends_a_literal_in_other_dialects(name: str) -> None:
    for one in HOSTILE:
        text = dialects()[name].text(one)
        inner = text.removeprefix("E")[1:-1].replace("''", "")
        assert "'" not in inner
        if name == "postgresql" and text.startswith("E"):
            assert text.isprintable()
