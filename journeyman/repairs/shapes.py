"""The shape of a text: which kinds of characters stand where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import category

_RUN = re.compile(r"A+|a+|9+")
#: So few texts are faster taken one by one.
_FEW = 300


def shapes(texts: Sequence[str]) -> list[str]:
    """Letters as ``A`` and ``a``, digits as ``9``; everything else stands as it is.

    >>> shapes(["01M450", "Rua São José, 5"])
    ['99A999', 'Aaa Aaa Aaaa, 9']
    """
    if len(texts) <= _FEW:
        return ["".join(map(_sign, text)) for text in texts]
    import polars as pl

    series = pl.Series(texts, dtype=pl.String)
    for kind, sign in ((r"\p{Lu}", "A"), (r"[\p{Ll}\p{Lo}]", "a"), (r"\p{Nd}", "9")):
        series = series.str.replace_all(kind, sign)
    return series.to_list()


@lru_cache(maxsize=100_000)
def _sign(one: str) -> str:
    kind = category(one)
    return {"Lu": "A", "Ll": "a", "Lo": "a", "Nd": "9"}.get(kind, one)


def runs(shape: str) -> tuple[str, tuple[int, ...]]:
    """A shape in which a run of one kind counts once, and how long the runs are.

    >>> runs("99A999"), runs("Aaa Aaaa")
    (('9A9', (2, 1, 3)), ('Aa Aa', (1, 2, 1, 3)))
    """
    lengths: list[int] = []

    def once(found: re.Match[str]) -> str:
        lengths.append(len(found[0]))
        return found[0][0]

    return _RUN.sub(once, shape), tuple(lengths)
