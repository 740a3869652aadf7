"""Demo 2023: the forms as far as they are signed; one waits for finance, two for the leader, the others have all."""

from datetime import date, datetime, time

from ...core import audit
from ...core.access import Actor
from ...core.db import db
from ...core.demo import DemoYear
from .. import queries as programmes
from . import queries
from .models import FormSignature
from .scoring_values import Step
from .signing import Standing, standing, standing_of
from .signing_service import keep_signed

YEAR = 2023
SIGNERS = {
    Step.FILLED: ("绩效管理员（演示）", 9),
    Step.CHECKED: ("财务人员（演示）", 11),
    Step.APPROVED: ("中心领导（演示）", 15),
}
SIGNED_SO_FAR = {4: 2, 5: 2, 6: 1}  # of which programme how many steps; all of them elsewhere


def make(demo: DemoYear) -> None:
    """A form whose checks find an error is not signed, here as little as anywhere."""
    if demo.year != YEAR:
        return
    for programme in programmes.programmes(YEAR):
        found = standing(programme)
        if not found.blocking and not queries.signatures(programme):
            sign(found, SIGNED_SO_FAR.get(programme.seq, len(found.steps)), demo.by)


def sign(found: Standing, steps: int, by: Actor) -> None:
    """The first steps, each on its day of the January after the year."""
    programme = found.evaluation.programme
    for state in found.steps[:steps]:
        name, of_january = SIGNERS[state.step]
        day = date(programme.year + 1, 1, of_january)
        row = FormSignature(programme_id=programme.id, step=state.step, content_hash=found.content_hash)
        row.at, row.by = datetime.combine(day, time(10)), name
        db.session.add(row)
    audit.record("programmes.form.signed", programme, by)
    signed = standing_of(found.evaluation, queries.signatures(programme))
    if signed.is_complete:
        keep_signed(signed, by)
