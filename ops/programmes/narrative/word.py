"""The year's narrative as a Word file: the text, then every figure with what it counts and where it comes from."""

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from flask_babel import gettext as _

from .telling import Narrative

BODY, HEAD = "仿宋_GB2312", "方正小标宋简体"


def as_word(told: Narrative) -> bytes:
    """An A4 document in the form of an official paper."""
    document: Document = docx.Document()
    _set_page(document)
    _line(document, told.title, HEAD, 22, centred=True)
    _line(document, f"（{told.year}年度）", BODY, 16, centred=True)
    _line(document, told.opening, BODY, 16)
    for paragraph in told.paragraphs:
        _line(document, f"{paragraph.heading}。{paragraph.text}", BODY, 16)
    document.add_page_break()  # type: ignore[no-untyped-call]
    _figures(document, told)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _line(document: Document, text: str, font: str, points: int, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(points * 2)
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _figures(document: Document, told: Narrative) -> None:
    _line(document, _("Figures and where they come from"), BODY, 16, centred=True)
    table = document.add_table(rows=1, cols=5, style="Table Grid")
    heads = (_("Figure"), _("As said"), _("Exactly"), _("Records"), _("Origin"))
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    origins = {"counted": _("counted from records"), "entered": _("entered, with proof"), "missing": _("missing")}
    for cited in told.citations:
        values = (cited.label, cited.text, cited.exact, str(cited.records or ""), origins[cited.origin])
        for cell, text in zip(table.add_row().cells, values, strict=True):
            cell.text = text
