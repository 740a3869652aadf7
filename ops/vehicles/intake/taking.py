"""A whole file: each row in a transaction of its own, so that a bad row keeps no good one out and nobody waits long."""

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from ...core.access import Actor
from ...core.db import transaction
from ...core.errors import Rejected, rejection_of
from ...core.sheets import read_sheet, upload_bytes
from ..limits.queries import in_short, passed_by
from .rows import COLUMNS, parse
from .service import take_row

MOST_ROWS = 2000


@dataclass
class Taken:
    """What became of a file: rows that landed, rows that were there, and (line, reason) of those that were refused.

    `beyond`: (line, request, which limits for drivers it passed) of trips that were driven and therefore stand.
    """

    added: int = 0
    already: int = 0
    refused: list[tuple[int, object]] = field(default_factory=list)
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
        except Rejected as refusal:
            taken.refused.append((line.number, refusal.message))
        except IntegrityError as error:
            taken.refused.append((line.number, rejection_of(error).message))
        else:
            taken.added, taken.already = taken.added + (made is not None), taken.already + (made is None)
            if made and (passed := passed_by(made)):
                taken.beyond.append((line.number, made.request_id, "; ".join(map(in_short, passed))))
    return taken
