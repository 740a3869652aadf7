"""The token of the positioning server is locked under the secret key: a copy of the database opens nothing."""

import sqlalchemy as sa
from alembic import op

from ops.core import lockbox

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

SERVERS = sa.table("positioning_server", sa.column("id", sa.Integer), sa.column("token_secret", sa.String))


def upgrade() -> None:
    """SQLite wipes where the plain token stood; PostgreSQL does at its next VACUUM."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("PRAGMA secure_delete = ON"))
    for key, token in connection.execute(_with_token()).all():
        _keep(key, lockbox.lock(token))


def downgrade() -> None:
    """What was locked under another secret key cannot be said again: it is entered anew."""
    for key, locked in op.get_bind().execute(_with_token()).all():
        _keep(key, lockbox.unlock(locked) or "")


def _with_token() -> sa.Select[tuple[int, str]]:
    return sa.select(SERVERS.c.id, SERVERS.c.token_secret).where(SERVERS.c.token_secret != "")


def _keep(key: int, token: str) -> None:
    op.execute(SERVERS.update().where(SERVERS.c.id == key).values(token_secret=token))
