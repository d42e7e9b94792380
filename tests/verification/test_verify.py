from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.errors import InputError
from journeyman.store.digest import digest_bytes

Change = Callable[..., None]


def states(found: jm.Verification) -> dict[str, str]:
    return {one.name: one.state for one in found.checks}


def test_two_runs_with_one_seed_give_equal_certificates(place: Path) -> None:
    one, two = (place / name / "run" / "certificate.json" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    text = one.read_text()
    assert str(place) not in text
    assert not re.search(r'"(seconds|time|host|path)"', text)


def test_a_run_holds_with_its_table_line_by_line(run: Path, place: Path) -> None:
    found = jm.verify(run, place / "table.csv")
    assert found.holds, found
    assert found.is_complete
    assert set(states(found).values()) <= {"holds", "note"}
    told = json.loads((run / "run.json").read_text())["evaluation"]
    assert {f"claim {name}" for name in told} <= set(states(found))
    assert "log_loss" in told
    words = next(one.text for one in found.checks if one.name == "claim log_loss")
    assert words.startswith(f"{told['log_loss']['value']:.4g} [")
    assert words.endswith("recomputed, holds")
    assert {"data", "folds", "candidates", "choice", "claim gain", "claim verdict", "model"} <= set(states(found))


def test_without_the_table_it_says_which_claims_were_not_recomputed(run: Path) -> None:
    found = jm.verify(run)
    assert found.holds, found
    assert not found.is_complete
    unknown = [name for name, state in states(found).items() if state == "not checked"]
    assert {"data", "claim log_loss", "claim payoff", "claim verdict"} <= set(unknown)


def test_the_table_is_found_again_where_it_is_still_the_same(place: Path, tmp_path: Path) -> None:
    folder = place / "one" / "run"
    assert jm.verify(folder).is_complete
    moved = tmp_path / "run"
    shutil.copytree(folder, moved)
    other = tmp_path / "table.csv"
    other.write_text((place / "table.csv").read_text() + "0.5,red,yes\n")
    told = json.loads((moved / "run.json").read_text())
    (moved / "run.json").write_text(json.dumps({**told, "sources": [str(other)]}))
    found = jm.verify(moved)
    assert found.holds, "a file that has grown since is no fault of the run's"
    assert not found.is_complete
    assert jm.verify(moved, other).first_difference.startswith("data: ")


def test_the_same_cells_in_another_file_are_the_same_data(run: Path, place: Path) -> None:
    frame = pl.read_csv(place / "table.csv")
    found = jm.verify(run, frame)
    assert found.holds, found
    assert "from another file" in next(one.text for one in found.checks if one.name == "data")


@pytest.mark.parametrize("column", ["size", "colour", "bought"])
def test_changed_data_do_not_verify(column: str, run: Path, place: Path) -> None:
    frame = pl.read_csv(place / "table.csv")
    cells = frame[column].to_list()
    other = next(place for place, cell in enumerate(cells) if cell != cells[0])
    cells[0], cells[other] = cells[other], cells[0]
    found = jm.verify(run, frame.with_columns(pl.Series(column, cells)))
    assert found.first_difference.startswith("data: the digest of the cells")
    assert "claim log_loss" not in states(found), "of other rows nothing further is said"


def test_rows_in_another_order_do_not_verify(run: Path, place: Path) -> None:
    assert not jm.verify(run, pl.read_csv(place / "table.csv").reverse()).holds


@pytest.mark.parametrize("name", ["model.onnx", "manifest.json", "card.md"])
def test_a_changed_bundle_does_not_verify(name: str, run: Path) -> None:
    path = run / "bundle" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    assert jm.verify(run).first_difference.startswith(f"bundle: the digest of bundle/{name}")


def test_the_bundle_of_another_run_does_not_verify_though_it_is_sound(run: Path, other: Path, changed: Change) -> None:
    shutil.rmtree(run / "bundle")
    shutil.copytree(other / "bundle", run / "bundle")
    assert jm.verify(run).first_difference.startswith("bundle: ")
    digests = {
        path.name: {"sha256": digest_bytes(path.read_bytes()), "bytes": path.stat().st_size}
        for path in (run / "bundle").iterdir()
    }
    changed(run / "certificate.json", lambda told: told["model"].update(bundle=digests))
    assert "the plan that it names" in jm.verify(run).first_difference


def test_a_second_request_on_the_same_rows_is_less_sure_and_its_claims_hold(other: Path, place: Path) -> None:
    first, second = (json.loads((place / "one" / name / "certificate.json").read_text()) for name in ("run", "other"))
    assert second["data"]["outcomes"] == first["data"]["outcomes"]
    assert first["looks"]["before"] == []
    assert second["looks"]["before"] == [first["looks"]["request"]]
    assert (first["looks"]["share"], second["looks"]["share"]) == (0.95, 0.975)
    assert second["claims"]["choice"]["share"] == 0.975
    found = jm.verify(other, place / "table.csv")
    assert found.holds, found
    assert found.is_complete


def test_whoever_takes_a_look_back_is_found_out(other: Path, place: Path, tmp_path: Path, changed: Change) -> None:
    copy = tmp_path / "run"
    shutil.copytree(other, copy)
    changed(copy / "certificate.json", lambda told: told["looks"].update(before=[], share=0.95))
    found = jm.verify(copy, place / "table.csv")
    assert found.first_difference.startswith("claim ")
    assert {"fails"} == {one.state for one in found.checks if one.name in ("claim log_loss", "claim gain")}


def lower(told: dict[str, Any]) -> None:
    told["evaluation"]["log_loss"]["value"] -= 1e-6


def surer(told: dict[str, Any]) -> None:
    told["verdict"]["probability"] = 0.9999


def kinder(told: dict[str, Any]) -> None:
    told["verdict"]["decision"] = "deploy" if told["verdict"]["decision"] != "deploy" else "pilot"


def richer(told: dict[str, Any]) -> None:
    told["choice"]["gain"]["low"] += 1.0


def better(told: dict[str, Any]) -> None:
    told["leaderboard"][-1]["score"] -= 0.001


@pytest.mark.parametrize(
    ("how", "where"),
    [
        (lower, "claim log_loss: value: "),
        (surer, "claim verdict: probability: 0.9999 is certified"),
        (kinder, "claim verdict: decision: "),
        (richer, "claim gain: gain.low: "),
        (better, "other claims: leaderboard."),
    ],
)
def test_a_changed_claim_does_not_verify(
    how: Callable[[dict[str, Any]], None], where: str, run: Path, place: Path, changed: Change
) -> None:
    changed(run / "certificate.json", lambda told: how(told["claims"]))
    assert jm.verify(run).first_difference.startswith("run.json: "), "the certificate alone"
    changed(run / "run.json", how)
    assert jm.verify(run).holds, "both say the same; that needs the table"
    assert jm.verify(run, place / "table.csv").first_difference.startswith(where)


def test_better_answers_than_were_given_do_not_verify(run: Path, place: Path, changed: Change) -> None:
    """The answers, their digests in journal and certificate: all of them changed alike."""
    certificate = json.loads((run / "certificate.json").read_text())
    key = certificate["model"]["key"]
    leaf = key if any(one["key"] == key for one in certificate["fits"]) else certificate["fits"][-1]["key"]
    path = run / "trials" / leaf / "fold_0.npy"
    np.save(path, np.clip(np.load(path) * 1.02, 0, 1))
    assert jm.verify(run).first_difference.startswith("answers: the digest of trials/")
    digest = digest_bytes(path.read_bytes())

    def mend(events: list[dict[str, Any]]) -> None:
        for one in events:
            if one.get("key") == leaf and one["fold"] == 0 and one.get("event", "fit") == "fit":
                one["arrays" if "arrays" in one else "digests"]["fold_0"] = digest

    changed(run / "certificate.json", lambda told: mend(told["fits"]))
    assert jm.verify(run).first_difference.startswith("journal: ")
    events = [json.loads(line) for line in (run / "journal.jsonl").read_text().splitlines()]
    mend(events)
    (run / "journal.jsonl").write_text("".join(json.dumps(one) + "\n" for one in events))
    assert jm.verify(run).holds
    found = jm.verify(run, place / "table.csv")
    assert re.match("claim|choice|other claims", found.first_difference), found


def test_the_learning_curve_is_recomputed_from_answers_of_halves(run: Path, place: Path, changed: Change) -> None:
    certificate = json.loads((run / "certificate.json").read_text())
    curve = certificate["claims"]["learning_curve"]
    assert curve["half"]["rows"] == curve["full"]["rows"] / 2
    known = {one["key"] for one in certificate["candidates"]}
    halves = [one for one in certificate["fits"] if one["key"] not in known]
    assert len(halves) % certificate["folds"]["count"] == 0
    assert halves
    assert certificate["looks"]["candidates"] == len({one["key"] for one in certificate["fits"]} & known)
    for name in ("run.json", "certificate.json"):
        how = (lambda told: told["claims"]) if name == "certificate.json" else (lambda told: told)
        changed(run / name, lambda told, how=how: how(told)["learning_curve"]["more"].update(value=0.0))
    assert jm.verify(run).holds
    assert jm.verify(run, place / "table.csv").first_difference.startswith("other claims: learning_curve.more.value: ")


def test_whoever_leaves_out_the_answers_of_halves_must_not_claim_what_they_show(
    run: Path, place: Path, changed: Change
) -> None:
    def less(told: dict[str, Any]) -> None:
        known = {one["key"] for one in told["candidates"]}
        told["fits"] = [one for one in told["fits"] if one["key"] in known]

    changed(run / "certificate.json", less)
    found = jm.verify(run, place / "table.csv")
    assert states(found)["other claims"] == "fails"
    assert found.first_difference.startswith("claim ")


def test_what_is_no_certificate_is_told_from_what_is_not_there(run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no certificate"):
        jm.verify(tmp_path / "nothing")
    for content in (b"", b"[]", b'{"format": 1}', b"[" * 100_000, b"\xff", b'{"format": NaN}'):
        (run / "certificate.json").write_bytes(content)
        assert jm.verify(run).first_difference.startswith("certificate: "), content[:9]


def test_a_table_that_cannot_be_read_is_the_callers_fault(run: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        jm.verify(run, run / "no.csv")


def test_the_program_exits_with_four_and_the_first_difference(run: Path, place: Path, changed: Change) -> None:
    changed(run / "certificate.json", lambda told: lower(told["claims"]))
    command = [sys.executable, "-m", "journeyman", "verify", str(run), "--data", str(place / "table.csv"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 4, done.stderr
    document = json.loads(done.stdout)
    assert not document["holds"]
    assert "evaluation.log_loss.value" in document["first_difference"]
    assert document["first_difference"] in done.stderr
