"""Rows of totals: they stand among the rows, and are none of them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from journeyman.sources.excel.grid import NUMBER, TEXT, kind_of

#: What a total is called, in the languages that most workbooks are in.
_WORDS = (
    r"(?:grand\s*|sub\s*-?\s*|running\s*|overall\s*|report\s*)?(?:totals?|sums?|averages?|means?)"
    r"|gesamt(?:summe|ergebnis)?|(?:zwischen)?summe|insgesamt|mittelwert|durchschnitt"
    r"|sous-?\s*total|total\s+g[ée]n[ée]ral|somme|ensemble|moyenne"
    r"|(?:sub)?totale|somma|suma|(?:sub)?totaal|som|totalt|delsumma?|sammanlagt|yhteensä|promedio|m[ée]dia"
    r"|итого|всего|сумма|合计|总计|小计|合計|総計|小計|합계|총계"
)
#: More words may follow, or stand before; then less is certain.
_TOTAL = re.compile(rf"\s*(?:{_WORDS})\b[\s:：–-]*.{{0,40}}|.{{1,60}}\s(?:sub)?total\s*:?\s*", re.I)
_CERTAIN = re.compile(rf"\s*(?:{_WORDS})\s*[:：]?\s*", re.I)
_LONGEST = 100


def is_total(row: Sequence[object], kinds: Sequence[str], usual: Sequence[bool]) -> bool:
    """Whether a row is one of totals: it says so, and lacks what the rows around it have.

    Parameters
    ----------
    row : the cells of the table's columns
    kinds : the kind of each column
    usual : which columns hardly ever have an empty cell
    """
    texts = [place for place, cell in enumerate(row) if isinstance(cell, str)]
    gaps = sum(1 for place, cell in enumerate(row) if cell is None and usual[place])
    if not gaps and all(kinds[place] == TEXT for place in texts):
        return False
    labels = [place for place in texts if _names_total(str(row[place]))]
    if not labels:
        return False
    has_numbers = any(kind_of(cell) == NUMBER for cell in row)
    if any(kinds[place] != TEXT for place in labels):
        return has_numbers or gaps > 0
    is_certain = any(_CERTAIN.fullmatch(str(row[place])) for place in labels)
    return has_numbers and gaps > (0 if is_certain else 1)


def says_total(row: Sequence[object]) -> bool:
    """Whether a cell of a row says that it is one of totals."""
    return any(isinstance(cell, str) and len(cell) < _LONGEST and _names_total(cell) for cell in row)


@lru_cache(1 << 16)
def _names_total(text: str) -> bool:
    return _TOTAL.fullmatch(text) is not None


def sums_up(row: Sequence[object], above: Sequence[Sequence[object]]) -> bool:
    """Whether the numbers of a row are the sums, or all of them the means, of those above it.

    Numbers that cannot be summed up, as shares, may differ; one sum that is right by chance is rare.
    """
    sums = means = compared = 0
    for place, cell in enumerate(row):
        numbers = [one[place] for one in above if isinstance(one[place], int | float)]
        if not isinstance(cell, int | float) or isinstance(cell, bool) or len(numbers) < 2 or not cell:
            continue
        compared += 1
        whole = math.fsum(float(one) for one in numbers)  # type: ignore[arg-type]  # they are numbers
        sums += math.isclose(whole, cell, rel_tol=1e-6)
        means += math.isclose(whole / len(numbers), cell, rel_tol=1e-6)
    return compared > 0 and 2 * max(sums, means) >= compared
