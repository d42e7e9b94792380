"""A PostgreSQL server of our own, for tests that need a real one."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

#: Who runs the server: it refuses to run as root.
_ACCOUNTS = ("postgres", "nobody")
#: Takes everything away that a test made, in any schema.
_CLEAR = """DO $$ DECLARE s record; BEGIN FOR s IN
SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg%' AND nspname <> 'information_schema'
LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s.nspname); END LOOP; END $$;
CREATE SCHEMA public"""
USER, PASSWORD = "ada", "s3cret:@/?#%&p"


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name, reverse=True)
    found = shutil.which("initdb")
    folders += [Path(found).resolve().parent] if found else []
    return next((one for one in folders if (one / "initdb").is_file() and (one / "pg_ctl").is_file()), None)


def _as_nobody() -> list[str]:
    """How to run a program as somebody who is not root."""
    if os.getuid() != 0:
        return []
    for name in _ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    pytest.skip("a PostgreSQL server cannot run as root, and there is nobody else to run it")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a server on the loopback, without a user; it ends with the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    someone = _as_nobody()
    if someone and shutil.which("setpriv") is None:
        pytest.skip("a PostgreSQL server cannot run as root, and setpriv is not installed")
    folder = Path(tempfile.mkdtemp(prefix="journeyman-postgresql-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if someone:
        owner = pwd.getpwuid(int(someone[1].partition("=")[2]))
        for one in (folder, secret):
            os.chown(one, owner.pw_uid, owner.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    create = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={secret}", "--no-sync", "--encoding=UTF8"]
    settings = f"-c listen_addresses=127.0.0.1 -p {port} -k '' -c fsync=off -c shared_buffers=16MB"
    quiet: dict[str, Any] = {"check": True, "capture_output": True, "cwd": "/", "timeout": 60}
    try:
        subprocess.run([*someone, programs / "initdb", "-D", data, *create, "--locale=C"], **quiet)
        control = [*someone, programs / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-o", settings, "-l", folder / "log", "start"], **{**quiet, "capture_output": False})
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"a PostgreSQL server did not start: {(error.stderr or b'').decode()[-200:]}")
    try:
        yield f"127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(postgresql_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty database: its address without the password, and a function that runs SQL as its owner."""
    manager = pytest.importorskip("adbc_driver_manager")
    driver = pytest.importorskip("adbc_driver_postgresql")
    pytest.importorskip("nanoarrow")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    place = f"{postgresql_server}/postgres"
    handle = driver.connect(f"postgresql://{USER}:{quote(PASSWORD, safe='')}@{place}")
    connection = manager.AdbcConnection(handle)

    def run(script: str) -> None:
        for one in script.split(";\n"):
            statement = manager.AdbcStatement(connection)
            try:
                statement.set_sql_query(one)
                statement.execute_update()
            finally:
                statement.close()

    yield f"postgresql://{USER}@{place}", run
    run(_CLEAR)
    connection.close()
    handle.close()
