"""Text for a terminal: one line, and nothing in it that a terminal would obey."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

import click

from journeyman.errors import JourneymanError
from journeyman.table.finding import Finding

#: Control characters, invisible ones that turn writing around, lone surrogates, and the two line separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


#: What stands before a finding.
MARKS = {"error": "ERROR", "warning": "warning", "info": "info"}


def remedy_of(finding: Finding) -> str:
    """What to do about a finding, in brackets; empty where there is nothing to say."""
    return f" ({finding.remedy.words})" if finding.remedy.words else ""


def one_line(text: str) -> str:
    """A text on one line, with what could steer a terminal written out.

    >>> one_line("red \\x1b[31m and a\\nnew line")
    'red \\\\x1b[31m and a new line'
    """
    if text.isascii() and text.isprintable():
        return text
    spaced = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return "".join(_shown(one) for one in spaced)


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def print_error(error: JourneymanError, *, as_json: bool = False) -> None:
    """Print the three parts, each on a line of its own, to standard error; with ``--json`` also as a document."""
    for label, part in (("error", error.happened), ("because", error.because), ("try", error.remedy)):
        if part:
            click.echo(f"{label}: {one_line(part)}", err=True)
    if as_json:
        print_document({"format": 1, "status": "failed", **error.as_data()})


def print_document(document: Mapping[str, Any]) -> None:
    """Print one JSON document to standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
