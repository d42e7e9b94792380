"""The certificate of a run: what was claimed, on which rows, by which code, after how many looks. ``certificate.json``.

It holds no times (but those of a row where an answer may only take so long), no paths and nothing of the machine's
load: the same request under ``--trials`` gives the same bytes.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from journeyman.errors import GateClosed
from journeyman.evaluation.coverage import Coverage
from journeyman.evaluation.evaluation import Evaluation
from journeyman.evaluation.looks import Look, Odometer
from journeyman.evaluation.ship import Shipped
from journeyman.evaluation.verdict import Verdict
from journeyman.plan.combine import Halved
from journeyman.plan.data import digest
from journeyman.plan.shelf import houses
from journeyman.statistics.folds import Folds
from journeyman.store.code import code_digest
from journeyman.store.digest import canonical, digest_arrays, digest_data
from journeyman.store.journal import Event
from journeyman.trials.laboratory import key_of
from journeyman.trials.recall import records
from journeyman.trials.refit import simple_plans
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

NAME, FORMAT = "certificate.json", 1
#: Two numbers are the same claim where they differ by at most this, relative to max(1, |value|).
TOLERANCE = 1e-9
#: Of candidates, plans are the largest part; a few hundred of them are a few megabytes.
LARGEST = 1 << 26
_DIGEST, _KEY, _ARRAY = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{32}"), re.compile(r"\w[\w. -]*")


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """What a run certifies, as JSON holds it.

    Parameters
    ----------
    target : the column that is predicted
    seed : of folds, fits and replays
    brief : digest of the request
    data : digests: ``source`` (bytes of the source), ``content`` (names and cells as read), ``outcomes`` (the target's
        cells), ``used`` (columns, target and folds as trained on)
    folds : ``kind``, ``count`` and the ``digest`` of each row's fold
    code : digest of the files of each package that has kinds on our shelves, ours among them
    environment : versions of Python and of libraries
    model : ``name``, ``key`` and ``plan`` (digest) of what is shipped, and ``bundle``: name of file → ``sha256``,
        ``bytes``
    candidates : every candidate, as `journeyman.trials.recall.records` gives them
    judged : the keys of those that were evaluated, in the order in which they were
    fits : every fit whose answers were looked at, and what is shipped on all rows (fold −1): ``key``, ``fold``,
        ``arrays`` (name → digest of the file), in order; then those of what is shipped on half of the rows
    looks : the odometer: ``request`` (digest), ``before`` (requests of the builds that the same rows
        had judged), ``share`` (of intervals), ``candidates`` and ``fits`` that were scored by held-back rows here
    claims : all that was found of the model, as in ``run.json`` and without times: ``evaluation``, ``choice``,
        ``verdict`` and more
    """

    target: str
    seed: int
    brief: str
    data: Mapping[str, str]
    folds: Mapping[str, Any]
    code: Mapping[str, str]
    environment: Mapping[str, str]
    model: Mapping[str, Any]
    candidates: Sequence[Mapping[str, Any]]
    judged: Sequence[str]
    fits: Sequence[Mapping[str, Any]]
    looks: Mapping[str, Any]
    claims: Mapping[str, Any]

    def content(self) -> bytes:
        """The certificate as the bytes of its file."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        return canonical({"format": FORMAT, **data}) + b"\n"

    def array_digests(self) -> dict[tuple[str, int], Mapping[str, str]]:
        """(key, fold) → name of array → digest of its file."""
        return {(one["key"], one["fold"]): one["arrays"] for one in self.fits}


