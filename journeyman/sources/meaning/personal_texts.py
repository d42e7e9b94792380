"""Texts in which somebody's e-mail address, card, bank account or telephone number stands."""

from __future__ import annotations

import re
from collections import Counter

from journeyman.sources.meaning.seen import Seen
from journeyman.sources.personal import valid_card, valid_iban
from journeyman.table.finding import Finding, Remedy

#: Different texts that are looked at, from everywhere in a column, and characters of each.
_LOOKED_AT, _LONGEST = 20_000, 20_000
#: One is no slip of a pattern.
_FEWEST = 2
_DIGITS = re.compile(r"\d{7}|\d[ -]\d{3,4}[ -]\d")
_FORMS = {
    "e-mail addresses": re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,}"),
    "card numbers": re.compile(r"(?<![\d-])[3-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{1,7}(?![\d-])"),
    "bank accounts": re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"),
    "phone numbers": re.compile(r"(?<![\w.,/-])(?:\+\d{1,3}[ -]?|0)\(?\d{2,5}\)?(?:[ /-]?\d{2,5}){2,4}(?![\w/-])"),
}


def _valid_phone(text: str) -> bool:
    """With the code of a country nine to fifteen digits (E.164), without one ten to twelve after a single 0."""
    digits = "".join(one for one in text if one.isdigit())
    if text.startswith("+"):
        return 9 <= len(digits) <= 15
    return 10 <= len(digits) <= 12 and digits[1] != "0"


_VALID = {"card numbers": valid_card, "bank accounts": valid_iban, "phone numbers": _valid_phone}


def tell(seen: Seen) -> Finding | None:
    """How many texts hold what reaches somebody, by sort (``pii``); columns of nothing else are told elsewhere."""
    texts = seen.texts
    if texts is None or seen.column.kind != "text" or seen.evidence.is_target:
        return None
    counts = texts.counts()
    sorts: Counter[str] = Counter()
    step = max(1, len(texts.levels) // _LOOKED_AT)
    for place in range(0, len(texts.levels), step):
        text = texts.levels[place][:_LONGEST]
        if counts[place] and ("@" in text or _DIGITS.search(text)):
            sorts.update({sort: int(counts[place]) for sort in _sorts_in(text)})
    found = {sort: count for sort, count in sorts.most_common() if count >= _FEWEST}
    if not found:
        return None
    name = seen.column.name
    listed = ", ".join(f"{sort}: {count:,}" for sort, count in found.items())
    least = "" if step == 1 else "at least "
    return Finding(
        code="pii",
        severity="warning",
        message=f"texts of {name!r} hold personal data ({least}{listed}); no page of ours shows them",
        columns=(name,),
        numbers={"sorts": found},
        remedy=Remedy(action="review", words=f"they are used as words; to leave them out, say --ignore {name}"),
    )


def _sorts_in(text: str) -> list[str]:
    return [
        sort
        for sort, form in _FORMS.items()
        if any(sort not in _VALID or _VALID[sort](match.group()) for match in form.finditer(text))
    ]
