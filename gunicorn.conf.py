"""How the product is served, by `make run` and in production alike; gunicorn reads this file by itself."""

import gc
import os
import sys

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

gc.disable()  # until the application is there: what is imported stays, and looking through it costs a second

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = 2
worker_class = "gthread"
threads = 16
keepalive = 0  # a connection kept open stays with its process, however busy; one kept for 2 s breaks under a proxy
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning")


def on_starting(server: Arbiter) -> None:
    """In demo mode everybody may sign in as anybody: it is never to be reached from another machine."""
    exposed = [address for address in server.cfg.bind if address.rpartition(":")[0] not in LOOPBACK]
    if os.environ.get("DEMO", "").lower() in ("1", "yes", "true") and exposed:
        sys.exit(f"Demo mode listens on loopback only, not on {', '.join(exposed)}: set DEMO=0, or unset HOST.")


def _warm(served: Arbiter | Worker) -> None:
    """Before anybody is taken, what is read most is read once."""
    from ops.core.warming import warm  # here, for the arbiter reads this file before the application is there

    warm(served.app.callable)


def post_worker_init(worker: Worker) -> None:
    if not worker.cfg.preload_app:
        _warm(worker)


def when_ready(server: Arbiter) -> None:
    """Say where to look; from here on garbage is collected, but what was loaded is not looked through again."""
    if server.cfg.preload_app:  # once for all workers
        _warm(server)
    gc.freeze()
    gc.enable()
    sys.stdout.write(f"\n  一本账 One Ledger   http://{server.cfg.bind[0]}   (Ctrl-C stops it)\n\n")
    sys.stdout.flush()
