"""The option by which only a signed bundle is taken: the same on every command that loads one."""

from __future__ import annotations

import click

REQUIRE_SIGNATURE = click.option(
    "--require-signature",
    metavar="PUBLIC_KEY",
    help="Take only a bundle that the holder of this key signed: a file as OpenSSL or OpenSSH writes it.",
)
