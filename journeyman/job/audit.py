"""``audit``: what is in a table, what is wrong with it, and what to do about it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Unpack

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.checks.evidence.along import Along, along
from journeyman.checks.evidence.notebook import as_html
from journeyman.checks.evidence.parting import with_costs_of_parting
from journeyman.checks.evidence.shown_rows import Evidence, evidence_of
from journeyman.checks.look import look, with_remedies
from journeyman.curation.structure import structure
from journeyman.errors import InputError
from journeyman.sources.named import Named
from journeyman.sources.names import column_called
from journeyman.sources.personal import personal_columns, without_personal
from journeyman.sources.read import gathered, meant
from journeyman.table.finding import Finding, Remedy, by_weight
from journeyman.table.profile import Profile, profile
from journeyman.table.repairs import repairs_of
from journeyman.table.schema import Schema
from journeyman.table.table import Ledger

#: Of so many columns a page tells what they alone say of the target; those that findings are about come first.
MOST_ASKED = 300


@dataclass(frozen=True, repr=False)
class Audit:
    """What is in a table.

    Parameters
    ----------
    findings : the gravest first
    schema : what each column is, with the roles that the findings' remedies give
    origin : where the table came from, in words
    profile : what each column holds
    ledger : the rows that were read, and those that cannot be used
    digest : SHA-256 of the source
    evidence : for each finding the rows by which it can be seen, None where it names none
    along : the target along the columns, where one is named
    """

    findings: tuple[Finding, ...]
    schema: Schema
    origin: str
    profile: tuple[Profile, ...] = ()
    ledger: Ledger = field(default_factory=partial(Ledger, read=0, used=0))
    digest: str = ""
    evidence: tuple[Evidence | None, ...] = ()
    along: tuple[Along, ...] = ()

    def __repr__(self) -> str:
        lines = [f"<Audit of {self.origin}>"]
        for one in self.findings:
            lines.append(f"  {one.severity:<8}{one.message}" + (f" → {one.remedy.words}" if one.remedy.words else ""))
        return "\n".join(lines if self.findings else [*lines, "  no problems found"])

    def _repr_html_(self) -> str:
        return as_html(self.origin, self.findings)

    def as_data(self) -> dict[str, Any]:
        """The audit as JSON holds it."""
        return {
            "origin": self.origin,
            "schema": self.schema.as_data(),
            "profile": [one.as_data() for one in self.profile],
            "findings": [one.as_data() for one in self.findings],
            "repairs": [one.as_data() for one in repairs_of(self.findings)],
            "rows": self.ledger.as_data(),
            "digests": {"source": self.digest},
            "evidence": [None if one is None else one.as_data() for one in self.evidence],
            "along": [one.as_data() for one in self.along],
        }


def audit(source: Any, predict: str | None = None, **named: Unpack[Named]) -> Audit:
    """Look at a table: what each column is, what is wrong with it, and what to do about it.

    Parameters
    ----------
    source : a CSV or Parquet file, or a frame of pandas, polars or Arrow
    predict : the target, where there is one: more can be checked then
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    SourceError : the source cannot be read as a table
    InputError : there is no such target
    """
    raw = gathered(source, **named)
    predict = column_called(predict.strip(), raw.frame.columns) if predict else None
    table = meant(raw, target=predict)
    del raw
    brief = Brief(predict=predict or "")
    seen = look(table, brief, thorough=True)
    findings = [*table.findings, *with_costs_of_parting(seen, table, brief), *structure(table, brief, seen)]
    if predict:
        table.schema[predict]
        try:
            find_aim(table, brief)
        except InputError as error:
            known = {one.code for one in findings if one.severity == "error"}
            if error.code not in known:
                findings.append(_of_error(error, predict))
    findings = list(without_personal(findings, table.schema.names))
    findings.sort(key=by_weight)
    schema = with_remedies(table.schema, brief, findings)
    personal = personal_columns(findings)
    told = profile(table, personal)
    asked = _asked(table.schema, findings)
    says = along(table, brief, asked, personal) if predict else ()
    shown = tuple(evidence_of(table, one, brief.predict, personal) for one in findings)
    if predict:
        schema = schema.with_role(predict, "target", "it was named")
    return Audit(tuple(findings), schema, table.origin, told, table.ledger, table.digest, shown, says)


def _asked(schema: Schema, findings: Sequence[Finding]) -> frozenset[str]:
    first = [name for one in findings for name in one.columns if name in schema]
    names = dict.fromkeys([*first, *(column.name for column in schema)])
    return frozenset(itertools.islice(names, MOST_ASKED))


def _of_error(error: InputError, target: str) -> Finding:
    because = f", because {error.because}" if error.because else ""
    return Finding(
        code=error.code or "target_type",
        severity="error",
        message=f"{error.happened}{because}",
        columns=(target,),
        remedy=Remedy(action="stop", words=error.remedy),
    )
