"""The year's narrative (部门整体绩效): a person's words around figures that are counted; each figure is a reference.

A reference stands in the text as `{metric}` or `{metric:wording}`; wordings are in wording.py.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..core.period import Period, year
from ..indicators.catalogue import metrics
from ..indicators.closing import official
from ..indicators.queries import evidence_url
from ..indicators.readings import Figure
from ..indicators.service import entered
from .wording import WORDINGS

TEMPLATE = Path(__file__).parent / "data" / "narrative.json"
REFERENCE = re.compile(r"\{([a-z_.]+)(?::([a-z0-9]+))?\}")


@dataclass(frozen=True)
class Cited:
    """A figure in a sentence: what is said, the exact value, and where it comes from.

    `origin`: counted (opens its records), entered (a manual figure with its proof) or missing.
    """

    text: str
    name: str
    label: str
    exact: str
    unit: str
    origin: str
    url: str
    records: int = 0


@dataclass(frozen=True)
class Paragraph:
    """A heading and its text, cut into words and citations."""

    heading: str
    pieces: tuple[str | Cited, ...]

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def citations(self) -> list[Cited]:
        return [piece for piece in self.pieces if isinstance(piece, Cited)]


@dataclass(frozen=True)
class Narrative:
    """部门整体绩效 of one year."""

    year: int
    title: str
    opening: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def citations(self) -> list[Cited]:
        return [cited for paragraph in self.paragraphs for cited in paragraph.citations]

    @property
    def missing(self) -> list[Cited]:
        return [cited for cited in self.citations if cited.origin == "missing"]


def narrative(of: int) -> Narrative:
    """The narrative of a year, every figure as reported if the year is closed, as counted now if not."""
    template = json.loads(TEMPLATE.read_text("utf-8"))
    over = year(of)
    made = (
        Paragraph(each["heading"], tuple(_pieces(each["text"], over, template["manual"])))
        for each in template["paragraphs"]
    )
    return Narrative(of, template["title"], template["opening"].replace("{year}", str(of)), tuple(made))


def as_text(told: Narrative) -> str:
    lines = [f"{told.title}（{told.year}年度）", "", told.opening]
    lines += [f"{paragraph.heading}。{paragraph.text}" for paragraph in told.paragraphs]
    return "\n".join(lines)


def as_json(told: Narrative) -> dict[str, Any]:
    """Paragraphs with each figure's name, exact value and origin."""
    return {
        "year": told.year,
        "paragraphs": [
            {"heading": each.heading, "text": each.text, "figures": [vars(cited) for cited in each.citations]}
            for each in told.paragraphs
        ],
    }


def _pieces(text: str, over: Period, manual: dict[str, list[str]]) -> Iterator[str | Cited]:
    at = 0
    for found in REFERENCE.finditer(text):
        yield text[at : found.start()]
        yield _cite(found[1], found[2] or "", over, manual)
        at = found.end()
    yield text[at:]


def _cite(name: str, wording: str, over: Period, manual: dict[str, list[str]]) -> Cited:
    if name in manual:
        return _entered(name, wording, over, *manual[name])
    if name not in metrics():
        return Cited(_("no data"), name, name, "", "", "missing", "")
    return _counted(official(name, over), wording)


def _counted(figure: Figure, wording: str) -> Cited:
    metric, url = figure.metric, evidence_url(figure)
    if figure.value is None:
        return Cited(_("no data"), metric.name, str(metric.label), "", str(metric.unit), "missing", url)
    exact = f"{figure.text} {figure.unit}".strip()
    said = WORDINGS[wording](figure.value)
    return Cited(said, metric.name, str(metric.label), exact, figure.unit, "counted", url, figure.records)


def _entered(name: str, wording: str, over: Period, label: str, unit: str) -> Cited:
    back = url_for("programmes.narrative.of_year", year=over.first.year)
    url = url_for("indicators.manual_figure", key=name, period_key=over.key, unit=unit, label=label, back=back)
    row = entered(name, over)
    if row is None:
        return Cited(_("no data"), name, label, "", unit, "missing", url)
    value: Decimal | None = row.value
    said = row.words if value is None else WORDINGS[wording](value)
    exact = "" if value is None else f"{value.normalize():f}"
    return Cited(said or "", name, label, exact, unit, "entered", url)
