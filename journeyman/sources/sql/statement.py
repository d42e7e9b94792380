"""What a person may ask a database: exactly one statement, which only reads.

This is the first of two gates, and the one that explains. The second is the database's own: a connection that cannot
write, one statement at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from journeyman.errors import SourceError

Dialect = Literal["sqlite", "duckdb", "postgresql"]

_READS = ("select", "with")
_WRITES = frozenset({"insert", "update", "delete", "merge", "replace", "truncate", "drop", "alter", "create"})
_MAIN = frozenset({"select", "values", "table", *_WRITES})

_SHARED = (
    ("space", r"\s+"),
    ("comment", r"--[^\n]*"),
    ("comment", r"/\*.*?\*/"),
    ("open", r"/\*|\*/"),
)
_NAMES = (
    ("name", r'"(?:[^"]|"")*"'),
    ("text", r"'(?:[^']|'')*'"),
    ("word", r"[^\W\d][\w$]*"),
    ("number", r"\d[\w.]*"),
    ("open", r"""["']"""),
)
#: Text between dollars, and text in which a backslash escapes.
_DOLLARS = (
    ("text", r"\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$"),
    ("text", r"[eE]'(?:[^'\\]|\\.|'')*'"),
    ("open", r"\$(?:[^\W\d]\w*)?\$|[eE]'"),
)
_BRACKETS = (("name", r"`(?:[^`]|``)*`"), ("name", r"\[[^\]]*\]"), ("open", r"[`\[]"))
_MARKS = (("mark", r"."),)


def _grammar(*parts: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    pieces = [f"(?P<{kind}_{place}>{shape})" for place, (kind, shape) in enumerate(sum(parts, ()))]
    return re.compile("|".join(pieces), re.DOTALL)


_GRAMMARS = {
    "sqlite": _grammar(_SHARED, _BRACKETS, _NAMES, _MARKS),
    "duckdb": _grammar(_SHARED, _DOLLARS, _NAMES, _MARKS),
    "postgresql": _grammar(_SHARED, _DOLLARS, _NAMES, _MARKS),
}


@dataclass(frozen=True)
class _Token:
    """A piece of a statement that is no space and no comment."""

    kind: str
    text: str
    start: int
    depth: int

    @property
    def word(self) -> str:
        """A word that is not quoted, in lower case; else nothing."""
        return self.text.lower() if self.kind == "word" else ""


def one_select(text: str, dialect: Dialect) -> str:
    """A query that is one SELECT, without the semicolon at its end; it can stand in parentheses on lines of its own.

    >>> one_select("SELECT a FROM t; -- all of it", "sqlite")
    'SELECT a FROM t'

    Raises
    ------
    SourceError : it is empty, holds several statements, or one that is no SELECT; its code is ``unsafe_sql``
    """
    text = text.replace("\r\n", "\n")
    if "\r" in text or "\x00" in text:
        raise _refused("it holds control characters, where databases end comments differently", "leave them out")
    tokens = list(_tokens(text, dialect))
    while tokens and tokens[-1].text == ";":
        text = text[: tokens.pop().start]
    if not tokens:
        raise _refused("it is empty", "write SELECT …")
    _require_one(text, tokens)
    _require_select(tokens)
    # Comments behind the last token go with the semicolon; those within stay.
    return text[tokens[0].start : tokens[-1].start + len(tokens[-1].text)]


def _tokens(text: str, dialect: Dialect) -> Iterator[_Token]:
    depth = 0
    for match in _GRAMMARS[dialect].finditer(text):
        kind, piece = str(match.lastgroup).partition("_")[0], match[0]
        if kind == "open" or (kind == "comment" and "/*" in piece[2:] and piece.startswith("/*")):
            raise _refused(
                f"what begins with {text[match.start() : match.start() + 20]!r} has no clear end", "close it"
            )
        if kind in ("space", "comment"):
            continue
        depth -= piece == ")"
        if depth < 0:
            raise _refused("a parenthesis is closed that was not opened", "close what is open, and no more")
        yield _Token("text" if match.groupdict().get("tag") is not None else kind, piece, match.start(), depth)
        depth += piece == "("
    if depth:
        raise _refused("a parenthesis is not closed", "close it")


def _require_one(text: str, tokens: list[_Token]) -> None:
    for token, following in pairwise(tokens):
        if token.text == ";":
            second = " ".join(text[following.start :].split())
            raise _refused(
                f"behind the first ';' stands a second one: {_cut(second)!r}", "leave out what stands behind the first"
            )


def _require_select(tokens: list[_Token]) -> None:
    first = next((one for one in tokens if one.text != "("), tokens[0])
    main = first
    if first.word == "with":
        later = [one for one in tokens if one.depth == first.depth and one.start > first.start]
        main = next((one for one in later if one.word in _MAIN), first)
    if first.word not in _READS or main.word not in _READS:
        raise _refused(f"it is {_article(main.text)}", "write it as a SELECT")
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        # A function or a column of such a name goes on otherwise than a statement does.
        if before.text == "(" and token.word in _WRITES and after.text not in ("(", ",", ")", "."):
            raise _refused(f"it holds {_article(token.text)}", "leave it out")
        if token.word == "into":
            raise _refused("it writes a table with INTO", "leave INTO out")


def _article(word: str) -> str:
    shown = _cut(word).upper()
    return f"{'an' if shown[:1] in 'AEIOU' else 'a'} {shown}"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _refused(because: str, remedy: str) -> SourceError:
    return SourceError(
        "the query is not allowed: it must be one statement that only reads, a SELECT",
        because=because,
        remedy=remedy,
        code="unsafe_sql",
    )
