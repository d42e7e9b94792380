"""What the audit finds in real tables, against what their cards say is true. No help from the card but the target.

    python benchmarks/cards.py --tasks DIR [--only REGEX] [--show] [--out FILE]
    python benchmarks/cards.py --table [--out FILE]

DIR holds a folder a table: ``table.parquet`` and ``card.json``. Each kind of thing is a set of columns, or of one mark
for the whole table, on both sides; where the truth comes from is said in `TRUTH_OF`. Every third table in alphabetical
order is held out: no bound of a check was chosen on it. Results name columns and codes, and hold no cell.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.brief.brief import Brief
from journeyman.brief.read import make_brief
from journeyman.checks.evidence.afterwards import says_afterwards
from journeyman.checks.evidence.answer import answer_of, bins_of, error_of, out_of_fold, score_of
from journeyman.checks.look import look
from journeyman.curation.curate import Curation
from journeyman.errors import InputError
from journeyman.job.understand import understand
from journeyman.sources.personal import without_personal
from journeyman.sources.read import read
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Dates, Table

#: Stands for the whole table among names of columns.
WHOLE = "(rows)"
#: Every so many-th table is held out.
HELD = 3
#: Below this figure of a column alone (area under the curve, or share explained), by its values or by its gaps, no
#: statistic of one column tells a leak from an honest one: it is listed apart.
SHOWN = 0.95
#: Whose names, addresses or births stand in which columns: cards do not say it, the page about the data does.
PERSONAL = {
    "compas": {"name", "first", "last", "dob"},
    "nyc_airbnb": {"host_name"},
    "titanic3": {"name"},
    "tate_art_year": {"artist"},
    "melbourne_housing": {"Address", "SellerG"},
    "hotel_rates": {"agent"},
    "sms_spam": {"text"},
}
#: An amount with a mark that is no digit: what a unit, a currency or a notation of several parts looks like.
_AMOUNT = re.compile(
    r"\s*[$€£]\s*[\d.,]+\s*|\s*-?[\d.,]+\s*(?:%|[a-z]{1,3}|[$€£])\s*|\s*\d+'\s*(?:\d+(?:\.\d+)?\"?)?\s*"
)
TRUTH_OF = {
    "leak": "card: leak; the target's own columns among them",
    "identifier": "card: ids and group",
    "constant": "counted: one value and no gap, or no value",
    "sentinel": "card: sentinels; counted: texts that hold the card's missing tokens, blanks or marks alone",
    "date": "card: dates, a time that is text, a date or seconds; counted: texts that are ISO dates",
    "unit": "counted: four of five cells are an amount with a mark that is no digit",
    "duplicate": "counted: rows equal in all columns but those that are different in every row",
    "entity": "card: group",
    "time order": "card: time",
    "personal data": "the page about the data: names, births and addresses of persons",
    "protected": "card: sensitive",
    "weight": "card: weight and exposure",
}
#: Kinds that the issue counts; the others are told beside them.
COUNTED = tuple(TRUTH_OF)[:10]


def truth(card: dict[str, Any], frame: pl.DataFrame) -> dict[str, set[str]]:
    """What is true of a table, by kind: names of columns, or `WHOLE`."""
    target = card["target"]
    names = [name for name in frame.columns if name != target]
    columns = frame.select(names)
    texts = {name: frame[name].drop_nulls() for name in names if frame.schema[name] in (pl.String, pl.Categorical)}
    tokens = "|".join(map(re.escape, card.get("missing_tokens", ()))) or "n/?a"
    group, moment = card.get("group"), card.get("time")
    ids = set(card.get("ids", ())) | ({group} if group in names else set())
    return {
        "leak": set(card.get("leak", ())),
        "identifier": ids,
        "constant": {name for name in names if _is_constant(columns[name])},
        "sentinel": set(card.get("sentinels", ()))
        | {
            name
            for name, cells in texts.items()
            if cells.cast(str).str.contains(rf"(?i)^\s*({tokens}|n/?a|\?|[-.]+|\s)\s*$").any()
        },
        "date": set(card.get("dates", ()))
        | {name for name, cells in texts.items() if _is_date(cells)}
        | ({moment} if moment in names and _is_moment(frame[moment]) else set()),
        "unit": {name for name, cells in texts.items() if _is_amount(cells)},
        "duplicate": {WHOLE} if _without_unique(frame).is_duplicated().any() else set(),
        "entity": {group} if group in names else set(),
        "time order": {WHOLE} if moment == "ROWORDER" else {moment} if moment else set(),
        "personal data": PERSONAL.get(card["name"], set()) & set(names),
        "protected": set(card.get("sensitive", ())),
        "weight": {card[one] for one in ("weight", "exposure") if one in card},
    }


def _without_unique(frame: pl.DataFrame) -> pl.DataFrame:
    """The table without columns that tell every row from every other."""
    return frame.select([name for name in frame.columns if frame[name].n_unique() < len(frame)])


def _is_constant(cells: pl.Series) -> bool:
    gaps = cells.null_count()
    return gaps == len(cells) or (not gaps and cells.n_unique() == 1)


def _is_date(cells: pl.Series) -> bool:
    return len(cells) > 0 and bool(cells.cast(str).str.contains(r"^\d{4}-\d\d-\d\d").all())


def _is_moment(cells: pl.Series) -> bool:
    """A text, a date, or seconds since 1970."""
    return not cells.dtype.is_numeric() or bool(cells.cast(pl.Float64).min() > 1e8)


def _is_amount(cells: pl.Series) -> bool:
    some = cells.cast(str).head(2000).to_list()
    return bool(some) and sum(_AMOUNT.fullmatch(one) is not None for one in some) >= 0.8 * len(some)


def found(table: Table, brief: Brief) -> tuple[dict[str, set[str]], tuple[Finding, ...]]:
    """What the audit tells of a table, by kind, and all its findings."""
    marks: set[str] = set()
    try:
        known = understand(table, brief)
        findings, entity = known.findings, known.curation.entity
        marks = _times(known.curation)
    except InputError:
        findings, entity = without_personal((*table.findings, *look(table, brief)), table.schema.names), ""

    def told(*codes: str) -> set[str]:
        return {name for one in findings if one.code in codes for name in one.columns}

    # What varies within a thing that is seen again is told as a group, too, and names nobody.
    of = {name for one in findings if one.code == "groups" and "share" not in one.numbers for name in one.columns}
    asked = {one.columns[0] for one in findings if one.code == "time_order" and one.columns}
    others = {brief.predict}
    rows = [one for one in findings if one.code == "duplicate_rows"]
    return {
        "leak": told("leak") - others,
        "identifier": (told("id_column", "duplicate_keys") | of) - others,
        "constant": told("constant", "all_missing") - others,
        "sentinel": told("sentinel", "missing_tokens") - others,
        "date": {one.name for one in table.schema if one.kind == "date"} - others,
        "unit": {one.name for one in table.schema if one.unit or one.notation != "plain"} - others,
        "duplicate": {WHOLE} if rows else set(),
        "entity": {entity} if entity else of,
        "time order": marks or asked,
        "personal data": told("pii") - others,
        "protected": told("protected") - others,
        "weight": told("weight", "exposure") - others,
    }, findings


def _times(curation: Curation) -> set[str]:
    """By what rows lie in time: a column; or `WHOLE` for their order, or for parts of a date in which they ascend."""
    columns = {column.name for column in curation.table.schema if repr(column.name) in curation.time}
    if curation.time == "the order of the rows":
        return {WHOLE}
    order = curation.target.order
    if len(columns) > 1 and order is not None:
        return {WHOLE} if bool((order[1:] >= order[:-1]).all()) else {" and ".join(sorted(columns))}
    return columns


def apart(table: Table, brief: Brief, leaks: Iterable[str]) -> list[str]:
    """The leaks that no statistic of the column alone can show."""
    answer = answer_of(table, brief)
    if isinstance(answer, Skip):
        return sorted(leaks)
    hidden = []
    for name in leaks:
        value, gaps = table.values[name], table.missing(name)[answer.rows]
        if isinstance(value, Strings):
            places = value.codes[answer.rows].astype("int64")
        else:
            places = bins_of((value.at if isinstance(value, Dates) else value)[answer.rows].astype("float64"), gaps)
        scores = [score_of(out_of_fold(one, answer), answer) for one in (places, gaps.astype("int64"))]
        if max(score - error_of(score, answer) for score in scores) < SHOWN:
            hidden.append(name)
    return sorted(hidden)


def judge(folder: Path, *, show: bool) -> dict[str, Any]:
    """One table: for each kind what is true, what was found, and how often each code was told at which severity."""
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["target"] = card["target"].strip()
    frame = pl.read_parquet(folder / "table.parquet").rename(str.strip)
    table = read(folder / "table.parquet", target=card["target"])
    brief = make_brief(predict=card["target"], trials=1)
    true = truth(card, frame)
    began = time.perf_counter()
    seen, findings = found(table, brief)
    seconds = time.perf_counter() - began
    if show:
        for one in findings:
            sys.stdout.write(f"{card['name']:<22}{one.severity:<8} {one.code:<18} {one.message[:230]}\n")
    told = Counter(f"{one.code} {one.severity}" for one in findings)
    hidden = apart(table, brief, true["leak"])
    return {
        "table": card["name"],
        "cells": table.rows * len(table.schema),
        "seconds": round(seconds, 3),
        "kinds": {kind: {"true": sorted(true[kind]), "found": sorted(seen[kind])} for kind in TRUTH_OF},
        "apart": hidden,
        "apart_by_name": [name for name in hidden if says_afterwards(name)],
        "told": dict(sorted(told.items())),
    }


def table_of(rows: list[dict[str, Any]]) -> str:
    """Precision and recall by kind, all tables and those held out; and what was told how often."""
    ordered = sorted(rows, key=lambda row: row["table"])
    held = [row for place, row in enumerate(ordered) if place % HELD == HELD - 1]
    lines = ["| kind | true | found | precision | recall | held out: precision | recall | truth |"]
    lines += ["|---|--:|--:|--:|--:|--:|--:|---|"]
    for kind in TRUTH_OF:
        lines.append(_line(kind, (kind,), ordered, held, TRUTH_OF[kind]))
    every = sum(len(row["kinds"]["leak"]["true"]) for row in ordered)
    caught = sum(len(set(row["kinds"]["leak"]["true"]) & set(row["kinds"]["leak"]["found"])) for row in ordered)
    lines.append(f"| leak, those apart, too | {every} | {caught} caught | | {caught / every:.2f} | | | card: leak |")
    lines.append(_line("**all ten**", COUNTED, ordered, held, "leaks that nothing shows are apart"))
    hidden = sum(len(row["apart"]) for row in ordered)
    named = sum(len(row["apart_by_name"]) for row in ordered)
    lines += [
        "",
        f"{hidden} columns that a card calls leaks are apart: alone, each says too little of the target ({SHOWN}).",
        f"Of {named} of them the name says that they were written afterwards (n); + was told all the same.",
        "",
    ]
    lines += [f"- {row['table']}: {', '.join(_marked(row))}" for row in ordered if row["apart"]]
    lines.append("")
    told = Counter(code for row in ordered for code in row["told"])
    lines += ["| told | tables |", "|---|--:|", *(f"| {code} | {count} |" for code, count in sorted(told.items()))]
    return "\n".join(lines) + "\n"


def _marked(row: dict[str, Any]) -> list[str]:
    """The columns that are apart, with what the name, and what the audit, says of them."""
    found_leaks = set(row["kinds"]["leak"]["found"])
    return [
        f"`{name}`{' n' if name in row['apart_by_name'] else ''}{' +' if name in found_leaks else ''}"
        for name in row["apart"]
    ]


def _line(name: str, kinds: tuple[str, ...], rows: list[dict[str, Any]], held: list[dict[str, Any]], note: str) -> str:
    true, seen, hits = _counts(kinds, rows)
    parts = [f"{hits / seen:.2f}" if seen else "–", f"{hits / true:.2f}" if true else "–"]
    true_held, seen_held, hits_held = _counts(kinds, held)
    parts += [
        f"{hits_held / seen_held:.2f}" if seen_held else "–",
        f"{hits_held / true_held:.2f}" if true_held else "–",
    ]
    return f"| {name} | {true} | {seen} | {' | '.join(parts)} | {note} |"


def _counts(kinds: tuple[str, ...], rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    """How many are true, how many were found, and how many are both; leaks that are apart count only where found."""
    true = seen = hits = 0
    for row in rows:
        for kind in kinds:
            right, told = set(row["kinds"][kind]["true"]), set(row["kinds"][kind]["found"])
            if kind == "leak":
                right -= set(row["apart"]) - told
            true, seen, hits = true + len(right), seen + len(told), hits + len(right & told)
    return true, seen, hits


def main() -> None:
    """Look at what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true", help="print every finding, with its sentence")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "cards.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table_of(rows_of(given.out)))
        return
    if given.tasks is None:
        parser.error("--tasks DIR says where the tables are")
    warnings.simplefilter("ignore")
    done = {row["table"] for row in rows_of(given.out)}
    for folder in sorted(given.tasks.iterdir()):
        if (folder / "card.json").exists() and folder.name not in done and re.search(given.only, folder.name):
            row = judge(folder, show=given.show)
            append(given.out, {**row, **machine()})


if __name__ == "__main__":
    main()
