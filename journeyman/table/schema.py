"""What each column is, and how its cells are read. All of it is data: the manifest holds it, readers obey it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from journeyman.errors import InputError, nearest

Kind = Literal["number", "category", "text", "date", "flag", "id"]
Role = Literal["feature", "target", "entity", "time", "weight", "incumbent", "ignored"]

KINDS: tuple[Kind, ...] = ("number", "category", "text", "date", "flag", "id")
ROLES: tuple[Role, ...] = ("feature", "target", "entity", "time", "weight", "incumbent", "ignored")
TERMS = ("words", "characters", "items")
#: What a number may be written as beside digits, by the values of `Column`'s fields.
DECIMALS = (".", ",", ".,")
GROUPS = ("thousands", "lakhs")
NOTATIONS = ("plain", "feet", "clock")
RANGES = ("refused", "middle")
SPACES = ("kept", "single")
LETTER_CASES = ("kept", "ignored")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: kind, role, unit, the reason for each, and how its cells are read.

    Parameters
    ----------
    missing : spellings that mean "missing" (compared after stripping, case ignored); an empty cell always does
    decimal, thousands : marks in numbers written as text; ``thousands`` may be empty. The decimal mark ``".,"`` is
        either, as each cell shows
    groups : where marks of thousands stand: every three digits, or as in India behind lakhs and crores too
    other_units : units beside ``unit`` that cells carry, each with what one of it is in ``unit``: ``"g=1/1000"``
    notation : numbers of several parts: ``"feet"`` (6' 2", as inches) or ``"clock"`` (14:30, as hours)
    ranges : what ``10-19``, ``<5`` and ``100+`` are: no numbers, or the middle of the range, or its only end
    date_format : ``"iso"``, or an order with its separator as ``"d/m/y"``, ``"m-d-y"``, ``"y.m.d"``, or one of
        `journeyman.bundle.date_formats`; ISO 8601 is always read beside it
    date_formats : further formats that cells of the column are written in
    true_words, false_words : spellings of a flag's two values (case ignored); a flag is read as 1 or 0
    numeric_spelling : the words of this category are numbers, so 1, 1.0 and "1.0" are one level
    terms : into what a text is taken apart: ``"words"`` (words, other marks, and pairs of neighbours),
        ``"characters"`` (words, and runs of three and four characters within them) or ``"items"`` (what stands between
        commas, semicolons and bars); other kinds do not look at it
    spaces : whether words keep blanks as they are (``"kept"``), or every run of blanks is one and marks that cannot
        be seen are none (``"single"``)
    case : whether words keep their case, or are read without it
    levels : known levels with most frequent first (a category), empty otherwise
    low, high : range of the numbers, or of the dates in microseconds, in the training rows
    """

    name: str
    kind: Kind
    role: Role = "feature"
    unit: str = ""
    sure: float = 1.0
    reason: str = ""
    role_reason: str = ""
    missing: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    groups: str = "thousands"
    other_units: tuple[str, ...] = ()
    notation: str = "plain"
    ranges: str = "refused"
    date_format: str = "iso"
    date_formats: tuple[str, ...] = ()
    true_words: tuple[str, ...] = ()
    false_words: tuple[str, ...] = ()
    numeric_spelling: bool = False
    terms: str = "words"
    spaces: str = "kept"
    case: str = "kept"
    levels: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def as_data(self) -> dict[str, Any]:
        """The column as JSON holds it."""
        return {name: getattr(self, name) for name in _FIELDS}  # nothing in it is nested, and tables are wide

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Column:
        """The column that `as_data` wrote."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return cls(**given)


_FIELDS = tuple(one.name for one in fields(Column))


@dataclass(frozen=True)
class Schema:
    """The columns of a table, in its order."""

    columns: tuple[Column, ...]
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {column.name: place for place, column in enumerate(self.columns)})

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> Column:
        """A column by name.

        Raises
        ------
        InputError : there is none of that name; near ones are offered
        """
        if name not in self._places:
            raise InputError(f"there is no column {name!r}", remedy=nearest(name, self._places), code="column_missing")
        return self.columns[self._places[name]]

    @property
    def names(self) -> frozenset[str]:
        """The names of all columns."""
        return frozenset(self._places)

    def with_column(self, column: Column) -> Schema:
        """The same schema with one column replaced by another of its name."""
        self[column.name]
        return Schema(tuple(column if old.name == column.name else old for old in self.columns))

    def with_role(self, name: str, role: Role, reason: str) -> Schema:
        """The same schema with another role for one column."""
        return self.with_column(replace(self[name], role=role, role_reason=reason))

    def of_role(self, role: Role) -> tuple[Column, ...]:
        """The columns of a role."""
        return tuple(column for column in self.columns if column.role == role)

    @property
    def features(self) -> tuple[Column, ...]:
        """What a model reads: features of every kind but ``id``, the time of decision among them, in table order."""
        readable = ("number", "flag", "category", "text", "date")
        roles = ("feature", "time")
        return tuple(column for column in self.columns if column.role in roles and column.kind in readable)

    def as_data(self) -> list[dict[str, Any]]:
        """The schema as JSON holds it."""
        return [column.as_data() for column in self.columns]

    @classmethod
    def from_data(cls, data: list[dict[str, Any]]) -> Schema:
        """The schema that `as_data` wrote."""
        return cls(tuple(Column.from_data(one) for one in data))
