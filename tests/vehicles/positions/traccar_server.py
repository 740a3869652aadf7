"""A server of Traccar's shape on loopback, and a day that a device recorded."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import cos, radians
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ops.core.clock import SITE_ZONE

DEVICE = {"id": 7, "name": "car", "uniqueId": "869900001", "status": "online", "attributes": {}}
TOKEN = "given-by-the-server"
HOME = (39.27, 118.46)
Position = dict[str, Any]


def recorded_day(begins: datetime, minutes: int, km_north: float, leaves: int = 10) -> list[Position]:
    """One fix a minute: parked, out to the north and back again, parked. `leaves`: minutes before it goes."""
    away, total = (minutes - 2 * leaves) // 2, 0.0
    made = []
    for minute in range(minutes):
        gone = min(max(minute - leaves, 0), away) - min(max(minute - leaves - away, 0), away)
        north = km_north * gone / away
        moving = leaves < minute <= leaves + 2 * away
        total += km_north / away * 1000 if moving else 0
        made.append(fix(begins + timedelta(minutes=minute), north, knots=20.5 if moving else 0, total=total))
    return [{**each, "id": number} for number, each in enumerate(made, start=1)]


def fix(at: datetime, north_km: float = 0, east_km: float = 0, knots: float = 0, total: float = 0) -> Position:
    moment = at.replace(tzinfo=SITE_ZONE).astimezone(UTC).isoformat(timespec="milliseconds")
    return {
        "deviceId": DEVICE["id"], "protocol": "jt808", "serverTime": moment, "deviceTime": moment, "fixTime": moment,
        "valid": True, "latitude": HOME[0] + north_km / 111.19,
        "longitude": HOME[1] + east_km / 111.19 / cos(radians(HOME[0])), "altitude": 3.0, "speed": knots,
        "course": 0.0, "address": None, "accuracy": 0.0, "network": None,
        "attributes": {"totalDistance": total, "distance": 0.0, "motion": knots > 0},
    }  # fmt: skip


def forwarded(position: Position, **device: Any) -> dict[str, Any]:
    """As Traccar forwards it with forward.type json."""
    return {"position": position, "device": {**DEVICE, **device}}


@contextmanager
def serving(recorded: list[Position]) -> Iterator[str]:
    """The server's address, while it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self.send_error(401)
                return
            self._say([DEVICE] if asked.path == "/api/devices" else _between(recorded, parse_qs(asked.query)))

        def _say(self, found: object) -> None:
            content = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _between(recorded: list[Position], query: dict[str, list[str]]) -> list[Position]:
    since, until = (datetime.fromisoformat(query[name][0]) for name in ("from", "to"))
    mine = [each for each in recorded if str(each["deviceId"]) == query["deviceId"][0]]
    return [each for each in mine if since <= datetime.fromisoformat(each["fixTime"]) <= until]
