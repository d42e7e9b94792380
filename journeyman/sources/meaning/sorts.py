"""Sorts of words that everybody knows by their looks: addresses, coordinates, lists. Reasons call them so."""

from __future__ import annotations

import re
from collections.abc import Mapping

from journeyman.sources.meaning.evidence import Words

#: So many of the cells must be of a sort.
_NEARLY_ALL = 0.9
#: A longer cell is looked at no further.
_LONGEST = 500
_DEGREES = r"[+-]?[0-9]{1,3}\.[0-9]+°?"
_SORTS: Mapping[str, re.Pattern[str]] = {
    "web addresses": re.compile(r"(?:https?://|ftp://|www\.)\S+", re.IGNORECASE),
    "e-mail addresses": re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}\.[^\s@.]{2,}"),
    "network addresses": re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"),
    "pairs of coordinates": re.compile(
        r"(?:POINT ?)?\(?[+-]?[0-9]{1,3}\.[0-9]+°?\s?[,; ]\s?[+-]?[0-9]{1,3}\.[0-9]+°?\)?"
    ),
    "objects or lists in brackets": re.compile(r"\s*(?:\{.*\}|\[.*\]|\(.*,.*\))\s*", re.DOTALL),
    "lists": re.compile(r"[^;|]+(?:[;|][^;|]+)+"),
    "telephone numbers": re.compile(r"(?:\+|00)[0-9][0-9 ()./-]{6,18}[0-9]|\([0-9]{2,5}\) ?[0-9][0-9 -]{4,12}[0-9]"),
    "hexadecimal codes": re.compile(r"(?=[^a-fA-F]*[a-fA-F])(?=[^0-9]*[0-9])[0-9a-fA-F-]{8,64}"),
}


def sort_of(words: Words) -> str:
    """What nearly all cells are, in words; empty where nobody could say.

    >>> sort_of(Words(["https://a.b/c", "http://d.e"], [1, 1])), sort_of(Words(["red", "blue"], [1, 1]))
    ('web addresses', '')
    """
    for name, pattern in _SORTS.items():
        pairs = zip(words.texts, words.counts, strict=True)
        there = sum(count for text, count in pairs if pattern.fullmatch(text.strip()[:_LONGEST]))
        if words.cells and there >= _NEARLY_ALL * words.cells:
            return name
    return ""
