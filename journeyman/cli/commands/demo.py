"""``journeyman demo``: the main job on the table that ships with the package."""

from __future__ import annotations

from typing import Any

import click

from journeyman.cli.building import BUILDING, build_and_show, given_options
from journeyman.demo.table import GAIN, PATH, TARGET

#: Long enough for a good model of 30,000 rows on two cores, short enough to wait for.
TIME = "45s"


@click.command()
@BUILDING
def command(as_json: bool, quiet: bool, open_it: bool, **given: Any) -> int:
    """Build on a real table that comes along (a minute).

    30,000 credit-card clients: who will miss the next payment, and whom is it worth to call?
    """
    options = given_options(given)
    if "trials" not in options:
        options.setdefault("time", TIME)
    options |= {"predict": TARGET, "gain": GAIN}
    return build_and_show((str(PATH),), options, as_json=as_json, quiet=quiet, open_it=open_it)
