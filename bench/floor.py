"""The floor under every page: an empty one of Flask, with the workers and threads that the product is served with.

Also the configuration of its own server: gunicorn reads the names below.
"""

import runpy
from pathlib import Path

from flask import Flask

from tests.server import Visitor, gunicorn, side_by_side

from .measuring import seconds

_product = runpy.run_path(str(Path(__file__).parent.parent / "gunicorn.conf.py"))
workers, threads = _product["workers"], _product["threads"]
worker_class, keepalive = _product["worker_class"], _product["keepalive"]
app = Flask(__name__)


@app.get("/")
def empty() -> str:
    return ""


def pages_a_second(clients: int, rounds: int) -> float:
    """Empty pages that this machine serves, its clients on the same cores."""
    with gunicorn(["--config", "python:bench.floor", "bench.floor:app"], {}) as base:
        visitors = [Visitor(base) for _client in range(clients)]
        look = seconds(lambda: side_by_side(clients, rounds, lambda _round, who: visitors[who].get("/").status))
    return clients * rounds / look
