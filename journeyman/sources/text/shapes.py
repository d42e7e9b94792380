"""What a cell looks like, as text: its mask, its shape, and whether it is a number, a date, an address or words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = re.compile(
    r"[+\-−]?(?:[0-9]{1,3}(?:[ '.,\u00a0\u202f][0-9]{3})+|[0-9]+)?(?:[.,][0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
)
_CURRENCY = re.compile(r"^[(+\-−]?\s?(?:[$€£¥₹]|[A-Z]{3}\s|US\$|kr\.?|R\$)\s?|\s?(?:[$€£¥₹]|kr\.?|[A-Z]{3})\)?$")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})"
    rf"|[0-9]{{1,2}}[-/ .]\s?{_MONTH}[-/ ,.]{{0,2}}(?:[0-9]{{4}}|[0-9]{{2}})?"
    rf"|{_MONTH}[-/ ]\s?[0-9]{{1,2}}(?:,?\s?[0-9]{{4}})?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:Z|[+-][0-9:]{2,6}))?", re.IGNORECASE
)
_WEB = re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "nil", "-", "--", ".", "?", "missing", "#n/a", "\\n"})
#: Kinds that are no words: a header's cell is none of them.
TYPED = frozenset({"number", "money", "percent", "date", "time", "moment", "web", "mail"})


class _Classes(dict[int, str]):
    """Digits are 9, capitals A, other letters a; anything else is itself."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kept = "9" if letter.isdigit() else "A" if letter.isupper() else "a" if letter.isalpha() else letter
        self[code] = kept
        return kept


_CLASSES: Mapping[int, str] = _Classes()
_RUNS = re.compile(r"9+|a+|A+| +")


def mask_of(cell: str) -> str:
    """The cell with its letters and digits replaced by their class.

    >>> mask_of("AB-12 x")
    'AA-99 a'
    """
    return cell.translate(_CLASSES)


def shape_of(mask: str) -> str:
    """The mask with runs of one class made one.

    >>> shape_of(mask_of("AB-1234 xyz"))
    'A-9 a'
    """
    return _RUNS.sub(lambda run: run[0][0], mask)


def is_missing(cell: str) -> bool:
    """Whether the cell is empty, or a word for a value that is not there."""
    return cell.strip().casefold() in _MISSING


def kind_of(cell: str) -> str:
    """What a cell is: ``missing``, ``words``, or one of `TYPED`."""
    text = cell.strip()
    if text.casefold() in _MISSING:
        return "missing"
    if not any(letter.isdigit() for letter in text):
        return "mail" if "@" in text and _MAIL.fullmatch(text) else "web" if _WEB.fullmatch(text) else "words"
    if _NUMBER.fullmatch(text):
        return "number"
    if len(text) > 200:
        return "words"
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].rstrip()):
        return "percent"
    if _DATE.fullmatch(text):
        return "date"
    if _TIME.fullmatch(text):
        return "time"
    found = _DATE.match(text)
    if found and _TIME.fullmatch(text[found.end() :].lstrip("T ,")):
        return "moment"
    if _WEB.fullmatch(text):
        return "web"
    if _MAIL.fullmatch(text):
        return "mail"
    bare = _CURRENCY.sub("", text).strip("()")
    return "money" if bare != text and bare and _NUMBER.fullmatch(bare) and bare[-1:].isdigit() else "words"
