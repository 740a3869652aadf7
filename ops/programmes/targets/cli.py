"""`flask targets`: read a document of target tables, and store it."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext
from flask_babel import gettext

from ...core.access import system
from ...core.db import transaction
from ...core.errors import Rejected
from . import importing, presenting
from .published import as_json
from .stored import Difference

targets_cli = AppGroup("targets", help="The published target tables.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@targets_cli.command("parse")
@click.argument("file", type=FILE)
@click.option("--json", "wants_json", is_flag=True, help="Print the reading as JSON.")
@with_appcontext
def parse(file: Path, wants_json: bool) -> None:
    """Print how every cell of FILE is read, with the remarks; nothing is stored."""
    document = _read(file)
    if wants_json:
        made = as_json(document.tables, gettext, source=file.name)
        click.echo(json.dumps(made, ensure_ascii=False, indent=1))
        return
    for read in presenting.tables(document):
        for line in _lines(read):
            click.echo(line)


@targets_cli.command("import")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Let FILE replace what is stored where they differ.")
@with_appcontext
def import_file(file: Path, replace: bool) -> None:
    """Store the target tables of FILE. The same file again changes nothing."""
    document = _read(file)
    for difference in document.differences:
        click.echo(_difference(difference))
    try:
        with transaction():
            made = importing.store(file.read_bytes(), file.name, system("targets import"), replace)
    except Rejected as refusal:
        raise click.ClickException(f"{refusal.message} (--replace)") from None
    click.echo(gettext("Stored: %(added)s new, %(replaced)s replaced, %(unchanged)s unchanged.", **vars(made)))


def _read(file: Path) -> importing.Document:
    try:
        return importing.read(file.read_bytes())
    except Rejected as refusal:
        raise click.ClickException(f"{file.name}: {refusal.message}") from None


def _lines(read: presenting.ReadTable) -> list[str]:
    table = read.table
    plan = " ".join(f"{point.label} {point.cumulative_pct_text}" for point in table.funding_plan)
    head = (
        f"{table.seq}. {table.project_name} {table.project_code} {table.budget.total_text} {table.amount_unit}  {plan}"
    )
    lines = ["", head, *(f"   ! {remark}" for remark in read.remarks)]
    for each in read.rows:
        lines.append(f"   {each.row.row}  {each.row.level3} | {each.row.value_text} | {each.read}")
        lines += [f"      ! {remark}" for remark in each.remarks]
    return lines


def _difference(each: Difference) -> str:
    return f"{each.programme} {each.row or ''} {each.field}: {each.stored} → {each.given}"
