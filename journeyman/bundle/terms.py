"""The terms of a text: what a model learns of it, and all that it is told.

Made to be written again in any language: Unicode NFC, the curly apostrophe U+2019 as the straight one, full case
folding, then fixed ranges of code points; no
locale, no dictionary, no table that changes with a Unicode version.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, pairwise

from journeyman.table.columns import MOST_TERMS

#: A cell is looked at up to this many characters (code points).
MOST_CHARACTERS = 10_000

#: Blanks, controls, soft hyphen, joiners, variation selectors, halves of surrogate pairs: between terms, never in one.
_BLANK = (
    "\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000effff"
)
#: Scripts that put no blanks between words: each character is a word, and their pairs are told as pairs of words.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
#: Marks among the letters below; every other mark is one because it lies in none of these ranges.
_MARKS = "\u00d7\u00f7\u037e\u0387\u0589\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965"
_LETTERS = (
    "0-9_a-z\u00aa\u00b5\u00ba\u00c0-\u1fff\u2c00-\u2dff\ua000-\ud7ff\ufb00-\ufdff\ufe70-\ufefc\uff10-\uff19"
    "\uff21-\uff3a\uff41-\uff5a\U00010000-\U0001efff"
)
_LETTER = f"(?![{_BLANK}{_ALONE}{_MARKS}])[{_LETTERS}]"
_BLANKS = re.compile(f"[{_BLANK}]+")
#: What stands between the items of a list in a cell, ideographic and full-width ones too.
_SEPARATORS = re.compile('[\t\n\r",;\\[\\]{|}\u3001\uff0c\uff1b]+')
_TOKEN = re.compile(f"(?:{_LETTER})+(?:'(?:{_LETTER})+)*|[^{_BLANK}]")


def terms_of(text: str, form: str) -> list[str]:
    """The distinct terms of a text in order of appearance, at most `MOST_TERMS`.

    Parameters
    ----------
    form : ``"words"``: each word (letters and digits, apostrophes within) and each other mark, and each two of these
        that follow each other, with a blank between; ``"characters"``: each word or mark, and each run of three and
        of four characters of it with a blank put before and behind; ``"items"``: what stands between separators
        (commas, semicolons, bars, brackets, braces, double quotes, tabs, line ends), without blanks and quotes around

    >>> terms_of("Don't go, don't!", "words")
    ["don't", 'go', "don't go", ',', 'go ,', ", don't", '!', "don't !"]
    >>> terms_of("Ox", "characters")
    ['ox', ' ox', 'ox ', ' ox ']
    >>> terms_of("Sci-Fi|War | film noir", "items")
    ['sci-fi', 'war', 'film noir']
    """
    every: Iterable[str]
    if form == "items":
        every = items_of(text)
    elif form == "characters":
        every = chain.from_iterable(map(_runs, _TOKEN.findall(_folded(text))))
    else:
        tokens = _TOKEN.findall(_folded(text))
        every = chain.from_iterable(zip(tokens, ["", *map(" ".join, pairwise(tokens))], strict=False))
    distinct = dict.fromkeys(every)
    distinct.pop("", None)
    return list(distinct)[:MOST_TERMS]


def items_of(text: str) -> list[str]:
    """The items of a list in a cell, in order, with those that come again."""
    items = (_BLANKS.sub(" ", item).strip(" '") for item in _SEPARATORS.split(_folded(text)))
    return [item for item in items if item]


def _folded(text: str) -> str:
    cut = text[:MOST_CHARACTERS]
    return (cut if cut.isascii() else unicodedata.normalize("NFC", cut).replace("’", "'")).casefold()


def _runs(token: str) -> list[str]:
    word = f" {token} "
    return [token, *(word[start : start + size] for size in (3, 4) for start in range(len(word) - size + 1))]
