"""``python -m journeyman.server RUN``: the service alone, as a container starts it.

It says what ``journeyman serve`` says, as one JSON document a line, and needs nothing but what serving needs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from journeyman.errors import InternalError, JourneymanError, from_system

#: Where the token is looked for; a command line would show it to everybody on the machine.
TOKEN_VARIABLE = "JOURNEYMAN_TOKEN"  # noqa: S105 - the name of a variable, no secret


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; gives the exit code, which is that of ``journeyman serve``."""
    parser = argparse.ArgumentParser(prog="python -m journeyman.server", description="Serve a model over HTTP.")
    parser.add_argument("run", metavar="RUN", help="a run directory, or a bundle")
    parser.add_argument("--host", default="127.0.0.1", help=f"where to listen; any but loopback wants {TOKEN_VARIABLE}")
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free one")
    parser.add_argument(
        "--require-signature", metavar="KEY", help="the file of a public key: serve only what it signed"
    )
    given = parser.parse_args(arguments)
    try:
        return _serve(given.run, given.host, given.port, given.require_signature)
    except JourneymanError as error:
        failed = error
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        failed = from_system(error, f"serving {given.run}")
    except Exception as error:  # noqa: BLE001 - the border: whatever else went wrong is our fault, and is told so
        failed = InternalError("something went wrong inside journeyman", because=f"{type(error).__name__}: {error}")
    _tell(sys.stderr, status="failed", **failed.as_data())
    return failed.exit_code


def _serve(run: str, host: str, port: int, key: str | None) -> int:
    from journeyman.server.serve import Serving, serve

    token = os.environ.get(TOKEN_VARIABLE, "")

    def ready(serving: Serving) -> None:
        # A token that was made up is told, as nobody could ask without.
        made = {"token": serving.token} if serving.token and not token else {}
        _tell(sys.stdout, status="serving", run=run, url=serving.url, **made, **serving.facts)

    done = serve(
        run,
        host=host,
        port=port,
        token=token,
        require_signature=key,
        on_ready=ready,
        tell=lambda stage, fact: _tell(sys.stdout, status=stage, says=fact),
    )
    _tell(sys.stdout, status="ended", requests=done.requests, rows=done.rows)
    return 130 if done.was_pressed else 0


def _tell(stream: TextIO, **facts: Any) -> None:
    """One line; what the facts hold cannot steer a terminal, as JSON in ASCII has no such characters."""
    stream.write(json.dumps(facts, ensure_ascii=True) + "\n")
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())
