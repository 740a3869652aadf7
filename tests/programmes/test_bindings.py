"""Where an indicator's actual comes from: suggested, chosen, absent, never guessed."""

import json
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.app import FEATURES
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.errors import Rejected
from ops.core.period import year
from ops.indicators.catalogue import metrics
from ops.indicators.readings import Figure
from ops.people.roles import Role
from ops.programmes import presenting, queries, service
from ops.programmes.actuals import Origin, looks
from ops.programmes.binding import SUGGESTED, metric_options, resolve
from ops.programmes.evaluation.evaluation import Line, evaluate
from ops.programmes.models import Binds, IndicatorBinding, Programme
from ops.programmes.targets.values import Kind
from tests.app_fixtures import SignIn
from tests.programmes.factories import BY, bound_programme, make_payment, stored_programme, stored_programmes
from tests.programmes.reference import seed_rows


def line(programme: Programme, row: int) -> Line:
    return evaluate(programme).lines[row - 1]


@pytest.mark.pure
def test_every_published_row_has_a_suggestion() -> None:
    suggested = json.loads(SUGGESTED.read_text(encoding="utf-8"))
    rows = {(code, int(row)) for code, of_code in suggested.items() for row in of_code}
    assert rows == {(programme["project_code"], row["row"]) for programme, row in seed_rows()}


def test_suggestions_are_taken_once_and_leave_what_a_person_bound(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    with transaction():
        service.bind(programme.indicators[0], Binds.MANUAL, None, None, by)
    with transaction():
        assert service.bind_as_suggested(programme, by) == 5
    with transaction():
        assert service.bind_as_suggested(programme, by) == 0
    assert queries.bindings(programme)[programme.indicators[0].id].binds == Binds.MANUAL


def test_a_metric_that_does_not_exist_is_said_to_be_absent(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    row = IndicatorBinding(binds=Binds.METRIC, metric="nowhere.counted", scope_label="城区", by="", at=None)
    assert "nowhere.counted" in str(resolve(row, programme).absent)


def test_a_part_that_a_metric_does_not_have_is_said_to_be_absent(app: Flask) -> None:
    programme = stored_programme()
    row = IndicatorBinding(binds=Binds.METRIC, metric="programmes.paid", scope_label="没有的项目")
    assert "没有的项目" in str(resolve(row, programme).absent)
    row.scope_label = "2023"
    assert resolve(row, programme).absent, "2023 names five programmes, not one"
    row.scope_label = "四大联检"
    assert resolve(row, programme).scope == queries.programmes(2023)[3].id


def test_payments_are_bound_to_the_programme_itself(app: Flask) -> None:
    first, second, *_ = stored_programmes()
    for programme in (first, second):
        with transaction():
            service.bind_as_suggested(programme, BY)
    make_payment(first, "1000")
    make_payment(second, "3000.01")
    assert line(first, 4).actual.text == "0.10万元"
    assert line(second, 4).actual.text == "0.300001万元"
    assert line(second, 3).actual.text == "2023年5月9日"


def test_a_later_binding_replaces_and_the_earlier_one_stays(app: Flask, sign_in: SignIn) -> None:
    programme, client = bound_programme(), sign_in(Role.PERFORMANCE)
    indicator = programme.indicators[3]
    address = f"/programmes/indicators/{indicator.id}/binding"
    assert client.get(address).status_code == 200
    assert client.post(address, data={"binds": "manual", "figure": "", "witness": ""}).status_code == 303
    assert [each.binds for each in queries.history(IndicatorBinding, indicator)] == ["manual", "payments"]
    assert line(programme, 4).actual.origin is Origin.MISSING


def test_the_form_opens_on_what_is_bound_now(app: Flask) -> None:
    name, part = "canteen.subsidised_diners", "城区"
    row = IndicatorBinding(binds=Binds.METRIC, metric=name, scope_label=part)
    found = presenting.bound_so_far([row])["figure"]
    assert found.startswith(f"{name}|{part}")
    assert found in offered(Kind.COUNT)
    assert str(metrics()[name].label) in presenting.labels([row])[0]


def offered(kind: Kind) -> dict[str, str]:
    """Each figure with the feature that it is found under."""
    return {value: feature for value, _words, feature in metric_options(kind, FEATURES)}


def test_only_figures_of_the_targets_kind_are_offered_and_taken(app: Flask, by: Actor) -> None:
    assert "vehicles.returns_on_time|" in offered(Kind.PERCENT)
    assert "vehicles.dispatches|" not in offered(Kind.PERCENT)
    assert metric_options(Kind.QUALITATIVE, FEATURES) == []
    assert offered(Kind.PERCENT)["vehicles.returns_on_time|"] == "公务用车"
    programme = stored_programme()
    with pytest.raises(Rejected) as refusal, transaction():
        service.bind(programme.indicators[5], Binds.METRIC, "vehicles.dispatches|", None, by)
    assert refusal.value.field == "figure"
    with pytest.raises(Rejected) as refusal, transaction():
        service.bind(programme.indicators[5], Binds.PAYMENTS, None, None, by)
    assert refusal.value.field == "binds"


def test_no_event_counts_as_zero_only_where_someone_looked(app: Flask, by: Actor) -> None:
    programme = stored_programme()
    with transaction():
        service.bind(programme.indicators[1], Binds.METRIC, "vehicles.dispatches|", "programmes.paid", by)
    assert line(programme, 2).actual.origin is Origin.MISSING
    make_payment(programme)
    found = line(programme, 2)
    assert (found.actual.value, found.score.points) == (0, found.weight)
    assert "检查1次" in found.actual.text


def test_a_check_that_was_due_and_not_made_shows_nothing(app: Flask) -> None:
    share, count = metrics()["vehicles.returns_on_time"], metrics()["vehicles.dispatches"]
    assert looks(Figure(share, year(2023), 0, Decimal(0), Decimal(3), 3)) == 0
    assert looks(Figure(share, year(2023), 0, Decimal(2), Decimal(3), 3)) == 2
    assert looks(Figure(count, year(2023), 0, Decimal(3), Decimal(3), 3)) == 3


def test_a_wrong_choice_on_the_page_writes_nothing(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.PERFORMANCE)
    address = f"/programmes/indicators/{programme.indicators[0].id}/binding"
    assert client.post(address, data={"binds": "metric", "figure": "", "witness": ""}).status_code == 422
    assert client.post(address, data={"binds": "payment_date", "figure": "", "witness": ""}).status_code == 422
    assert client.post(address, data={"binds": "metric", "figure": "no.such|", "witness": ""}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(IndicatorBinding)) == 0


def test_the_page_of_bindings_offers_suggestions_until_they_are_taken(app: Flask, sign_in: SignIn) -> None:
    programme, client = stored_programme(), sign_in(Role.PERFORMANCE)
    address = f"/programmes/{programme.id}/bindings"
    assert "按建议对应" in client.get(address).get_data(as_text=True)
    assert client.post(f"/programmes/{programme.id}/suggested-bindings").status_code == 303
    assert "按建议对应</button>" not in client.get(address).get_data(as_text=True)
    assert sign_in(Role.LEADER).get(address).status_code == 200
    assert sign_in(Role.LEADER).post(f"/programmes/{programme.id}/suggested-bindings").status_code == 403
    assert client.get("/programmes/indicators/999/binding").status_code == 404
