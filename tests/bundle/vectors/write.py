"""Writes the vectors that readers in every language share, and the tables of Unicode that JavaScript lacks.

    python tests/bundle/vectors/write.py             # the vectors
    python tests/bundle/vectors/write.py --tables    # the tables, with the newest Python that there is

What the files hold is what the reader in Python gives; a test looks whether it still does. How they are to be read is
told in docs/reader.md. Nothing in them depends on the version of Unicode that a Python has: its newest characters are
not among the cells.
"""

from __future__ import annotations

import json
import math
import random
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.cells import cell_reader, fold, plain_text, spell
from journeyman.bundle.date_formats import is_date_format
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.golden import golden_cells
from journeyman.bundle.known import learn_known
from journeyman.bundle.manifest import CARD, GRAPH, Manifest, read_manifest
from journeyman.bundle.model import Model
from journeyman.bundle.months import MONTHS
from journeyman.bundle.reader import Reader
from journeyman.bundle.router import Router
from journeyman.bundle.terms import terms_of
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.errors import InputError
from journeyman.statistics.label_rule import LabelRule
from journeyman.store.digest import digest_bytes
from journeyman.table.columns import MISSING_WORD, TERM_END
from journeyman.table.schema import TERMS, Column

HERE = Path(__file__).parent
JAVASCRIPT = Path(__file__).parents[3] / "journeyman" / "bundle" / "javascript"

# ---- cells -----------------------------------------------------------------------------------------------------------

