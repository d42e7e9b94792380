"""What no file of ours does: run text as code, unpickle, swallow every error, or name a place of one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "journeyman").rglob("*.py"))
MODULES = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
CALLS = {"eval", "exec", "compile", "__import__"}
#: Methods of other libraries that run or unpickle what they are given; `np.load` may, unless it is told not to.
METHODS = {"read_pickle", "to_pickle", "system", "popen", "unsafe_load", "full_load", "find_class", "CDLL"}
LOADERS = {"torch", "yaml", "pickle", "joblib"}
#: Rooms that read what somebody else wrote, and so import nothing by a name that they read.
READERS = ("bundle", "server", "web", "store")
#: What may catch everything: the borders, each with its reason in the source.
BORDER = re.compile(r"# noqa: BLE001(?: -|  #) \S.{15,}")
PARTS = {"happened", "because", "remedy"}
WRITTEN = ["*.py", "*.md", "*.toml", "*.lock", "*.html", "*.css", "Makefile", "run", "*.in", "*.json"]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_text_becomes_code_and_nothing_is_unpickled(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not {one.name.split(".")[0] for one in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in MODULES
        elif isinstance(node, ast.Call):
            assert not (isinstance(node.func, ast.Name) and node.func.id in CALLS), f"line {node.lineno}"
            for argument in node.keywords:
                allows = isinstance(argument.value, ast.Constant) and argument.value.value is False
                assert argument.arg != "allow_pickle" or allows, f"line {node.lineno}"
                assert argument.arg != "shell", f"line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_library_unpickles_or_runs_for_us(path: Path) -> None:
    is_reader = path.relative_to(ROOT / "journeyman").parts[0] in READERS
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom) and is_reader:
            names = {one.name for one in node.names} | {getattr(node, "module", None) or ""}
            assert not names & {"importlib", "import_module", "ctypes", "multiprocessing"}, f"line {node.lineno}"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        assert node.func.attr not in METHODS or owner == "platform", f"line {node.lineno}"
        if node.func.attr == "load":
            assert owner not in LOADERS, f"line {node.lineno}"
            if owner in ("np", "numpy"):
                assert "allow_pickle" in {one.arg for one in node.keywords}, f"line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_only_borders_catch_everything_and_say_why(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.ExceptHandler):
            caught = (
                {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else {"everything"}
            )
            if caught & {"everything", "Exception", "BaseException"}:
                assert BORDER.search(lines[node.lineno - 1]), f"line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_asserts_and_unreasoned_ignores_are_not_in_source(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(text)))
    for line in text.splitlines():
        if "# noqa" in line:
            assert re.search(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)*(?: -|  #) \S", line), line
        if "# type: ignore" in line:
            assert re.search(r"# type: ignore\[[a-z-, ]+\]  # \S", line), line


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_error_that_a_user_may_see_tells_more_than_what_happened(path: Path) -> None:
    """Raised by name, one of our errors says because of what, or what to try; most say both."""
    ours = {"SourceError", "BriefError", "PlanError", "BundleError", "InputError", "ResourceError", "GateClosed"}
    if path.name == "errors.py":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
            call = node.exc
            if isinstance(call.func, ast.Name) and call.func.id in ours:
                told = {one.arg for one in call.keywords}
                assert call.args, f"line {node.lineno}"
                assert None in told or told & {"because", "remedy"}, f"line {node.lineno}"
                assert None in told or told <= PARTS | {"code"}, f"line {node.lineno}"


def test_no_written_file_names_a_place_of_one_machine_or_of_a_registry() -> None:
    foreign = re.compile(
        r"/(?:root|work|home)/|--index-url|--extra-index-url|--find-links|@ https?://|pypi\.org|pythonhosted"
    )
    offences = []
    # Environments hold hundreds of thousands of files of others: their folders are not walked.
    tops = [one for one in ROOT.iterdir() if not one.name.startswith(".venv") and one.name not in ("runs", "build")]
    for pattern in WRITTEN:
        for path in (path for one in tops for path in (one.rglob(pattern) if one.is_dir() else [one])):
            inside = path.relative_to(ROOT)
            if path == Path(__file__) or not path.match(pattern):
                continue
            if not path.is_file() or any(part.endswith((".egg-info", "_cache")) for part in inside.parts):
                continue
            if foreign.search(path.read_text("utf-8")):
                offences.append(str(inside))
    assert offences == []
