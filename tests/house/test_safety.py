"""What no file of ours does: run text as code, unpickle, swallow every error, or name a place of one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
CALLS = {"eval", "exec", "compile", "__import__"}
#: Methods of other libraries that run or unpickle what they are given; `np.load` may, unless it is told not to.
METHODS = {"read_pickle", "to_pickle", "system", "popen", "unsafe_load", "full_load", "find_class", "CDLL"}
LOADERS = {"torch", "yaml", "pickle", "joblib"}
#: Rooms that read what somebody else wrote, and so import nothing by a name that they read.
READERS = ("bundle", "server", "web", "store")
#: What may catch everything: the borders, each with its reason in the source.
BORDER = re.compile(r"# noqa: BLE001(?: -|  #) \S.{15,}")
ALL = {"everything", "Exception", "BaseException"}
PARTS = {"happened", "because", "remedy"}
WRITTEN = ["*.py", "*.md", "*.toml", "*.lock", "*.html", "*.css", "Makefile", "run", "*.in", "*.json"]


Sources = dict[str, tuple[str, ast.Module]]


def test_no_text_becomes_code_and_nothing_is_unpickled(sources: Sources) -> None:
    offences = []
    for name, (_, tree) in sources.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                wrong = bool({one.name.split(".")[0] for one in node.names} & MODULES)
            elif isinstance(node, ast.ImportFrom):
                wrong = (node.module or "").split(".")[0] in MODULES
            elif isinstance(node, ast.Call):
                wrong = (isinstance(node.func, ast.Name) and node.func.id in CALLS) or any(
                    argument.arg == "shell" or (argument.arg == "allow_pickle" and not _is_false(argument.value))
                    for argument in node.keywords
                )
            else:
                continue
            offences += [f"{name}:{node.lineno}"] if wrong else []
    assert offences == []


def test_no_library_unpickles_or_runs_for_us(sources: Sources) -> None:
    offences = []
    for name, (_, tree) in sources.items():
        is_reader = name.split("/")[1] in READERS
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and is_reader:
                names = {one.name for one in node.names} | {getattr(node, "module", None) or ""}
                wrong = bool(names & {"importlib", "import_module", "ctypes", "multiprocessing"})
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                wrong = _may_run_what_it_reads(node, node.func)
            else:
                continue
            offences += [f"{name}:{node.lineno}"] if wrong else []
    assert offences == []


def test_only_borders_catch_everything_and_say_why(sources: Sources) -> None:
    offences = []
    for name, (text, tree) in sources.items():
        lines = text.splitlines()
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                caught = {one.id for one in ast.walk(node.type) if isinstance(one, ast.Name)} if node.type else ALL
                if caught & ALL and not BORDER.search(lines[node.lineno - 1]):
                    offences.append(f"{name}:{node.lineno}")
    assert offences == []


def test_asserts_and_unreasoned_ignores_are_not_in_source(sources: Sources) -> None:
    offences = []
    for name, (text, tree) in sources.items():
        offences += [f"{name}:{node.lineno}" for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        offences += [
            f"{name}: {line}"
            for line in text.splitlines()
            if ("# noqa" in line and not re.search(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)*(?: -|  #) \S", line))
            or ("# type: ignore" in line and not re.search(r"# type: ignore\[[a-z-, ]+\]  # \S", line))
        ]
    assert offences == []


def test_every_error_that_a_user_may_see_tells_more_than_what_happened(sources: Sources) -> None:
    """Raised by name, one of our errors says because of what, or what to try; most say both."""
    ours = {"SourceError", "BriefError", "PlanError", "BundleError", "InputError", "ResourceError", "GateClosed"}
    offences, seen = [], 0
    for name, (_, tree) in sources.items():
        for node in ast.walk(tree) if name != "journeyman/errors.py" else ():
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                told = {one.arg for one in node.exc.keywords}
                tells_more = told & {"because", "remedy"} and told <= PARTS | {"code"}
                if node.exc.func.id in ours:
                    seen += 1
                    if not node.exc.args or not (None in told or tells_more):
                        offences.append(f"{name}:{node.lineno}")
    assert offences == []
    assert seen > 100


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _may_run_what_it_reads(call: ast.Call, method: ast.Attribute) -> bool:
    owner = method.value.id if isinstance(method.value, ast.Name) else ""
    if method.attr != "load":
        return method.attr in METHODS and owner != "platform"
    unsaid = owner in ("np", "numpy") and "allow_pickle" not in {one.arg for one in call.keywords}
    return owner in LOADERS or unsaid


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
