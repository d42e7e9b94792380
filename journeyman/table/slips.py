"""Which text is a slip of which: one slip away from one that many more cells hold, ``Femael`` from ``Female``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from journeyman.table.edits import Near, Vocabulary, near, vocabulary_of

#: So many times as many cells must hold the right text, by its length (the last for all longer ones).
TIMES = (15.0, 15.0, 7.0, 6.0, 4.0, 3.0, 3.0, 3.0, 2.0)
#: Slips that happen to words of different meaning as well need more.
FACTOR = {"added": 1.0, "lost": 1.0, "swapped": 1.0, "changed": 8.0, "overwritten": 1.0, "marks": 0.5}
#: Digits make other codes, not slips, unless nearly all cells hold the one.
DIGITS = 8.0
#: Words of like frequency: neither has so many times as many cells as the other.
EVEN = 4.0
#: Of more words of one or two letters, as of states, any may be near another.
MOST_SHORT = 6
#: A word with so many slips around it needs to be only so many times as frequent as each; texts may be no more than
#: this share of the cells.
FEWEST_AROUND, AROUND, FEW_TEXTS, MOST_STARS = 4, 1.2, 0.3, 2_000
_BY_HAND = frozenset({"added", "lost", "swapped"})


def slips(
    written: str, known: Vocabulary, crowding: Mapping[str, float], around: AbstractSet[str]
) -> list[tuple[float, Near]]:
    """The texts of a vocabulary with counts of which another is likely a slip; mostly none.

    Parameters
    ----------
    crowding : as `crowded` says of the vocabulary
    around : its words with slips around them, as `stars` says

    Returns
    -------
    Each with how many times as many cells hold it as are needed, 1 or more.
    """
    mine = known.texts.get(written, 1)
    found = [
        (known.texts[one.text] / mine / (AROUND if _is_around(one, around) else needed(one, crowding, written)), one)
        for one in near(written, known)
        if known.texts[one.text] > mine and not (_is_number(written) and _is_number(one.text))
    ]
    return [(margin, one) for margin, one in found if margin >= 1]


def needed(one: Near, crowding: Mapping[str, float], written: str) -> float:
    """How many times as many cells must hold a text before what is near it is called a slip."""
    times = TIMES[min(len(one.text), len(TIMES) - 1)] * FACTOR[one.slip]
    if len(one.text) < 3 and crowding.get("short", 0.0) > MOST_SHORT:
        return np.inf
    if one.slip in ("changed", "overwritten") and len(one.text) < 3:
        return np.inf
    if one.slip in ("changed", "overwritten") and one.touched[-1].isdigit():
        return np.inf
    if one.slip == "overwritten" and len(one.text) < 6:
        times *= 4
    if one.touched.isdigit() or (one.slip == "marks" and any(sign.isdigit() for sign in one.text)):
        times *= DIGITS
    if one.slip == "lost" and len(one.text) < 2:
        return np.inf
    if one.slip in ("added", "lost") and len(one.text) > 3 and _is_ending(written, one.text):
        times *= 3  # another form of the word: a plural, Roberto
    if one.slip in ("added", "lost") and len(one.text) < 4 and one.touched.islower() == one.text.islower():
        times *= 2.5  # short words of one kind of letters differ so by nature
    return times * (1 + 10 * crowding.get(one.slip, 0.0))


def _is_ending(written: str, text: str) -> bool:
    longer, shorter = (written, text) if len(written) > len(text) else (text, written)
    return longer[:-1] == shorter and longer[-1] in "aeiosy"


def crowded(words: Mapping[str, int]) -> dict[str, float]:
    """By kind of slip: how much of the column's frequent words stand one such slip from another of like frequency.
    Where many do, being near says little. ``short`` counts the words of one or two letters.
    """
    total, passed = sum(words.values()), 0
    frequent: list[str] = []
    for word, count in words.items():
        if passed > 0.9 * total or len(frequent) >= 500:
            break
        frequent.append(word)
        passed += count
    known = vocabulary_of({word: words[word] for word in frequent})
    found = {word: list(near(word, known, by_hand=True)) for word in frequent}
    slips = {word for word in frequent if any(words[one.text] >= EVEN * words[word] for one in found[word])}
    close = Counter(
        slip
        for word in frequent
        if word not in slips
        for slip in {one.slip for one in found[word] if one.text not in slips}
    )
    short = sum(len(word) < 3 for word in frequent)
    return {slip: count / (len(frequent) + 2) for slip, count in sorted(close.items())} | {"short": float(short)}


def stars(words: Mapping[str, int], *, texts: int, cells: int) -> list[str]:
    """Words with several others around them that are one slip from this one alone: hands slip in many ways, and codes
    that are near each other are near many.

    Parameters
    ----------
    texts, cells : how many different texts the column has, in how many cells
    """
    if texts > FEW_TEXTS * cells or len(words) > MOST_STARS:
        return []
    known = vocabulary_of(words)
    around = Counter[str]()
    for word, count in words.items():
        above = {
            one.text for one in near(word, known, by_hand=True) if words[one.text] > count and one.slip in _BY_HAND
        }
        if len(above) == 1:
            around[above.pop()] += 1
    return sorted(word for word, count in around.items() if count >= FEWEST_AROUND and len(word) >= 5)


def _is_around(one: Near, stars: AbstractSet[str]) -> bool:
    return one.text in stars and one.slip in _BY_HAND


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
