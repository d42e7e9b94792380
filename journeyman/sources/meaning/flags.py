"""Flags: two values that mean yes and no, in whichever spellings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.bundle.cells import fold
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.missing import IN_NUMBERS
from journeyman.sources.meaning.seen import Seen
from journeyman.table.finding import Finding
from journeyman.table.schema import Column

TURN = 30

#: Pairs of words that mean yes and no; a flag may be spelt in several of them.
PAIRS = (
    ("true", "false"),
    ("yes", "no"),
    ("y", "n"),
    ("t", "f"),
    ("1", "0"),
    ("1.0", "0.0"),
    ("on", "off"),
    ("ja", "nein"),
    ("ja", "nee"),
    ("ja", "nej"),
    ("wahr", "falsch"),
    ("oui", "non"),
    ("vrai", "faux"),
    ("sí", "no"),
    ("si", "no"),
    ("sì", "no"),
    ("sim", "não"),
    ("tak", "nie"),
    ("да", "нет"),
)
TRUE_WORDS = tuple(dict.fromkeys(true for true, _ in PAIRS))
FALSE_WORDS = tuple(dict.fromkeys(false for _, false in PAIRS))
#: Spellings that mean yes or no whatever stands beside them.
_PLAIN = {*TRUE_WORDS[:6], *FALSE_WORDS[:6]}
#: A flag has few spellings.
_MOST = 20


def propose(evidence: Evidence) -> Column | None:
    """The column as a flag, where each of its words is one side of a pair of which both sides are there."""
    must = evidence.kind == "flag"
    if not must and (evidence.kind is not None or evidence.is_target or evidence.typed):
        return None
    words = evidence.sample.without(IN_NUMBERS)
    spelt = {fold(text) for text in words.texts} if len(words.texts) <= _MOST else set()
    true = tuple(sorted(text for text in words.texts if fold(text) in TRUE_WORDS)) if spelt else ()
    false = tuple(sorted(text for text in words.texts if fold(text) in FALSE_WORDS)) if spelt else ()
    plain = Column(name=evidence.name, kind="flag", missing=IN_NUMBERS)
    paired = {word for pair in PAIRS if spelt >= set(pair) for word in pair}
    if true and false and (spelt <= _PLAIN or spelt <= paired):
        reason = f"every cell is {true[0]!r} or {false[0]!r}"
        return replace(plain, true_words=true, false_words=false, reason=reason)
    if not must:
        return None
    ordered = sorted(spelt)
    return replace(plain, true_words=true or tuple(ordered[1:2]), false_words=false or tuple(ordered[:1]))


def tell(seen: Seen) -> Finding | None:
    """How many cells of a flag are spelt otherwise than most (``boolean_spellings``)."""
    column, texts = seen.column, seen.texts
    if column.kind != "flag" or texts is None:
        return None
    sides = {fold(word): side for side, words in enumerate((column.false_words, column.true_words)) for word in words}
    counts = texts.counts().tolist()
    found: dict[int, dict[str, int]] = {0: {}, 1: {}}
    for text, count in zip(texts.levels, counts, strict=True):
        if count and (word := fold(text)) in sides:
            found[sides[word]][word] = found[sides[word]].get(word, 0) + count
    if all(len(words) <= 1 for words in found.values()):
        return None
    usual = {max(words, key=lambda word: (words[word], word)) for words in found.values() if words}
    is_odd = np.array([fold(text) in sides and fold(text) not in usual for text in texts.levels], np.bool_)
    count = int(texts.counts()[is_odd].sum())
    listed = "; ".join(
        f"{name}: {', '.join(repr(word) for word in sorted(words, key=lambda word: -words[word]))}"
        for name, words in (("yes", found[1]), ("no", found[0]))
    )
    return Finding(
        code="boolean_spellings",
        severity="info",
        message=f"{column.name!r} spells yes and no in {len(found[0]) + len(found[1])} ways ({listed})",
        columns=(column.name,),
        numbers={"count": count, "examples": seen.examples(is_odd)},
    )
