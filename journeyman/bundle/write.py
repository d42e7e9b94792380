"""Writing a bundle: the plan is expressed, audited, compared with the fitted plan, and only then written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.audit import audit_graph, audit_ports
from journeyman.bundle.card import write_card
from journeyman.bundle.cases import CASES, read_cases
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.golden import golden_cells
from journeyman.bundle.known import Known
from journeyman.bundle.manifest import CARD, GRAPH, LIMITS, MANIFEST, OPTIONAL, Manifest, read_manifest
from journeyman.bundle.reader import Reader
from journeyman.bundle.router import Router
from journeyman.bundle.session import Session, agree
from journeyman.bundle.signature import SIGNATURE
from journeyman.bundle.uncertainty import Uncertainty
from journeyman.errors import BundleError, InternalError
from journeyman.plan.graph import Graph
from journeyman.plan.smaller_graph import smaller
from journeyman.plan.step import State, Step
from journeyman.plan.target import Task
from journeyman.statistics.label_rule import LabelRule
from journeyman.store.digest import digest_bytes
from journeyman.store.files import read_bounded, write_whole
from journeyman.table.columns import Columns, Numbers
from journeyman.table.schema import Schema


def write_bundle(
    folder: Path,
    *,
    plan: Step,
    state: State,
    schema: Schema,
    task: Task,
    target: str,
    classes: tuple[str, ...],
    positive: str,
    metric: str,
    rule: DecisionRule | None,
    check: Columns,
    expected: Numbers,
    facts: Mapping[str, Any],
    uncertainty: Uncertainty | None = None,
    known: Known | None = None,
    label_rule: LabelRule | None = None,
) -> Path:
    """Write a fitted plan as a bundle. The same plan and state give the same bytes; there are no dates in them.

    Parameters
    ----------
    schema : of the table; its features are what the plan takes, and what amounts of the rule read is in it, too
    check, expected : rows, and what the fitted plan answers for them, (rows, outputs); the graph must agree
    facts : told to people: JSON, no part of how the model answers
    uncertainty : bounds around numbers, or sets of labels, with the coverage that they state
    known : what is known of the rows (`journeyman.bundle.known.learn_known`); None where nothing is
    label_rule : which class the probabilities name; None for the likeliest

    Raises
    ------
    InternalError : the graph does not answer as the plan does, or would not be loaded again; nothing is written
    ResourceError : the disk says no
    """
    manifest = Manifest(
        task=task,
        target=target,
        classes=classes,
        positive=positive,
        metric=metric,
        columns=schema.features,
        rule=rule,
        golden_cells={name: tuple(cells) for name, cells in golden_cells(schema.features).items()},
        golden_answers=(),
        facts=dict(facts),
        uncertainty=uncertainty,
        label_rule=label_rule,
        novelty=None if known is None else known.novelty,
        background=None if known is None else known.background,
        rule_columns=() if rule is None else tuple(schema[name] for name in rule.columns),
    )
    reader = Reader(manifest.columns)
    if check.names != reader.empty.names:
        raise InternalError("the rows to check a bundle with have other columns than the schema")
    graph = express(plan, state, check)
    try:
        found = audit_graph(graph, manifest)
        session = Session(graph, manifest.outputs, found.cells_a_row, found.together)
        answers = session.score(reader.feeds, check)
        if not agree(answers, np.asarray(expected, np.float64)):
            raise InternalError(
                "the bundle was not written",
                because="its graph does not answer as the fitted plan does",
                remedy="report this with the run's journal",
            )
        cells = {name: list(column) for name, column in manifest.golden_cells.items()}
        golden = reader.batch(cells, len(next(iter(cells.values())))).columns
        answers = session.score(reader.feeds, golden)
        # The graph must agree with the plan where cells are strange, too.
        if not agree(answers, np.asarray(plan.apply(state, golden).numbers, np.float64)):
            raise InternalError(
                "the bundle was not written",
                because="its graph does not answer as the fitted plan does on made-up rows",
                remedy="report this with the run's journal",
            )
        manifest = replace(manifest, golden_answers=tuple(tuple(row) for row in answers.tolist()))
        cases = None if known is None else known.cases
        contents = {
            GRAPH: graph,
            CARD: write_card(manifest, 0 if cases is None else len(cases.outcomes)).encode("utf-8", "replace"),
        }
        if cases is not None:
            contents[CASES] = cases.content()
            read_cases(contents[CASES], manifest.columns, classes)
        files = {name: {"sha256": digest_bytes(one), "bytes": len(one)} for name, one in contents.items()}
        # The manifest comes last: without it there is no bundle.
        contents[MANIFEST] = replace(manifest, files=files).content()
        read_manifest(contents[MANIFEST])
    except BundleError as error:
        raise InternalError(
            "the bundle was not written",
            because=f"it would not be loaded again: {error.because or error.happened}",
            remedy="report this with the run's journal",
        ) from error
    for name, one in contents.items():
        if len(one) > {**LIMITS, **OPTIONAL}[name]:
            raise InternalError(f"the bundle was not written, as {name} would have {len(one):,} bytes")
    _write(folder, contents)
    return folder


def write_routed(source: Path, folder: Path, router: Router) -> Path:
    """Write the bundle of one folder to another one, with a router: the same graph, decided otherwise.

    Raises
    ------
    BundleError : there is no bundle of ours in ``source``
    ResourceError : the disk says no
    """
    graph = read_bounded(source / GRAPH, LIMITS[GRAPH])
    manifest = replace(read_manifest(read_bounded(source / MANIFEST, LIMITS[MANIFEST])), router=router)
    contents = {GRAPH: graph}
    kept = 0
    if CASES in manifest.files:
        contents[CASES] = read_bounded(source / CASES, OPTIONAL[CASES])
        kept = len(read_cases(contents[CASES], manifest.columns, manifest.classes).outcomes)
    contents[CARD] = write_card(manifest, kept).encode("utf-8", "replace")
    files = {name: {"sha256": digest_bytes(one), "bytes": len(one)} for name, one in contents.items()}
    contents[MANIFEST] = replace(manifest, files=files).content()
    read_manifest(contents[MANIFEST])
    _write(folder, contents)
    return folder


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write a bundle's files, the manifest last; cases and signature of an earlier bundle do not stay behind."""
    for name in (*OPTIONAL, SIGNATURE):
        if name not in contents:
            (folder / name).unlink(missing_ok=True)
    for name, one in contents.items():
        write_whole(folder / name, one)


def refusal(plan: Step, state: State, columns: Columns, outputs: int) -> str:
    """Why the graph of a fitted plan would not be loaded again, in words; empty where it would.

    Parameters
    ----------
    columns : of which only the layout counts
    """
    widths = {
        "numbers": ("float64", len(columns.number_names)),
        "dates": ("int64", len(columns.date_names)),
        "dates_missing": ("bool", len(columns.date_names)),
        "words": ("object", len(columns.word_names)),
    }
    try:
        graph = express(plan, state, columns)
        if len(graph) > LIMITS[GRAPH]:
            return f"its graph has {len(graph):,} bytes"
        audit_ports(graph, {name: one for name, one in widths.items() if one[1]}, outputs)
    except BundleError as error:
        return error.because or error.happened
    return ""


def express(plan: Step, state: State, columns: Columns) -> bytes:
    """A fitted plan as the bytes of a graph; of the columns only the layout counts."""
    graph = Graph()
    start = graph.inputs(columns)
    made, answer = smaller(graph, start, plan.express(state, graph, start).numbers)
    return made.finish(start, answer)
