"""What a review left over: a dash is no reason, and a file's name may hold any words of a code."""

from urllib.parse import quote

from flask import Flask

from ops.core import audit, clock
from ops.core.access import current_actor
from ops.core.db import db, transaction
from ops.people.roles import Role
from ops.programmes.evaluation.evaluation import evaluate
from ops.programmes.evaluation.models import DeviationReason
from ops.programmes.evaluation.presenting import Shown
from ops.programmes.models import Programme
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, bound_programme, make_payment


def explained(programme: Programme, cause: str, measure: str) -> None:
    with transaction():
        row = DeviationReason(programme_id=programme.id, row=0, cause=cause, measure=measure, at=clock.now(), by="测试")
        db.session.add(row)
        audit.record("test.explained", row, BY)


def test_a_dash_is_no_reason_for_money_that_was_not_paid_out(app: Flask) -> None:
    programme = bound_programme()
    make_payment(programme, "1000")
    with app.test_request_context():
        before = Shown(evaluate(programme), current_actor()).notes()[0][1]
    explained(programme, "—", "/")
    with app.test_request_context():
        assert Shown(evaluate(programme), current_actor()).notes()[0][1] == before
    explained(programme, "采购节约", "编实预算")
    with app.test_request_context():
        assert before not in [each[1] for each in Shown(evaluate(programme), current_actor()).notes()]


def test_a_pack_is_named_whatever_stands_in_the_code(app: Flask, sign_in: SignIn) -> None:
    programme = bound_programme()
    with transaction():
        programme.code = '某"项目";x=1'
        audit.record("test.renamed", programme, BY)
    answer = sign_in(Role.PERFORMANCE).get(f"/programmes/{programme.id}/pack.zip")
    said = answer.headers["Content-Disposition"]
    full = quote(f"{programme.code}-2023.zip", safe="")
    assert said == f"attachment; filename=pack-2023.zip; filename*=UTF-8''{full}"
