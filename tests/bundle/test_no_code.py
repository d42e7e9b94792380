"""Nothing in a bundle becomes code: seen from within the interpreter, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

#: Every event of the interpreter while a bundle is loaded and asked; the first time modules are imported beside.
CHILD = """
import json, sys
seen, told = set(), None
sys.addaudithook(lambda event, given: told is not None and told.add(event))

def all_of_it(folder):
    import journeyman as jm
    model = jm.load(folder)
    row = {"age": 40, "income": 5e4, "since": "1.2.2003", "city": "Oslo"}
    rows = {name: [cell, None] for name, cell in row.items()}
    model.predict(rows)
    model.predict_one(row)
    model.explain(rows)
    model.what_if(row, "age")
    model.similar(row)

first = told = set()
all_of_it(sys.argv[1])
told = set()
for folder in sys.argv[1:]:
    all_of_it(folder)
again, told = told, None
print(json.dumps([sorted(first), sorted(again)]))
"""
#: What runs, fetches or unpickles.
NEVER = {"pickle.find_class", "os.system", "os.exec", "os.posix_spawn", "os.fork", "subprocess.Popen", "marshal.loads"}
NEVER |= {"socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request", "ctypes.dlopen", "code.__new__"}
#: Importing raises these; when everything is imported, nothing else may.
NEVER_AGAIN = {"exec", "compile", "import", "marshal.load"}
#: Imports of the runtime's own: it looks for its libraries, and what machine this is.
AT_START = {"ctypes.dlopen", "marshal.loads", "code.__new__"}


def test_loading_predicting_and_explaining_run_no_code(
    known_bundle: Path, written: Callable[[str], Path], tmp_path: Path
) -> None:
    arguments = [str(known_bundle), str(written("multiclass")), str(written("regression"))]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments], capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path
    )
    first, again = (set(one) for one in json.loads(done.stdout))
    assert not first & (NEVER - AT_START)
    assert not again & (NEVER | NEVER_AGAIN)
    assert "open" in again, "the hook sees what happens"


def test_the_hook_would_see_it(tmp_path: Path) -> None:
    """If this fails, the test above proves nothing."""
    text = "import pickle, sys; sys.addaudithook(lambda event, given: print(event)); pickle.loads(sys.argv[1].encode())"
    pickled = "cbuiltins\nprint\n(tR."
    done = subprocess.run([sys.executable, "-c", text, pickled], capture_output=True, text=True, timeout=60, check=True)
    assert "pickle.find_class" in done.stdout.split()