#: Text that readers stumble over, whatever the column.
AWKWARD = (
    "", " ", "\x1f", "\x1fmissing", "\t\n", "NULL", "None", "nan", "NaN", "-", "--", "n/a", "N/A ", "?", "0",
    "-0", "+0", "1", "+1", "-1", "1.", ".5", ".", "+", "1.0", "1.50", "007", "-007", "+007", "1e5", "1E-5",
    "1e400", "-1e400", "1e-400", "1e", "e5", "0x10", "1_000", "1,5", "1.5", "1,234", "1.234", "1,234.5",
    "1.234,5", "1,234,567", "1.234.567", "12,34", "12,34,567", "1 234", "1\u00a0234,5", "1\u202f234", "1'234",
    "1’234.5", "(5)", "(1,234.5)", "()", "(", ")", "-(5)", "(-5)", "−5", "–5", "‒5", "﹣5", "+-5", "- 5", "١٢٣",
    "٣٫٥", "１２．５", "𝟙𝟚", "½", "²", "Ⅷ", "inf", "-Infinity", "∞", "−∞", "infinite", "5 kg", "5kg", "kg5", "kg 5",
    "-kg5", "kg-5", "-kg-5", "5 g", "5 ㎏", "5 lb", "€5", "5 €", "€ 5 kg", "$5", "5%", "10-19", "10 - 19",
    "10–19", "10 to 19", "10to19", "10..19", "10...19", "10…19", "19-10", "-5--1", "<5", "< 5", "<=5", "≤5",
    "<-5", ">50", "≥ 50", "~7", "100+", "100 +", "17-000123", "5 to", "a to b", "1to2to3", "0-5 kg", "6' 2\"",
    "6'2", "6′ 2″", "5 ft", "5ft 11in", "5 feet 11 inches", "11in", "11\"", "6'", "14:30", "2:30 pm",
    "2:30P.M.", "12:00 am", "0:30am", "13:00 pm", "0:00:36", "0:00:36,5", "100:59", "1:60", "9:5", "true",
    "True", "TRUE", "false", "yes", "No ", "ja", "J", "ß", "ẞ", "SS", "ı", "İ", "I", "é", "e\u0301", "É", "ﬁ",
    "Å", "Å", "A\u030a", "ǅ", "ΑΣ", "ας", "ᏸ", "Oslo", "oslo", " Oslo ", "OSLO", "O\u00adslo", "\ufeffOslo",
    "Os\u200blo", "Tromsø", "New York", "New  York", "New\u00a0York", "New\u2003York", "New\tYork", "a\x00b",
    "a\x1cb", "\x1ca\x85", "\u180ea", "\ud800", "a\udc00b", "🂡", "👩\u200d🔬", "日本語", "\u202eright", "'", "\"",
    "=1+2", "x" * 90, "9" * 40, "9" * 320, "-" + "0" * 30 + "7", "0.1", "0.30000000000000004", "1e-05",
    "0.00001", "0.0001", "123456789012345678", "9007199254740993", "5e-324", "1.7976931348623157e308",
)  # fmt: skip
#: Texts that lie at the edges of what numbers may be written as.
_EDGES = (
    "0.05", ".05", ",05", "0,05", "1.05", "5-0", "0-0", "10 - 20 ", " 10 -20", "1,00,100", "1,00,000.5",
    "1,234,00,000", "1,000,00", "6.05'", "5' 10\"", "5'0", "5'10.05\"", "5' -3", "5.5'", "10.05in", "12345'", "5 '",
    "123'", "5ft.6in.", "1:00", "10:09", "1:05:09.05", "1:05:60", "12:00pm", "12:30 p.m", "1234:00", "0 kg",
    "1 kg 5", "kg 5 kg", "5 lb kg", "0.5 lb", "g5lb", "(5 kg)", "(-5 kg)", "+5 kg", "+kg5", "5 €%", "100", "-5",
    "100.0", "100.5", "-5.5", "24", "24.5", "> 0", "<0", "<1", "≤1", "~<5", "0+", "++5", "5++", "1 to 5", "1 TO 5",
    "1 to5", "1 .. 5", "1....5", "(1-5)", "1-(5)", "01-5", "1-05", "1.05-2", "5e3", "5e+3", "5,5e3", "1 000 000",
    "1 00", "1'000'000", "1'00", "1.000.000", "1.000,5", "1,000.5,", ",", ",.", "1,.", "1.,5", "2.0", "7", "7.0",
    "2", "02", "-1.0", "-01", "2.50",
)  # fmt: skip
#: Texts that are dates, or nearly.
DATES = (
    "2024-01-31", "2024-1-3", "2024-02-30", "2023-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "0000-01-01",
    "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.999999", "2024-01-31T17:05", "2024-01-31 17:05:09",
    "2024-01-31, 17:05", "2024-01-31T17:05:09.1234567", "2024-01-31T17:05:09,5", "2024-01-31T17:05Z",
    "2024-01-31T17:05z", "2024-01-31 17:05 UTC", "2024-01-31T17:05+02:00", "2024-01-31T17:05-0530",
    "2024-01-31T17:05+14", "0001-01-01T00:00+02:00", "2024-01-31T24:00", "2024-01-31T23:60", "2024-01-31 5:05 pm",
    "2024-01-31 12:05 am", "2024-01-31 13:05 PM", "2024-01-31 0:05 a.m.", "2024-01-31T", "2024-01-31 x",
    " 2024-01-31\u00a0", "２０２４-01-31", "٢٠٢٤-٠١-٣١", "2024−01−31", "31/1/2024", "31/01/24", "1/2/69", "1/2/68",
    "31.1.2024", "31.1.2024 17:05", "1.31.2024", "31-01-2024", "2024/01/31", "2024.1.31", "24/1/31", "31 Jan 2024",
    "31. Januar 2024", "1st of May 1999", "May 3rd, 1999", "3 de mayo de 1999", "Mon, 3 May 1999 10:00",
    "Montag, 3. Mai 1999", "3 März 24", "3 MÄRZ 24", "3 ma\u0308rz 24", "3May1999", "May1999", "1999 Dec 31",
    "дек 1999", "31 Foo 2024", "31 Feb 2024", "Sept. 2020", "1er janvier 2020", "1º enero 2020", "2020-13", "2020-12",
    "12/2020", "0/2020", "2020:07", "2020Q3", "Q3 2020", "q3-2020", "2020K4", "T1 2020", "2020 Q5", "20240131",
    "20240131170509", "20241331", "2024013", "1700000000", "1700000000000", "1700000000000000", "-86400", "-1.5",
    "0.0000005", "99999999999", "100000000000", "99999999999999999", "45000", "45000.75", "299999.9", "300000", "0",
    "60", "9999-12-31 00:00", "1970-01-01", "1677-09-21T00:12:43.145225", "2262-04-11T23:47:16.854776",
)  # fmt: skip
#: Cells that are no text, as JSON names them; see `cell_of`.
OTHERS: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 7, 2.5, -0.0, 0.1, 1e-7, 1.5e-5, 1e16, 1e22, 123456789.125, -999, 5e-324,
    45000, 45000.5, 20240131, 20240131.5, 1700000000, 1700000000000, 1e18, -1e18, 1e308, {"float": "nan"},
    {"float": "inf"}, {"float": "-inf"}, {"int": "9007199254740993"}, {"int": "123456789012345678901234567890"},
    {"int": str(2**1024 - 1)}, {"int": str(-(2**1024))}, {"int": "-5"}, {"moment": 0},
    {"moment": 1706659200000}, {"moment": 1706720709123}, {"moment": 1706720709000}, {"list": []},
    {"object": {}},
)  # fmt: skip
_PIECES = (
    "0", "1", "5", "12", "234", "000", "1,234", "1.234", "1 234", "99", ".", ",", "'", " ", " ", "-", "+", "(", ")",
    "e", "E5", "kg", "g", "€", "$", "%", "to", "..", "…", "<", ">", "≤", "=", "~", "/", ":", "30", "pm", "a.m.", "'",
    "\"", "ft", "in", "Jan", "mai", "Q", "T", "Z", "2024", "31", "nan", "inf", "−", "٣", "\u00a0", "\u202f", "\u200b",
    "\x1f", "é", "e\u0301", "ß", "Σ", "日", "👩", "\ud800", "the", "The", "’s",
)  # fmt: skip

