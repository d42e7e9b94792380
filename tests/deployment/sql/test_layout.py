"""What is used more than once is a column; steps stand behind their parts; too much is refused."""

from __future__ import annotations

import pytest

from journeyman.deployment.sql import layout, numbers
from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.layout import laid_out
from journeyman.deployment.sql.term import Book, Term
from journeyman.errors import InputError


def grown(book: Book, times: int) -> Term:
    term = book.make("cell", (), 0, "number", Bounds(-1.0, 1.0, False, 1e-9))
    for _ in range(times):
        term = numbers.clip(
            book, numbers.add(book, numbers.exp(book, term), numbers.root(book, numbers.size(book, term))), 0.0, 1.0
        )
    return term


def test_text_grows_with_the_terms_not_with_their_uses(dialect: Dialect) -> None:
    lengths = []
    for times in (10, 20, 40):
        steps, answers = laid_out([("found", grown(Book(), times))], dialect, ["t.x"], "jm_")
        lengths.append(sum(len(sql) for step in steps for _, sql in step.columns) + len(answers[0][1]))
        known = {name for step in steps for name, _ in step.columns}
        assert len(known) == sum(len(step.columns) for step in steps)
    assert lengths[2] < 5 * lengths[0]


def test_a_step_uses_only_steps_before_it(dialect: Dialect) -> None:
    steps, _ = laid_out([("found", grown(Book(), 12))], dialect, ["t.x"], "jm_")
    before: set[str] = set()
    for step in steps:
        for name, sql in step.columns:
            used = {one for one in sql.replace('"', " ").split() if one.startswith("jm_")}
            assert used <= before, name
        before |= {name for name, _ in step.columns}
        assert set(step.kept) <= before


def test_long_sums_are_cut(dialect: Dialect) -> None:
    book = Book()
    cells = [book.make("cell", (), place, "number", Bounds(-1.0, 1.0)) for place in range(900)]
    terms = [numbers.exp(book, numbers.multiply(book, one, book.number(0.5))) for one in cells]
    steps, _ = laid_out([("found", numbers.add(book, *terms))], dialect, [f"t.x{place}" for place in range(900)], "jm_")
    assert max(len(sql) for step in steps for _, sql in step.columns) < 20_000


def test_too_much_is_refused(dialect: Dialect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_TEXT", 100)
    with pytest.raises(InputError, match="more than 100 characters"):
        laid_out([("found", grown(Book(), 9))], dialect, ["t.x"], "jm_")
    monkeypatch.undo()
    monkeypatch.setattr(type(dialect), "most_columns", 2)
    book = Book()
    cells = [book.make("cell", (), place, "number", Bounds(-1.0, 1.0)) for place in range(5)]
    with pytest.raises(InputError, match="steps of 5 columns"):
        laid_out([("found", numbers.add(book, *cells))], dialect, ["t.x"] * 5, "jm_")
