"""`flask report`: the forms of the year as files, and its narrative."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from . import queries
from .evaluation.evaluation import evaluate
from .evaluation.excel import excel
from .evaluation.form import file_name, total_text
from .evaluation.word import word
from .narrative.telling import as_json, as_text, narrative
from .narrative.word import as_word

report_cli = AppGroup("report", help="The forms and the narrative of a year.")


@report_cli.command("evaluation")
@click.option("--year", type=int, required=True)
@click.option("--programme", "code", help="The project code; all programmes of the year by default.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to.")
@with_appcontext
def evaluation(year: int, code: str | None, out: Path) -> None:
    """Write the self-evaluation forms of a year as Word and Excel."""
    found = [each for each in queries.programmes(year) if code in (None, each.code)]
    if not found:
        raise click.ClickException(f"no programme {code or ''} in {year}; see flask targets import")
    out.mkdir(parents=True, exist_ok=True)
    for programme in found:
        made = evaluate(programme)
        (out / file_name(made, "docx")).write_bytes(word(made))
        (out / file_name(made, "xlsx")).write_bytes(excel(made))
        click.echo(f"{programme.code} {programme.name}: {made.total.points} {total_text(made)}")


@report_cli.command("narrative")
@click.option("--year", type=int, required=True)
@click.option("--json", "structured", is_flag=True, help="Each figure with its name, exact value and origin.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write a Word file instead.")
@with_appcontext
def tell(year: int, structured: bool, out: Path | None) -> None:
    """Tell the year, every figure counted from its records."""
    with current_app.test_request_context():
        told = narrative(year)
        if out:
            out.write_bytes(as_word(told))
        elif structured:
            click.echo(json.dumps(as_json(told), ensure_ascii=False, indent=1))
        else:
            click.echo(as_text(told))
    for cited in told.missing:
        click.echo(f"{cited.name}: {cited.label}: no data", err=True)
