"""Are wrong labels ranked first, better than cleanlab does, and does leaving them out ever do harm?

    python benchmarks/label_errors.py --tasks DIR --peers DIR [--tuned] [--only NAME,NAME] [--study NAME] [--out FILE]
    python benchmarks/label_errors.py --table [--out FILE]

In 20 tables (14 of the shared tasks, without the columns that their cards call leaks or ids, and 6 simulated ones) 5,
10 and 20 % of the labels of at most 2,000 training rows are changed: uniformly, or by class, where some classes are
mistaken nine times as often as others and always for the same one. Three plans answer every row. ``ours`` ranks by
`journeyman.plan.opinions`; cleanlab (in a folder of its own, --peers) is given the same out-of-fold probabilities: the
mean of all three, and those of boosted trees alone; its default method counts, and the best of four stands beside it.
Then the choice of rows "without likely wrong targets" is tried as a build does, and the clean test rows say what it
delivers. ``--tuned`` runs the nine tables that the few constants were chosen on. One row a case is appended; one that
has its row is not run again.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of
from sklearn.metrics import average_precision_score

from journeyman.brief.read import make_brief
from journeyman.bundle.reader import Reader
from journeyman.curation.propose import propose
from journeyman.curation.training_rows import judge_among, with_rows
from journeyman.job.understand import Understood, understand
from journeyman.plan.cleaned import Cleaned
from journeyman.plan.opinions import Opinions, doubts_by, opinions_of
from journeyman.plan.target import Target
from journeyman.simulation.world import World
from journeyman.sources.read import read, read_raw
from journeyman.statistics.label_rule import chances_of
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.search import search
from journeyman.trials.twins import rows_tried

TUNED = ("titanic3", "student_portuguese", "credit_scoring", "chicago_arrests", "bar_passage", "horse_colic",
         "storm_status", "sim linear binary 100", "sim trees multiclass 101")  # fmt: skip
TABLES = ("breast_cancer", "credit_approval", "cell_segmentation", "email_spam", "telco_churn", "mushrooms",
          "drug_sentences", "crash_deaths", "elec2", "adult_income", "penguins_raw", "hypothyroid", "hpc_jobs",
          "letters", "sim linear binary 1", "sim trees binary 2", "sim smooth binary 3", "sim linear multiclass 4",
          "sim trees multiclass 5", "sim smooth multiclass 6")  # fmt: skip
SHARES, WAYS = (0.05, 0.1, 0.2), ("uniform", "by class")
#: The treatment is tried where nothing is wrong, too.
CASES = (
    *(("ranking", way, share) for way in WAYS for share in SHARES),
    *(("treatment", way, share) for way, share in (("uniform", 0.0), ("uniform", 0.2), ("by class", 0.1))),
)
JUDGES = ("linear model", "extra trees", "boosted trees, quick")
ROWS, TEST_ROWS, FOLDS, STRENGTH = 2000, 10_000, 5, 6.0
#: By class, some classes are mistaken so much more and less often than the mean, but no class more often than this.
OFTEN, SELDOM, MOST = 1.8, 0.2, 0.45


def tables_of(name: str, tasks: Path) -> tuple[str, pl.DataFrame, pl.DataFrame]:
    """The target, at most 2,000 rows to learn from, and rows to judge by."""
    random = np.random.default_rng(sum(map(ord, name)))
    if name.startswith("sim "):
        _, law, task, seed = name.split()
        world = World(law=law, task=task, rows=ROWS, seed=int(seed), strength=STRENGTH)
        fresh = world.draw(TEST_ROWS, stream=3, plain=True)
        return world.target, pl.DataFrame(dict(world.columns)), pl.DataFrame(dict(fresh.columns))
    card = json.loads((tasks / name / "card.json").read_text())
    unwanted = {*card.get("leak", []), *card.get("ids", []), card.get("weight")} - {card["target"], None}
    table = pl.read_parquet(tasks / name / "table.parquet").drop(list(unwanted), strict=False)
    is_test = pl.read_parquet(tasks / name / "split.parquet")["test"].to_numpy()
    rows, test = (random.permutation(np.flatnonzero(one)) for one in (~is_test, is_test))
    return card["target"], table[np.sort(rows[:ROWS]).tolist()], table[np.sort(test[:TEST_ROWS]).tolist()]


def with_wrong(codes: np.ndarray, classes: int, share: float, way: str, seed: int) -> np.ndarray:
    """The codes, of which some are wrong."""
    random = np.random.default_rng(seed)
    if way == "uniform":
        chosen = random.uniform(size=len(codes)) < share
        return np.where(chosen, (codes + random.integers(1, classes, len(codes))) % classes, codes)
    often = np.where(random.permutation(classes) % 2 == 0, OFTEN, SELDOM)
    chance = np.minimum(often * share / often[codes].mean(), MOST)
    return np.where(random.uniform(size=len(codes)) < chance[codes], (codes + 1) % classes, codes)


def look(name: str, share: float, way: str, known: Understood) -> dict[str, Any]:
    """One table with wrong labels: how they are ranked."""
    target, noisy, wrong = mistaken(name, share, way, known)
    proposals = propose(known.data.columns, target, known.aim.metric, None)
    plans = {one.name: one.plan for one in proposals if one.name in JUDGES}
    opinions = opinions_of(list(plans.values()), known.data.columns, target, FOLDS)
    trees = opinions.unseen[list(plans).index(JUDGES[-1])]
    return {
        "rows": len(noisy),
        "classes": len(target.classes),
        "wrong": int(wrong.sum()),
        "ours": _precision(wrong, doubts_by(target, opinions).strength),
        "ours_unseen": _precision(wrong, doubts_by(target, Opinions(opinions.unseen)).strength),
        "cleanlab": _cleanlab(wrong, noisy, np.mean([chances_of(one) for one in opinions.unseen], axis=0)),
        "cleanlab_trees": _cleanlab(wrong, noisy, chances_of(trees)),
    }


def mistaken(name: str, share: float, way: str, known: Understood) -> tuple[Target, np.ndarray, np.ndarray]:
    """The target with wrong labels, its codes, and which are wrong."""
    target = known.data.target
    seed = sum(map(ord, name)) + int(100 * share)
    noisy = with_wrong(target.codes, len(target.classes), share, way, seed) if share else target.codes
    return replace(target, values=noisy.astype(np.float64)), noisy, noisy != target.codes


def _precision(wrong: np.ndarray, strength: np.ndarray) -> float:
    return float(average_precision_score(wrong, np.nan_to_num(strength, neginf=-1e9)))


def _cleanlab(wrong: np.ndarray, codes: np.ndarray, chances: np.ndarray) -> dict[str, float]:
    from cleanlab.rank import get_label_quality_scores

    chances = np.clip(chances, 1e-9, 1.0)
    chances /= chances.sum(axis=1, keepdims=True)
    ways = {"self_confidence": {}, "normalized_margin": {}, "confidence_weighted_entropy": {}}
    ways["adjusted"] = {"method": "self_confidence", "adjust_pred_probs": True}
    found = {}
    for way, options in ways.items():
        if way == "adjusted" and len(np.unique(codes)) < chances.shape[1]:
            continue
        quality = get_label_quality_scores(codes, chances, **({"method": way} | options))
        found[way] = _precision(wrong, -quality)
    return found


def treat(name: str, share: float, way: str, known: Understood, test: pl.DataFrame) -> dict[str, Any]:
    """What the choice of rows leaves out, what it delivers on clean rows, and whether a build would take it."""
    target, _, wrong = mistaken(name, share, way, known)
    data = replace(known.data, target=target)
    here = Here()
    here.open(data)
    metric = metric_named(known.aim.metric)
    proposals = propose(data.columns, target, metric.name, None)
    base = next(one for one in proposals if one.name == JUDGES[-1])
    judge = judge_among(proposals)
    cleaned = with_rows(base, Cleaned(inner=base.plan, judge=judge.plan), judge)
    trials = search(LaboratoryHere(here, data, metric), [base, cleaned], deadline=None, trials=2)
    tried = [one for one in rows_tried(trials, metric, data.target, data.folds) if cleaned.name in one.names]
    out = np.setdiff1d(np.arange(len(target)), cleaned.plan.stay(data.columns, target))
    frame = test.drop(known.aim.target)
    raw = read_raw(frame)
    columns = Reader(known.curation.table.schema.features).batch(raw.cells(), raw.rows).columns
    words = [_word(one) for one in test[known.aim.target].to_list()]
    places = {_word(one): place for place, one in enumerate(target.classes)}
    there = np.array([word in places for word in words])
    truth = np.array([float(places.get(word, 0)) for word in words])[there]
    scores, losses = [], []
    for plan in (base.plan, cleaned.plan):
        answers = plan.apply(plan.fit(data.columns, data.target), columns).numbers[there]
        scores.append(float(metric.score(truth, answers)))
        own = chances_of(answers)[np.arange(len(truth)), truth.astype(int)]
        losses.append(-np.log(np.clip(own, 1e-6, 1)))
    gain = losses[0] - losses[1]
    return {
        "wrong": int(wrong.sum()),
        "left_out": len(out),
        "left_out_wrong": int(wrong[out].sum()),
        "metric": metric.name,
        "sign": metric.sign,
        "test_rows": len(truth),
        "with_all": scores[0],
        "without": scores[1],
        "gain": float(gain.mean()),
        "gain_error": float(gain.std() / np.sqrt(len(gain))),
        "accepted": any(one.accepted for one in tried),
    }


def _word(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).casefold()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    word = str(cell).strip()
    try:
        return str(int(float(word))) if float(word).is_integer() else word
    except ValueError:
        return word.casefold() if word.casefold() in ("true", "false") else word


def table(rows: list[dict[str, Any]]) -> str:
    """Both studies: areas under precision and recall, and what the treatment did."""
    ranked = [row for row in rows if row["study"] == "ranking"]
    treated = [row for row in rows if row["study"] == "treatment"]
    lines = []
    if ranked:
        head = ("labels changed", "tables", "ours", "ours, unseen rows only", "cleanlab, same chances",
                "its best method", "cleanlab, trees alone", "its best method")  # fmt: skip
        lines += [*_lines(head, ranked, _ranked), ""]
        lines += ["| table | ours | cleanlab, same chances | cleanlab, trees alone |", "|---|--:|--:|--:|"]
        for name in dict.fromkeys(row["table"] for row in ranked):
            found = [row for row in ranked if row["table"] == name]
            lines.append(
                f"| {name} | {' | '.join(f'{np.mean([one(row) for row in found]):.3f}' for one in COMPARED)} |"
            )
        lines.append("")
    if treated:
        head = ("labels changed", "tables", "left out", "of them wrong", "found of wrong", "taken",
                "worse beyond noise", "it would be better beyond noise", "worse", "gain in log loss")  # fmt: skip
        lines += [*_lines(head, treated, _treated), ""]
    return "\n".join(lines)


def _lines(head: tuple[str, ...], rows: list[dict[str, Any]], cells: Any) -> list[str]:
    """One line a way and share, and one of all."""
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    cases = [(f"{share:.0%} {way}", way, share) for way in WAYS for share in (*SHARES, 0.0)] + [("all", "", 0.0)]
    for name, way, share in cases:
        found = [row for row in rows if not way or (row["way"], row["share"]) == (way, share)]
        if found:
            lines.append(f"| {name} | {len(found)} | {' | '.join(cells(found))} |")
    return lines


#: Which of cleanlab's methods is best on a table is not known beforehand: its default is compared.
COMPARED = (
    lambda row: row["ours"],
    lambda row: row["cleanlab"]["self_confidence"],
    lambda row: row["cleanlab_trees"]["self_confidence"],
)


def _ranked(rows: list[dict[str, Any]]) -> list[str]:
    told = [f"{np.mean([row[name] for row in rows]):.3f}" for name in ("ours", "ours_unseen")]
    for name in ("cleanlab", "cleanlab_trees"):
        by_way = {way: np.mean([row[name].get(way, 0.0) for row in rows]) for way in rows[0][name]}
        best = max(by_way, key=lambda way: float(by_way[way]))
        told += [f"{by_way['self_confidence']:.3f}", f"{by_way[best]:.3f} ({best.replace('_', ' ')})"]
    return told


def _treated(rows: list[dict[str, Any]]) -> list[str]:
    out, hits, wrong = (sum(row[name] for row in rows) for name in ("left_out", "left_out_wrong", "wrong"))
    better = [row["gain"] > 2 * row["gain_error"] for row in rows]
    worse = [row["gain"] < -2 * row["gain_error"] for row in rows]
    harm = sum(bad and row["accepted"] for bad, row in zip(worse, rows, strict=True))
    told = [str(out), f"{hits / max(out, 1):.0%}", f"{hits / wrong:.0%}" if wrong else ""]
    told += [str(sum(row["accepted"] for row in rows)), str(harm), str(sum(better)), str(sum(worse))]
    return [*told, f"{np.mean([row['gain'] for row in rows]):+.4f}"]


def main() -> None:
    """Look at what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--peers", type=Path, help="a folder with cleanlab (pip install --target)")
    parser.add_argument("--tuned", action="store_true", help="the tables that constants were chosen on")
    parser.add_argument("--only", default="")
    parser.add_argument("--study", default="", choices=("", "ranking", "treatment"))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "label_errors.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        rows = rows_of(given.out)
        for title, names in (("Tables kept for the figures", TABLES), ("Tables that constants were chosen on", TUNED)):
            if some := [row for row in rows if row["table"] in names]:
                sys.stdout.write(f"### {title}\n\n{table(some)}\n")
        return
    sys.path.append(str(given.peers))
    warnings.simplefilter("ignore")
    done = {(row["study"], row["table"], row["way"], row["share"]) for row in rows_of(given.out)}
    names = given.only.split(",") if given.only else TUNED if given.tuned else TABLES
    for name in names:
        target, rows, test = tables_of(name, given.tasks)
        known = understand(read(rows, target=target), make_brief(predict=target, seed=0, when="none"))
        for study, way, share in CASES:
            if given.study in ("", study) and (study, name, way, share) not in done:
                case = {"study": study, "table": name, "way": way, "share": share}
                ranking = study == "ranking"
                found = look(name, share, way, known) if ranking else treat(name, share, way, known, test)
                append(given.out, {**case, **found, **machine()})


if __name__ == "__main__":
    main()
