from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.manifest import MANIFEST
from journeyman.bundle.model import Model, load
from journeyman.bundle.reader import Reader
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.errors import BundleError, InputError, JourneymanError
from journeyman.statistics.label_rule import LabelRule

GIVE = Callable[..., Any]
TASKS = ("binary", "multiclass", "regression")


@pytest.fixture
def copy(written: GIVE, tmp_path: Path) -> Path:
    """A bundle to be changed."""
    return Path(shutil.copytree(written(), tmp_path / "bundle"))


def refused(folder: Path) -> str:
    with pytest.raises(BundleError) as caught:
        load(folder)
    text = str(caught.value)
    assert "\n" not in text
    assert text.isprintable()
    return text


# ---- what a model says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", TASKS)
def test_one_row_gives_what_it_gives_in_a_batch(task: str, written: GIVE, make_table: GIVE) -> None:
    model = load(written(task))
    cells = make_table(41, seed=9)
    rows = [{name: column[row] for name, column in cells.items()} for row in range(41)]
    rows[3] = {"age": "abc", **{name: rows[3][name] for name in ("income", "since", "city")}}
    rows[4] = dict.fromkeys(rows[4])
    rows[5]["since"] = "3.4.2001 17:05"
    batch = list(model.predict(rows))
    for row, expected in zip(rows, batch, strict=True):
        one = model.predict_one(row)
        assert ("troubles" in one) == (one["status"] != "ok")
        one.pop("troubles", None)
        assert repr(one) == repr(expected)
    back = list(model.predict(rows[::-1]))[::-1]
    assert repr(back) == repr(batch)


STATED = {
    "binary": SetRule(0.9, (0.4, 0.3)),
    "multiclass": SetRule(0.9, (0.2, 0.3, 1.0)),
    "regression": Spread(0.9, (0.2, 0.6), (-0.1, -0.2, -0.3), (0.3, 0.2, 0.1), 0.1),
}


@pytest.mark.parametrize("task", TASKS)
def test_a_row_is_as_sure_alone_as_in_a_batch(task: str, make_bundle: GIVE, make_table: GIVE, tmp_path: Path) -> None:
    model = load(make_bundle(tmp_path / "bundle", task, uncertainty=STATED[task]))
    cells = make_table(60, seed=4)
    rows = [{name: column[row] for name, column in cells.items()} for row in range(60)]
    rows[3]["age"] = "abc"
    found = model.predict(rows)
    batch = list(found)
    for row, expected in zip(rows, batch, strict=True):
        one = model.predict_one(row)
        one.pop("troubles", None)
        assert repr(one) == repr(expected)
    assert repr(list(model.predict(rows[::-1]))[::-1]) == repr(batch)
    assert repr([one for row in rows for one in model.predict([row])]) == repr(batch)
    answered = [row for row in batch if row["status"] != "refused"]
    assert len(answered) == 59
    if task == "regression":
        assert np.isnan([batch[3]["low"], batch[3]["high"]]).all()
        assert all(row["low"] <= row["prediction"] <= row["high"] for row in answered)
    else:
        assert batch[3]["prediction_set"] is None
        assert all(row["prediction"] in row["prediction_set"] for row in answered)
        assert {len(row["prediction_set"]) for row in answered} >= {1, 2}
    assert len(model.predict(rows[:0] or {name: column[:0] for name, column in cells.items()})) == 0


@pytest.mark.parametrize("task", TASKS)
def test_typed_columns_are_answered_as_cells_are(task: str, written: GIVE, make_table: GIVE) -> None:
    model, cells = load(written(task)), make_table(20, seed=3)
    columns = Reader(model.columns).batch({one.name: cells[one.name] for one in model.columns}, 20).columns
    answers = model.answer(columns)
    told = model.predict(cells).as_columns()
    last = answers[:, 0] if task == "regression" else answers[:, -1]
    name = "prediction" if task == "regression" else f"probability_{model.classes[-1]}"
    assert np.array_equal(last, np.asarray(told[name], np.float64))


