"""How to run a SELECT, what it expects of the table, and where it may answer otherwise than the bundle."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.bundle.model import Model
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.statement import EXPECTS, Statement
from journeyman.table.schema import Column

_RUN = {
    "ansi": ("-- as your database runs a file of SQL",),
    "duckdb": ("duckdb shop.duckdb < model.sql",),
    "postgresql": ("psql -d shop -f model.sql",),
    "sqlite": ("sqlite3 shop.sqlite < model.sql",),
}
_OF_DIALECT = {
    "ansi": (
        "Tried on PostgreSQL and DuckDB. It needs LATERAL, `ln`, `exp`, `floor` and doubles that may be infinite.",
        "What is used more than once may be computed more than once: the file for your own database is faster.",
    ),
    "duckdb": ("Of trees with thousands of leaves, `PRAGMA disable_optimizer` makes the SELECT much faster.",),
    "postgresql": (
        "Texts are lowered as the database's collation does; with the collation C only the letters of English are.",
        "The order of rows is not promised. `SET jit = off` is faster for long SELECTs.",
    ),
    "sqlite": (
        "It has to be a table with row numbers: no view, and not WITHOUT ROWID.",
        "Dates are texts, as 2024-02-29 or 2024-02-29 10:30:00.",
        "Only the letters of English are lowered; other letters are known in the usual spellings of each level.",
        "A number or a date that is a text refuses its row.",
    ),
}
_OF_ALL = (
    "Columns have types, as if the bundle had read them: numbers are numbers, in the unit that the model learnt.",
    "Spellings that only texts have (decimal commas, units, formats of dates) are for who fills the table.",
    "Words are compared without the blanks around them; accents are composed (Unicode NFC), as in most texts.",
    "4-byte floats are taken as the doubles that they are, not as the decimals that they were written as.",
    "Results that are too large for a double count as the largest one.",
    "Sets of labels (`prediction_set`) and routes are not written.",
)


def readme(model: Model, dialect: Dialect, table: Sequence[str], said: Statement, *, has_example: bool) -> str:
    """The README beside a SELECT, in Markdown."""
    run = list(_RUN[dialect.name])
    names = ", ".join(f"`{_code(name)}`" for name in said.columns)
    lines = [
        "# The model as SQL",
        "",
        f"`model.sql` is a SELECT for {dialect.says}. It scores the table `{_code(dialect.qualified(table))}`:",
        f"every column is kept, and behind them stand {names}.",
        "",
        "```",
        *run,
        "```",
        "",
        "To keep the answers, put `CREATE TABLE scored AS` or `CREATE VIEW scored AS` before the SELECT.",
    ]
    if has_example:
        lines += [
            "`example.sql` makes a temporary table of that name, of made-up rows and the answers that are expected.",
            "Run it before `model.sql` in the same session: they agree within 1e-6 relative to max(1, |value|).",
        ]
    lines += ["", "## Columns", "", "| column | holds | missing beside NULL |", "|---|---|---|"]
    features = {column.name for column in model.columns}
    for column in (*model.columns, *(one for one in model.manifest.rule_columns if one.name not in features)):
        missing = ", ".join(f"`{_code(word)}`" for word in column.missing)
        lines.append(f"| `{_code(column.name)}` | {_holds(column)} | {missing} |")
    lines += ["", "## Where it may differ", ""]
    lines += [f"- {one}" for one in (*_OF_DIALECT[dialect.name], *_OF_ALL)]
    if "status" in said.columns:
        lines.append("- `status` says refused and unusual as the bundle does; why is not said.")
    else:
        lines.append("- No `status` is written; rows that are refused have no prediction.")
    return "\n".join(lines) + "\n"


def _holds(column: Column) -> str:
    unit = f" in {_code(column.unit)}" if column.unit else ""
    notation = {"feet": " as inches", "clock": " as hours"}.get(column.notation, "")
    return EXPECTS[column.kind] + unit + notation


def _code(text: str) -> str:
    """A name within marks of code in a table: nothing in it ends the mark, the cell or the line."""
    plain = "".join(mark if mark.isprintable() else "\ufffd" for mark in text)
    return plain.replace("`", "'").replace("|", "\\|")
