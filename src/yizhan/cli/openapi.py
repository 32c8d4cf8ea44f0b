"""yizhan openapi: the platform's API as an OpenAPI 3.1 document."""

from pathlib import Path

import click

from yizhan.api.openapi import document
from yizhan.cli.api import show
from yizhan.cli.text import option, verb


@verb("openapi")
@option("--out", phrase="call_out", type=click.Path(path_type=Path, dir_okay=False))
@option("--retired/--no-retired", phrase="retired", default=True)
def command(out: Path | None, retired: bool) -> None:
    made = document(retired=retired)
    if out is None:
        show(made)
        return
    import json

    out.write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", "utf-8")
    click.echo(str(out))