def test_binary_predictions(written: GIVE, make_table: GIVE) -> None:
    model = load(written())
    found = model.predict(make_table(200))
    columns = found.as_columns()
    assert list(columns) == ["prediction", "probability_no", "probability_yes", "decision", "status"]
    np.testing.assert_array_equal(columns["prediction"] == "yes", columns["probability_yes"] >= 0.5)
    np.testing.assert_array_equal(columns["decision"] == "call", columns["probability_yes"] * 500 > 200)
    assert set(columns["decision"]) == {"call", "none"}
    assert set(columns["status"]) == {"ok", "unusual"}


def test_several_classes_and_numbers(written: GIVE, make_table: GIVE) -> None:
    many = load(written("multiclass")).predict(make_table(50))
    assert many.probabilities is not None
    np.testing.assert_allclose(many.probabilities.sum(axis=1), 1.0)
    assert set(many.prediction) <= {"a", "b", "c"}
    numbers = load(written("regression")).predict(make_table(50))
    assert list(numbers.as_columns()) == ["prediction", "status"]
    assert numbers.prediction.dtype == np.float64


def test_a_refused_row_has_no_prediction(written: GIVE, make_table: GIVE) -> None:
    cells = {name: list(column) for name, column in make_table(20).items()}
    cells["age"][7] = "many"
    for task in TASKS:
        found = load(written(task)).predict(cells)
        assert found.status[7] == "refused"
        assert found.prediction[7] is None or np.isnan(found.prediction[7])
        assert found.decision is None or found.decision[7] is None
        assert found.troubles[0].row <= 7
        assert any(one.row == 7 and one.column == "age" and one.value == "many" for one in found.troubles)


def test_no_rows_give_an_empty_answer_with_the_right_columns(written: GIVE, make_table: GIVE) -> None:
    for task in TASKS:
        model = load(written(task))
        some = model.predict(make_table(3)).as_columns()
        none = model.predict({name: column[:0] for name, column in make_table(3).items()}).as_columns()
        assert list(none) == list(some)
        assert all(len(column) == 0 for column in none.values())
        assert len(model.predict([])) == 0


def test_columns_in_any_order_and_more_of_them(written: GIVE, make_table: GIVE) -> None:
    model = load(written())
    cells = make_table(10)
    mixed = {"more": ["x"] * 10, **dict(reversed(cells.items()))}
    assert repr(list(model.predict(mixed))) == repr(list(model.predict(cells)))


def test_what_is_missing_or_unknown_is_named(written: GIVE, make_table: GIVE) -> None:
    model = load(written())
    cells = make_table(10)
    cells["Income"] = cells.pop("income")
    with pytest.raises(InputError, match="income") as caught:
        model.predict(cells)
    assert "Income" in caught.value.remedy
    with pytest.raises(InputError, match="incme"):
        model.predict_one({"incme": 3})
    with pytest.raises(InputError):
        model.predict_one([1, 2])  # type: ignore[arg-type]  # that is what is tested


def test_a_model_says_what_it_is(written: GIVE) -> None:
    model = load(written())
    assert repr(model).startswith("Model of 'bought' ('no' or 'yes'), binary, from 4 columns: 'age', 'income'")
    assert [column.name for column in model.columns] == ["age", "income", "since", "city"]
    assert model.classes == ("no", "yes")
    assert (model.task, model.target) == ("binary", "bought")


def test_a_run_folder_will_do(copy: Path) -> None:
    (copy.parent / "run.json").write_text("{}")
    assert isinstance(load(copy.parent), Model)
    assert isinstance(load(str(copy.parent)), Model)


