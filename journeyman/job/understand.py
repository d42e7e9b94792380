"""What a table and a request are taken for, before anything is tried."""

from __future__ import annotations

from dataclasses import dataclass, replace

from journeyman.brief.aim import Aim, find_aim
from journeyman.brief.brief import Brief
from journeyman.brief.gain import gain_rule
from journeyman.checks.look import look
from journeyman.curation.curate import Curation, curate
from journeyman.curation.grounds import only
from journeyman.evaluation.stakes import Stakes, stakes_of
from journeyman.job.run import Progress, say_nothing
from journeyman.report.sentences import (
    audit_line,
    curate_line,
)
from journeyman.sources.personal import without_personal
from journeyman.table.finding import Finding
from journeyman.table.table import Table
from journeyman.trials.shared import TrainingData


@dataclass(frozen=True)
class Understood:
    """What a table and a request are taken for, before anything is tried."""

    aim: Aim
    findings: tuple[Finding, ...]
    curation: Curation
    stakes: Stakes
    data: TrainingData


def understand(table: Table, request: Brief, say: Progress | None = None) -> Understood:
    """Audit and curate: the same table and request are always taken for the same."""
    say = say or say_nothing
    aim = find_aim(table, request)
    if aim.task == "multiclass":
        # Whole numbers may be classes because of the metric, and checks are to see in them what the build does.
        request = replace(request, task=aim.task)
    findings = without_personal((*table.findings, *look(table, request)), table.schema.names)
    say("audit", audit_line(findings), True)
    curation = curate(table, request, aim, findings)
    findings = without_personal((*findings, *curation.findings), table.schema.names)
    say("curate", curate_line(curation.reason, curation.findings), True)
    rule = gain_rule(request.gain, aim.classes, aim.positive) if request.gain else None
    stakes = stakes_of(
        curation.table,
        curation.target,
        rule=rule,
        current=only(curation.table.schema, "incumbent"),
        share=request.share,
    )
    data = TrainingData(curation.table.features(), curation.target, curation.folds)
    return Understood(aim, findings, curation, stakes, data)
