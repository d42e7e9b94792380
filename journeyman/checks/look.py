"""Asking every check on the shelf what it sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.pretence import with_costs
from journeyman.plan.shelf import modules
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Role, Schema
from journeyman.table.table import Table


def look(table: Table, brief: Brief, *, thorough: bool = False) -> tuple[Finding, ...]:
    """What the checks on the shelf see, in order of their names. A check that fails is itself a finding.

    Parameters
    ----------
    thorough : whether those are asked, too, that take long and change nothing for a build
    """
    findings: list[Finding] = []
    for module in checks():
        if getattr(module, "THOROUGH", False) and not thorough:
            continue
        try:
            seen = module.look(table, brief)
        except Exception as error:  # noqa: BLE001 - a check, which may be someone else's, must not end the job
            findings.append(_of_failure(module, error))
            continue
        findings += [one for one in (seen if isinstance(seen, tuple) else (seen,)) if isinstance(one, Finding)]
    return with_costs(findings, table, brief)


def checks() -> Iterator[ModuleType]:
    """The modules on the shelf that look at tables."""
    for module in modules("checks"):
        if module.__name__ != __name__ and callable(getattr(module, "look", None)):
            yield module


def clusters(table: Table, brief: Brief, findings: Sequence[Finding]) -> Integers | None:
    """Which rows must stay together by the findings' remedies, (rows,); None where every row stands alone."""
    codes = {one.code for one in findings if one.remedy.action == "group"}
    found: Integers | None = None
    for module in checks():
        if module.__name__.rpartition(".")[2] in codes and callable(getattr(module, "clusters", None)):
            mine = np.unique(module.clusters(table, brief), return_inverse=True)[1].astype(np.int64)
            found = mine if found is None else joined(found, mine)
    return found


def joined(first: Integers, second: Integers) -> Integers:
    """Groups of rows that hang together by either of two groupings, through any number of links."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    size = int(first.max(initial=-1)) + 1
    nodes = size + int(second.max(initial=-1)) + 1
    links = coo_matrix((np.ones(len(first), np.int8), (first, size + second)), shape=(nodes, nodes))
    labels = connected_components(links, directed=False)[1]
    return np.asarray(labels[first], dtype=np.int64)


def with_remedies(schema: Schema, brief: Brief, findings: Sequence[Finding]) -> Schema:
    """The schema with the roles that remedies give; a role that the brief gives wins."""
    for finding in findings:
        if finding.remedy.action != "role":
            continue
        for name in finding.columns:
            if name in schema and not brief.role_of(name):
                role: Role = finding.remedy.value  # type: ignore[assignment]  # a remedy's value is a role
                schema = schema.with_role(name, role, finding.message)
    return schema


def _of_failure(module: ModuleType, error: Exception) -> Finding:
    name = module.__name__.rpartition(".")[2]
    return Finding(
        code="check_failed",
        severity="info",
        message=f"the check {name!r} could not look at this table: {type(error).__name__}: {error}",
        remedy=Remedy(action="none", words="the other checks are not touched by it; please report it"),
    )
