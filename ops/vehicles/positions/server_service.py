"""The positioning server: where it is, and asking it for what the push lost."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core import audit, clock, lockbox
from ...core.access import Actor, system
from ...core.db import db, transaction
from ...core.errors import Rejected
from . import judge_service, queries, rules, service
from .models import PositioningServer
from .traccar import Traccar, from_environment


def set_server(address: str, token: str, by: Actor) -> PositioningServer:
    """From now on this server is asked; an empty address: the one of the environment, if there is one.

    An empty token keeps the one that is kept, as long as it stays the same server. It is never shown again.
    """
    before, address, token = queries.server_set(), address.strip().rstrip("/"), (token or "").strip()
    rules.check_address(address)
    kept = before.token_secret if before and before.address == address else ""
    rules.check_token(address, token, bool(kept) and lockbox.unlock(kept) is not None)
    row = PositioningServer(address=address, token_secret=lockbox.lock(token) if token else kept)
    row.set_at, row.set_by = clock.now(), by.name
    db.session.add(row)
    audit.record("vehicles.positioning_server.set", row, by, token="changed" if token else "kept")
    return row


def server() -> Traccar | None:
    """The one that the administrator entered, or else that of the environment."""
    row = queries.server_set()
    return Traccar(row.address, lockbox.unlock(row.token_secret)) if row and row.address else from_environment()


def fetch(asked: Traccar | None, day: date) -> list[Any]:
    """Ask the server for a day. It takes long: no transaction may be open."""
    if asked is None:
        raise Rejected(_l("No positioning server is named. The administrator enters it."))
    if asked.token is None:
        raise Rejected(_l("The token was kept under another secret key. The administrator enters it anew."))
    now, since = clock.now(), datetime.combine(day, time())
    if since > now:
        raise Rejected(_l("That day is still to come."), "day")
    until = min(now, since + timedelta(days=1))
    return [each for key, device in asked.devices().items()
            for each in asked.positions(key, device, since, until, now)]  # fmt: skip


def keep(found: list[Any], day: date, by: Actor) -> dict[str, Any]:
    """Keep what is new of the answer."""
    counts = service.take(found, "poll", by)
    audit.record("vehicles.positions.filled", "position", by, day=day, **counts)
    return counts


def fill(asked: Traccar, day: date, by: Actor) -> dict[str, Any]:
    """What the push lost on a day. The server is asked before the transaction opens."""
    found = fetch(asked, day)
    with transaction():
        return keep(found, day, by)


def fill_and_judge(day: date) -> None:
    """The night's work for a day: what the push lost, then what the day tells."""
    by = system("vehicles.positions")
    try:
        if asked := server():
            fill(asked, day, by)
    finally:  # a server that gives no answer does not keep what came in from being judged
        judge_service.judge_whole(day, by)
