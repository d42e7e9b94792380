"""Retraining: built anew on old and new rows, and put in the champion's place only where a test says it is better."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.brief.read import read_brief
from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.keys import read_private_key
from journeyman.bundle.model import Model, load
from journeyman.bundle.reader import Reader
from journeyman.deployment.compare import FEWEST, Answers, Comparison, compare
from journeyman.deployment.promote import promote
from journeyman.errors import InputError
from journeyman.job.build import build
from journeyman.job.newest_block import Block, newest_block
from journeyman.job.old_rows import old_rows
from journeyman.job.requested import named_by
from journeyman.job.run import Progress, Run, say_nothing
from journeyman.monitoring.outcomes import outcomes_for
from journeyman.sources.join import joins_of, require_joined
from journeyman.sources.named import Named
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_raw, with_joins
from journeyman.store.champion import champion_of
from journeyman.store.files import write_whole
from journeyman.store.run_folder import run_in, safe_name
from journeyman.table.columns import Numbers
from journeyman.trials.interruption import Interrupted

NOTE = "retrain.json"
#: Of the time for all of it, the part of either build.
_SHARE = 0.47


@dataclass(frozen=True)
class Retrained:
    """What came of retraining.

    Parameters
    ----------
    run : the candidate, built on all rows
    champion : the run that served before
    comparison : on the newest block of a challenger that had not learnt from it
    promoted : whether the candidate serves now
    because : why, or why not
    """

    run: Run
    champion: Path
    comparison: Comparison
    promoted: bool
    because: str

    @property
    def is_worse(self) -> bool:
        """Whether the test or its own verdict speaks against the candidate."""
        return self.comparison.high < 0 or self.run.verdict["decision"] == "do_not_deploy"

    @property
    def sentence(self) -> str:
        """What came of it and why, for people."""
        return f"{self.what}: {self.because}"

    @property
    def what(self) -> str:
        """What came of it, for people."""
        return f"{self.run.folder} {'now serves' if self.promoted else f'is kept beside {self.champion}'}"

    def as_data(self) -> dict[str, Any]:
        """What came of it as JSON."""
        return {
            "candidate": str(self.run.folder),
            "champion": str(self.champion),
            "promoted": self.promoted,
            "because": self.because,
            "comparison": self.comparison.as_data(),
            "verdict": dict(self.run.verdict),
        }

    def __repr__(self) -> str:
        return f"<Retrained {self.sentence}>"


def retrain(
    run: str | os.PathLike[str] | Run,
    *sources: Any,
    old: Sequence[str] = (),
    new_only: bool = False,
    sign: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    allow_addresses: bool = False,
    allow_private_addresses: bool = False,
    **options: Any,
) -> Retrained:
    """Build on old and new rows, compare with the champion on the newest rows, and promote by that test alone.

    The newest half of the new rows judges: the champion never saw it, and a challenger is built without it. The
    candidate is then built in the same way on all rows, beside the run. It is promoted where the challenger's lower
    bound on what it brings above the champion is above 0, and its own verdict is not against it.

    Parameters
    ----------
    run : the run whose name is known; what it serves is the champion
    sources : new rows with outcomes, of the shape of the old ones; the newest last, where no column says when
    old : where the old rows lie now; empty for where they lay when the run was built
    new_only : learn from the new rows alone
    sign : the file of a private key that signs the candidate's bundle, before it is promoted
    allow_addresses, allow_private_addresses : as for a build
    options : win over the champion's ``brief.toml``, as ``time="5m"`` for all of it, or ``trials=6`` for each build.
        Without a time each of the two builds has that of the champion

    Raises
    ------
    InputError : the run, or its old or new rows, cannot be used
    """
    say = progress or say_nothing
    folder = Path(run.folder if isinstance(run, Run) else run)
    champion = champion_of(folder)
    if champion.sentence:
        say("retrain", champion.sentence, True)
    if not sources:
        raise InputError("there are no new rows", because="no source was named", remedy="name a file of new rows")
    if sign is not None:
        read_private_key(sign)
    own = champion.serving / BUNDLE
    model = load(own if own.is_dir() else champion.serving)
    summary = _summary(champion.serving)
    allowed = Named(allow_addresses=allow_addresses, allow_private_addresses=allow_private_addresses)
    file = champion.serving / "brief.toml"
    request = read_brief(file, **options)
    named = named_by(request, allowed)
    paths, raws = ([], []) if new_only else old_rows(summary, old, **named_by(read_brief(file), allowed))
    # What is joined comes to all rows alike: to those that judge here, to the others when they are built on.
    block = newest_block([read_raw(one, **Named(**{**named, "join": None})) for one in sources], summary)
    newest = with_joins(block.newest, known=joins_of(model.manifest.facts), **named)
    require_joined(newest, model.manifest.facts, [one.name for one in model.columns])
    block = replace(block, newest=newest)
    _require_a_judge(model, summary, block)
    counts = f"{len(block.newest.frame):,} newest new rows judge ({block.by})"
    say("retrain", f"{counts}, {sum(one.rows for one in (*raws, *block.earlier)):,} rows to learn from", True)
    given: dict[str, Any] = {"brief": file, **options, **allowed}
    if model.task == "binary":
        # Else the rarer class of the new rows, which may be the other one by now.
        given.setdefault("positive", model.classes[-1])
    if options.get("time") is not None and request.seconds is not None:
        each = _SHARE * request.seconds
        given["time"] = f"{each:.3f}s"
        before = read_brief(file).seconds or 0.0
        if each < before / 2:
            say("retrain", f"two builds of {each:.0f} s each, the champion had {before:.0f} s: give more --time", True)
    parent = champion.serving.resolve().parent
    scratch = Path(tempfile.mkdtemp(prefix=".retrain-", dir=parent))
    try:
        say("retrain", "a challenger is built without the rows that judge", True)
        challenger = build(*raws, *block.earlier, out=scratch / "challenger", progress=_within(say), **given)
        if challenger.exit_code:
            raise Interrupted(challenger.exit_code)
        comparison = _compared(model, challenger.model, summary, block)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    say("compare", comparison.sentence, True)
    whole = [*paths, *sources] if all(isinstance(one, str | os.PathLike) for one in sources) else [*raws, *sources]
    out = _free(champion.serving, str(summary.get("name") or "table"))
    say("retrain", f"the candidate is built on all rows, in {out}", True)
    candidate = build(*whole, out=out, progress=_within(say), sign=sign, **given)
    promoted, because = _decided(comparison, candidate, summary)
    if promoted:
        try:
            promote(folder, candidate.folder.name, by="retrain", because=because)
        except InputError as error:
            promoted, because = False, f"{error.happened}: {error.because}"
    found = Retrained(candidate, champion.serving, comparison, promoted, because)
    text = json.dumps(found.as_data() | {"format": 1, "left_out": block.left_out}, ensure_ascii=False, indent=1)
    write_whole(candidate.folder / NOTE, text + "\n")
    # The comparison was told already.
    say("retrain", found.sentence if because != comparison.sentence else found.what, True)
    return found


def _decided(comparison: Comparison, candidate: Run, before: Any) -> tuple[bool, str]:
    # Where the champion's own verdict was against it too, the test alone decides.
    refused = candidate.verdict["decision"] == "do_not_deploy" != before["verdict"]["decision"]
    if candidate.exit_code:
        return False, "it was interrupted before it was finished"
    if not comparison.passes:
        return False, comparison.sentence
    if refused:
        reasons = candidate.verdict.get("reasons") or ("no gain is shown",)
        return False, f"its own verdict is not to deploy it ({reasons[0]})"
    return True, comparison.sentence


def _require_a_judge(model: Model, summary: Any, block: Block) -> None:
    """Refuse before anything is built where the newest rows could judge nothing.

    Raises
    ------
    InputError : they do not say what came, or too few of them do
    """
    if model.target not in block.newest.frame.columns:
        raise InputError(
            f"the new rows have no column {model.target!r}",
            because="they are to say what came, so that both models can be judged by it",
            remedy="add what came of them; for rows without outcomes there are predict and monitor",
            code="column_missing",
        )
    truth = outcomes_for(model, summary, block.newest.cells(), block.newest.rows)
    count = len(np.unique(block.units[~np.isnan(truth)]))
    if count < FEWEST:
        raise InputError(
            f"the new rows are too few to judge by: {count:,} of the newest half say what came",
            because=f"it takes {FEWEST} that neither model learnt from to tell two models apart",
            remedy=f"wait for some {2 * FEWEST} new rows, or build on old and new ones together and promote by hand",
        )


def _compared(champion: Model, challenger: Model, summary: Any, block: Block) -> Comparison:
    """Both on the newest block."""
    pair = [_answers(one, block.newest, summary) for one in (champion, challenger)]
    first, other = pair
    if champion.manifest.rule is None or challenger.manifest.rule is None:
        first, other = (Answers(one.given, one.truth) for one in pair)
    return compare(champion.manifest.task, champion.manifest.metric, first, other, block.units)


def _answers(model: Model, raw: Raw, summary: Any) -> Answers:
    cells, rows = raw.cells(), raw.rows
    predictions = model.predict_cells(cells, rows)
    truth = outcomes_for(model, summary, cells, rows)
    given = predictions.probabilities
    if given is None:
        given = np.asarray(predictions.prediction, np.float64)[:, None]
    rule = model.manifest.rule
    if rule is None or predictions.decision is None:
        return Answers(given, truth)
    taken = np.array([rule.names[0] if one is None else one for one in predictions.decision], dtype=object)
    return Answers(given, truth, _paid(model, rule, taken, given, truth, cells, rows))


def _paid(
    model: Model, rule: DecisionRule, taken: Any, given: Numbers, truth: Numbers, cells: Any, rows: int
) -> Numbers:
    values: dict[str, Numbers] = {}
    if model.manifest.rule_columns:
        read = Reader(model.manifest.rule_columns).batch(cells, rows).columns
        values = {name: read.numbers[:, place] for place, name in enumerate(read.number_names)}
    if model.task == "regression":
        return rule.payoff_numbers(taken, given[:, 0], truth, values)
    codes = np.where(np.isnan(truth), 0, truth).astype(np.int64)
    return np.where(np.isnan(truth), np.nan, rule.payoff(taken, codes, model.classes, values))


def _summary(folder: Path) -> Any:
    try:
        summary = json.loads((folder / "run.json").read_text("utf-8"))
        if not isinstance(summary, dict) or not {"schema", "verdict", "folds"} <= set(summary):
            raise ValueError("it is no summary of a run")
    except (OSError, ValueError) as error:
        if run_in(folder) != folder:
            raise InputError(
                f"{folder} is an automation, and no model alone",
                because="what it promises was tested on cases of its own, and would not hold for another model",
                remedy="run automate on old and new cases together",
            ) from error
        raise InputError(
            f"{folder} cannot be retrained",
            because=f"its run.json cannot be read ({error})",
            remedy="name the folder of a run that came to its end",
        ) from error
    return summary


def _free(champion: Path, name: str) -> Path:
    """A folder beside the champion that is not there yet."""
    parent = champion.parent
    for number in range(1, 1_000_000):
        folder = parent / f"{safe_name(name)}-{number}"
        if not folder.exists():
            return folder
    raise InputError(f"there are too many runs in {parent}", because="no number is free", remedy="clear it up")


def _within(say: Progress) -> Progress:
    """The progress of a build within a longer job."""

    def told(stage: str, text: str, is_final: bool) -> None:
        if stage in ("search", "evaluate", "verdict"):
            say(stage, text, is_final)

    return told
