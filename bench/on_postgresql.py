"""The same pages and the same recording over a PostgreSQL that is thrown away afterwards."""

from collections.abc import Iterator

import psycopg

from tests.postgres_server import postgres_server
from tests.server import serving

from . import demo_year, pages
from .measuring import Line


def lines() -> Iterator[Line]:
    with postgres_server() as folder:
        with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        url = f"postgresql+psycopg://postgres@/bench?host={folder}"
        yield demo_year.prepare(url, most=None)
        with serving(url, demo=True) as base:
            yield from pages.latencies(base)
            yield from pages.requests_for_cars(base)
