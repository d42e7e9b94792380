"""Terms: what one cell of a wire is, said once for every row. Equal terms are one term, kept in a `Book`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from journeyman.deployment.sql.bounds import Bounds, of_value
from journeyman.errors import InputError

#: What a term is in the database: a double, a whole number, a truth, a text.
Kind = Literal["number", "whole", "flag", "word"]
#: A constant; None is missing.
Value = float | int | bool | str | None

#: More terms than this are not written down: the text would have tens of megabytes.
MOST_TERMS = 300_000


@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """One value a row.

    Parameters
    ----------
    number : its place in the book; parts stand before what they are parts of
    operator : ``"constant"``, ``"cell"`` (of the table), ``"lookup"``, ``"where"``, or what is done with its parts
    data : a constant's `Value`, a cell's place, a lookup's `Table`
    choices : of how many constants it is one; 0 where it is computed
    """

    number: int
    operator: str
    parts: tuple[Term, ...]
    data: Any
    kind: Kind
    bounds: Bounds
    choices: int

    @property
    def is_constant(self) -> bool:
        """Whether it is the same in every row."""
        return self.operator == "constant"


@dataclass(frozen=True, slots=True)
class Table:
    """What a lookup gives for each key, and for everything else. No key has what everything else has."""

    keys: tuple[Hashable, ...]
    values: tuple[Value, ...]
    otherwise: Value

    def at(self, key: Hashable) -> Value:
        """The value of a key."""
        return self.values[self.keys.index(key)] if key in self.keys else self.otherwise

    def mapped(self, change: Callable[[Value], Value]) -> Table:
        """The same keys with other values."""
        return table_of(zip(self.keys, map(change, self.values), strict=True), change(self.otherwise))


def table_of(pairs: Iterable[tuple[Hashable, Value]], otherwise: Value) -> Table:
    """A table without keys that say nothing."""
    kept = [(key, value) for key, value in pairs if not same(value, otherwise)]
    return Table(tuple(key for key, _ in kept), tuple(value for _, value in kept), otherwise)


def same(first: Value, second: Value) -> bool:
    """Whether two constants are one: 0 and −0 are, 1 and True are not."""
    return first == second and type(first) is type(second)


class Book:
    """Every term that was made, each once.

    Parameters
    ----------
    stops_at_small : whether the database stops at a product or quotient that is too small to be told from 0
    """

    def __init__(self, *, stops_at_small: bool = True) -> None:
        self.stops_at_small = stops_at_small
        self._known: dict[Any, Term] = {}

    def __len__(self) -> int:
        return len(self._known)

    def make(
        self, operator: str, parts: tuple[Term, ...], data: Any, kind: Kind, bounds: Bounds, choices: int = 0
    ) -> Term:
        """The term of these parts.

        Raises
        ------
        InputError : there are more than anybody wants to read
        """
        key = (operator, kind, data, *(part.number for part in parts))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_TERMS:
                raise too_large(f"it takes more than {MOST_TERMS:,} expressions")
            found = Term(len(self._known), operator, parts, data, kind, bounds, choices)
            self._known[key] = found
        return found

    def constant(self, value: Value, kind: Kind) -> Term:
        """A constant."""
        is_number = isinstance(value, float | int) and not isinstance(value, bool)
        bounds = of_value(None if value is None else float(value) if is_number else 0.0)
        # 1, 1.0 and True are one key to a dictionary, and 0.0 and -0.0 are one number to us.
        return self.make("constant", (), _plain(value), kind, bounds, 1)

    def number(self, value: float | None) -> Term:
        """A constant double; None is missing."""
        return self.constant(value, "number")

    def flag(self, value: bool) -> Term:
        """True or false."""
        return self.constant(value, "flag")

    def word(self, value: str | None) -> Term:
        """A constant text."""
        return self.constant(value, "word")

    def lookup(self, subject: Term, table: Table, kind: Kind) -> Term:
        """What a table gives for a text or a whole number."""
        if not table.keys:
            return self.constant(table.otherwise, kind)
        every = (*table.values, table.otherwise)
        bounds = Bounds()
        if kind in ("number", "whole"):
            there = [float(one) for one in every if one is not None]
            sizes = [abs(one) for one in there if one]
            is_missing = len(there) < len(every)
            bounds = Bounds(min(there, default=0.0), max(there, default=0.0), is_missing, min(sizes, default=1.0))
        return self.make("lookup", (subject,), table, kind, bounds, len(every))


def _plain(value: Value) -> Value:
    return value + 0.0 if isinstance(value, float) else value


def too_large(because: str) -> InputError:
    """The error for a model that SQL would be too long for."""
    return InputError(
        "the model cannot be said in SQL",
        because=because,
        remedy="build with --interpretable, or with fewer and smaller trees; or export it --to docker or page",
    )


def cannot_be_said(because: str) -> InputError:
    """The error for what no database computes."""
    return InputError(
        "the model cannot be said in SQL",
        because=because,
        remedy="build with --interpretable, or without that column (--ignore); or export it --to docker or page",
    )
