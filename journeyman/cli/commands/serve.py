"""``journeyman serve RUN``: the service and the prototype page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.cli.signing import REQUIRE_SIGNATURE

if TYPE_CHECKING:
    from journeyman.cli.progress import Progress
    from journeyman.server.serve import Serving

#: Where a token is looked for that should not stand in a command line.
TOKEN_VARIABLE = "JOURNEYMAN_TOKEN"  # noqa: S105 - the name of a variable, no secret


@click.command()
@click.argument("run", metavar="RUN")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen. Any but this machine alone needs a token."
)
@click.option(
    "--token",
    envvar=TOKEN_VARIABLE,
    default="",
    metavar="TEXT",
    help=f"What requests must bring. [default: {TOKEN_VARIABLE}; made up where one is needed]",
)
@click.option("--json", "as_json", is_flag=True, help="When it answers, print only a JSON document that says where.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors, and a token that was made up.")
@REQUIRE_SIGNATURE
def command(
    run: str, port: int, host: str, token: str, as_json: bool, quiet: bool, require_signature: str | None
) -> int:
    """Serve a model over HTTP, with a page to try it.

    POST /predict answers rows; / is the prototype page; /schema, /openapi.json, /metrics, /health and /ready say the
    rest. Another model that is promoted in RUN takes over without a break. Ctrl-C ends it.

    \b
    journeyman serve runs/churn-1 --port 8000
    """
    from journeyman.server.serve import serve

    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("serve", run, False)

    def ready(serving: Serving) -> None:
        _print_ready(progress, serving, is_new_token=bool(serving.token) and not token)
        if quiet and serving.token and not token:
            click.echo(f"token: {serving.token}", err=True)
        if as_json:
            told = {"token": serving.token} if serving.token else {}
            print_document({"format": 1, "status": "serving", "run": run, "url": serving.url, **told, **serving.facts})

    try:
        done = serve(
            run,
            host=host,
            port=port,
            token=token,
            require_signature=require_signature,
            on_ready=ready,
            tell=lambda stage, fact: progress(stage, fact, True),
        )
    finally:
        progress.close()
    progress("serve", f"ended: {done.requests:,} requests, {done.rows:,} rows", True)
    return 130 if done.was_pressed else 0


def _print_ready(progress: Progress, serving: Serving, *, is_new_token: bool) -> None:
    facts = serving.facts
    progress(
        "serve", f"{facts['target']} from {facts['columns']} columns, model {facts['model']} of {facts['name']}", True
    )
    if facts["standing"]:
        progress.add("", facts["standing"])
    bearer = ""
    if serving.token:
        bearer = (
            f" -H 'Authorization: Bearer {serving.token}'"
            if is_new_token
            else (f' -H "Authorization: Bearer ${TOKEN_VARIABLE}"')
        )
    # What stands behind # is never sent: the page reads the token there.
    page = f"{serving.url}#token={serving.token}" if is_new_token else serving.url
    progress.add("page", page)
    if is_new_token:
        progress.add("token", f"{serving.token} (made for this server; requests must bring it)")
    sends = f"curl -s {serving.url}predict -H 'Content-Type: application/json'{bearer} -d @-"
    progress.add("ask", f"curl -s {serving.url}example{bearer} | {sends}")
    progress.add("describe", f"{serving.url}schema · {serving.url}openapi.json · {serving.url}metrics")
    progress.add("end", "Ctrl-C")