def make_certificate(
    *,
    look: Look,
    odometer: Odometer,
    brief: str,
    seed: int,
    content: str,
    used: str,
    folds: Folds,
    versions: Mapping[str, str],
    trials: Sequence[Trial],
    shipped: Shipped,
    claims: Mapping[str, Any],
    bundle: Mapping[str, Mapping[str, Any]],
    events: Sequence[Event],
) -> Certificate:
    """Certify a run.

    Parameters
    ----------
    look : the rows that judged, and the request
    odometer : the builds that these rows had judged before
    claims : as `claims_of` gives them, as JSON holds them
    brief, content, used : digests of the request, of all cells, and of the training data
    trials : all candidates, those too that did not finish
    bundle : the digest and size of each file of the bundle
    events : the journal's
    """
    candidates = records([*trials, *shipped.judged])
    candidates = [{**one, "too_slow": True} if one["key"] in shipped.slow else one for one in candidates]
    known = {(one["key"], one["fold"]): one for one in events if one["event"] == "fit"}
    fits = _fits(candidates, shipped.trial, known)
    if shipped.halved is not None:
        keys = [key_of(Halved(inner=plan), used) for plan in simple_plans(shipped.halved)]
        fits += [_fit(known, key, fold) for key in keys for fold in folds.usable]
    scored = [one for one in fits if one["fold"] != ALL_ROWS]
    return Certificate(
        target=look.target,
        seed=seed,
        brief=brief,
        data={"source": look.source, "content": content, "outcomes": look.outcomes, "used": used},
        folds={"kind": folds.kind, "count": folds.count, "digest": folds_digest(folds)},
        code=code_digests(),
        environment=dict(versions),
        model={
            "name": shipped.trial.name,
            "key": shipped.trial.key,
            "plan": digest(shipped.trial.plan),
            "bundle": {name: dict(told) for name, told in bundle.items()},
        },
        candidates=candidates,
        judged=[one.key for one in shipped.judged],
        fits=fits,
        looks={
            "request": look.request,
            "before": list(odometer.before),
            "share": odometer.share,
            "candidates": len({one["key"] for one in scored} & {one["key"] for one in candidates}),
            "fits": len(scored),
        },
        claims=claims,
    )


def request_digest(brief: str, data: str, versions: Mapping[str, str]) -> str:
    """The digest of all that decides what a build gives: brief, training data, libraries and code."""
    return digest_data([brief, data, dict(versions), code_digests()])


@cache
def code_digests() -> dict[str, str]:
    """The digest of our files, and of those of other people's packages that join our shelves."""
    return {house: code_digest(house) for house in houses()}


def folds_digest(folds: Folds) -> str:
    """The digest of each row's fold."""
    return digest_arrays({"number": folds.number})


