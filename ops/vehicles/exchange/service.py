"""Taking in a list of cars: kept first and shown, then, when a person says so, weighed in steps that can be left.

A step is one transaction. Its rows go through the verbs of the form, each once; a row that is refused there is noted
with the reason, and the others of the step land all the same.
"""

from collections import Counter
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold, savepoint, transaction
from ...core.errors import Rejected, rejection_of
from ...core.sheets import Sheet, read_sheet, upload_bytes
from ..models import Vehicle
from ..obligations import planning
from ..obligations import queries as obligations
from ..register import file_service
from ..register import service as register
from . import judging
from .columns import columns
from .judging import Judged, Verdict
from .known import Car, Known
from .models import CarIntake, CarIntakeFault

MOST_ROWS, STEP = 2000, 100
TITLES = 3  # rows that may stand above the head


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
    """Weigh the next rows; opens its own transaction. Raises Rejected when a closed period asks for the reason."""
    sheet = sheet_of(intake)
    with transaction(reason):
        _weigh(intake.id, sheet, by)


def _weigh(intake_id: int, sheet: Sheet, by: Actor) -> None:
    """Each row once: one that a verb refuses takes back only what it has written itself."""
    [intake] = hold(CarIntake, intake_id)
    if intake.confirmed_at and intake.weighed >= len(sheet.lines):
        return  # pressed again behind the last row
    known, lines = Known(), sheet.lines[intake.weighed : intake.weighed + STEP]
    for before in sheet.lines[: intake.weighed]:
        judging.note_plate(before, known)
    found = []
    for line in lines:
        judged = judging.judge_one(line, known)
        _land(judged, known, by)
        found.append(judged)
    if intake.confirmed_at is None:
        intake.confirmed_at, intake.confirmed_by = clock.now(), by.name
    _note(intake, found, sheet)
    audit.record("vehicles.car_list.weighed", intake, by, rows=len(lines))


def _land(judged: Judged, known: Known, by: Actor) -> None:
    """Through the very verbs of the form."""
    if judged.verdict not in (Verdict.NEW, Verdict.CHANGED):
        return
    try:
        with savepoint():
            _write(judged, known.car(judged.plate), by)
    except Rejected as refusal:
        judging.refuse(judged, refusal)
    except IntegrityError as error:  # somebody else wrote it in this moment
        judging.refuse(judged, rejection_of(error))
    else:
        known.read_anew(judged.plate)


def _write(judged: Judged, car: Car | None, by: Actor) -> None:
    before = obligations.car_facts(car.id) if car else None
    vehicle = db.session.get_one(Vehicle, car.id) if car else register.register(**judged.car, by=by)
    if car and any(key in judged.changes for key in judged.car):
        register.correct(vehicle, **judged.car, by=by)
    db.session.flush()
    if any(key in judged.changes for key in judged.file):
        file_service.keep(vehicle=vehicle, by=by, **judged.file)
    db.session.flush()
    planning.plan_car(vehicle.id, clock.today(), by, before)
    db.session.flush()


def _note(intake: CarIntake, found: Sequence[Judged], sheet: Sheet) -> None:
    """After the rows have landed, so that each deed in the audit trail tells of its car alone."""
    counts = Counter(judged.verdict for judged in found)
    intake.added += counts[Verdict.NEW]
    intake.changed += counts[Verdict.CHANGED]
    intake.unchanged += counts[Verdict.UNCHANGED]
    intake.faulty += counts[Verdict.WRONG]
    intake.weighed += len(found)
    for judged in found:
        for key, words in judged.wrong.items():
            place, said = judging.place_of(key, sheet), judging.said(key, words)
            db.session.add(CarIntakeFault(intake_id=intake.id, line=judged.line.number, place=place, reason=said))
