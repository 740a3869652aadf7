"""The forwarding of a Traccar server (`forward.type` json), as its source does it, over real HTTP.

One POST for each position, {"position": …, "device": …}, with the lines of `forward.header`; several at once, for the
client does not wait. A position is forwarded before it is stored: its id is 0 in every one of them. Any 2xx is an
answer. Without one the very same body is sent again (`forward.retry.enable`): after 100 ms, then twice as long each
time, `forward.retry.count` times, unless more than `forward.retry.limit` are waiting.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from tests.vehicles.positions.traccar_server import DEVICE

RETRY_DELAY, RETRY_COUNT, RETRY_LIMIT = 0.1, 10, 100
TIMES = ("fixTime", "deviceTime", "serverTime")
Position = dict[str, Any]


def in_milliseconds(position: Position) -> Position:
    """As servers wrote times at the time of version 5: milliseconds since 1970."""
    return {**position, **{name: round(datetime.fromisoformat(position[name]).timestamp() * 1000) for name in TIMES}}


class Forwarder:
    """`forward.url` and `forward.header`; `lose`: for which positions the first answer never comes back.

    `tries` counts every POST; `taken` adds up what the answers said.
    """

    def __init__(self, url: str, header: str, lose: Callable[[Position], bool]) -> None:
        self.url, self.lose = urlsplit(url), lose
        name, value = header.split(":", 1)
        self.headers = {"Content-Type": "application/json", name.strip(): value.strip()}
        self.lock, self.pending, self.tries, self.given_up = threading.Lock(), 0, 0, 0
        self.answers: list[dict[str, Any]] = []

    def forward(self, positions: Iterable[Position], at_once: int = 4) -> None:
        """Hand them over one by one, without waiting for the answers of `at_once` of them."""
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(self._deliver, positions))

    def _deliver(self, position: Position) -> None:
        body = json.dumps({"position": {**position, "id": 0}, "device": DEVICE}).encode()
        self._count(pending=1)
        for retry in range(RETRY_COUNT + 1):
            try:
                if self._post(body, lost=retry == 0 and self.lose(position)):
                    break
            except (OSError, HTTPException):
                pass
            if self.pending > RETRY_LIMIT:
                self._count(given_up=1)
                break
            time.sleep(RETRY_DELAY * 2**retry)
        self._count(pending=-1)

    def _post(self, body: bytes, lost: bool) -> bool:
        """Whether a 2xx came back. A lost answer: the connection breaks after everything was sent."""
        self._count(tries=1)
        connection = HTTPConnection(self.url.netloc, timeout=30)
        try:
            connection.request("POST", self.url.path, body, self.headers)
            if lost:
                return False
            answer = connection.getresponse()
            said = json.loads(answer.read())
            if answer.status // 100 == 2:
                with self.lock:
                    self.answers.append(said)
            return answer.status // 100 == 2
        finally:
            connection.close()

    def _count(self, **more: int) -> None:
        with self.lock:
            for name, number in more.items():
                setattr(self, name, getattr(self, name) + number)
