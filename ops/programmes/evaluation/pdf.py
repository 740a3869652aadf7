"""The self-evaluation form as a PDF: A4, the name of the project on every page, the same content the same bytes."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from .evaluation import Evaluation
from .form import Cell, Signed, form_rows, is_long, signature_texts, title_of

TEMPLATE = Path(__file__).parent / "data" / "form.typ"


def pdf(evaluation: Evaluation, signed: Sequence[Signed] = ()) -> bytes:
    title, year = title_of(evaluation)
    cells = [_drawn(cell) for row in form_rows(evaluation) for cell in row]
    given = {"title": title, "year": year, "cells": cells, "signatures": signature_texts(evaluation, signed)}
    inputs = {"form": json.dumps(given, ensure_ascii=False)}
    return typst.compile(
        str(TEMPLATE), sys_inputs=inputs, font_paths=[chinese_fonts()], ignore_system_fonts=True, timestamp=0
    )


@cache
def chinese_fonts() -> str:
    """Where the package that carries Noto Sans CJK SC keeps it; importing it would change matplotlib."""
    found = find_spec("mpl_font")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("the package mpl-font, which carries the Chinese font, is not installed")
    return str(Path(found.submodule_search_locations[0]) / "fonts" / "noto")


def _drawn(cell: Cell) -> dict[str, object]:
    return {
        "x": cell.column,
        "y": cell.row,
        "rows": cell.rows,
        "columns": cell.columns,
        "text": cell.text,
        "long": is_long(cell),
    }
