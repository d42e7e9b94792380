"""``journeyman export RUN --to KIND``: the bundle in another shape."""

from __future__ import annotations

from pathlib import Path

import click

from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.cli.signing import REQUIRE_SIGNATURE
from journeyman.errors import BriefError


class Export(click.Command):
    """The command with the options of every kind of export, gathered from the shelf when they are asked for."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options that every export has, then those of the kinds."""
        return [*_gathered(), *super().get_params(ctx)]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, then the kinds, a line each."""
        from journeyman.deployment.exporting import kinds

        super().format_help_text(ctx, formatter)
        with formatter.section("Kinds"):
            formatter.write_dl([(name, kind.SAYS) for name, kind in kinds().items()])


@click.command(cls=Export)
@click.argument("run", metavar="RUN")
@click.option("--to", metavar="KIND", help="Which shape: one of the kinds.")
@click.option("-o", "--out", metavar="DIR", help="The folder to write. [default: <run>-<kind> here]")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what was written.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@REQUIRE_SIGNATURE
def command(
    run: str,
    to: str | None,
    out: str | None,
    as_json: bool,
    quiet: bool,
    require_signature: str | None,
    **options: str | None,
) -> int:
    """Write the model of a run in another shape.

    RUN is a run directory, or the bundle in it. An export that was written before is replaced; anything else is left
    alone.

    \b
    journeyman export runs/churn-1 --to docker
    """
    from journeyman.deployment.exporting import kinds

    if to is None:
        names = ", ".join(kinds())
        raise BriefError("it is not said to what the model is exported", remedy=f"add --to with one of: {names}")
    from journeyman.deployment.export import export
    from journeyman.store.champion import champion_of

    progress = progress_for(as_json=as_json, quiet=quiet)
    champion = champion_of(Path(run))
    if champion.sentence:
        progress("export", champion.sentence, True)
    progress("export", f"{run} to {to}", False)
    given = {name.replace("_", "-"): value for name, value in options.items() if value is not None}
    try:
        done = export(run, to, out or _default(Path(run), to), given, require_signature=require_signature)
    finally:
        progress.close()
    progress("export", f"{done.folder}: {len(done.files)} files", True)
    for place, line in enumerate(done.says):
        progress.add("" if place else "next", line)
    if as_json:
        print_document(
            {
                "format": 1,
                "status": "done",
                "run": run,
                "kind": done.kind,
                "folder": str(done.folder),
                "files": done.files,
                "next": done.says,
            }
        )
    return 0


def _default(run: Path, to: str) -> Path:
    """A folder here, named by the run; a bundle is named by the run that it lies in."""
    folder = run.resolve()
    name = folder.parent.name if folder.name == "bundle" else folder.name
    return Path(f"{name or 'model'}-{to}")


def _gathered() -> list[click.Parameter]:
    """An option of click for each that a kind declares; kinds may share a name, and then its choices."""
    from journeyman.deployment.exporting import kinds

    found: dict[str, list[tuple[str, str]]] = {}
    for kind, module in kinds().items():
        for one in module.OPTIONS:
            choices = f" {', '.join(one.choices)}." if one.choices else ""
            default = f" [default: {one.default}]" if one.default else ""
            found.setdefault(one.name, []).append((kind, f"{one.says}{choices}{default}"))
    return [
        click.Option([f"--{name}"], metavar="TEXT", help=" ".join(f"{kind}: {says}" for kind, says in told))
        for name, told in sorted(found.items())
    ]
