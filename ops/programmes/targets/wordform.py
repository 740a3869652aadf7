"""Target tables out of a Word file (.docx), level-1 cells merged downwards, labels sideways."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn

from .grid import Row
from .layout import read_layout
from .spans import Line, Span
from .tables import TargetTable, Unreadable

LARGEST = 50_000_000  # bytes unpacked; a form is some 100 kB, a packed bomb is not
WRAPPERS = tuple(qn(name) for name in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins"))


def read_docx(data: bytes) -> tuple[TargetTable, ...]:
    """The tables of a .docx. Raises Unreadable."""
    return read_layout(_rows(_body(data)))


def read_spans(data: bytes) -> list[Line]:
    """Every table row by row, nested tables after the row that holds them, and the paragraphs between."""
    lines: list[Line] = []
    for block in _inside(_body(data), "w:p", "w:tbl"):
        if block.tag == qn("w:tbl"):
            lines += _span_rows(block, [0])
        elif _text(block).strip():
            lines.append(Line((Span(0, 1, _text(block)),), paragraph=True))
    return lines


def _span_rows(table: Any, count: list[int]) -> Iterator[Line]:
    count[0] += 1
    number = count[0]
    for row in _inside(table, "w:tr"):
        yield Line(tuple(_spans(row)), number)
        for cell in _inside(row, "w:tc"):
            for nested in _inside(cell, "w:tbl"):
                yield from _span_rows(nested, count)


def _spans(row: Any) -> Iterator[Span]:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    column = 0 if before is None else int(before.get(qn("w:val"), "0"))
    for cell in _inside(row, "w:tc"):
        if _merge(cell, "w:hMerge") == "continue":
            continue
        wide = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        end = column + max(1, int(wide.get(qn("w:val"), "1")) if wide is not None else 1)
        goes_on = _merge(cell, "w:vMerge") == "continue"
        text = "" if goes_on else "\n".join(_text(paragraph) for paragraph in _inside(cell, "w:p"))
        yield Span(column, end, text, goes_on)
        column = end


def _body(data: bytes) -> Any:
    try:
        with ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise Unreadable("too_large")
        return Document(BytesIO(data)).element.body
    except Unreadable:
        raise
    except BadZipFile as error:
        raise Unreadable("not_docx") from error
    except Exception as error:  # whatever the zip, XML and Word layers say of a broken file, it is one answer
        raise Unreadable("broken_docx") from error


def _rows(body: Any) -> Iterator[Row]:
    for block in _inside(body, "w:p", "w:tbl"):
        if block.tag == qn("w:tbl"):
            yield from (Row(tuple(_cells(row))) for row in _inside(block, "w:tr"))
        else:
            yield Row((_text(block),), paragraph=True, bookmark=_bookmark(block))


def _inside(element: Any, *names: str) -> Iterator[Any]:
    """Children by name, also those inside a content control or a tracked insertion."""
    for child in element:
        if child.tag in map(qn, names):
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, *names)


def _cells(row: Any) -> Iterator[str]:
    """Each cell once, however many columns it spans; blank where it only goes on from above."""
    for cell in _inside(row, "w:tc"):
        if _merge(cell, "w:hMerge") == "continue":
            continue
        goes_on = _merge(cell, "w:vMerge") == "continue"
        yield "" if goes_on else "\n".join(_text(paragraph) for paragraph in _inside(cell, "w:p"))


def _merge(cell: Any, name: str) -> str | None:
    found = cell.find(f"{qn('w:tcPr')}/{qn(name)}")
    return None if found is None else found.get(qn("w:val"), "continue")


def _text(paragraph: Any) -> str:
    """All text of a paragraph, tracked insertions and content controls included, deletions not."""
    breaks = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " "}
    written = qn("w:t")
    nodes = paragraph.iter(written, *breaks)
    return "".join(node.text or "" if node.tag == written else breaks[node.tag] for node in nodes)


def _bookmark(paragraph: Any) -> str | None:
    names = [mark.get(qn("w:name")) for mark in paragraph.iter(qn("w:bookmarkStart"))]
    return next((name for name in names if name and name != "_GoBack"), None)
