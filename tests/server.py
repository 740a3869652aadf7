"""The product as it is served: gunicorn on a real port over a given database, and visitors who stay connected."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import IO, TypeVar
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parent.parent
READY_WITHIN_SECONDS = 90.0
Outcome = TypeVar("Outcome")


@contextmanager
def serving(database_url: str, demo: bool = False) -> Iterator[str]:
    """Serve that database, which has its tables already, with the workers and threads that the product has.

    Gives `http://127.0.0.1:port`.
    """
    environment = {"DATABASE_URL": database_url, "DEMO": "1" if demo else "0", "SECRET_KEY": "tests"}
    with gunicorn(["--preload", "wsgi:app"], environment) as base:
        yield base


@contextmanager
def gunicorn(options: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    """Serve what the options name. Gives `http://127.0.0.1:port`, once it answers."""
    port = free_port()
    with tempfile.TemporaryFile("w+") as log:
        command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        try:
            _wait_until_ready(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


@dataclass(frozen=True)
class Answer:
    """What came back: `location` is where a deed leads on to."""

    status: int
    text: str
    location: str = ""


class Visitor:
    """One person at one browser: a connection that stays open, cookies, and the token that every form carries."""

    def __init__(self, base_url: str) -> None:
        self.connection = HTTPConnection(urlsplit(base_url).netloc, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def sign_in(self, username: str, password: str) -> "Visitor":
        self.get("/sign-in")
        answer = self.post("/sign-in", {"username": username, "password": password})
        if answer.status != 303:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")
        return self

    def get(self, path: str) -> Answer:
        answer = self._send("GET", path, None)
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text):
            self.token = found[1]
        return answer

    def post(self, path: str, form: Mapping[str, object]) -> Answer:
        return self._send("POST", path, urlencode({"csrf_token": self.token, **form}))

    def post_json(self, path: str, body: object) -> Answer:
        """What a script of the page sends: JSON, with the page's token in a header."""
        return self._send("POST", path, json.dumps(body), "application/json")

    def send_file(self, path: str, field: str, name: str, content: bytes) -> Answer:
        """A form with one file in it."""
        edge = "----visitor"
        token = f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n'
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        body = token.encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._send("POST", path, body, f"multipart/form-data; boundary={edge}")

    def close(self) -> None:
        self.connection.close()

    def _send(
        self, method: str, path: str, body: str | bytes | None, kind: str = "application/x-www-form-urlencoded"
    ) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.token}
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return Answer(response.status, text, response.headers.get("Location", ""))


def at_once(runners: int, rounds: int, run: Callable[[int, int], Outcome]) -> list[list[Outcome]]:
    """`run(round, runner)` by all runners at the same moment, round by round; gives the outcomes of each round."""
    start = threading.Barrier(runners)

    def together(number: int, runner: int) -> Outcome:
        start.wait(timeout=120)
        return run(number, runner)

    return side_by_side(runners, rounds, together, start.abort)


def side_by_side(
    runners: int, rounds: int, run: Callable[[int, int], Outcome], give_up: Callable[[], None] = lambda: None
) -> list[list[Outcome]]:
    """`run(round, runner)` by all runners, each at his own pace; gives the outcomes of each round."""
    outcomes: list[list[Outcome]] = [[] for _round in range(rounds)]
    failures: list[BaseException] = []

    def keep_running(runner: int) -> None:
        try:
            for number in range(rounds):
                outcomes[number].append(run(number, runner))
        except BaseException as failure:
            failures.append(failure)
            give_up()

    _run_all([threading.Thread(target=keep_running, args=(runner,)) for runner in range(runners)])
    if failures:
        raise next((each for each in failures if not isinstance(each, threading.BrokenBarrierError)), failures[0])
    return outcomes


def _run_all(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, server: subprocess.Popen[bytes], log: IO[str]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=READY_WITHIN_SECONDS)
            connection.request("GET", "/sign-in")  # it listens before it has warmed up
            connection.getresponse().read()
            connection.close()
            return
        except OSError as refusal:
            if time.monotonic() > deadline or server.poll() is not None:
                log.seek(0)
                raise RuntimeError(f"the server did not start:\n{log.read()}") from refusal
            time.sleep(0.05)
