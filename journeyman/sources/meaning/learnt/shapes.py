"""Shapes of cells: what a text looks like, each a pattern that takes time proportional to the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: A cell is looked at up to so many characters.
MOST_CHARACTERS = 300

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"

#: Shape → the pattern of the whole cell.
SHAPES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE | re.DOTALL if is_loose else re.DOTALL)
    for name, is_loose, pattern in (
        ("whole", False, r"[+-]?[0-9]+(?:\.0+)?"),
        ("number", False, rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?"),
        ("grouped", False, r"[^0-9]{0,4}[0-9]{1,3}(?:[, .'\u00a0][0-9]{3})+(?:[.,][0-9]+)?[^0-9]{0,4}"),
        ("comma", False, r"[+-]?[0-9]+,[0-9]+"),
        ("percent", False, r"[+-]?[0-9.,]+ ?%"),
        ("money", False, r"[-+(]*(?:[$€£¥₹]|USD|EUR|Rs\.?) ?[0-9.,]+.*|[0-9.,]+ ?(?:[$€£¥₹]|USD|EUR|kr)"),
        ("unit", False, r"[+-]?[0-9.,]+ ?[A-Za-zµ°/²³\"']{1,8}\.?"),
        ("range", False, r"[<>≤≥~]=? ?[0-9.,]+.*|\$?[0-9.,]+ ?(?:-|–|to|/) ?\$?[0-9.,]+\S{0,8}"),
        ("with_digit", False, r"[^0-9]*[0-9].*"),
        ("three_parts", False, r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}(?:[ T].*)?"),
        ("iso", False, r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?"),
        ("year", False, r"(?:1[6-9]|20)[0-9]{2}"),
        ("month_name", True, rf"(?:.*\W)?{_MONTH}(?:\W.*)?"),
        ("weekday_name", True, rf"(?:.*\W)?{_DAY}(?:\W.*)?"),
        ("clock", True, r"(?:.*\D)?[0-9]{1,2}:[0-9]{2}(?:\D.*)?"),
        ("only_clock", True, r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)? ?(?:[ap]\.?m\.?)?"),
        ("with_address", True, r".*(?:https?://|ftp://|www\.).*"),
        ("only_address", True, r"(?:https?://|ftp://|www\.)\S+"),
        ("file", True, r"[\w./-]+\.(?:com|org|net|gov|edu|jpg|jpeg|png|gif|html?|pdf|txt|csv)(?:/\S*)?"),
        ("mail", False, r"[^@]*\S@\S+\.\S.*"),
        ("brackets", False, r"[\[({].*[\])}]"),
        ("semicolons", False, r"[^;|]+(?:[;|][^;|]*)+"),
        ("commas", False, r"[^,]+(?:,[^,]+)+"),
        ("slashes", False, r"[^/]+(?:/[^/]+)+"),
        ("code", False, r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[\w./#-]+"),
        ("hexadecimal", True, r"(?=[^a-f]*[a-f])(?=[^0-9]*[0-9])[0-9a-f-]{8,}"),
        ("capitals", False, r"[A-Z0-9_. -]*[A-Z][A-Z0-9_. -]*"),
        ("word", False, r"[^\W\d_]+"),
        ("titles", False, r"[A-Z][a-z]+(?: [A-Z][a-z.]*)+"),
        ("place", False, r".*(?:POINT|POLYGON|LINESTRING|\(-?[0-9]+\.[0-9]).*"),
        ("beyond_ascii", False, r"[\x00-\x7f]*[^\x00-\x7f].*"),
        ("sentence", False, r".*[.!?]"),
    )
}

#: Words that hold a sentence together.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about after all am an and any are as at be because been before but by can could did do does for from had "
        "has have he her his how i if in into is it its just me more most my no nor not now of off on once only or "
        "other our out over own she should so some such than that the their them then there these they this those "
        "through to too under until up very was we were what when where which while who why will with you your "
        "de la le les des und der die das el los las en y que et",
    )
)
