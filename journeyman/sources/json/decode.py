"""One JSON value after the other, exactly: no digit is lost, and whatever is not standard JSON is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from journeyman.errors import SourceError
from journeyman.sources.json.outline import end_of, plain, shallow, skip_space

#: Numbers with more digits than this stay text; Python's own limit is higher.
_LONGEST_WHOLE = 400
#: A value that is nested deeper than Python's decoder goes is opened so far, and is text below.
OPENED = 8
#: What a text may end with that was cut within a word.
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
_SEPARATORS = " \t\r\n\x1e"


class Broken(ValueError):
    """The text is no JSON at some place.

    Parameters
    ----------
    place : where, from 0
    is_cut : whether the text only ends too early
    """

    def __init__(self, words: str, place: int, is_cut: bool) -> None:
        super().__init__(words)
        self.words, self.place, self.is_cut = words, place, is_cut


@dataclass
class Notes:
    """What came to light while values were decoded, and how often.

    Parameters
    ----------
    nan, infinite : words that stand for no number, and for numbers without bounds
    repeated, first_repeated : objects in which a key stands twice, and the first such key
    deep : values that are nested too deep to be decoded
    commas : commas behind the last item
    recoded : lines that are not UTF-8
    """

    nan: int = 0
    infinite: int = 0
    repeated: int = 0
    deep: int = 0
    commas: int = 0
    recoded: int = 0
    first_repeated: str = ""

    @property
    def nonstandard(self) -> int:
        """How often something stood there that the standard does not know."""
        return self.nan + self.infinite + self.commas


class Decoder:
    """Decodes values, and counts what is not standard in ``notes``."""

    def __init__(self) -> None:
        self.notes = Notes()
        self._fast = json.JSONDecoder(parse_constant=self._constant, object_pairs_hook=self._members)
        self._slow = json.JSONDecoder(
            parse_constant=self._constant, object_pairs_hook=self._members, parse_int=_whole, strict=False
        )

    def value(self, text: str, place: int = 0) -> tuple[object, int]:
        """The value that begins at a place, and where it ends.

        Raises
        ------
        Broken : there is no whole value
        """
        before = self._counted
        try:
            return self._fast.raw_decode(text, place)
        except (ValueError, RecursionError):  # a line end in a string, a number of thousands of digits, or no JSON
            self._counted = before
        try:
            return self._slow.raw_decode(text, place)
        except RecursionError:
            self._counted = before
            return self.deep(text, place)
        except json.JSONDecodeError as slow:
            self._counted = before
            error = slow
        rest = text[error.pos :].strip()
        is_cut = not rest or error.msg.startswith("Unterminated") or any(one.startswith(rest) for one in _WORDS)
        raise Broken(error.msg, error.pos, is_cut and end_of(f"[{text[place:]}", 0) < 0)

    def deep(self, text: str, place: int = 0) -> tuple[object, int]:
        """As `value`, for text that is nested deeper than Python goes: what lies deep stays text.

        Raises
        ------
        Broken : there is no whole value
        """
        self.notes.deep += 1
        try:
            value, end = shallow(text, place, self._slow.raw_decode, OPENED)
            return plain(value), end
        except (ValueError, RecursionError) as error:
            raise Broken(str(error) or "it is nested too deep", place, end_of(text, place) < 0) from error

    @property
    def _counted(self) -> tuple[int, int, int]:
        return self.notes.nan, self.notes.infinite, self.notes.repeated

    @_counted.setter
    def _counted(self, counts: tuple[int, int, int]) -> None:
        self.notes.nan, self.notes.infinite, self.notes.repeated = counts

    def _constant(self, word: str) -> float | None:
        if word == "NaN":
            self.notes.nan += 1
            return None
        self.notes.infinite += 1
        return float(word)

    def _members(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) != len(pairs):
            self.notes.repeated += 1
            if not self.notes.first_repeated:
                names = [name for name, _ in pairs]
                self.notes.first_repeated = next(name for name in names if names.count(name) > 1)
        return members


def values_of(text: str, decoder: Decoder) -> Iterator[tuple[int, object]]:
    """The values of a text one after the other, whatever space is between them, each with its place.

    Raises
    ------
    Broken : at the first place where no value begins or ends
    """
    place = _skip(text, 0)
    while place < len(text):
        value, end = decoder.value(text, place)
        yield place, value
        place = _skip(text, end)


def items_of(text: str, start: int, decoder: Decoder) -> Iterator[tuple[int, object]]:
    """The items of the list that begins at ``start``, each with its place; only space may follow the list.

    Raises
    ------
    Broken : at the first place where no item begins or ends
    """
    place = skip_space(text, start + 1)
    is_first = True
    while text[place : place + 1] != "]":
        if not is_first:
            if text[place : place + 1] != ",":
                raise Broken("a comma is missing between two records", place, place >= len(text))
            place = skip_space(text, place + 1)
            if text[place : place + 1] == "]":
                decoder.notes.commas += 1
                break
        value, end = decoder.value(text, place)
        yield place, value
        is_first = False
        place = skip_space(text, end)
    rest = skip_space(text, place + 1)
    if rest < len(text):
        raise Broken("more text stands behind its end", rest, False)


def refused(shown: str, text: str, broken: Broken) -> SourceError:
    """The error of a document that is no JSON, or was cut."""
    line = text.count("\n", 0, broken.place) + 1
    column = broken.place - (text.rfind("\n", 0, broken.place) + 1) + 1
    if broken.is_cut:
        return SourceError(
            f"{shown} is cut short: it ends within a value",
            because=f"its JSON is incomplete at line {line:,}, character {column:,} ({broken.words.lower()})",
            remedy="fetch or write the file again",
            code="file_truncated",
        )
    near = text[max(broken.place - 20, 0) : broken.place + 20].replace("\n", " ")
    return SourceError(
        f"{shown} is not JSON: {broken.words.lower()} at line {line:,}, character {column:,}",
        because=f"there stands {near!r}",
        remedy="mend that place, or give the file the ending of what it is, as .csv",
        code="not_a_table",
    )


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SEPARATORS:
        place += 1
    return place


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else digits
