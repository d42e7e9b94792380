"""The option stands on every command that loads a bundle, under one name and with one meaning."""

from __future__ import annotations

import click
import pytest

from journeyman.cli.main import program


@pytest.mark.parametrize("name", ["predict", "serve", "verify", "monitor", "export"])
def test_every_command_that_loads_a_bundle_can_require_a_signature(name: str) -> None:
    context = click.Context(program)
    command = program.get_command(context, name)
    assert command is not None
    options = [one for one in command.get_params(context) if "--require-signature" in one.opts]
    assert [one.name for one in options] == ["require_signature"]
    assert not options[0].required


@pytest.mark.parametrize("name", ["build", "retrain"])
def test_what_builds_can_sign(name: str) -> None:
    context = click.Context(program)
    command = program.get_command(context, name)
    assert command is not None
    assert [one.name for one in command.get_params(context) if "--sign" in one.opts] == ["sign"]
