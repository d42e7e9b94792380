"""Terms as text: what one expression of a dialect says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.reading import PLACE
from journeyman.deployment.sql.term import Table, Term

#: Added and taken away again, it leaves the nearest whole number.
_ROUNDING = 6755399441055744.0
_BETWEEN = {
    "product": "*",
    "quotient": "/",
    "less": "<",
    "less_or_equal": "<=",
    "greater": ">",
    "greater_or_equal": ">=",
    "equal": "=",
    "and": "AND",
    "or": "OR",
    "whole_sum": "+",
    "whole_difference": "-",
    "whole_product": "*",
}
#: So many whole numbers are looked up one by one, and so many ranges stand in one CASE.
_FEW, _FAN = 8, 10
_COMPARED = ("less", "less_or_equal", "greater", "greater_or_equal", "equal")
_FUNCTIONS = {"exp": "exp", "log": "ln", "root": "sqrt", "floor": "floor", "size": "abs"}


class Texts:
    """Writes terms; those that have a name are written by it.

    Parameters
    ----------
    cells : what stands for a cell of the table, by its place
    """

    def __init__(self, dialect: Dialect, cells: Sequence[str]) -> None:
        self._dialect, self._cells = dialect, cells
        self.names: dict[int, str] = {}

    def of(self, term: Term) -> str:
        """A term as its use by others."""
        name = self.names.get(term.number)
        return self.definition(term) if name is None else name

    def alone(self, term: Term) -> str:
        """A term as a column: nothing beside it says of what type it is."""
        if term.is_constant:
            return self._dialect.typed(self._dialect.constant(term), term.kind)
        return self.of(term)

    def definition(self, term: Term) -> str:
        """A term by its parts."""
        dialect, name = self._dialect, term.operator
        if name == "constant":
            return dialect.constant(term)
        if name == "cell":
            return self._cells[int(term.data)]
        if name in ("where", "lookup"):
            return self._lookup(term) if name == "lookup" else self._cases(term, 1)
        parts = [self.of(part) for part in term.parts]
        if name in _COMPARED:
            parts = [
                dialect.threshold(one.data) if _is_number(one) else part
                for one, part in zip(term.parts, parts, strict=True)
            ]
        if name == "sum":
            return f"({' + '.join(parts)})"
        if name in _BETWEEN:
            return f"({parts[0]} {_BETWEEN[name]} {parts[1]})"
        if name in _FUNCTIONS:
            return f"{_FUNCTIONS[name]}({parts[0]})"
        return self._other(term, parts)

    def _other(self, term: Term, parts: list[str]) -> str:
        dialect, one = self._dialect, parts[0]
        said: Mapping[str, Callable[[], str]] = {
            "made": lambda: str(term.data).replace(PLACE, one),
            "negative": lambda: f"(- {one})",
            "not": lambda: f"CASE WHEN {one} THEN FALSE ELSE TRUE END",
            "is_missing": lambda: f"({one} IS NULL)",
            "filled": lambda: f"COALESCE({one}, {parts[1]})",
            "member": lambda: f"({one} IN ({', '.join(map(dialect.number, term.data))}))",
            "rounded": lambda: f"(({one} + {dialect.number(_ROUNDING)}) - {dialect.number(_ROUNDING)})",
            "as_number": lambda: dialect.as_double(one),
            "as_whole": lambda: self._as_whole(term.parts[0].bounds, one),
            "whole_quotient": lambda: dialect.divided(one, parts[1]),
            "whole_rest": lambda: self._rest(one, parts[1], is_positive=term.data),
            "clip": lambda: self._clip(term, one),
            "least": lambda: self._extreme(term, dialect.least, "<", parts),
            "most": lambda: self._extreme(term, dialect.most, ">", parts),
        }
        return said[term.operator]()

    def _as_whole(self, bounds: Bounds, one: str) -> str:
        if bounds.low >= 0:
            return self._dialect.as_whole(f"floor({one})")
        cut = f"CASE WHEN {one} < 0 THEN - floor(- {one}) ELSE floor({one}) END"
        return self._dialect.as_whole(cut)

    def _rest(self, first: str, second: str, *, is_positive: bool) -> str:
        rest = f"({self._dialect.rest(first, second)})"
        return rest if is_positive else f"({self._dialect.rest(f'({rest} + {second})', second)})"

    def _clip(self, term: Term, one: str) -> str:
        low, high = term.data
        bounds, number = term.parts[0].bounds, self._dialect.number
        is_low, is_high = bounds.low < low, bounds.high > high
        if bounds.missing:
            above = f" WHEN {one} > {number(high)} THEN {number(high)}" if is_high else ""
            below = f" WHEN {one} < {number(low)} THEN {number(low)}" if is_low else ""
            return f"CASE{above}{below} ELSE {one} END"
        # Functions of several numbers leave out what is missing, and here nothing is.
        held = f"{self._dialect.most}({one}, {number(low)})" if is_low else one
        return f"{self._dialect.least}({held}, {number(high)})" if is_high else held

    def _extreme(self, term: Term, name: str, mark: str, parts: list[str]) -> str:
        first, second = parts
        if term.bounds.missing:
            gone = f"{first} IS NULL OR {second} IS NULL"
            return f"CASE WHEN {gone} THEN NULL WHEN {second} {mark} {first} THEN {second} ELSE {first} END"
        return f"{name}({first}, {second})"

    # ---- look-ups and cases -----------------------------------------------------------------------------------------

    def _lookup(self, term: Term) -> str:
        table, subject, dialect = term.data, self.of(term.parts[0]), self._dialect
        is_word = term.parts[0].kind == "word"
        if not is_word and term.kind != "flag" and len(table.keys) > _FEW:
            return self._dense(term, subject)
        groups: dict[str, list[str]] = {}
        for key, value in zip(table.keys, table.values, strict=True):
            if not is_word or dialect.holds(str(key)):
                said = self._leaf(value, term)
                groups.setdefault(said, []).append(self._key(key))
        if term.kind == "flag":
            return self._membership(term, table, subject, [key for keys in groups.values() for key in keys])
        otherwise = self._leaf(table.otherwise, term)
        first = next(iter(groups), None)
        if first is None:
            return dialect.typed(otherwise, term.kind)
        if all(len(keys) == 1 for keys in groups.values()):
            whens = [f"WHEN {keys[0]} THEN {said}" for said, keys in groups.items()]
            return f"CASE {subject} {' '.join(whens)} ELSE {otherwise} END".replace(
                f"THEN {first} ", f"THEN {dialect.typed(first, term.kind)} ", 1
            )
        whens = [f"WHEN {self._within(subject, keys)} THEN {said}" for said, keys in groups.items()]
        return f"CASE {' '.join(whens)} ELSE {otherwise} END"

    def _dense(self, term: Term, subject: str) -> str:
        """Entries of whole numbers that follow each other: by place where there are arrays, else by ranges."""
        keys, place = term.data.keys, term.parts[0]
        low, high = max(int(place.bounds.low), min(keys) - 1), min(int(place.bounds.high), max(keys) + 1)
        known = dict(zip(keys, term.data.values, strict=True))
        entries = [self._leaf(known.get(key, term.data.otherwise), term) for key in range(low, high + 1)]
        inside = int(place.bounds.low) >= low and int(place.bounds.high) <= high
        array = self._dialect.entry(entries, f"{subject} - {low - 1}", term.kind) if inside else ""
        if array:
            return array
        starts = [at for at in range(len(entries)) if not at or entries[at] != entries[at - 1]]
        return self._ranges(subject, [(low + at, entries[at]) for at in starts], term)

    def _ranges(self, subject: str, runs: Sequence[tuple[int, str]], term: Term) -> str:
        """One of some entries, each from its start up to the next one's."""
        if len(runs) == 1:
            return runs[0][1]
        size = 1
        while size * _FAN < len(runs):
            size *= _FAN
        parts = [runs[at : at + size] for at in range(0, len(runs), size)]
        said = [self._ranges(subject, part, term) for part in parts]
        if _is_plain(said[0]):
            said[0] = self._dialect.typed(said[0], term.kind)
        tests = " ".join(
            f"WHEN {subject} < {after[0][0]} THEN {entry}" for after, entry in zip(parts[1:], said[:-1], strict=True)
        )
        return f"CASE {tests} ELSE {said[-1]} END"

    def _leaf(self, value: object, term: Term) -> str:
        return self._dialect.constant(Term(0, "constant", (), value, term.kind, term.bounds, 1))

    def _key(self, key: object) -> str:
        kind = "word" if isinstance(key, str) else "whole"
        return self._dialect.constant(Term(0, "constant", (), key, kind, Bounds(), 1))  # type: ignore[arg-type]  # of the two

    @staticmethod
    def _within(subject: str, keys: Sequence[str]) -> str:
        return f"{subject} = {keys[0]}" if len(keys) == 1 else f"{subject} IN ({', '.join(keys)})"

    def _membership(self, term: Term, table: Table, subject: str, keys: Sequence[str]) -> str:
        if not keys:
            return "TRUE" if table.otherwise else "FALSE"
        if not table.otherwise:
            return f"({self._within(subject, keys)})"
        outside = f"{subject} <> {keys[0]}" if len(keys) == 1 else f"{subject} NOT IN ({', '.join(keys)})"
        return f"({outside} OR {subject} IS NULL)" if term.parts[0].bounds.missing else f"({outside})"

    def _cases(self, term: Term, depth: int) -> str:
        """One CASE: the second of two is its next WHEN, the first stands within it, or beyond some depth before it."""
        whens: list[tuple[str, str]] = []
        rest = term
        while rest is term or (rest.operator == "where" and rest.number not in self.names):
            condition, yes, rest = rest.parts
            test = self.of(condition)
            if yes.operator != "where" or yes.number in self.names:
                whens.append((test, self.of(yes)))
            elif depth < self._dialect.most_cases:
                whens.append((test, self._cases(yes, depth + 1)))
            else:
                whens += self._leaves(yes, [test])
        head, *others = whens
        constant = next((one for one in (head[1],) if _is_plain(one)), None)
        if constant is not None:
            head = (head[0], self._dialect.typed(constant, term.kind))
        said = " ".join(f"WHEN {test} THEN {value}" for test, value in (head, *others))
        return f"CASE {said} ELSE {self.of(rest)} END"

    def _leaves(self, term: Term, tests: list[str]) -> list[tuple[str, str]]:
        """The leaves of a tree in their order, each behind what was asked on the way to it and found true.

        What was found false need not be asked again: the leaves where it is true stand before.
        """
        found: list[tuple[str, str]] = []
        while term.operator == "where" and term.number not in self.names:
            condition, yes, term_ = term.parts
            found += self._leaves(yes, [*tests, self.of(condition)])
            term = term_
        return [*found, (" AND ".join(tests), self.of(term))]


def _is_number(term: Term) -> bool:
    return term.is_constant and term.kind == "number" and term.data is not None


def _is_plain(text: str) -> bool:
    """Whether a text is a literal, of which a database might think that it is of another type."""
    return text[:1] in "-'0123456789" or text == "NULL"
