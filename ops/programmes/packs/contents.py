"""What an evidence pack holds: the figures behind a programme's indicators, as reported and as known now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ...core.db import db
from ...core.files import Attachment
from ...indicators import digests, readings
from ...indicators.catalogue import metrics
from ...indicators.models import Adjustment, ClosedFigure, Closing, ManualFigure
from ...indicators.queries import adjustments, scope_label
from ...indicators.readings import Figure
from ..evaluation.evaluation import Evaluation, Line
from ..evaluation.queries import kept_reports
from ..evaluation.signing import standing
from ..evaluation.signing_service import CLOSED, MAKERS, render

PAID = "programmes.paid"


@dataclass(frozen=True)
class Exhibit:
    """A figure of the pack: as known now, as it was reported where the year is closed, and what lies between."""

    now: Figure
    frozen: ClosedFigure | None
    changes: Sequence[Adjustment]

    @property
    def key(self) -> str:
        scope = f"-{self.now.scope}" if self.now.scope else ""
        return f"{self.now.metric.name}{scope}"

    @property
    def file(self) -> str:
        return f"evidence/{self.key}.tsv"

    def facts(self) -> dict[str, Any]:
        """As the manifest says it; exact numbers as text."""
        figure, metric = self.now, self.now.metric
        return {
            "key": self.key,
            "file": self.file,
            "metric": metric.name,
            "label": str(metric.label),
            "definition": str(metric.definition),
            "kind": str(metric.kind),
            "unit": str(metric.unit),
            "scope": figure.scope,
            "scope_label": scope_label(metric, figure.scope),
            "first": str(figure.period.first),
            "last": str(figure.period.last),
            "now": _sums(figure),
            "reported": {**_sums(self.frozen), "hash": self.frozen.evidence_hash} if self.frozen else None,
            "adjustments": [
                {**_sums(each), "reason": each.reason, "by": each.by, "at": str(each.at)} for each in self.changes
            ],
        }


def _sums(figure: Any) -> dict[str, Any]:
    return {"part": digests.exact(figure.part), "whole": digests.exact(figure.whole), "records": figure.records}


def exhibits(evaluation: Evaluation) -> list[Exhibit]:
    """Each figure that the form rests on, once: what was paid, and what the indicators are bound to."""
    found = {(PAID, evaluation.programme.scope): None}
    found |= dict.fromkeys((each.metric.name, each.scope) for line in evaluation.lines for each in figures_of(line))
    return [_exhibit(evaluation, name, scope) for name, scope in found]


def figures_of(line: Line) -> Iterator[Figure]:
    if line.actual.figure is not None:
        yield line.actual.figure


def _exhibit(evaluation: Evaluation, name: str, scope: int) -> Exhibit:
    over, closed = evaluation.programme.period, evaluation.closed
    frozen = db.session.get(ClosedFigure, (closed.id, name, scope)) if closed else None
    return Exhibit(readings.read(name, over, scope), frozen, adjustments(metrics()[name], over, scope))


def forms(evaluation: Evaluation) -> Iterator[tuple[str, bytes]]:
    """(name in the pack, file): the form as it was kept by the closing; as it is now where the year is open."""
    kept = closed_files(evaluation) if evaluation.closed else {}
    found = standing(evaluation.programme)
    for kind in MAKERS:
        name = f"form/form.{kind}"
        yield name, kept[kind].path.read_bytes() if kind in kept else render(found, kind)


def closed_files(evaluation: Evaluation) -> dict[str, Attachment]:
    """{kind: the newest file that a closing kept}."""
    kept = [each for each in kept_reports(evaluation.programme) if each.occasion == CLOSED]
    return {each.attachment.name.rpartition(".")[2]: each.attachment for each in kept}


def proofs(evaluation: Evaluation) -> list[tuple[str, Attachment]]:
    """(name in the pack, file): what figures by hand were proved with, and the target table as it was handed in."""
    wanted = {evaluation.programme.attachment_id}
    wanted |= {each.attachment_id for each in manual_figures(evaluation) if each.attachment_id}
    rows = db.session.scalars(select(Attachment).where(Attachment.id.in_(wanted)).order_by(Attachment.id))
    return [(f"attachments/{row.sha256[:12]}-{_plain(row.name)}", row) for row in rows]


def manual_figures(evaluation: Evaluation) -> list[ManualFigure]:
    return [line.actual.manual for line in evaluation.lines if line.actual.manual]


def closing_facts(closed: Closing | None) -> dict[str, Any] | None:
    if closed is None:
        return None
    return {"closed_at": str(closed.closed_at), "closed_by": closed.closed_by, "number": closed.number}


def _plain(name: str) -> str:
    """A file's name as a name inside the pack: no path, no control characters."""
    return "".join(sign if sign.isprintable() and sign not in '/\\:*?"<>|' else "_" for sign in name)
