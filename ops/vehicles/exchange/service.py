"""Taking in a list of cars: kept first and shown, then, when a person says so, weighed in steps that can be left.

A step is one transaction. Its rows go through the verbs of the form; a row that is refused there is noted with the
reason, and the others of the step land all the same.
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold, transaction
from ...core.errors import Rejected
from ...core.sheets import Sheet, read_sheet, upload_bytes
from ..models import Vehicle
from ..obligations import service as obligations
from ..register import file_service
from ..register import service as register
from . import judging
from .columns import columns
from .judging import Judged, Verdict
from .known import Known
from .models import CarIntake, CarIntakeFault

MOST_ROWS, STEP = 2000, 100
TITLES = 3  # rows that may stand above the head


class Misfit(Exception):
    """A row that a verb refused in the middle of a step."""

    def __init__(self, line: int, refusal: Rejected) -> None:
        super().__init__(line)
        self.line, self.refusal = line, refusal


def read(content: bytes) -> Sheet:
    """The file's rows. Raises Rejected beside `file`."""
    sheet = read_sheet(content, columns(), "file", TITLES)
    if len(sheet.lines) > MOST_ROWS:
        raise Rejected(_l("The file has more than %(most)s rows. Split it.", most=MOST_ROWS), "file")
    return sheet


def sheet_of(intake: CarIntake) -> Sheet:
    return read(intake.attachment.path.read_bytes())


def hand_in(file: FileStorage, by: Actor) -> CarIntake:
    """Keep the list; nothing of it lands yet."""
    content = upload_bytes(file, "file")
    sheet = read(content)
    kept = files.keep_bytes(content, file.filename or "", by)
    row = CarIntake(attachment=kept, rows=len(sheet.lines), handed_in_at=clock.now(), handed_in_by=by.name)
    db.session.add(row)
    audit.record("vehicles.car_list.handed_in", row, by)
    return row


def step(intake: CarIntake, reason: str | None, by: Actor) -> None:
    """Weigh the next rows; opens its own transactions. Raises Rejected when a closed period asks for the reason."""
    sheet, refused = sheet_of(intake), dict[int, Rejected]()
    while True:
        try:
            with transaction(reason):
                _weigh(intake.id, sheet, refused, by)
            return
        except Misfit as misfit:
            refused[misfit.line] = misfit.refusal


def _weigh(intake_id: int, sheet: Sheet, refused: Mapping[int, Rejected], by: Actor) -> None:
    [intake] = hold(CarIntake, intake_id)
    if intake.confirmed_at and intake.weighed >= len(sheet.lines):
        return  # pressed again behind the last row
    if intake.confirmed_at is None:
        intake.confirmed_at, intake.confirmed_by = clock.now(), by.name
    known, lines = Known(), sheet.lines[intake.weighed : intake.weighed + STEP]
    for before in sheet.lines[: intake.weighed]:
        judging.note_plate(before, known)
    for line in lines:
        judged = judging.judge_one(line, known)
        if line.number in refused:
            judging.refuse(judged, refused[line.number])
        _land(judged, known, by)
        _note(intake, judged, sheet)
    intake.weighed += len(lines)
    audit.record("vehicles.car_list.weighed", intake, by, rows=len(lines))


def _land(judged: Judged, known: Known, by: Actor) -> None:
    """Through the very verbs of the form."""
    if judged.verdict not in (Verdict.NEW, Verdict.CHANGED):
        return
    try:
        car = known.car(judged.plate)
        vehicle = db.session.get_one(Vehicle, car.id) if car else register.register(**judged.car, by=by)
        if car and any(key in judged.changes for key in judged.car):
            register.correct(vehicle, **judged.car, by=by)
        db.session.flush()
        if any(key in judged.changes for key in judged.file):
            file_service.keep(vehicle=vehicle, by=by, **judged.file)
            obligations.plan_car(vehicle.id, clock.today(), by)
    except Rejected as refusal:
        raise Misfit(judged.line.number, refusal) from refusal
    db.session.flush()
    known.read_anew(judged.plate)


def _note(intake: CarIntake, judged: Judged, sheet: Sheet) -> None:
    intake.added += judged.verdict is Verdict.NEW
    intake.changed += judged.verdict is Verdict.CHANGED
    intake.unchanged += judged.verdict is Verdict.UNCHANGED
    intake.faulty += judged.verdict is Verdict.WRONG
    for key, words in judged.wrong.items():
        place = judging.place_of(key, sheet)
        said = judging.said(key, words)
        row = CarIntakeFault(intake_id=intake.id, line=judged.line.number, place=place, reason=said)
        db.session.add(row)
