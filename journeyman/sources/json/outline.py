"""Where JSON values begin and end, found without recursion: for text that is nested too deep to decode, or broken."""

from __future__ import annotations

import re
from collections.abc import Callable

#: A string that is closed, or a bracket, or a quote that opens a string which never ends.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|"', re.S)
_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT = re.compile(r"[ \t\r\n]*([,\]}])")
_CLOSING = re.compile(r"([\]}])")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")

#: Decodes a string or another scalar at a place, and says where it ends.
Decode = Callable[[str, int], tuple[object, int]]


def end_of(text: str, start: int) -> int:
    """Where the object or list that begins at ``start`` ends; -1 where the text ends before.

    >>> end_of('[1, "]"] x', 0), end_of('[1, [2]', 0), end_of('["a', 0)
    (8, -1, -1)
    """
    depth = 0
    for token in _TOKEN.finditer(text, start):
        mark = token[0]
        if mark == '"':
            return -1
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if depth == 0:
                return token.end()
    return -1


def skip_space(text: str, place: int) -> int:
    """The place of the next character that is no space."""
    found = _SPACE.match(text, place)
    return found.end() if found else place


class DeepText(str):
    """The text of a value that is nested too deep to be decoded."""

    __slots__ = ()


def shallow(text: str, start: int, decode: Decode, depth: int) -> tuple[object, int]:
    """Decode a value down to some depth; what lies deeper stays as its text.

    Parameters
    ----------
    decode : decodes a string or another scalar at a place, and says where it ends
    depth : so many objects and lists are opened, one in the other

    Raises
    ------
    ValueError : the text is no JSON
    """
    if text[start : start + 1] not in ("{", "["):
        return decode(text, start)
    if depth == 0:
        end = end_of(text, start)
        if end < 0:
            raise ValueError("the text ends within a value")
        return DeepText(text[start:end]), end
    members: list[tuple[str, object]] = []
    place = skip_space(text, start + 1)
    is_object = text[start] == "{"
    after = _CLOSING.match(text, place)
    while after is None or after[1] == ",":
        key, place = _key(text, place, decode) if is_object else ("", place)
        value, place = _member(text, place, decode, depth)
        members.append((key, value))
        after = _NEXT.match(text, place)
        if after is None:
            raise ValueError("a comma is missing")
        place = skip_space(text, after.end())
    end = after.end()
    return (dict(members) if is_object else [value for _, value in members]), end


def plain(value: object) -> object:
    """What `shallow` gives, with deep text as text like any other."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, DeepText) else value


def _member(text: str, place: int, decode: Decode, depth: int) -> tuple[object, int]:
    """A value within another. A list of nothing but deep text is deep text itself."""
    value, end = shallow(text, place, decode, depth - 1)
    if isinstance(value, list) and any(isinstance(one, DeepText) for one in value):
        return DeepText(text[place:end]), end
    return value, end


def _key(text: str, place: int, decode: Decode) -> tuple[str, int]:
    key, end = decode(text, place)
    colon = _COLON.match(text, end)
    if not isinstance(key, str) or colon is None:
        raise ValueError("an object's key is missing")
    return key, colon.end()