def test_one_row_takes_less_than_a_third_of_a_millisecond(written: GIVE) -> None:
    model = load(written())
    row = {"age": 40.0, "income": 1000.0, "since": "3.4.2001", "city": "Oslo"}
    times = []
    for _ in range(300):
        start = time.perf_counter()
        model.predict_one(row)
        times.append(time.perf_counter() - start)
    assert np.median(times) < 0.0003


def test_a_fresh_process_loads_and_predicts_at_once_without_heavy_libraries(written: GIVE) -> None:
    program = """
import sys, time
start = time.perf_counter()
import journeyman as jm
seen = []
def watch(event, args):
    if event.startswith(("pickle", "subprocess", "socket.connect", "os.system")):
        seen.append(event)
sys.addaudithook(watch)
model = jm.load(sys.argv[1])
model.predict_one({"age": 30})
model.predict([{"age": 30, "income": 5, "since": None, "city": "Oslo"}])
seconds = time.perf_counter() - start
heavy = {"polars", "pandas", "pyarrow", "sklearn", "scipy", "lightgbm", "onnx", "msgspec", "joblib", "pickle5", "torch"}
rooms = {"learners", "preparation", "trials", "sources", "checks", "evaluation", "curation", "report", "job"}
print(sorted(heavy & set(sys.modules)), [m for m in sys.modules if m.split(".")[:1] == ["journeyman"] and
      len(m.split(".")) > 1 and m.split(".")[1] in rooms], seen, seconds)
"""
    best = 9.0
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", program, str(written())], capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.startswith("[] [] [] ")
        best = min(best, float(done.stdout.split()[-1]))
    assert best < 0.5


# ---- hostile folders -------------------------------------------------------------------------------------------------


def test_every_changed_byte_of_the_files_is_found(copy: Path) -> None:
    random = np.random.default_rng(0)
    for name in ("model.onnx", "card.md"):
        content = (copy / name).read_bytes()
        for place in random.integers(0, len(content), 25).tolist():
            changed = bytearray(content)
            changed[place] ^= 1 << int(random.integers(0, 8))
            (copy / name).write_bytes(bytes(changed))
            assert "digest" in refused(copy)
        (copy / name).write_bytes(content)
    load(copy)


def test_changed_bytes_of_the_manifest_are_refused_or_harmless(copy: Path, make_table: GIVE) -> None:
    random = np.random.default_rng(1)
    path = copy / "manifest.json"
    content, found, loaded = path.read_bytes(), 0, 0
    for place in random.integers(0, len(content), 150).tolist():
        changed = bytearray(content)
        changed[place] ^= 1 << int(random.integers(0, 8))
        path.write_bytes(bytes(changed))
        try:
            model = load(copy)
            model.predict_one({})
            loaded += 1
        except JourneymanError as error:
            found += "\n" not in str(error)
    assert found > 50
    assert found + loaded == 150


def test_changed_bytes_of_what_is_known_are_refused_or_harmless(known_bundle: Path) -> None:
    random = np.random.default_rng(2)
    path = known_bundle / "manifest.json"
    content, found, loaded = path.read_bytes(), 0, 0
    begin = content.index(b'"novelty"')
    digits = [place for place in range(begin, len(content)) if content[place : place + 1].isdigit()]
    for place in random.choice(digits, 150, replace=False).tolist():
        changed = bytearray(content)
        changed[place : place + 1] = random.choice([b"9", b"-", b"e9", b"e308", b"0.", b"null"])
        path.write_bytes(bytes(changed))
        try:
            model = load(known_bundle)
            model.predict_one(ROW)
            model.explain([ROW])
            model.what_if(ROW, "income")
            loaded += 1
        except JourneymanError as error:
            found += "\n" not in str(error)
    assert found > 50
    assert loaded > 10
    assert found + loaded == 150


def test_the_golden_rows_must_agree(copy: Path) -> None:
    path = copy / "manifest.json"
    data = json.loads(path.read_bytes())
    data["golden"]["answers"][3][0] += 1e-4
    path.write_text(json.dumps(data))
    assert "golden" in refused(copy)