_NUMBER = {"name": "x", "kind": "number"}
_DATE = {"name": "x", "kind": "date"}
_WORD = {"name": "x", "kind": "category"}
_FORMATS = (
    "iso", "d/m/y", "m/d/y", "d.m.y", "m-d-y", "y/m/d", "y.m.d", "d b y", "b d y", "y b d", "b y", "y b", "y-m", "m/y",
    "y:m", "quarter", "ymd", "epoch", "serial",
)  # fmt: skip
COLUMNS: dict[str, tuple[dict[str, Any], ...]] = {
    "number": (
        _NUMBER,
        _NUMBER | {"low": -5.0, "high": 100.0, "missing": ["-999", "n/a", "-"]},
        _NUMBER | {"decimal": ","},
        _NUMBER | {"decimal": ",", "thousands": "."},
        _NUMBER | {"thousands": ",", "unit": "€", "other_units": ["$=9/10"]},
        _NUMBER | {"thousands": " "},
        _NUMBER | {"thousands": "'", "ranges": "middle"},
        _NUMBER | {"thousands": ",", "groups": "lakhs"},
        _NUMBER | {"decimal": ".,", "unit": "%"},
        _NUMBER | {"decimal": ".,", "ranges": "middle"},
        _NUMBER | {"unit": "kg", "other_units": ["g=1/1000", "lb=45359237/100000000", "㎏=1"], "missing": ["0 kg"]},
        _NUMBER | {"unit": "kg", "ranges": "middle", "thousands": ","},
        _NUMBER | {"notation": "feet"},
        _NUMBER | {"notation": "clock", "ranges": "middle", "high": 24.0, "low": 0.0},
    ),
    "flag": (
        {"name": "x", "kind": "flag"},
        {
            "name": "x",
            "kind": "flag",
            "true_words": ["Yes", "JA", "2"],
            "false_words": ["no", "ß", "7"],
            "missing": ["?"],
        },
    ),
    "date": (
        *(_DATE | {"date_format": one} for one in _FORMATS),
        _DATE | {"date_format": "d/m/y", "date_formats": ["d b y", "epoch"], "missing": ["9999-12-31", "n/a", "0"]},
        _DATE | {"low": -1e15, "high": 1.7066592e15, "date_formats": ["quarter", "ymd", "serial"]},
    ),
    "category": (
        _WORD,
        _WORD | {"levels": ["Oslo", "New York", "e\u0301", "True", "NULL"], "missing": ["null", "none", "n/a"]},
        _WORD | {"spaces": "single", "case": "ignored", "levels": ["oslo", "new york", "ss"]},
        _WORD | {"spaces": "single", "missing": ["?", "Σ"]},
        _WORD | {"numeric_spelling": True, "levels": ["1", "7", "2.5"], "missing": ["-1", "?"]},
        _WORD | {"numeric_spelling": True, "decimal": ",", "case": "ignored", "levels": ["true", "1"]},
    ),
    "text": (
        {"name": "x", "kind": "text", "missing": ["n/a"]},
        {"name": "x", "kind": "text", "terms": "characters", "spaces": "single"},
        {"name": "x", "kind": "text", "terms": "items"},
    ),
}


