"""The program: finds the command, and turns every error into three lines and an exit code.

0 done · 2 the input or the request · 3 the surroundings · 4 a gate says no · 70 our own fault · 130, 143 interrupted.
"""

from __future__ import annotations

import difflib
import os
import pkgutil
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType

import click

import journeyman
from journeyman.cli import commands
from journeyman.cli.called import how_called
from journeyman.cli.printing import one_line, print_error
from journeyman.errors import BriefError, InternalError, JourneymanError, ResourceError, from_system, nearest
from journeyman.learners.library import Process


class Commands(click.Group):
    """The commands, found by walking the folder ``commands`` and loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command there is."""
        return sorted(one.name for one in pkgutil.iter_modules(commands.__path__) if one.name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; an error with near names when there is none."""
        if cmd_name not in self.list_commands(ctx):
            raise BriefError(
                f"there is no command {cmd_name!r}",
                remedy=nearest(cmd_name, self.list_commands(ctx)),
            )
        found = import_module(f"{commands.__name__}.{cmd_name}").command
        return found if isinstance(found, click.Command) else None


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(journeyman.__version__, prog_name="journeyman")
@click.pass_context
def program(context: click.Context) -> None:
    """The machine learning engineer you can install.

    Give it a table, what to predict and what a decision is worth. It audits the data, builds a model, says with an
    honest interval how good it is, and whether to deploy it.

    Start with: journeyman demo
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; never a traceback, never 1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Called with arguments, it is somebody else's process.
    Process.is_ours = arguments is None
    as_json = "--json" in given
    asked_to_end = False

    def terminate(number: int, frame: FrameType | None) -> None:
        nonlocal asked_to_end
        asked_to_end = True
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, terminate)
    try:
        answer = program.main(args=given, prog_name=how_called(), standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        answer = 130
    except BrokenPipeError:
        return _unheard()
    except SystemExit as leaving:
        # Click leaves with 1 where nobody reads on, and only there.
        return _unheard() if leaving.code == 1 else int(leaving.code or 0)
    except click.ClickException as error:
        return _fail(_as_ours(error), as_json)
    except JourneymanError as error:
        return _fail(error, as_json)
    except MemoryError:
        return _fail(
            ResourceError("memory is used up", remedy="give fewer rows, or a machine with more memory"), as_json
        )
    except OSError as error:
        return _fail(from_system(error, f"reading or writing {error.filename or 'a file'}"), as_json)
    except Exception as error:  # noqa: BLE001 - the border: whatever else went wrong is our fault, and is told so
        answer = getattr(error, "exit_code", None)
        if answer not in (130, 143):
            return _fail(_fault(error), as_json)
        # A job that was asked to end, and had nothing yet to keep.
        click.echo("interrupted", err=True)
    except _panics() as error:
        return _fail(_fault(error), as_json)
    code = answer if isinstance(answer, int) else 0
    return 143 if code == 130 and asked_to_end else code


def _panics() -> tuple[type[BaseException], ...]:
    """What polars raises where its own code fails: no `Exception`, and known only where it is loaded."""
    polars = sys.modules.get("polars.exceptions")
    return () if polars is None else (polars.PanicException,)


def _unheard() -> int:
    """Nobody reads on. The work is done and saved; keep the interpreter from complaining at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def _fail(error: JourneymanError, as_json: bool) -> int:
    if isinstance(error, InternalError) and "report" not in error.remedy:
        error = _fault(error)
    print_error(error, as_json=as_json)
    return error.exit_code


def _as_ours(error: click.ClickException) -> JourneymanError:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else how_called()
    if isinstance(error, click.NoSuchOption):
        near = _near_options(error)
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        told = f"{path} --help lists them" if near else f"{path} --help"
        return BriefError(f"there is no option {error.option_name}", remedy=f"{meant}{told}")
    return BriefError(error.format_message(), remedy=f"{path} --help")


def _near_options(error: click.NoSuchOption) -> list[str]:
    """Options of nearly that name, the nearest first, of those that the help lists."""
    parameters = error.ctx.command.get_params(error.ctx) if error.ctx is not None else []
    names = [
        name
        for one in parameters
        if isinstance(one, click.Option) and not one.hidden
        for name in one.opts
        if name.startswith("--")
    ]
    return difflib.get_close_matches(error.option_name, names, n=2, cutoff=0.7)


def _fault(error: BaseException) -> InternalError:
    """Write down what happened, for whoever mends it, and say where."""
    import platform
    import traceback

    handle, name = tempfile.mkstemp(prefix="journeyman-fault-", suffix=".txt")
    lines = [
        f"journeyman {journeyman.__version__}, Python {platform.python_version()}, {platform.platform()}",
        "",
        *traceback.format_exception(error),
    ]
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n".join(lines))
    happened = error.happened if isinstance(error, JourneymanError) else "something went wrong inside journeyman"
    because = (
        error.because if isinstance(error, JourneymanError) else one_line(f"{type(error).__name__}: {error}")[:300]
    )
    return InternalError(
        happened, because=because, remedy=f"run it again; if it happens again, send us the report {Path(name)}"
    )


if __name__ == "__main__":
    sys.exit(main())