def claims_of(
    evaluation: Evaluation, sure: Coverage, verdict: Verdict, latency: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What is claimed, by the names that it has in ``run.json``, without the seconds that candidates took."""
    claims = {**evaluation.as_data(), "uncertainty": sure.as_data(), "verdict": verdict.as_data()}
    claims |= {} if latency is None else {"latency": latency}
    return without_times(claims, tuple(claims))


def without_times(told: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The claims of some names in ``run.json``; what is not there is left out."""
    claims = {name: told[name] for name in names if name in told}
    lines = claims.get("leaderboard") or ()
    claims["leaderboard"] = [{name: one for name, one in line.items() if name != "seconds"} for line in lines]
    return claims


def read_certificate(content: bytes) -> Certificate:
    """Read what `Certificate.content` wrote, trusting none of it.

    Raises
    ------
    GateClosed : it is nothing that we write
    """
    try:
        told = json.loads(content.decode(), parse_constant=_no_constant)
        names = {field.name for field in fields(Certificate)}
        is_ours = isinstance(told, dict) and told.get("format") == FORMAT and set(told) == {"format", *names}
        is_ours = is_ours and _is_sound(told)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise _damaged() from error
    if not is_ours:
        raise _damaged()
    return Certificate(**{name: told[name] for name in names})


def first_difference(claimed: Any, found: Any, path: str = "") -> str:
    """Where two values of JSON first differ, and by what, in words; empty where they agree to `TOLERANCE`.

    >>> first_difference({"a": [1.0, 2.0]}, {"a": [1.0, 2.5]})
    'a.1: 2.0 is certified, 2.5 is found'
    """
    if isinstance(claimed, Mapping) and isinstance(found, Mapping):
        for name in [*claimed, *(one for one in found if one not in claimed)]:
            inside = f"{path}.{name}" if path else str(name)
            if name not in claimed or name not in found:
                return f"{inside}: {'not certified' if name not in claimed else 'certified, and not found'}"
            if difference := first_difference(claimed[name], found[name], inside):
                return difference
        return ""
    if _is_list(claimed) and _is_list(found) and len(claimed) == len(found):
        pairs = enumerate(zip(claimed, found, strict=True))
        return next(filter(None, (first_difference(*pair, f"{path}.{place}") for place, pair in pairs)), "")
    if _is_number(claimed) and _is_number(found):
        same = math.isclose(claimed, found, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    else:
        same = type(claimed) is type(found) and claimed == found
    return "" if same else f"{path or 'it'}: {_shown(claimed)} is certified, {_shown(found)} is found"


def _fits(
    candidates: Sequence[Mapping[str, Any]], shipped: Trial, events: Mapping[tuple[str, int], Event]
) -> list[dict[str, Any]]:
    """Fits of candidates that were looked at, and of what is shipped, by the order of candidates and folds.

    A candidate that failed was judged by nobody, and how many of its folds were done by then is chance.
    """
    plans = {digest(plan) for plan in simple_plans(shipped)}
    shipped_keys = {one["key"] for one in candidates if one["plan"] is not None and digest_data(one["plan"]) in plans}
    looked_at = [one["key"] for one in candidates if one["status"] in ("done", "stopped", "asked")]
    folds = sorted({fold for _, fold in events})
    return [
        _fit(events, key, fold)
        for key in looked_at
        for fold in folds
        if (key, fold) in events and (fold != ALL_ROWS or key in shipped_keys)
    ]


def _fit(events: Mapping[tuple[str, int], Event], key: str, fold: int) -> dict[str, Any]:
    return {"key": key, "fold": fold, "arrays": events[key, fold]["digests"]}


def _damaged() -> GateClosed:
    return GateClosed(
        "the certificate cannot be read", because="it is not what a run writes", remedy="build again, to have a new one"
    )


def _is_sound(told: Mapping[str, Any]) -> bool:
    """Whether all that is used of a certificate is of the type it should be, names and keys of files above all."""
    bundle, looks = told["model"]["bundle"], told["looks"]
    return (
        isinstance(told["target"], str)
        and type(told["seed"]) is int
        and _are_digests(told["brief"], *told["code"].values(), told["folds"]["digest"], told["model"]["plan"])
        and _are_digests(*(told["data"][name] for name in ("source", "content", "outcomes", "used")))
        and all(isinstance(one, str) for one in told["environment"].values())
        and all(_ARRAY.fullmatch(name) and _are_digests(one["sha256"]) for name, one in bundle.items())
        and all(_is_candidate(one) for one in told["candidates"])
        and all(_KEY.fullmatch(one) for one in (*told["judged"], told["model"]["key"]))
        and all(_is_fit(one) for one in told["fits"])
        and _are_digests(looks["request"], *looks["before"])
        and _is_number(looks["share"])
        and all(isinstance(told["claims"][name], dict) for name in ("evaluation", "choice", "verdict"))
    )


def _is_candidate(one: Mapping[str, Any]) -> bool:
    return bool(
        _KEY.fullmatch(one["key"])
        and isinstance(one["name"], str)
        and isinstance(one["status"], str)
        and isinstance(one["floor"], bool)
        and type(one["weight"]) is int
        and all(_KEY.fullmatch(member) for member in one["members"])
        and "plan" in one
    )


def _is_fit(one: Mapping[str, Any]) -> bool:
    named = all(_ARRAY.fullmatch(name) for name in one["arrays"])
    return bool(_KEY.fullmatch(one["key"]) and type(one["fold"]) is int and named) and _are_digests(
        *one["arrays"].values()
    )


def _are_digests(*told: str) -> bool:
    return all(_DIGEST.fullmatch(one) for one in told)


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"
