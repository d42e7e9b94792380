"""A text that is one slip away from one that many more cells hold: ``Femael`` among ``Female``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.table.edits import Near, Vocabulary, counted, vocabulary_of
from journeyman.table.slips import AROUND, crowded, slips, stars

STAGE = 1
#: A slip that more cells hold than so many, or this share, needs so many others in its column.
FEW_CELLS, RARE, MANY_SLIPS = 3, 0.02, 4
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
            around = stars(kept, texts=column.present, cells=column.filled)
            yield Rule("spelling", name, {"words": kept, "crowded": crowded(kept), "stars": around})


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


def judge(written: str, known: Vocabulary, crowding: Mapping[str, float], around: AbstractSet[str]) -> Verdict | None:
    """What is thought of a text, beside a vocabulary with counts; None where it stands."""
    found = slips(written, known, crowding, around)
    if not found:
        return None
    total = sum(known.texts[one.text] for one in {each.text: each for _, each in found}.values())
    margin, best = max(found, key=lambda each: (known.texts[each[1].text], each[0]))
    count = known.texts[best.text]
    strength = 1 - 0.45 / margin**0.5
    why = f"{count:,} cells hold {best.text!r}, which is the same but for {_told(best)}"
    return Verdict(strength, best.text, strength * count / total, why)


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
