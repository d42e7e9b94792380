"""SQL of a linear model, an additive one or a small tree model: a SELECT that scores a table where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.deployment.exporting import Option

if TYPE_CHECKING:
    from journeyman.bundle.model import Model

SAYS = "A SELECT that scores a table in its database, for linear and small tree models."
OPTIONS = (
    Option("dialect", "postgresql", ("ansi", "duckdb", "postgresql", "sqlite"), "Whose SQL it is."),
    Option("table", "", (), "The table to score, as NAME or SCHEMA.NAME; a name with a dot in double quotes."),
    Option("status", "yes", ("yes", "no"), "Whether rows are told to be unusual, which makes the SELECT longer."),
)

STATEMENT, EXAMPLE, README = "model.sql", "example.sql", "README.md"


def write(bundle: Path, model: Model, folder: Path, options: Mapping[str, str]) -> tuple[str, ...]:
    """Write the SELECT, a small table to try it on, and how to run it.

    Raises
    ------
    InputError : the model cannot be said in SQL, or would take too long a text; or ``--table`` is no name
    """
    from journeyman.deployment.sql.dialect import dialects
    from journeyman.deployment.sql.example import example
    from journeyman.deployment.sql.readme import readme
    from journeyman.deployment.sql.statement import named, statement

    dialect = dialects()[options["dialect"]]
    table = named(options["table"] or _default(bundle))
    said = statement(bundle, model.manifest, dialect, table, with_status=options["status"] == "yes")
    (folder / STATEMENT).write_text(said.text, encoding="utf-8", newline="\n")
    has_example = len(table) == 1  # a temporary table is in no schema of ours
    if has_example:
        (folder / EXAMPLE).write_text(example(model, dialect, table[0]), encoding="utf-8", newline="\n")
    text = readme(model, dialect, table, said, has_example=has_example)
    (folder / README).write_text(text, encoding="utf-8", newline="\n")
    return (f"run {STATEMENT} in {dialect.says}; {README} says what it expects of the table",)


def _default(bundle: Path) -> str:
    """The name of the table that a run was built from, as far as its folder's name tells it; else "rows"."""
    run = bundle.resolve().parent.name if bundle.name == "bundle" else ""
    name, _, number = run.rpartition("-")
    found = name if number.isdigit() and name else run
    return '"' + (found or "rows").replace('"', '""') + '"'
