"""The first administrator is made by a command: there is no default account and no default password."""

import click
from flask.cli import with_appcontext

from ..core.access import system
from ..core.db import transaction
from ..core.errors import Rejected
from . import service
from .roles import Role


@click.command("add-administrator")
@click.argument("username")
@click.option("--name", prompt=True, help="The name shown on pages.")
@click.password_option()
@with_appcontext
def add_administrator(username: str, name: str, password: str) -> None:
    """Make an administrator who can then add everybody else."""
    try:
        with transaction():
            service.add_user(username, name, password, [Role.ADMINISTRATOR], by=system("command line"))
    except Rejected as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{username} can sign in now.")
