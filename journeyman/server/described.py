"""What a model is, for clients and for the form: the document behind /schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeyman.bundle.golden import date_text
from journeyman.bundle.manifest import Manifest
from journeyman.server.limits import Limits
from journeyman.server.typical import Typical
from journeyman.table.schema import Column

#: Levels of a column that are told; the rest is counted.
MOST_LEVELS = 1000


def described(
    manifest: Manifest,
    *,
    name: str,
    version: str,
    typical: Mapping[str, Typical],
    leverage: Mapping[str, float],
    limits: Limits,
    keeps_cases: bool = False,
    unread: Iterable[str] = (),
) -> dict[str, Any]:
    """The model, its columns (those that move the answer most first), its decision, its uncertainty and the limits.

    Parameters
    ----------
    name : what people call it: the name of its run's folder
    version : the first digits of its digest
    unread : columns that rows may hold and that nothing reads
    """
    features = [column.name for column in manifest.columns]
    read = [column.name for column in manifest.rule_columns]
    columns = {column.name: column for column in (*manifest.rule_columns, *manifest.columns)}
    order = {one: place for place, one in enumerate((*features, *(one for one in read if one not in features)))}
    listed = sorted(columns.values(), key=lambda one: (-round(leverage.get(one.name, 0.0), 9), order[one.name]))
    uncertainty = manifest.uncertainty
    return {
        "format": 1,
        "model": version,
        "name": name,
        "task": manifest.task,
        "target": manifest.target,
        "classes": list(manifest.classes),
        "positive": manifest.positive,
        "coverage": None if uncertainty is None else uncertainty.nominal,
        "decision": None if manifest.rule is None else manifest.rule.told(),
        "promise": None if manifest.router is None else manifest.router.promise,
        "keeps_cases": keeps_cases,
        "unread": sorted(unread),
        "columns": [
            _column(
                one,
                typical[one.name],
                leverage.get(one.name, 0.0),
                is_feature=one.name in features,
                is_read=one.name in read,
            )
            for one in listed
        ],
        "limits": {"bytes": limits.body_bytes, "rows": limits.rows, "explained_rows": limits.explained_rows},
    }


def _column(column: Column, typical: Typical, leverage: float, *, is_feature: bool, is_read: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "kind": column.kind,
        "unit": column.unit,
        "for": [*(["prediction"] if is_feature else []), *(["decision"] if is_read else [])],
        "default": typical.default,
        "leverage": leverage,
    }
    if column.kind == "number":
        told |= {"low": column.low, "high": column.high, "usual": [typical.low, typical.high]}
        told |= {"is_whole": typical.is_whole}
    if column.kind == "date":
        ends = [None if at is None else _shown(at, typical.has_time) for at in (column.low, column.high)]
        told |= {"low": ends[0], "high": ends[1], "has_time": typical.has_time, "date_format": column.date_format}
    if column.kind == "category":
        told |= {"levels": list(column.levels[:MOST_LEVELS]), "level_count": len(column.levels)}
    if column.kind == "flag":
        told |= {"words": [(column.true_words or ("true",))[0], (column.false_words or ("false",))[0]]}
    return told


def _shown(at: float, has_time: bool) -> str:
    return date_text(at, "iso")[: None if has_time else 10]