def _drawing(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- made-up cells are no secret


def cell_of(told: Any) -> Any:
    """A cell as JSON names it: what JSON cannot hold stands in an object of one name."""
    if not isinstance(told, dict):
        return told
    ((kind, value),) = told.items()
    if kind in ("float", "int"):
        return {"float": float, "int": int}[kind](value)
    if kind == "moment":
        moment = datetime.fromtimestamp(value / 1000, UTC)
        return moment.replace(tzinfo=None)
    return value


def value_of(found: Any) -> Any:
    """A value that was read, as JSON holds it: missing is null, a date the digits of its microseconds."""
    if found is None or found == MISSING_WORD or found != found:
        return None
    return str(found) if isinstance(found, int) else found


def made_up(draw: random.Random, count: int) -> list[str]:
    """Texts of pieces that are put together by chance."""
    return ["".join(draw.choices(_PIECES, k=draw.randint(1, 6))) for _ in range(count)]


def readings(count: int = 60, seed: int = 9) -> dict[str, list[dict[str, Any]]]:
    """For each kind of column what cells are read as; ``count`` of them made up for each column."""
    draw = _drawing(seed)
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, columns in COLUMNS.items():
        found[kind] = []
        for told in columns:
            column = Column.from_data(told)
            more = {"date": DATES, "number": _EDGES, "category": _EDGES, "flag": _EDGES}.get(kind, ())
            cells = [*AWKWARD, *more, *OTHERS, *made_up(draw, count)]
            read = [cell_reader(column)(cell_of(cell)) for cell in cells]
            found[kind].append(
                {
                    "column": told,
                    "cells": cells,
                    "values": [value_of(value) for value, _ in read],
                    "states": "".join(str(state) for _, state in read),
                }
            )
    return found


# ---- texts -----------------------------------------------------------------------------------------------------------

_SENTENCES = (
    "Don't go, don't!", "Ox", "a", "", "  ", "It’s  5 % off — now", "naïve café", "nai\u0308ve",
    "STRASSE Straße", "ﬁne", "日本語のテキスト です", "ภาษาไทย", "привет МИР", "عربي، نص", "👩\u200d🔬 and 🂡",
    "a\ud800b",
    "''a''b'c'd''", "_snake_case 1.5e3", "a\u00adb\u200dc", "한국어 텍스트", "İstanbul IĞDIR", "ΑΣ ας", "… !? ;",
    "1234 56", "\U0001d7d8\U00010400", "नमस्ते दुनिया।",
)  # fmt: skip
#: Long texts, as pieces and how often each is repeated.
_LONG = (
    (("x", 12_000),),
    (("🂡", 10_001), ("end", 1)),
    (("e\u0301", 5_001),),
    (("ab ba c", 200), (" d", 3)),
    (("文", 600),),
)


def texts(count: int = 150) -> dict[str, Any]:
    """Spellings as they are compared, texts as numbers are looked for in them, numbers spelt, and terms."""
    draw = _drawing(3)
    cells = [*AWKWARD, *made_up(draw, count)]
    numbers = [0.0, -0.0, 3.0, -7.5, 0.1, 1e-4, 1e-5, 1.25e-7, 1e15, 1e16, 1e21, 1e22, 5e-324, 1.7976931348623157e308]
    numbers += [draw.uniform(-1, 1) * 10.0 ** draw.randint(-30, 30) for _ in range(count)]
    sentences = [*_SENTENCES, *(" ".join(made_up(draw, 6)) for _ in range(count // 3))]
    return {
        "folded": [[cell, fold(cell)] for cell in cells],
        "plain": [[cell, plain_text(cell)] for cell in cells],
        "spelt": [[number, spell(number)] for number in numbers],
        "terms": [[text, form, terms_of(text, form)] for text in sentences for form in TERMS],
        "long": [[pieces, form, *_summed(pieces, form)] for pieces in _LONG for form in TERMS],
        "months": MONTHS,
        "formats": [
            [text, is_date_format(text)] for text in (*_FORMATS, "d.d.y", "y", "", "d m y", "b d", "d/m.y", "m.y")
        ],
    }


def _summed(pieces: Iterable[tuple[str, int]], form: str) -> tuple[int, str]:
    """How many terms a long text has, and the SHA-256 of them as the graph takes them."""
    terms = terms_of("".join(piece * times for piece, times in pieces), form)
    return len(terms), digest_bytes(TERM_END.join(terms).encode())


# ---- models ----------------------------------------------------------------------------------------------------------

FEATURES = (
    Column(name="age", kind="number", low=18.0, high=90.0, missing=("-1",)),
    Column(name="__proto__", kind="number", decimal=",", low=0.0, high=100_000.0),
    Column(name="member", kind="flag", true_words=("yes",), false_words=("no",)),
    Column(name="since", kind="date", low=0.0, high=1e15, date_format="d.m.y"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen", "Tromsø")),
    Column(name="note", kind="text"),
)
BESIDE = Column(name="price", kind="number", low=0.0, high=50.0)
_BINARY, _MANY = ("no", "yes"), ("a", "__proto__", "c")


class Told:
    """A session that answers what it is told: what follows from answers does not hang on a graph."""

    def __init__(self, answers: Any) -> None:
        self.answers = np.asarray(answers, np.float64)

    def score(self, feeds: Any, columns: Any, threads: int = 1) -> Any:
        return self.answers


def _rows(draw: random.Random, count: int, *, ordinary: bool) -> list[dict[str, Any]]:
    def drawn(usual: Callable[[], Any], *strange: Any) -> Any:
        return usual() if ordinary or draw.random() < 0.8 else draw.choice(strange)

    return [
        {
            "age": drawn(
                lambda: round(draw.uniform(18, 90), 2), None, "-1", 7000, "1e400", " 45 ", "many", {"float": "inf"}
            ),
            "__proto__": drawn(lambda: f"{draw.randint(0, 99999)},{draw.randint(0, 9)}", None, "", "x", "1e9"),
            "member": drawn(lambda: draw.choice(["yes", "no", True, 0]), None, "perhaps", {"float": "nan"}),
            "since": drawn(
                lambda: f"{draw.randint(1, 28)}.{draw.randint(1, 12)}.{draw.randint(1971, 1999)}", None, "1.1.2999", "x"
            ),
            "city": drawn(
                lambda: draw.choice(["Oslo", "Oslo", "Oslo", "Bergen", "Tromsø"]), None, "Paris", "tromsø", "\x1f"
            ),
            "note": drawn(
                lambda: draw.choice(["a good one", "bad", "not that bad, is it?"]), None, "\u2060", "x " * 300
            ),
            "price": drawn(lambda: round(draw.uniform(0, 50), 2), None, 70, "no price"),
        }
        for _ in range(count)
    ]


def _manifest(draw: random.Random, task: str, outputs: int, **more: Any) -> Manifest:
    classes = {"binary": _BINARY, "multiclass": _MANY, "regression": ()}[task]
    digest = {"sha256": "0" * 64, "bytes": 1}
    cells = {name: tuple(one) for name, one in golden_cells(FEATURES).items()}
    count = len(cells["age"])
    return Manifest(
        task=task,  # type: ignore[arg-type]  # one of three
        target="bought",
        classes=classes,
        positive="yes" if task == "binary" else "",
        metric="log_loss",
        columns=FEATURES,
        golden_cells=cells,
        golden_answers=tuple(tuple(draw.random() for _ in range(outputs)) for _ in range(count)),
        files={GRAPH: digest, CARD: digest},
        **{"rule": None, **more},
    )


def models(count: int = 60) -> list[dict[str, Any]]:
    """Manifests of several shapes, what their graphs may answer, rows, and what is predicted for these."""
    draw = _drawing(11)
    learnt = Reader(FEATURES).batch(*_cells(_rows(draw, 400, ordinary=True)))
    novelty = learn_known(learnt.columns, FEATURES, seed=0).novelty
    # The same columns, mostly empty, of few rows: what is missing is ordinary there.
    rows = [{**row, **dict.fromkeys(("age", "city", "note"), None)} for row in _rows(draw, 60, ordinary=True)]
    rows[:12] = _rows(draw, 12, ordinary=True)
    sparse = learn_known(Reader(FEATURES).batch(*_cells(rows)).columns, FEATURES, seed=0).novelty
    amount = Expression.parse("min(price, 40) * 3 - age / (age - 45)")
    asked = Expression.parse("abs(actual - prediction) * -1 + max(price, 10)")
    shapes = (
        _manifest(draw, "binary", 1),
        _manifest(draw, "binary", 1, novelty=sparse, rule=DecisionRule({"call": {"yes": 300.0, "no": -200.0}})),
        _manifest(
            draw,
            "binary",
            1,
            novelty=novelty,
            uncertainty=SetRule(0.9, (0.4, 0.2)),
            rule=DecisionRule({"write": {"yes": amount, "no": -5.0}, "call": {"yes": 30.0}}, cutoff=2.5),
            rule_columns=(BESIDE, FEATURES[0]),
            router=Router(thresholds=(0.7, 0.55), audit_share=0.3, seed=12345),
        ),
        _manifest(
            draw,
            "multiclass",
            3,
            uncertainty=SetRule(0.8, (0.3, 1.0, 0.25)),
            router=Router(thresholds=(0.4, None, 0.4), audit_share=0.25, seed=7),
        ),
        _manifest(
            draw,
            "regression",
            1,
            novelty=novelty,
            uncertainty=Spread(0.9, (2.0, 5.0), (-1.0, -2.0, -4.0), (0.5, 0.0, 9.0), 1.5),
        ),
        _manifest(
            draw,
            "regression",
            1,
            uncertainty=Spread(0.9, (), (-1.0,), (1.0,)),
            rule=DecisionRule({"sell": {"any": asked}, "keep": {"any": 12.0}}, 1.0, True, (-2.0, -0.5, 0.25, 3.0)),
            rule_columns=(BESIDE,),
        ),
        _manifest(
            draw,
            "binary",
            1,
            uncertainty=SetRule(0.9, (0.4, 0.2)),
            router=Router(thresholds=(0.7, 0.55), audit_share=0.3, seed=5),
            label_rule=LabelRule.from_chance(0.21),
        ),
        _manifest(draw, "multiclass", 3, label_rule=LabelRule((1.25, 4.0, 2.5), (0.1, 0.75, 0.0))),
    )
    found = []
    for manifest in shapes:
        rows = _rows(draw, count, ordinary=False)
        answers = [_answer(draw, manifest) for _ in rows]
        found.append({"manifest": manifest.content().decode(), "answers": answers, "rows": rows, "predictions": []})
        found[-1]["predictions"] = predicted(found[-1])
    return found


FEATURES_NAMES = tuple(column.name for column in FEATURES)


def _answer(draw: random.Random, manifest: Manifest) -> list[float | None]:
    """What a graph may answer; None is not finite."""
    if draw.random() < 0.05:
        return [None] * manifest.outputs
    if manifest.task == "regression":
        return [draw.choice([2.0, 5.0, -0.0, draw.uniform(0, 10)])]
    if manifest.task == "binary":
        return [draw.choice([0.5, draw.random(), draw.random(), draw.random()])]
    shares = [draw.random() for _ in range(manifest.outputs)]
    return [one / sum(shares) for one in shares]


def predicted(vector: dict[str, Any]) -> list[dict[str, Any]]:
    """What the model of a vector predicts for its rows, as JSON holds it: NaN is null."""
    manifest = read_manifest(vector["manifest"].encode())
    answers = [[math.nan if one is None else one for one in row] for row in vector["answers"]]
    rows = [{name: cell_of(cell) for name, cell in row.items()} for row in vector["rows"]]
    found = Model(manifest, Told(answers)).predict(rows)  # type: ignore[arg-type]  # it scores as a session does
    troubles: list[list[dict[str, Any]]] = [[] for _ in rows]
    for one in found.troubles:
        told = vector["rows"][one.row].get(one.column)
        # How a number is shown is the language's own.
        value = {"value": one.value} if isinstance(told, str | bool) or told is None else {}
        troubles[one.row].append({"column": one.column, **value, "because": one.because})
    return [
        {
            **{name: _plain(cell) for name, cell in row.items()},
            "novelty": _plain(float(p_value)),
            "troubles": trouble,
        }
        for row, p_value, trouble in zip(found, found.novelty, troubles, strict=True)
    ]


def _plain(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return list(cell)
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def refusals() -> list[dict[str, Any]]:
    """Rows that are refused together, because a column is missing or of another type now: the code of the error."""
    manifest = _manifest(_drawing(0), "binary", 1)
    row = {"age": 30, "__proto__": "5,0", "member": "yes", "since": "1.2.1999", "city": "Oslo", "note": "fine"}
    without = {name: cell for name, cell in row.items() if name != "city"}
    given = [
        [without],
        [without, row],
        [row | {"age": "x"}],
        [row | {"age": "x"}] * 2,
        [row | {"age": "x"}, row],
        [row | {"age": "x"}, row | {"age": "y"}, row, row, row],
        [row | {"age": "x"}, row | {"age": "y"}, row | {"age": "z"}, row, row | {"age": None}],
        [row | {"since": "soon"}, row | {"since": "later"}, row | {"since": None}],
        [],
    ]
    found = []
    for rows in given:
        try:
            Reader(manifest.columns).batch(*_cells(rows))
            code = ""
        except InputError as error:
            code = error.code
        found.append({"rows": rows, "code": code})
    return [{"manifest": manifest.content().decode(), "refusals": found}]


def _cells(rows: list[dict[str, Any]]) -> tuple[dict[str, list[Any]], int]:
    there = {name for row in rows for name in row} if rows else set(FEATURES_NAMES)
    return {name: [row.get(name) for row in rows] for name in FEATURES_NAMES if name in there}, len(rows)


def signatures() -> list[dict[str, Any]]:
    """Manifests, signatures of them, a public key in both forms, and whether its holder signed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    from journeyman.bundle.signature import sign_manifest

    # Keys that everybody knows, and nobody uses.
    ours, theirs = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))
    public = {
        "openssh": ours.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode() + " who@where\n",
        "pem": ours.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    }
    manifest = b'{"target": "bought"}\n'
    true = sign_manifest(manifest, ours)
    given = [
        (manifest, true.content(), True),
        (manifest, sign_manifest(manifest, theirs).content(), False),
        (manifest.replace(b"bought", b"brought"), true.content(), False),
        (manifest, replace(true, signature=bytes(64)).content(), False),
        (manifest, true.content().replace(b"ed25519", b"ed448"), False),
        (manifest, b"{}", False),
    ]
    return [
        {"manifest": one.decode(), "signature": signature.decode(), **public, "is_theirs": is_true}
        for one, signature, is_true in given
    ]


# ---- files -----------------------------------------------------------------------------------------------------------


def vectors() -> dict[str, Any]:
    """The content of each file of vectors, by its name."""
    return {
        **{f"{kind}.json": found for kind, found in readings().items()},
        "texts.json": texts(),
        "models.json": models(),
        "refusals.json": refusals(),
        "signatures.json": signatures(),
    }


def written(data: Any) -> str:
    """JSON of one line for each vector."""
    if isinstance(data, dict):
        lines = [f"{json.dumps(name)}: {json.dumps(one)}" for name, one in data.items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"
    return "[\n" + ",\n".join(json.dumps(one) for one in data) + "\n]\n"


def folding() -> str:
    """Case folding and the digits of every script as a JavaScript module, from this Python's tables."""
    folds = {code: text for code in range(0x110000) if (text := chr(code).casefold()) != chr(code)}
    single = {code: ord(text) - code for code, text in folds.items() if len(text) == 1}
    runs: list[list[int]] = []
    for code, delta in sorted(single.items()):
        if runs:
            first, count, step, known = runs[-1]
            gap = code - (first + (count - 1) * step)
            if known == delta and (gap == step or (count == 1 and gap == 2)):
                runs[-1] = [first, count + 1, gap, delta]
                continue
        runs.append([code, 1, 1, delta])
    many = {code: text for code, text in folds.items() if len(text) > 1}
    digits = [code for code in range(0x110000) if unicodedata.decimal(chr(code), None) == 0]
    return (
        "/** Tables of Unicode: written by tests/bundle/vectors/write.py, and not by hand. */\n\n"
        "/** Case folding to one character: first code point, how many, the step between them, what is added. */\n"
        f"export const RUNS = [\n{_lines(json.dumps(run) for run in runs)}];\n\n"
        "/** Case folding to several characters, by code point. */\n"
        f"export const MANY = {{\n{_lines(f'{code}: {json.dumps(text)}' for code, text in many.items())}}};\n\n"
        "/** The code points of the digit 0 of every script; those of 1 to 9 follow. */\n"
        f"export const DIGITS = [\n{_lines(map(str, digits))}];\n"
    )


def _lines(parts: Iterable[str]) -> str:
    lines, line = [], " "
    for part in parts:
        if len(line) + len(part) > 117:
            lines.append(line)
            line = " "
        line += f" {part},"
    return "\n".join([*lines, line]) + "\n"


def main() -> None:
    """Write the vectors, or the tables."""
    if "--tables" in sys.argv:
        (JAVASCRIPT / "folding.js").write_text(folding(), "utf-8")
        return
    for name, content in vectors().items():
        (HERE / name).write_text(written(content), "utf-8")


if __name__ == "__main__":
    main()
