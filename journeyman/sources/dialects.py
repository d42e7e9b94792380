"""Ways in which people write numbers and dates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

#: Decimal mark and thousands mark, the likeliest first.
NUMBER_FORMS = ((".", ""), (".", ","), (",", ""), (",", "."), (".", " "), (",", " "), (".", "'"))
#: Date formats, the likeliest first; where day and month are open, the first that fits is taken and told.
DATE_FORMATS = ("iso", "d.m.y", "m/d/y", "d/m/y", "d-m-y", "m-d-y", "y/m/d", "y.m.d")

_AMOUNT = re.compile(r"[(+-]*(?P<before>[^0-9().,+-]*)[+-]?[0-9][0-9.,' ]*(?:[eE][+-]?[0-9]+)?(?P<after>[^0-9()]*)\)?")
_SYMBOL = re.compile(r"[$€£¥₹%°]|USD|EUR|GBP|CHF|kr")
_LETTERS = re.compile(r"[A-Za-zµ°/²³%]{1,6}")


def common_unit(texts: Sequence[str]) -> str:
    """The unit that nearly all texts carry before or behind a number, or ``""``.

    >>> common_unit(["5%", "7.5%"]), common_unit(["$1,000", "$12"]), common_unit(["A1", "B2"])
    ('%', '$', '')
    """
    found: Counter[str] = Counter()
    for text in texts:
        match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip())
        if match:
            before, after = match["before"].strip(), match["after"].strip()
            if not (before and after):
                found[before or after] += 1
    unit, count = found.most_common(1)[0] if found else ("", 0)
    if count < 0.95 * len(texts) or not unit:
        return ""
    if _SYMBOL.fullmatch(unit):
        return unit
    # Letters behind few different numbers ("36 months") are names of levels.
    is_behind = all(text.strip().endswith(unit) for text in texts[:20])
    return unit if is_behind and len(texts) >= 20 and _LETTERS.fullmatch(unit) else ""