def test_a_graph_with_a_new_digest_is_audited(copy: Path) -> None:
    import hashlib

    content = (copy / "model.onnx").read_bytes() + b"\x08\x0a"
    data = json.loads((copy / "manifest.json").read_bytes())
    data["files"]["model.onnx"] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (copy / "model.onnx").write_bytes(content)
    (copy / "manifest.json").write_text(json.dumps(data))
    assert "twice" in refused(copy)


@pytest.mark.parametrize("name", ["model.onnx", "manifest.json", "card.md"])
class TestHostileFiles:
    def test_missing(self, copy: Path, name: str) -> None:
        (copy / name).unlink()
        assert name in refused(copy)

    def test_empty(self, copy: Path, name: str) -> None:
        (copy / name).write_bytes(b"")
        refused(copy)

    def test_cut(self, copy: Path, name: str) -> None:
        (copy / name).write_bytes((copy / name).read_bytes()[:-7])
        refused(copy)

    def test_link(self, copy: Path, name: str) -> None:
        shutil.move(copy / name, copy.parent / "elsewhere")
        (copy / name).symlink_to(copy.parent / "elsewhere")
        refused(copy)

    def test_link_to_a_device(self, copy: Path, name: str) -> None:
        (copy / name).unlink()
        (copy / name).symlink_to("/dev/zero")
        refused(copy)

    def test_pipe(self, copy: Path, name: str) -> None:
        (copy / name).unlink()
        os.mkfifo(copy / name)
        refused(copy)

    def test_folder(self, copy: Path, name: str) -> None:
        (copy / name).unlink()
        (copy / name).mkdir()
        refused(copy)

    def test_too_large(self, copy: Path, name: str) -> None:
        with (copy / name).open("r+b") as file:
            file.truncate(1 << 40)  # a hole: no bytes on the disk
        refused(copy)

    def test_pickle(self, copy: Path, name: str) -> None:
        marker = copy.parent / "marker"
        (copy / name).write_bytes(pickle.dumps(Payload(str(marker))))
        refused(copy)
        assert not marker.exists()


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib", "__init__.py", "weights.bin", "a\nb\x1b[31m", "..."])
def test_any_other_file_is_refused(copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"x")
    refused(copy)


def test_what_systems_leave_is_no_harm(copy: Path) -> None:
    (copy / ".DS_Store").write_bytes(b"x")
    load(copy)


@pytest.mark.parametrize(
    "content", [b"[" * 10_000_000, b'{"a":[' * 2_000_000, b"[[],[],[" * 1_500_000, b"9" * (1 << 24)]
)
def test_deep_and_huge_manifests_are_refused(copy: Path, content: bytes) -> None:
    (copy / "manifest.json").write_bytes(content)
    start = time.perf_counter()
    refused(copy)
    assert time.perf_counter() - start < 5


def test_paths_that_hold_no_bundle(tmp_path: Path, copy: Path) -> None:
    (tmp_path / "churn-1" / "bundle").mkdir(parents=True)
    assert "churn-1" in refused(tmp_path / "chrun-1")
    refused(tmp_path / "churn-1")
    refused(tmp_path / "no" / "such" / "place")
    refused(copy / "model.onnx")
    refused(Path("/dev/null"))
    refused(tmp_path / ("x" * 5000))
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    refused(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe")
    with pytest.raises(BundleError):
        load("a\x00b")


def test_a_run_that_did_not_end_says_so_and_only_runs_are_offered(tmp_path: Path) -> None:
    (tmp_path / "churn-1").mkdir()
    (tmp_path / "churn-1" / "journal.jsonl").write_text("")
    with pytest.raises(BundleError, match=r"did not come to its end.*--resume"):
        load(tmp_path / "churn-1")
    (tmp_path / "chur.csv").write_text("")
    (tmp_path / "churn-2" / "bundle").mkdir(parents=True)
    with pytest.raises(BundleError) as caught:
        load(tmp_path / "churn-3")
    assert "churn-2" in caught.value.remedy
    assert "chur.csv" not in caught.value.remedy


# ---- what is known of the rows ---------------------------------------------------------------------------------------

ROW = {"age": 40, "income": 30_000, "since": "3.4.2001", "city": "Oslo"}


@pytest.fixture
def knowing(make_bundle: GIVE, known: GIVE, tmp_path: Path) -> GIVE:
    return lambda task="binary": load(make_bundle(tmp_path / task, task, known=known(task)))


@pytest.mark.parametrize("task", TASKS)
def test_rows_are_judged_as_strange_alone_as_among_others(task: str, knowing: GIVE, make_table: GIVE) -> None:
    model = knowing(task)
    cells = make_table(200, seed=9)
    rows = [{name: column[row] for name, column in cells.items()} for row in range(200)]
    rows[0] = {**ROW, "income": 3e7}
    rows[1] = {**ROW, "age": "many"}
    rows[2] = {**ROW, "income": float("inf")}
    found = model.predict(rows)
    assert found.status[:3].tolist() == ["unusual", "refused", "unusual"]
    assert found.novelty[0] <= 0.01
    assert np.isnan(found.novelty[1])
    assert 0.5 < np.mean(found.novelty[3:] > 0.1) < 1
    # Paris is no level that the schema knows, but a quarter of the training rows hold it: it makes no row unusual.
    paris = np.array([row["city"] == "Paris" for row in rows])
    assert (found.status[paris] == "ok").mean() > 0.8
    for row, expected in zip(rows, found, strict=True):
        one = model.predict_one(row)
        assert ("troubles" in one) == (one["status"] != "ok")
        one.pop("troubles", None)
        assert repr(one) == repr(expected)


@pytest.mark.parametrize("task", TASKS)
def test_reasons_are_the_same_for_a_row_alone_and_again(task: str, knowing: GIVE) -> None:
    model = knowing(task)
    rows = [ROW, {**ROW, "age": None, "city": "Paris"}, {**ROW, "age": "many"}, {**ROW, "since": "9.9.2011"}]
    found = model.explain(rows)
    assert found[2] == ()
    assert 1 <= len(found[0]) <= 3
    assert [model.explain([row])[0] for row in rows] == found
    assert len(model.explain(rows, most=1)[0]) == 1
    assert model.explain([]) == []


@pytest.mark.parametrize("task", TASKS)
def test_what_if_is_what_the_model_says_of_the_changed_row(task: str, knowing: GIVE) -> None:
    model = knowing(task)
    for column in ("age", "city"):
        curve = model.what_if(ROW, column)
        for value, answer in list(zip(curve.values, curve.answers, strict=True))[::7]:
            said = model.predict_one({**ROW, column: value})
            assert answer == (said["prediction"] if curve.label is None else said[f"probability_{curve.label}"])
    assert len(model.what_if({"age": 3}, "income").values) > 5
    with pytest.raises(InputError, match="did you mean 'city'"):
        model.what_if(ROW, "citi")
    with pytest.raises(InputError, match="'age' holds 'many'"):
        model.what_if({**ROW, "age": "many", "city": "Rome"}, "city")
    with pytest.raises(InputError, match="give a dict"):
        model.what_if([ROW], "city")


@pytest.mark.parametrize("task", TASKS)
def test_similar_cases_have_outcomes_of_the_model(task: str, knowing: GIVE) -> None:
    model = knowing(task)
    cases = model.similar(ROW, most=5)
    assert len(cases) == 5
    assert cases[0].cells["city"] == "Oslo"
    if model.classes:
        assert {one.outcome for one in cases} <= set(model.classes)
    with pytest.raises(InputError, match="'age' holds 'many'"):
        model.similar({**ROW, "age": "many"})


@pytest.mark.parametrize("task", TASKS)
def test_a_bundle_of_before_explains_too_and_knows_no_cases(task: str, written: GIVE) -> None:
    model = load(written(task))
    assert model.explain([ROW])[0]
    assert model.what_if(ROW, "age").place is not None
    assert model.similar(ROW) == ()
    found = model.predict([ROW, {**ROW, "age": 91}])
    assert found.status.tolist() == ["ok", "unusual"]
    assert np.isnan(found.novelty).all()


def test_cases_that_are_not_those_of_the_manifest_are_refused(known_bundle: Path, written: GIVE, copy: Path) -> None:
    cases = (known_bundle / "cases.json").read_bytes()
    (known_bundle / "cases.json").write_bytes(cases.replace(b"Oslo", b"Rome", 1))
    assert "not the file that the bundle was written with" in refused(known_bundle)
    (known_bundle / "cases.json").unlink()
    assert "cases.json is named in the manifest only" in refused(known_bundle)
    (copy / "cases.json").write_bytes(cases)
    assert "cases.json is in the folder only" in refused(copy)


@pytest.mark.parametrize(
    ("task", "rule"),
    [("binary", LabelRule.from_chance(0.3)), ("multiclass", LabelRule((3.0, 1.0, 2.0), (0.5, 0.0, 0.25)))],
)
def test_classes_are_named_by_the_rule_of_the_manifest(
    make_bundle: Callable[..., Path],
    make_table: Callable[..., dict[str, Any]],
    tmp_path: Path,
    task: str,
    rule: LabelRule,
) -> None:
    folder = make_bundle(tmp_path / "ruled", task, label_rule=rule, uncertainty=None)
    plain, ruled, rows = load(make_bundle(tmp_path / "plain", task)), load(folder), make_table(200)
    before, found = plain.predict(rows), ruled.predict(rows)
    assert found.probabilities is not None
    assert np.array_equal(found.probabilities, before.probabilities, equal_nan=True)
    known = found.status != "refused"
    wanted = np.array(ruled.classes, object)[rule.named(np.nan_to_num(found.probabilities))]
    assert found.prediction[known].tolist() == wanted[known].tolist()
    assert (found.prediction != before.prediction).any()
    alone = [ruled.predict_one({name: cells[row] for name, cells in rows.items()}) for row in range(200)]
    assert [one["prediction"] for one in alone] == found.prediction.tolist()
    moved = int(np.flatnonzero(found.prediction != before.prediction)[0])
    row = {name: cells[moved] for name, cells in rows.items()}
    told = ruled.what_if(row, "age")
    assert told.label == (ruled.classes[1] if task == "binary" else found.prediction[moved])


def test_a_damaged_rule_of_labels_is_refused(make_bundle: Callable[..., Path], tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "b", label_rule=LabelRule.from_chance(0.3))
    data = json.loads((folder / MANIFEST).read_text())
    data["label_rule"]["scale"] = [0.0]
    (folder / MANIFEST).write_text(json.dumps(data))
    with pytest.raises(BundleError, match="manifest"):
        load(folder)


def test_a_set_holds_the_likeliest_label_and_the_one_that_is_named(
    make_bundle: Callable[..., Path], make_table: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    rule = LabelRule.from_chance(0.2)
    model = load(make_bundle(tmp_path / "b", label_rule=rule, uncertainty=SetRule(0.9, (1.0, 1.0))))
    rows = make_table(200)
    found = model.predict(rows)
    assert found.probabilities is not None
    assert found.prediction_set is not None
    moved = (found.status != "refused") & (found.probabilities[:, 1] < 0.5) & (found.prediction == "yes")
    assert moved.any()
    assert {tuple(one) for one in found.prediction_set[moved]} == {("no", "yes")}
    alone = [model.predict_one({name: cells[row] for name, cells in rows.items()}) for row in range(200)]
    assert [one["prediction_set"] for one in alone] == list(found.prediction_set)
