"""The real document and its checked reading, and forms made from them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import ops.programmes
from ops.programmes.targets.document import read_text
from ops.programmes.targets.tables import TargetTable

FOLDER = Path(ops.programmes.__file__).parent / "reference"
SOURCE = "performance_document_2023.txt"


@cache
def document_text() -> str:
    return (FOLDER / SOURCE).read_text(encoding="utf-8")


@cache
def published_tables() -> tuple[TargetTable, ...]:
    return read_text(document_text())


def seed() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / "seed_programmes.json").read_text(encoding="utf-8"))
    return loaded


def seed_rows() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Every programme of the seed with each of its rows."""
    return [(p, row) for p in seed()["programmes"] for row in p["indicators"]]
