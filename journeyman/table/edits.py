"""One slip of the hand: which texts are others with a letter too many, too few, swapped or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Slip = Literal["added", "lost", "swapped", "changed", "overwritten", "marks"]

#: Longer texts are compared by their marks only.
LONGEST = 120
#: So many texts of one length, the most frequent ones, are compared character by character.
MOST_OF_LENGTH = 200
#: No character has this number.
_BEYOND = 2**31 - 1


class Near(NamedTuple):
    """A text of the vocabulary, the slip that leads from it to what is written, and the characters it touches."""

    text: str
    slip: Slip
    touched: str


@dataclass(frozen=True)
class OfLength:
    """The most frequent texts of one length, and their characters, (texts, length)."""

    texts: tuple[str, ...]
    characters: NDArray[np.uint32]


@dataclass(frozen=True)
class Vocabulary:
    """Texts that can be looked up by what a slip leaves of them."""

    texts: Mapping[str, int]
    shortened: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, tuple[str, ...]]
    by_length: Mapping[int, OfLength]


def vocabulary_of(texts: Mapping[str, int]) -> Vocabulary:
    """Texts with their counts, ready to be looked up in."""
    shortened: dict[str, list[str]] = defaultdict(list)
    plain: dict[str, list[str]] = defaultdict(list)
    lengths: dict[int, list[str]] = defaultdict(list)
    for text in texts:
        if len(text) > 10 * LONGEST:
            continue
        plain[without_marks(text)].append(text)
        lengths[len(text)].append(text)
        if len(text) <= LONGEST:
            for short in dict.fromkeys(shorter(text)):
                shortened[short].append(text)
    by_length = {}
    for length, some in lengths.items():
        often = tuple(text for text in sorted(some, key=lambda each: -texts[each])[:MOST_OF_LENGTH] if texts[text] > 2)
        if often and 4 <= length <= LONGEST:
            by_length[length] = OfLength(often, _characters(often))
    return Vocabulary(texts, _frozen(shortened), _frozen(plain), by_length)


def near(written: str, known: Vocabulary, by_hand: bool = False) -> Iterator[Near]:
    """The texts of a vocabulary from which one slip leads to what is written; itself is none of them.

    ``by_hand`` leaves out those of which several characters were overwritten.
    """
    if len(written) > 10 * LONGEST:
        return
    bare = without_marks(written)
    if bare:
        for text in known.plain.get(bare, ()):
            if text != written:
                yield Near(text, "marks", "")
    if len(written) > LONGEST:
        return
    for text in known.shortened.get(written, ()):
        if without_marks(text) != bare:
            yield Near(text, "lost", _extra(text, written))
    for short in dict.fromkeys(shorter(written)):
        if short in known.texts and without_marks(short) != bare:
            yield Near(short, "added", _extra(written, short))
    for place in range(len(written) - 1):
        first, second = written[place], written[place + 1]
        swapped = written[:place] + second + first + written[place + 2 :]
        if first != second and swapped in known.texts:
            yield Near(swapped, "swapped", first + second)
    seen: set[str] = set()
    for short in dict.fromkeys(shorter(written)):
        for text in known.shortened.get(short, ()):
            if len(text) == len(written) and text not in seen and text != written:
                seen.add(text)
                other = [(old, new) for old, new in zip(text, written, strict=True) if old != new]
                if len(other) == 1 and without_marks(text) != bare:
                    yield Near(text, "changed", "".join(other[0]))
    if not by_hand and len(written) >= 4:
        yield from _overwritten(written, known)


def _overwritten(written: str, known: Vocabulary) -> Iterator[Near]:
    """Texts in which several characters were overwritten by one and the same."""
    found = known.by_length.get(len(written))
    if found is None:
        return
    mine = _characters([written])
    differs = found.characters != mine
    places = differs.sum(axis=1)
    by_one = np.where(differs, mine, 0).max(axis=1) == np.where(differs, mine, _BEYOND).min(axis=1)
    is_near = (places >= 2) & (places <= max(2, len(written) // 2)) & by_one
    for row in np.flatnonzero(is_near).tolist():
        sign = written[int(np.argmax(differs[row]))]
        yield Near(found.texts[row], "overwritten", sign * int(places[row]))


def _characters(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Texts of one length as numbers of their characters, (texts, length)."""
    return np.array(texts, dtype=f"<U{len(texts[0])}").view(np.uint32).reshape(len(texts), -1)


def shorter(text: str) -> Iterator[str]:
    """A text with one character left out, for each of them."""
    return (text[:place] + text[place + 1 :] for place in range(len(text)))


def without_marks(text: str) -> str:
    """Its letters and digits alone, case left out of account."""
    return "".join(one for one in text if one.isalnum()).casefold()


def _extra(long: str, short: str) -> str:
    """The character that a text has more than another."""
    for one, other in zip(long, short, strict=False):
        if one != other:
            return one
    return long[-1]


def _frozen(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value) for key, value in lists.items()}


def counted(levels: Iterable[str], counts: Iterable[int]) -> dict[str, int]:
    """Texts with how often each is there."""
    return {level: int(count) for level, count in zip(levels, counts, strict=True) if count}
