"""What there is to tell about lines that are no rows of the table, and about rows that were mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from journeyman.table.finding import Finding, Remedy

#: So many examples, places and characters of a line are told.
EXAMPLES, PLACES, SHOWN = 3, 100, 120
_SAID = {
    "preamble": "above the table {are} no part of it",
    "comment_lines": "of comment {are} no rows",
    "blank_lines": "without any cell {are} no rows",
    "footer": "below the table (totals, notes) {are} no rows",
}


@dataclass(frozen=True)
class LeftOut:
    """A line that is no row of the table: why, its number from 1, and its text."""

    code: str
    line: int
    text: str = ""


@dataclass
class Told:
    """What is told of one kind of thing: how often, and of the first where and what."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, line: int, before: str, after: str = "", row: int = -1) -> None:
        """One more."""
        self.count += 1
        if len(self.lines) < PLACES:
            self.lines.append(line)
            if row >= 0:
                self.rows.append(row)
        if len(self.texts) < EXAMPLES:
            self.texts.append((shown_text(before), shown_text(after)))

    def examples(self) -> list[list[object]]:
        """The first ones: line, before, after."""
        return [[line, *texts] for line, texts in zip(self.lines, self.texts, strict=False)]


def findings_of(left_out: Iterable[LeftOut], word: str = "line") -> Iterator[Finding]:
    """One finding for each reason that lines were left out for, with their numbers and the text of the first."""
    by_code: dict[str, Told] = {}
    others: list[LeftOut] = []
    for one in left_out:
        if one.code == "second_table":
            others.append(one)
        else:
            by_code.setdefault(one.code, Told()).add(one.line, one.text)
    for code, told in by_code.items():
        yield lines_left_out(code, told, word)
    if others:
        yield second_table(others, word)


def lines_left_out(code: str, told: Told, word: str) -> Finding:
    """Told of lines that are no rows, all for the same reason."""
    is_one = told.count == 1
    subject = f"{told.count:,} {word}" + ("" if is_one else "s")
    where = f"{'' if is_one else 'first: '}{word} {told.lines[0]:,}"
    said = _SAID[code].format(are="is" if is_one else "are").replace("no rows", "no row" if is_one else "no rows")
    text = told.texts[0][0]
    shown = f": {text!r}" if text and code != "blank_lines" else ""
    return Finding(
        code=code,
        severity="info",
        message=f"{subject} {said}, and left out ({where}{shown})",
        numbers={"count": told.count, f"{word}s": told.lines, "text": [before for before, _ in told.texts]},
    )


def second_table(some: Sequence[LeftOut], word: str, count: int = 0, *, again: bool = False) -> Finding:
    """Told where another table begins below the first; ``again`` where it is the first once more."""
    count = count or len(some)
    what = "the same table begins once more" if again else "another table begins"
    return Finding(
        code="second_table",
        severity="warning",
        message=(
            f"{what} in {word} {some[0].line:,} ({shown_text(some[0].text)!r}); only the first is read, "
            f"{count:,} {word}s are left out"
        ),
        numbers={"count": count, f"{word}s": [one.line for one in some[:PLACES]]},
        remedy=Remedy(action="review", words=f"save what begins in {word} {some[0].line:,} as a file of its own"),
    )


def shown_text(text: str) -> str:
    """The beginning of a line or cell."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
