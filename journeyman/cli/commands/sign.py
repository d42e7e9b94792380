"""``journeyman sign RUN --key KEY``: vouch for the bundle of a run."""

from __future__ import annotations

import click

from journeyman.cli.called import how_called
from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.errors import BriefError


@click.command()
@click.argument("run", metavar="RUN")
@click.option("--key", metavar="KEY", help="The file of a private key of Ed25519, without a passphrase.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says which key signed.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(run: str, key: str | None, as_json: bool, quiet: bool) -> int:
    """Sign the bundle of a run.

    RUN is a run directory, or the bundle in it. The bundle is checked first. Who then adds --require-signature with the
    public key gets this very bundle, or none.

    \b
    openssl genpkey -algorithm ed25519 -out bundle.key
    openssl pkey -in bundle.key -pubout -out bundle.pub
    journeyman sign runs/churn-1 --key bundle.key
    journeyman predict runs/churn-1 new.csv --require-signature bundle.pub
    """
    from journeyman.deployment.sign import sign

    if key is None:
        raise BriefError(
            "it is not said by which key the bundle is signed",
            remedy="add --key; make one with: openssl genpkey -algorithm ed25519 -out bundle.key",
        )
    signature = sign(run, key)
    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("sign", f"{run}: signed by {signature.key}", True)
    progress.add("next", f"{how_called()} predict {run} NEW.csv --require-signature PUBLIC_KEY")
    if as_json:
        print_document(
            {"format": 1, "status": "done", "run": run, "key": signature.key, "manifest": signature.manifest}
        )
    return 0
