"""The names of a row that has too many or too few of them, brought to the columns by what they say.

A delimiter that is missing between two names is put where a quote, a capital or a blank says that a name begins, and
where the names then say what stands below them: a date below ``DATE``, a sum of money below ``Price``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from journeyman.sources.text.columns import ColumnModel
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.reading import read_quoted

#: Words that say what stands below them.
_WORDS = {
    "date": "date day datum dob when month year created updated joined signup start end birthday",
    "time": "time hour clock zeit uhrzeit start end at",
    "moment": "date time datetime timestamp when created updated at on",
    "number": "qty quantity count number num no nr n age score size rank units calls total sum amount value price cost "
    "income year length width height weight rate lat lon latitude longitude x y z zip",
    "money": "price cost amount salary income revenue fee pay total balance value spend budget",
    "percent": "rate percent pct share ratio growth",
    "web": "url link website web href page site",
    "mail": "email mail",
    "code": "id code key sku number ref no nr zip postcode uid uuid",
    "words": "name type category kind city country status state title description comment comments note notes text "
    "remarks product brand color colour gender sex group label class department region language",
}
_SAYS = {
    word: {kind for kind, words in _WORDS.items() if word in words.split()}
    for words in _WORDS.values()
    for word in words.split()
}
_TOKENS = re.compile(r"[A-ZÀ-Þ]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|[0-9]+")
#: What is clear has this lead before the second best.
_LEAD = 1.0
#: More missing names than this are not looked for.
_MOST = 2


def bring_names(text: str, dialect: Dialect, columns: Sequence[ColumnModel]) -> tuple[tuple[str, ...], str]:
    """As many names as there are columns, and what was assumed: ``""``, ``"dropped"``, ``"split"``, ``"quote"``,
    ``"unnamed first"``, ``"unnamed last"`` or ``"cut"``.

    Parameters
    ----------
    text : the row of names as it stands
    """
    width = len(columns)
    parsed = parse_line(text, dialect)
    if parsed.open is None and not parsed.stray and len(parsed.cells) == width:
        return tuple(parsed.cells), ""
    raw = text.split(dialect.delimiter) if dialect.delimiter else [text]
    if dialect.blanks == "one":
        raw = [raw[0], *(one.removeprefix(" ") for one in raw[1:])]
    if len(raw) == width:
        return tuple(_plain(one, dialect) for one in raw), "quote"
    if len(raw) > width:
        return _fewer(raw if parsed.stray or parsed.open is not None else parsed.cells, dialect, width)
    return _more(raw, dialect, columns)


def _fewer(raw: Sequence[str], dialect: Dialect, width: int) -> tuple[tuple[str, ...], str]:
    names = [_plain(one, dialect) for one in raw]
    empty = [place for place, name in enumerate(names) if not name.strip()]
    surplus = len(names) - width
    if len(empty) == surplus:
        return tuple(name for name in names if name.strip()), "dropped"
    if all(not name.strip() for name in names[width:]):
        return tuple(names[:width]), "dropped"
    return tuple(names[:width]), "cut"


def _more(raw: Sequence[str], dialect: Dialect, columns: Sequence[ColumnModel]) -> tuple[tuple[str, ...], str]:
    width = len(columns)
    names = [_plain(one, dialect) for one in raw]
    missing = width - len(raw)
    if missing > _MOST:
        return (*names, *[""] * missing), "unnamed last"
    kinds = [_kind(column) for column in columns]
    ways: list[tuple[float, tuple[str, ...], str]] = [
        (_agreement([*names, *[""] * missing], kinds), (*names, *[""] * missing), "unnamed last"),
        (
            _agreement([*[""] * missing, *names], kinds) + _of_row_names(kinds[0]),
            (*[""] * missing, *names),
            "unnamed first",
        ),
    ]
    for cut in itertools.combinations(range(len(raw)), missing):
        parts = [
            list(_cuts(raw[place], dialect)) if place in cut else [(0.0, (names[place],))] for place in range(len(raw))
        ]
        if all(parts) and _count(parts) <= 2_000:
            for choice in itertools.product(*parts):
                cells = tuple(name for _, some in choice for name in some)
                ways.append((sum(bonus for bonus, _ in choice) + _agreement(cells, kinds), cells, "split"))
    ways.sort(key=lambda one: -one[0])
    if ways[0][2] == "split" and ways[0][0] - ways[1][0] < _LEAD:
        return (*names, *[""] * missing), "unnamed last"
    return ways[0][1], ways[0][2]


def _of_row_names(kind: str) -> float:
    """How much speaks for a first column without a name: row names are words, codes or numbers."""
    return 0.5 if kind in ("words", "code", "number") else -2.0


def _count(parts: Sequence[Sequence[object]]) -> int:
    count = 1
    for one in parts:
        count *= len(one)
    return count


def _cuts(raw: str, dialect: Dialect) -> Iterator[tuple[float, tuple[str, str]]]:
    """Ways to cut a name in two, and how much speaks for each cut."""
    quote = dialect.quote
    for place in range(1, len(raw)):
        before, after = raw[place - 1], raw[place]
        if quote and quote in raw:
            sides = (before == quote) + (after == quote)
            if not sides or raw[:place].count(quote) % 2:
                continue
            bonus = 2.0 + sides
        elif after.isupper() and (before.islower() or raw[place + 1 : place + 2].islower()):
            bonus = 1.0
        elif before.isdigit() != after.isdigit() or not before.isalnum() or not after.isalnum():
            bonus = 0.0
        else:
            bonus = 0.0 if {raw[:place].casefold(), raw[place:].casefold()} <= _SAYS.keys() else -2.0
        yield bonus - 2.0, (_plain(raw[:place], dialect), _plain(raw[place:], dialect))


def _agreement(names: Sequence[str], kinds: Sequence[str]) -> float:
    """How well names say what stands below them."""
    total = 0.0
    firsts = [_tokens(name)[:1] for name in names]
    for name, kind, first in zip(names, kinds, firsts, strict=True):
        tokens = _tokens(name)
        said = set().union(*(_SAYS.get(token, set()) for token in tokens))
        if kind in said:
            total += 2.0 if len(tokens) == 1 else 1.0
        elif said and kind != "":
            total -= 1.0
        total += 0.5 * (bool(first) and len(tokens) > 1 and firsts.count(first) > 1)
    return total


def _tokens(name: str) -> list[str]:
    return [token.casefold() for token in _TOKENS.findall(name)]


def _kind(column: ColumnModel) -> str:
    """What stands in the column, in the words of this module; ``""`` where nothing does."""
    if column.rows == column.empty:
        return ""
    if column.strict:
        return min(column.kinds)
    return "code" if column.typed else "words"


def _plain(raw: str, dialect: Dialect) -> str:
    quote = dialect.quote
    if quote and len(raw) > 1 and raw.startswith(quote) and raw.endswith(quote):
        return read_quoted(raw, quote, dialect.escape)[0]
    return raw
