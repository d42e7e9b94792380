"""``journeyman build SOURCE… --predict COLUMN``: the whole job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from journeyman.cli.building import BUILDING, build_and_show, given_options
from journeyman.cli.naming import NAMING
from journeyman.errors import BriefError
from journeyman.table.schema import KINDS, ROLES


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--predict", metavar="COLUMN", help="The column to predict.")
@click.option(
    "--gain",
    metavar="TEXT",
    help='What decisions are worth: "ACTION:OUTCOME=AMOUNT, ...". OUTCOME is a class, or true or false. AMOUNT is a '
    'number, or computed from columns: "act:true=amount-12, act:false=-5". For a number as target: "ACTION=AMOUNT", '
    "which may also read prediction and actual.",
)
@click.option("--capacity", metavar="N", help="At most so many actions in a period. [default: no limit]")
@click.option("--volume", metavar="N", help="So many cases come in the period of --capacity. [default: 1000]")
@click.option("--current", metavar="COLUMN", help="Today's decision or score, to be beaten; the model never sees it.")
@click.option("--positive", metavar="LABEL", help="The class that counts as true. [default: found, and said]")
@click.option("--task", type=click.Choice(["binary", "multiclass", "regression"]), help="[default: found, and said]")
@click.option("--metric", metavar="NAME", help="What to score by, as roc_auc or rmse. [default: log_loss, rmse]")
@click.option(
    "--entity",
    metavar="COLUMN",
    help="Rows of one entity stay on one side of every split. 'none': rows are independent. [default: found, and said]",
)
@click.option(
    "--when",
    metavar="COLUMN",
    help="The time of decision: learn from the past, score on the future. 'none': there is none. "
    "[default: found, and said]",
)
@click.option("--ignore", metavar="COL,...", help="Columns that are not used.")
@click.option("--weight", metavar="COLUMN", help="How much each row counts.")
@click.option(
    "--prefer",
    type=click.Choice(["simplicity"]),
    help="Ship the simplest of all candidates that cannot be told from the best. [default: the best, or nearly]",
)
@click.option(
    "--interpretable",
    is_flag=True,
    help="Build only models that one can read: curves, lines and rules that add up. The report shows them.",
)
@click.option(
    "--monotone",
    metavar="COL+,COL-",
    help="With a column marked + the answer may only rise, with one marked - only fall.",
)
@click.option(
    "--max-latency",
    metavar="TIME",
    help="How long one answer may take, as 5ms or 300us: half of all, in process, on this machine. The model is "
    "chosen, shrunk or distilled to keep it; the report says what that cost.",
)
@click.option(
    "--keep-cases",
    is_flag=True,
    help="Keep up to 1,000 rows in the bundle, to show past cases like a new one. [default: nobody's rows]",
)
@click.option(
    "--column",
    "columns",
    metavar="NAME:kind=...,role=...,unit=...",
    multiple=True,
    help=f"What a column is. Kinds: {', '.join(KINDS)}. Roles: {', '.join(ROLES)}.",
)
@click.option("--sign", metavar="KEY", help="Sign the bundle with the private key of Ed25519 in this file.")
@click.option("--brief", metavar="FILE", help="The whole request as a TOML file; options given beside it win.")
@click.option("--resume", is_flag=True, help="Go on with the newest unfinished run of this request and data.")
@click.option("--gate", is_flag=True, help="Exit 4 unless the verdict is deploy.")
@click.option("--protect", metavar="COL,...", hidden=True)
@click.option("--engine", metavar="NAME", hidden=True)
@NAMING
@BUILDING
def command(
    sources: tuple[str, ...],
    named: Mapping[str, Any],
    columns: tuple[str, ...],
    gate: bool,
    as_json: bool,
    quiet: bool,
    open_it: bool,
    **given: Any,
) -> int:
    """From a table to a model, its report and a verdict.

    Audits the data, tries candidates, measures the best one honestly, and says whether to deploy it.

    SOURCE is a CSV or Parquet file; several of one shape are one table. Everything is written to a run directory.

    \b
    journeyman build churn.csv --predict Churn
    journeyman build churn.csv --predict Churn --gain "act:true=300, act:false=-20" --time 2m
    """
    overrides = dict(parse_column(one) for one in columns)
    options = given_options(given | {"columns": overrides} | dict(named))
    return build_and_show(sources, options, gate=gate, as_json=as_json, quiet=quiet, open_it=open_it)


def parse_column(text: str) -> tuple[str, Mapping[str, str]]:
    """Read ``NAME:kind=…,role=…,unit=…``.

    >>> parse_column("zip:kind=category")
    ('zip', {'kind': 'category'})

    Raises
    ------
    BriefError : it has no name, or something in it is not ``key=value``
    """
    from journeyman.bundle.wishes import split_wishes

    said = split_wishes(text)
    if said is None:
        raise BriefError(
            f"--column {text!r} cannot be read",
            because="it is not NAME:key=value,key=value",
            remedy="--column zip:kind=category,role=feature",
        )
    return said
