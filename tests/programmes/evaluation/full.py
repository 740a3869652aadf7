"""Programme 3 with everything that its form asks for: every target reached, every point scored."""

from datetime import date

from ops.core.access import system
from ops.core.db import transaction
from ops.programmes import service
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.facts import facts_of
from ops.programmes.models import Programme
from tests.programmes.factories import bound_programme, enter_figure, make_payment


def full_programme() -> Programme:
    programme = bound_programme(3)
    for number in range(1, 5):
        make_payment(programme, "3500", payee_kind="person", payee=f"人员{number:02}", paid_on=date(2023, 12, 31))
    for row, value in ((2, "100"), (5, "96"), (6, "99")):
        enter_figure(programme.indicators[row - 1], value, "%")
    unsettled = [row.row for row in facts_of(evaluate(programme)).rows if row.remarks]
    for number in unsettled:
        with transaction():
            service.define(programme.indicators[number - 1], "口径已确认（测试）", system("test"))
    return programme
