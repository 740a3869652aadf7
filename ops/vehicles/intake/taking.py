"""A whole file: each row in a transaction of its own, so that a bad row keeps no good one out and nobody waits long."""

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from ...core.access import Actor
from ...core.db import transaction
from ...core.errors import Rejected, rejection_of
from ...core.sheets import read_sheet, told, upload_bytes
from ..limits.queries import in_short, passed_by
from .rows import COLUMNS, parse
from .service import take_row

MOST_ROWS = 2000
CALLED = {"vehicle_id": "plate", "driver_id": "driver", "second_driver_id": "second_driver"}


@dataclass
class Taken:
    """What became of a file: rows that landed, rows that were there, how many were refused, and (line, column, reason)
    of every cell that they were refused for.

    `beyond`: (line, request, which limits for drivers it passed) of trips that were driven and therefore stand.
    """

    added: int = 0
    already: int = 0
    refused: int = 0
    wrong: list[tuple[int, str, str]] = field(default_factory=list)
    beyond: list[tuple[int, int, str]] = field(default_factory=list)


def take_in(file: FileStorage, by: Actor) -> Taken:
    """Refuses a file that is no table or has more than 2,000 rows; otherwise every row is tried."""
    sheet = read_sheet(upload_bytes(file, "file"), COLUMNS, "file")
    if len(sheet.lines) > MOST_ROWS:
        raise Rejected(_l("The file has more than %(most)s rows. Split it.", most=MOST_ROWS), "file")
    taken = Taken()
    for line in sheet.lines:
        try:
            row = parse(line)
            with transaction():
                made = take_row(row, by)
        except (Rejected, IntegrityError) as error:
            refusal = rejection_of(error) if isinstance(error, IntegrityError) else error
            taken.refused += 1
            taken.wrong += [(line.number, *each) for each in told(refusal, sheet, CALLED)]
        else:
            taken.added, taken.already = taken.added + (made is not None), taken.already + (made is None)
            if made and (passed := passed_by(made)):
                taken.beyond.append((line.number, made.request_id, "; ".join(map(in_short, passed))))
    return taken
