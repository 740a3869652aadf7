"""The floor under every page: an empty one of Flask, with the workers and threads that the product is served with.

Also the configuration of its own server: gunicorn reads the names below.
"""

import runpy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests.server import Visitor, gunicorn, side_by_side

_product = runpy.run_path(str(Path(__file__).parent.parent / "gunicorn.conf.py"))
workers, threads = _product["workers"], _product["threads"]
worker_class, keepalive = _product["worker_class"], _product["keepalive"]
app = Flask(__name__)


@app.get("/")
def empty() -> str:
    return ""


@contextmanager
def served(clients: int, rounds: int) -> Iterator[Callable[[], object]]:
    """Gives what looks at so many empty pages, its clients on the same cores."""
    with gunicorn(["--config", "python:bench.floor", "bench.floor:app"], {}) as base:
        visitors = [Visitor(base) for _client in range(clients)]
        yield lambda: side_by_side(clients, rounds, lambda _round, who: visitors[who].get("/").status)
