"""The options that name what is read stand on every command that reads a source, and mean the same everywhere."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
import pytest
from click.testing import CliRunner

from journeyman.cli.naming import NAMING

COMMANDS = ("build", "audit", "explore", "automate", "predict", "monitor", "retrain", "verify", "selftest")
OPTIONS = {"--table", "--sheet", "--query", "--join", "--allow-addresses", "--allow-private-addresses"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_reads_has_them(name: str) -> None:
    command = import_module(f"journeyman.cli.commands.{name}").command
    offered = {option for one in command.params for option in one.opts if not getattr(one, "hidden", False)}
    assert offered >= OPTIONS


def test_only_what_was_given_is_passed_on() -> None:
    seen: list[Any] = []

    @click.command()
    @NAMING
    def command(named: Any) -> int:
        seen.append(named)
        return 0

    for arguments in (
        [],
        ["--sheet", "A"],
        ["--join", "a:k", "--join", "b:k", "--allow-addresses"],
        ["--query", "SELECT 1"],
    ):
        assert CliRunner().invoke(command, arguments).exit_code == 0
    assert seen == [
        {},
        {"table": "A"},
        {"join": ("a:k", "b:k"), "allow_addresses": True},
        {"query": "SELECT 1"},
    ]
