"""Making a page: templates with escaping always on, one file with nothing outside it, written whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.report import words
from journeyman.store.files import write_whole

_HERE = Path(__file__).parent
#: Functions of `words` that templates use.
_FILTERS = (
    "about",
    "chance",
    "counted",
    "decision",
    "duration",
    "finely",
    "interval",
    "meaning",
    "metric",
    "number",
    "plain",
    "share",
    "signed",
    "task",
    "to_know",
)


def render(template: str, view: Mapping[str, Any]) -> str:
    """Fill a template of this room. A name that the view lacks is an error, not an empty place."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages.finalize = _together
    for name in _FILTERS:
        pages.filters[name] = getattr(words, name)
    return pages.get_template(template).render(view)


def _together(value: object) -> object:
    """Text whose percent signs stay on the line of their numbers."""
    return value.replace(" %", "\u00a0%") if isinstance(value, str) else value


def write_page(template: str, view: Mapping[str, Any], path: Path) -> Path:
    """Fill a template and write the page.

    Raises
    ------
    ResourceError : the disk says no
    """
    return write_whole(path, render(template, view).encode("utf-8", "replace"))
