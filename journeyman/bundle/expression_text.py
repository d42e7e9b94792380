"""How the amounts of people are written: text → tree by precedence, tree → text in one spelling."""

from __future__ import annotations

import math
import re

from journeyman.bundle.expression_tree import (
    ANSWERS,
    MOST_DEPTH,
    MOST_NODES,
    OPERATIONS,
    Cell,
    Node,
    Operation,
    Told,
    operation,
    require_bounds,
)
from journeyman.errors import InputError

_PIECE = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[^\W\d]\w*)|`(?P<quoted>(?:[^`]|``)+)`|(?P<mark>[-+*/(),]))"
)
_WORD = re.compile(r"[^\W\d]\w*")
_FUNCTIONS = ("min", "max", "abs")
#: How strongly an operation binds what stands beside it.
_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "negative": 3}
#: A node needs at most a mark, two parentheses and two commas.
_MOST_PIECES = 6 * MOST_NODES
_EXAMPLE = "write it with + - * / ( ) min max abs, as amount * 0.2 - 12; other names in back-ticks, as `unit price`"


def parse_tree(text: str) -> Node:
    """Read an amount.

    Raises
    ------
    InputError : it cannot be read (the place is told), or is too long
    """
    return _Parser(text).whole()


class _Parser:
    """Reads by precedence. ``pieces`` are (kind, text, place from 1)."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.pieces = self._cut()

    def whole(self) -> Node:
        if len(self.pieces) == 1:
            raise self._refused("it is empty", 0)
        node = self._level(1, 1)
        kind, piece, place = self.pieces[self.at]
        if kind != "end":
            raise self._refused(f"{piece!r} is not expected at character {place}", place)
        try:
            require_bounds(node)
        except InputError as error:
            raise self._refused(error.because, 0) from None
        return node

    def _cut(self) -> list[tuple[str, str, int]]:
        pieces, place, end = [], 0, len(self.text.rstrip())
        while place < end:
            match = _PIECE.match(self.text, place)
            if match is None or match.lastgroup is None:
                place += len(self.text[place:]) - len(self.text[place:].lstrip())
                raise self._refused(f"{self.text[place]!r} at character {place + 1} has no meaning", place)
            start = match.start(match.lastgroup)
            pieces.append((match.lastgroup, match[match.lastgroup], start + 1))
            place = match.end()
            if len(pieces) > _MOST_PIECES:
                raise self._refused("it is too long", place)
        return [*pieces, ("end", "", end + 1)]

    def _level(self, strength: int, depth: int) -> Node:
        """Operations that bind at least so strongly, from left to right."""
        node = self._single(depth)
        while (name := self._mark()) in _STRENGTH and _STRENGTH[name] >= strength:
            self.at += 1
            node = operation(name, node, self._level(_STRENGTH[name] + 1, depth + 1))
        return node

    def _single(self, depth: int) -> Node:
        kind, piece, place = self.pieces[self.at]
        if depth > MOST_DEPTH:
            raise self._refused(f"it is nested more than {MOST_DEPTH} deep at character {place}", place)
        self.at += 1
        if kind == "number":
            number = float(piece)
            if not math.isfinite(number):
                raise self._refused(f"{piece} at character {place} is no finite number", place)
            return number
        if kind == "quoted":
            return Cell(piece.replace("``", "`"))
        if kind == "word":
            if self._mark() == "(":
                return self._call(piece, place, depth)
            return Told(piece) if piece in ANSWERS else Cell(piece)
        if piece == "-":
            return operation("negative", self._single(depth + 1))
        if piece == "(":
            node = self._level(1, depth + 1)
            self._take(")")
            return node
        what = "it ends" if kind == "end" else f"{piece!r} stands"
        raise self._refused(f"{what} at character {place} where a number or a name is expected", place)

    def _call(self, name: str, place: int, depth: int) -> Node:
        if name not in _FUNCTIONS:
            raise self._refused(f"there is no function {name!r}, as at character {place}", place)
        self._take("(")
        parts = [self._level(1, depth + 1)]
        for _ in range(OPERATIONS[name][0] - 1):
            self._take(",")
            parts.append(self._level(1, depth + 1))
        self._take(")")
        return operation(name, *parts)

    def _mark(self) -> str:
        kind, piece, _ = self.pieces[self.at]
        return piece if kind == "mark" else ""

    def _take(self, mark: str) -> None:
        _, _, place = self.pieces[self.at]
        if self._mark() != mark:
            raise self._refused(f"{mark!r} is missing at character {place}", place)
        self.at += 1

    def _refused(self, because: str, place: int) -> InputError:
        start = max(0, place - 40)
        shown = self.text if len(self.text) <= 80 else f"…{self.text[start : start + 80]}…"
        return InputError(f"the amount {shown!r} cannot be read", because=because, remedy=_EXAMPLE)


def spell(node: Node, strength: int = 0) -> str:
    """A node in its one spelling, where its surroundings bind so strongly."""
    if isinstance(node, float):
        text = repr(node)
        return text.removesuffix(".0")
    if isinstance(node, Cell):
        is_plain = _WORD.fullmatch(node.column) and node.column not in (*ANSWERS, *_FUNCTIONS)
        return node.column if is_plain else "`" + node.column.replace("`", "``") + "`"
    if isinstance(node, Told):
        return node.answer
    return _spelt_operation(node, strength)


def _spelt_operation(node: Operation, strength: int) -> str:
    if node.name in _FUNCTIONS:
        return f"{node.name}({', '.join(map(spell, node.parts))})"
    own = _STRENGTH[node.name]
    if node.name == "negative":
        return "-" + spell(node.parts[0], own)
    # What stands on the right of its kind wants parentheses: a - (b - c).
    text = f"{spell(node.parts[0], own)} {node.name} {spell(node.parts[1], own + 1)}"
    return f"({text})" if own < strength else text
