"""The options by which a person names what is read: the same on every command that reads a source."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

import click

from journeyman.sources.named import NAMES

_OPTIONS = (
    click.option(
        "--table", "--sheet", metavar="NAME", help="Which table of a database, sheet of a workbook, file of an archive."
    ),
    click.option("--query", metavar="SQL", help="A SELECT to run in a database, instead of a table."),
    click.option(
        "--join",
        metavar="FILE:KEY",
        multiple=True,
        help="Columns of another file, for the rows with the same key: weather.csv:city,day, airports.csv:dest=code. "
        "Repeatable.",
    ),
    click.option("--allow-addresses", is_flag=True, help="Fetch files from http and https addresses."),
    click.option(
        "--allow-private-addresses",
        is_flag=True,
        help="The same, from this machine and its own network, too.",
    ),
)


def NAMING(command: Callable[..., int]) -> Callable[..., int]:  # noqa: N802 - it is used as click's decorators are
    """Give a command the options that name what is read; it takes them together, as ``named``."""

    @wraps(command)
    def called(*given: Any, **options: Any) -> int:
        said = {name: options.pop(name) for name in NAMES}
        # What was not given is left out, so that a brief or the door itself has the say.
        named = {
            name: value for name, value in said.items() if value is not None and value is not False and value != ()
        }
        return command(*given, named=named, **options)

    return reduce(lambda one, option: option(one), reversed(_OPTIONS), called)
