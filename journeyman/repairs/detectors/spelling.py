"""A text that is one slip away from one that many more cells hold: ``Femael`` among ``Female``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from journeyman.repairs.edits import Near, Vocabulary, counted, near, vocabulary_of
from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level

STAGE = 1
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
FEWEST_AROUND, AROUND, _FEW_TEXTS, MOST_STARS = 4, 1.2, 0.3, 2_000
#: A slip that more cells hold than so many, or this share, needs so many others in its column.
FEW_CELLS, RARE, MANY_SLIPS = 3, 0.02, 4
_BY_HAND = frozenset({"added", "lost", "swapped"})
#: So many words of a column are known, the most frequent ones, and so many texts are looked at, the rarest ones.
MOST_TEXTS = 5_000
#: A column of more texts than this share of its cells has no frequent ones.
MOST_DISTINCT = 0.95
#: Of more texts than so many, those that so many cells hold each must be half of the cells.
MANY_TEXTS, OFTEN = 1_000, 10


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column of words in which some text is frequent: what its words are, and which near ones stand."""
    for name, column in grid.columns.items():
        if column.is_numeric or column.present > MOST_DISTINCT * max(column.filled, 1) or _is_flat(column):
            continue
        counts = counted(column.levels, column.counts)
        words = {word: count for word, count in counts.items() if count >= 2 and word.strip()}
        if words:
            order = sorted(words, key=lambda word: (-words[word], word))[:MOST_TEXTS]
            kept = {word: words[word] for word in order}
            yield Rule("spelling", name, {"words": kept, "crowded": crowded(kept), "stars": stars(column, kept)})


def _is_flat(column: Written) -> bool:
    """Whether a column of many texts has hardly any frequent ones: near which of them a rare one is says little."""
    often = column.counts[column.is_filled & (column.counts >= OFTEN)].sum()
    return column.present > MANY_TEXTS and bool(2 * often < column.filled)


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells whose text is a slip of a word that far more cells held when the rule was learnt."""
    column = grid.columns[rule.column]
    known = vocabulary_of(rule.knows["words"])
    verdicts = {}
    for code in _looked_at(column, known, bool(rule.knows["stars"])):
        found = judge(column.levels[code], known, rule.knows["crowded"], set(rule.knows["stars"]))
        if found is not None:
            verdicts[code] = found
    usual = max(FEW_CELLS, RARE * column.filled)
    if len(verdicts) < MANY_SLIPS:
        # one text that many cells hold is a word of its own, unless hands slip in many ways here
        verdicts = {code: one for code, one in verdicts.items() if column.counts[code] <= usual}
    return by_level(rule, column, verdicts)


def judge(written: str, known: Vocabulary, crowding: Mapping[str, float], stars: AbstractSet[str]) -> Verdict | None:
    """What is thought of a text, beside a vocabulary with counts; None where it stands."""
    mine = known.texts.get(written, 1)
    found = [
        (known.texts[one.text] / mine / (AROUND if _is_around(one, stars) else needed(one, crowding, written)), one)
        for one in near(written, known)
        if known.texts[one.text] > mine and not (_is_number(written) and _is_number(one.text))
    ]
    found = [(margin, one) for margin, one in found if margin >= 1]
    if not found:
        return None
    total = sum(known.texts[one.text] for one in {each.text: each for _, each in found}.values())
    margin, best = max(found, key=lambda each: (known.texts[each[1].text], each[0]))
    count = known.texts[best.text]
    strength = 1 - 0.45 / margin**0.5
    why = f"{count:,} cells hold {best.text!r}, which is the same but for {_told(best)}"
    return Verdict(strength, best.text, strength * count / total, why)


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


def stars(column: Written, words: Mapping[str, int]) -> list[str]:
    """Words with several others around them that are one slip from this one alone: hands slip in many ways, and codes
    that are near each other are near many.
    """
    if column.present > _FEW_TEXTS * column.filled or len(words) > MOST_STARS:
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


def _looked_at(column: Written, known: Vocabulary, has_stars: bool) -> list[int]:
    """Codes of texts that may be slips: filled ones, and no more than can be looked at in a moment."""
    most, least = max(known.texts.values()), AROUND if has_stars else 2.0
    codes = [
        code
        for code in np.flatnonzero(column.is_filled & (column.counts > 0)).tolist()
        if known.texts.get(column.levels[code], 1) * least <= most
    ]
    return sorted(codes, key=lambda code: column.counts[code])[:MOST_TEXTS]


def _told(one: Near) -> str:
    return {
        "added": f"{one.touched!r} too many",
        "lost": f"{one.touched!r} missing",
        "swapped": f"{one.touched!r} swapped",
        "changed": "one letter",
        "overwritten": f"letters overwritten by {one.touched[:1]!r}",
        "marks": "marks, spaces or capitals",
    }[one.slip]
