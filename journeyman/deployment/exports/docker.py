"""A folder to build a serving image from: the model, the part of this package that serves it, and a Dockerfile.

The image is a slim Python with five libraries in pinned versions; none is for training. The service runs as a user
without a name and writes nothing, so that its file system may be read-only. It listens to the container's network, and
so wants a token, as `journeyman serve` does. Nothing from the data stands in the Dockerfile.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.deployment.exporting import Option, copy_bundle
from journeyman.errors import BriefError

if TYPE_CHECKING:
    from journeyman.bundle.model import Model

SAYS = "A folder to build a small serving image from: non-root, read-only, with a health check."
OPTIONS = (
    Option("base", f"python:{sys.version_info[0]}.{sys.version_info[1]}-slim", (), "The image to build on."),
    Option("port", "8000", (), "Where the service listens inside the container."),
)

#: A name of an image with its registry, tag and digest: no space, no line's end, nothing that a Dockerfile would obey.
_IMAGE = re.compile(r"[a-z0-9][a-z0-9._/:-]{0,200}(@sha256:[0-9a-f]{64})?", re.IGNORECASE)
#: A user that no image gives a name to.
_USER = "10001:10001"
_DOCKERFILE = """\
# Serves one model over HTTP. It holds what serving needs, and no library for training.
FROM {base}
LABEL org.opencontainers.image.title="journeyman model {version}"
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/service/code ORT_DISABLE_TELEMETRY=1
WORKDIR /service
COPY requirements.txt ./
# These are all: what they name as needed beside (protobuf, flatbuffers, packaging) serving never imports.
RUN python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --only-binary=:all: -r requirements.txt
COPY code code
COPY runs runs
# Compiled here, as nothing can be written later; for every user to read and for none to change.
RUN python -m compileall -q code && chmod -R a+rX,a-w code runs
USER {user}
EXPOSE {port}
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD {health}
STOPSIGNAL SIGTERM
# It listens to the container's network and so wants a token: JOURNEYMAN_TOKEN, or one that it makes and prints.
ENTRYPOINT {start}
"""
_IGNORED = "*\n!code\n!runs\n!requirements.txt\n**/__pycache__\n**/.DS_Store\n"


def write(bundle: Path, model: Model, folder: Path, options: Mapping[str, str]) -> tuple[str, ...]:
    """Write the folder.

    Raises
    ------
    BriefError : the base is no name of an image, or the port none that a user may open
    ResourceError : the disk says no
    """
    from journeyman.bundle.contents import BUNDLE
    from journeyman.deployment.serving_code import SERVER_LIBRARIES, SERVER_ROOTS, copy_code, pinned
    from journeyman.store.digest import digest_bytes
    from journeyman.store.files import write_whole
    from journeyman.store.run_folder import safe_name

    base, port = options["base"], _port(options["port"])
    if not _IMAGE.fullmatch(base):
        raise BriefError(f"{base[:80]!r} is no name of an image", remedy="name one as --base python:3.12-slim")
    full = bundle.resolve()
    name = safe_name(full.parent.name if full.name == BUNDLE else full.name)
    copy_bundle(bundle, model, folder / "runs" / name / BUNDLE)
    copy_code(folder / "code", SERVER_ROOTS)
    write_whole(folder / "requirements.txt", pinned(SERVER_LIBRARIES))
    asks = f"import urllib.request as r; r.urlopen('http://127.0.0.1:{port}/health', timeout=4)"
    start = ["python", "-m", "journeyman.server", f"/service/runs/{name}", "--host", "0.0.0.0", "--port", str(port)]  # noqa: S104 - inside a container; what may reach it is said there
    said = _DOCKERFILE.format(
        base=base,
        version=digest_bytes(model.manifest.content())[:12],
        user=_USER,
        port=port,
        health=json.dumps(["python", "-c", asks]),
        start=json.dumps(start),
    )
    write_whole(folder / "Dockerfile", said)
    write_whole(folder / ".dockerignore", _IGNORED)
    tag = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "model"
    bare = "--read-only --cap-drop ALL --security-opt no-new-privileges"
    return (
        f"docker build -t {tag} {shlex.quote(str(folder))}",
        f"docker run --rm {bare} -e JOURNEYMAN_TOKEN -p {port}:{port} {tag}",
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1024 <= int(text) <= 65535):
        raise BriefError(
            f"--port {text[:20]!r} is none", because="it is a number from 1024 to 65535", remedy="leave --port out"
        )
    return int(text)
