"""Papers of a survey out of a file: looked at, taken in once, and what cannot be read handed back with its reason."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...core.files import Attachment
from ...core.handing_back import XLSX, Fault, marked
from ...core.sheets import Line, hand_back, upload_bytes
from ...indicators import stale
from ..uploads import Purpose, hand_in
from . import paper_sheet
from .editions import Entered, entered
from .models import AnswerFault, AnswerFile, Survey, SurveyEntry
from .paper_sheet import Paper
from .service import GRADES, PAPER, check_open

REASON = "退回原因"


class Verdict(StrEnum):
    NEW = "new"
    ALREADY = "already"
    FAULT = "fault"


VERDICTS = {
    Verdict.FAULT: ("late", _l("goes back")),
    Verdict.NEW: ("done", _l("is entered")),
    Verdict.ALREADY: ("closed", _l("entered already")),
}


@dataclass(frozen=True)
class Judged:
    """A row of the file and what becomes of it."""

    line: Line
    verdict: Verdict
    paper: Paper | None = None
    words: str = ""
    edition: int = 1


def keep(file: FileStorage, survey: Survey, by: Actor) -> Attachment:
    """Keep an uploaded table of papers that can be read, so that its preview can be looked at in peace."""
    paper_sheet.read(upload_bytes(file, "file"), survey)
    file.stream.seek(0)
    kept = files.keep(file, "file", by)
    hand_in(kept, Purpose.ANSWERS, by)
    audit.record("programmes.survey.papers_read", kept, by)
    return kept


def judge(content: bytes, survey: Survey) -> list[Judged]:
    """Every row of the file, those that go back first."""
    found = list(_judged(paper_sheet.read(content, survey).lines, survey, entered(survey)))
    return sorted(found, key=lambda each: list(VERDICTS).index(each.verdict))


def _judged(lines: Sequence[Line], survey: Survey, known: Mapping[str, Entered]) -> Iterator[Judged]:
    here: set[str] = set()
    for line in lines:
        try:
            paper = paper_sheet.parse(line, survey)
            check_open(survey, paper.day)
            if paper.day > clock.today():
                raise Rejected(_l("Answers are entered once they are given."))
            if paper.code in here:
                raise Rejected(_l("The paper number %(code)s stands in this file twice.", code=paper.code))
            before = known.get(paper.code)
            if before:
                before.check(paper)
        except Rejected as refusal:
            yield Judged(line, Verdict.FAULT, words=str(refusal.message))
            continue
        here.add(paper.code)
        stands = before is not None and before.stands
        yield Judged(
            line, Verdict.ALREADY if stands else Verdict.NEW, paper, edition=before.edition + 1 if before else 1
        )


def take_in(kept: Attachment, survey: Survey, by: Actor) -> AnswerFile:
    """Enter the papers that are new; the same file again changes nothing."""
    hold(Survey, survey.id)
    judged = judge(kept.path.read_bytes(), survey)
    count = Counter(each.verdict for each in judged)
    row = AnswerFile(survey_id=survey.id, attachment_id=kept.id, added=count[Verdict.NEW], faulty=count[Verdict.FAULT])
    row.already, row.at, row.by = count[Verdict.ALREADY], clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    papers = [(each.paper, each.edition) for each in judged if each.verdict is Verdict.NEW and each.paper]
    entries = [entry for paper, edition in papers for entry in _entries(paper, edition, survey, kept, by)]
    if entries:
        db.session.execute(insert(SurveyEntry), entries)
        stale.touch(SurveyEntry, {paper.day for paper, _edition in papers})
    faults = [each for each in judged if each.verdict is Verdict.FAULT]
    db.session.add_all(AnswerFault(file_id=row.id, line=each.line.number, reason=each.words) for each in faults)
    audit.record("programmes.survey.papers_taken_in", row, by, added=row.added, faulty=row.faulty)
    return row


def _entries(paper: Paper, edition: int, survey: Survey, kept: Attachment, by: Actor) -> Iterator[dict[str, object]]:
    for question, grade in zip(survey.questions, paper.grades, strict=True):
        yield {
            "survey_id": survey.id,
            "question_id": question.id,
            "code": paper.code,
            "edition": edition,
            "answered_on": paper.day,
            **{f"grade{number}": int(number == grade) for number in GRADES},
            "invalid": int(grade is None),
            "valid": int(grade is not None),
            "satisfied": int(grade is not None and grade >= survey.satisfied_from),
            "origin": PAPER,
            "note": paper.code,
            "attachment_id": kept.id,
            "at": clock.now(),
            "by": by.name,
        }


def misfits(file: AnswerFile) -> tuple[bytes, str]:
    """The file with its reasons, and its name: an Excel file as it was with one more column, else a CSV of the rows."""
    content, stem = file.attachment.path.read_bytes(), file.attachment.name.rpartition(".")[0] or "file"
    why = {fault.line: fault.reason for fault in file.faults}
    sheet = paper_sheet.read(content, file.survey)
    if content.startswith(XLSX):
        return marked(
            content, sheet, {n: [Fault(reason)] for n, reason in why.items()}, REASON
        ), f"{stem}_{REASON}.xlsx"
    rows = [(line.cells, why[line.number]) for line in sheet.lines if line.number in why]
    return hand_back(sheet.head, rows, REASON), f"{stem}_{REASON}.csv"
