from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.export import export
from journeyman.deployment.serving_code import SERVER_LIBRARIES
from journeyman.errors import BriefError

TOKEN = "a-token-of-a-test"


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(built / "y", "docker", tmp_path_factory.mktemp("docker") / "out").folder


def told(dockerfile: str) -> dict[str, list[str]]:
    """What each instruction says."""
    found: dict[str, list[str]] = {}
    for line in dockerfile.splitlines():
        if line and line[0] != "#":
            instruction, _, rest = line.partition(" ")
            found.setdefault(instruction, []).append(rest)
    return found


def started(folder: Path, said: list[str]) -> list[str]:
    """A command of the Dockerfile, with this Python and the places of this test."""
    here = [one.replace("/service", str(folder)) for one in said]
    return [sys.executable, "-S", "-B", *here[1:]]


def test_it_holds_what_the_image_needs(folder: Path) -> None:
    names = {one.name for one in folder.iterdir()}
    assert names == {"Dockerfile", ".dockerignore", "requirements.txt", "code", "runs", "export.json"}
    assert jm.load(folder / "runs" / "y").target == "y"
    libraries = [line.split("==")[0] for line in (folder / "requirements.txt").read_text().splitlines()]
    assert libraries == sorted(SERVER_LIBRARIES)
    assert not [one for one in folder.rglob("*") if one.suffix in (".pyc", ".pkl")]


def test_the_dockerfile_asks_for_no_more_than_it_needs(folder: Path) -> None:
    said = told((folder / "Dockerfile").read_text())
    assert said["FROM"] == [f"python:{sys.version_info[0]}.{sys.version_info[1]}-slim"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", said["USER"][0]), "a number, and not root's"
    assert "PYTHONDONTWRITEBYTECODE=1" in said["ENV"][0]
    copied = [one.split()[0] for one in said["COPY"]]
    ignored = (folder / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert [one for one in copied if f"!{one}" not in ignored or not (folder / one).exists()] == []
    start = json.loads(said["ENTRYPOINT"][0])
    assert start[:4] == ["python", "-m", "journeyman.server", "/service/runs/y"]
    kind, _, asks = said["HEALTHCHECK"][0].partition("CMD ")
    assert "--interval" in kind
    assert json.loads(asks)[0] == "python"
    assert "curl" not in asks


def test_what_it_starts_serves_without_any_other_library(folder: Path, site: Callable[..., Path]) -> None:
    said = told((folder / "Dockerfile").read_text())
    start = started(folder, json.loads(said["ENTRYPOINT"][0]))
    assert start[-4:] == ["--host", "0.0.0.0", "--port", "8000"]
    surroundings = {
        "PYTHONPATH": f"{folder / 'code'}{os.pathsep}{site(*SERVER_LIBRARIES)}",
        "JOURNEYMAN_TOKEN": TOKEN,
        "PATH": os.environ["PATH"],
    }
    process = subprocess.Popen(
        [*start[:-1], "0"], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/"
    )
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline() or "{}")
        assert ready.get("status") == "serving", process.stderr and process.stderr.read()
        assert "token" not in ready, "one that was given is not printed"
        port = re.search(r":(\d+)/", ready["url"])
        assert port
        health = started(folder, json.loads(said["HEALTHCHECK"][0].partition("CMD ")[2]))
        health[-1] = health[-1].replace(":8000/", f":{port[1]}/")
        assert subprocess.run(health, capture_output=True, check=False).returncode == 0
        assert asked(port[1], {"x": 1.0, "z": 0.0}, "another-token")["http"] == 401
        answer = asked(port[1], {"x": 1.0, "z": 0.0}, TOKEN)
        assert answer["prediction"] == jm.load(folder / "runs" / "y").predict_one({"x": 1.0, "z": 0.0})["prediction"]
        process.send_signal(signal.SIGTERM)
        rest, wrong = process.communicate(timeout=20)
        assert (process.returncode, wrong) == (0, "")
        assert json.loads(rest)["status"] == "ended"
        assert subprocess.run(health, capture_output=True, check=False).returncode != 0
    finally:
        process.kill()
        process.communicate()
    assert not list(folder.rglob("__pycache__"))


def asked(port: str, row: dict[str, Any], token: str) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection = HTTPConnection("127.0.0.1", int(port), timeout=20)
    connection.request("POST", "/predict", json.dumps(row), headers)
    answer = connection.getresponse()
    found: dict[str, Any] = {"http": answer.status, **json.loads(answer.read())}
    connection.close()
    return found


def test_options_cannot_say_more_than_they_are_for(built: Path, tmp_path: Path) -> None:
    for wrong in ("python\nRUN touch x", "python 3", "", "-f", "$(x)"):
        with pytest.raises(BriefError, match="is no name of an image"):
            export(built / "y", "docker", tmp_path / "out", {"base": wrong})
    for wrong in ("80", "65536", "eight", "8000 9000", "٨٠٨٠"):
        with pytest.raises(BriefError, match="--port"):
            export(built / "y", "docker", tmp_path / "out", {"port": wrong})
    assert list(tmp_path.iterdir()) == []
    base = "registry.example:5000/python:3.12-slim@sha256:" + "0" * 64
    done = export(built / "y", "docker", tmp_path / "out", {"base": base, "port": "9000"})
    said = told((done.folder / "Dockerfile").read_text())
    assert (said["FROM"], said["EXPOSE"]) == ([base], ["9000"])
    assert "9000:9000" in done.says[1]


def test_the_name_of_a_run_cannot_say_more_than_a_name(built: Path, tmp_path: Path) -> None:
    strange = tmp_path / 'a "b" $(c)\n d'
    shutil.copytree(built / "y", strange)
    done = export(strange, "docker", tmp_path / "out")
    said = told((done.folder / "Dockerfile").read_text())
    assert json.loads(said["ENTRYPOINT"][0])[3] == "/service/runs/a--b----c---d"
    assert done.says[0] == f"docker build -t a-b-c-d {tmp_path / 'out'}"
    assert jm.load(done.folder / "runs" / "a--b----c---d").target == "y"
