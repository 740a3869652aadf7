"""The positioning server's own interface, asked for what the push lost."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from flask_babel import lazy_gettext as _l

from ...core.clock import SITE_ZONE
from ...core.errors import Rejected
from .shapes import Reported, reported

PATIENCE = 30
MOST_BYTES = 64_000_000


class NoRedirect(HTTPRedirectHandler):
    """A token goes to the server that it was given for, and nowhere that this one points to."""

    def redirect_request(self, *_args: Any) -> None:
        return None


@dataclass(frozen=True)
class Traccar:
    """`address`: the server's base (http or https), `token`: a bearer token that it gave out, None: unreadable."""

    address: str
    token: str | None

    def devices(self) -> dict[int, str]:
        """The server's key of each device → its uniqueId."""
        found = ((each.get("id"), each.get("uniqueId")) for each in self._ask("devices"))
        return {key: device for key, device in found if isinstance(key, int) and isinstance(device, str)}

    def positions(self, key: int, device: str, since: datetime, until: datetime, now: datetime) -> Iterator[Reported]:
        """What the server kept of a device between two moments of our wall clock; what cannot be read is left out."""
        moments = {"from": _utc(since), "to": _utc(until)}
        for each in self._ask("positions", deviceId=str(key), **moments):
            try:
                yield reported(each, device, now)
            except Rejected:
                continue

    def _ask(self, what: str, **query: str) -> list[dict[str, Any]]:
        address = f"{self.address.rstrip('/')}/api/{what}" + (f"?{urlencode(query)}" if query else "")
        if urlsplit(address).scheme not in ("http", "https"):
            raise Rejected(_l("TRACCAR_URL begins with http:// or https://."))
        asked = Request(address, headers={"Authorization": f"Bearer {self.token}", "Accept": "application/json"})
        try:
            with build_opener(NoRedirect).open(asked, timeout=PATIENCE) as answer:
                found = json.loads(answer.read(MOST_BYTES))
        except (URLError, OSError, HTTPException, ValueError, RecursionError) as error:
            raise Rejected(_l("The positioning server gives no answer: %(error)s", error=error)) from error
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise Rejected(_l("The positioning server gives no answer: %(error)s", error="[]?"))
        return found


def from_environment() -> Traccar | None:
    """TRACCAR_URL and TRACCAR_TOKEN; None where no server is named."""
    address = os.environ.get("TRACCAR_URL", "")
    return Traccar(address, os.environ.get("TRACCAR_TOKEN", "")) if address else None


def _utc(moment: datetime) -> str:
    return moment.replace(tzinfo=SITE_ZONE).isoformat()
