"""The common shape every source of target tables is turned into: rows of cells, top to bottom."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Cells left to right, each once however wide it is drawn; a cell merged into the one above is blank.

    A paragraph between tables is a row of one cell with `paragraph` set.
    """

    cells: tuple[str, ...]
    paragraph: bool = False
    bookmark: str | None = None


def flat(cell: str) -> str:
    """The words of a cell whose text is split over lines."""
    return "".join(line.strip() for line in cell.splitlines()).strip()


def label(cell: str) -> str:
    """A form label without its spaces and widths: 其中：财政    资金 → 其中:财政资金."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell))
