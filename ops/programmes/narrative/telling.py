"""The year's narrative (部门整体绩效): a person's words around figures that are counted; each figure is a reference.

A reference stands in the text as `{metric}` or `{metric:wording}`; wordings are in wording.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import has_request_context, url_for
from flask_babel import gettext as _

from ...core.access import current_actor
from ...core.once import once
from ...core.period import Period, year
from ...indicators.ahead import entered_ahead, read_ahead
from ...indicators.catalogue import metrics
from ...indicators.closing import official
from ...indicators.metric import Kind
from ...indicators.models import ManualFigure
from ...indicators.permissions import Permission as Figures
from ...indicators.queries import evidence_url
from ...indicators.readings import Figure, read
from ...indicators.service import entered
from . import queries
from .queries import Draft
from .rules import REFERENCE
from .wording import CHANGE, WORDINGS, change, compared, plain

Manual = Mapping[str, tuple[str, str]]


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
    now: str = ""  # the exact value as known now, however it was reported
    change: str = ""  # against the year before, in the reader's language

    @property
    def signed(self) -> str:
        return "" if self.origin == "missing" else self.text


@dataclass(frozen=True)
class Paragraph:
    """A heading and its text, cut into words and citations."""

    draft: Draft
    heading: str
    pieces: tuple[str | Cited, ...]

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def signed(self) -> str:
        """The text as a signature covers it: a figure without data is blank, in whichever language the page says so."""
        said = (piece if isinstance(piece, str) else piece.signed for piece in self.pieces)
        return "".join(said)

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
    template, over, manual = queries.template(), year(of), queries.manual_figures()
    with once():
        names = told_names(of)
        for each in (over, year(of - 1)):
            read_ahead(names, each)
        entered_ahead(names, over, year(of - 1))
        made = [Paragraph(each, each.heading, tuple(_pieces(each.text, over, manual))) for each in queries.drafts(of)]
    return Narrative(of, template["title"], template["opening"].replace("{year}", str(of)), tuple(made))


def told_names(of: int) -> set[str]:
    """The figures that the narrative of the year names, counted or by hand."""
    return {found[1] for each in queries.drafts(of) for found in REFERENCE.finditer(each.text)}


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


def _pieces(text: str, over: Period, manual: Manual) -> Iterator[str | Cited]:
    at = 0
    for found in REFERENCE.finditer(text):
        yield text[at : found.start()]
        yield _cite(found[1], found[2] or "", over, manual)
        at = found.end()
    yield text[at:]


def _cite(name: str, wording: str, over: Period, manual: Manual) -> Cited:
    if name in manual:
        return _entered(name, wording, over, *manual[name])
    if name not in metrics():
        return Cited(_("no data"), name, name, "", "", "missing", "")
    return _counted(official(name, over), wording)


def _counted(figure: Figure, wording: str) -> Cited:
    metric, url = figure.metric, evidence_url(figure) if has_request_context() else ""
    if figure.value is None:
        return Cited(_("no data"), metric.name, str(metric.label), "", str(metric.unit), "missing", url)
    exact, before = f"{figure.text} {figure.unit}".strip(), official(metric.name, year(figure.period.first.year - 1))
    against = figure.value, before.value, metric.kind is Kind.RATIO
    said = change(*against) if wording == CHANGE else WORDINGS[wording](figure.value)
    now = read(metric.name, figure.period).value
    known = "" if now is None else plain(now)
    label = str(metric.label)
    return Cited(
        said, metric.name, label, exact, figure.unit, "counted", url, figure.records, known, compared(*against)
    )


def _entered(name: str, wording: str, over: Period, label: str, unit: str) -> Cited:
    row = entered(name, over)
    url = _entry_url(name, over, label, unit, row)
    if row is None:
        return Cited(_("no data"), name, label, "", unit, "missing", url)
    value: Decimal | None = row.value
    if value is None:
        return Cited(row.words or "", name, label, "", unit, "entered", url, now=row.words or "")
    before = entered(name, year(over.first.year - 1))
    against = value, before.value if before else None, False
    said = change(*against) if wording == CHANGE else WORDINGS[wording](value)
    exact = f"{value.normalize():f}"
    return Cited(said, name, label, exact, unit, "entered", url, now=exact, change=compared(*against))


def _entry_url(name: str, over: Period, label: str, unit: str, row: ManualFigure | None) -> str:
    """The page where the figure is entered, for those who may; for a reader its proof, if there is one."""
    if not has_request_context():
        return ""
    if not current_actor().may(Figures.MANUAL_WRITE):
        return url_for("indicators.attachment", id=row.attachment_id) if row and row.attachment_id else ""
    back = url_for("programmes.narrative.of_year", year=over.first.year)
    return url_for("indicators.manual_figure", key=name, period_key=over.key, unit=unit, label=label, back=back)
