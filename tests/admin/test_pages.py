"""Pages of the house: users, audit trail, jobs, permissions, calendar."""

import pytest
from flask import Flask
from flask_babel import force_locale, refresh
from sqlalchemy import select

from ops.admin.deeds import deed_said
from ops.core import audit
from ops.core.access import system
from ops.core.audit import AuditEntry, verify
from ops.core.db import db, transaction
from ops.people.models import User
from ops.people.roles import Role
from tests.app_fixtures import SignIn

PAGES = ["/admin/audit", "/admin/audit/check", "/admin/jobs", "/admin/permissions"]


@pytest.mark.parametrize("address", [*PAGES, "/admin/users", "/admin/users/new", "/admin/calendar"])
def test_the_administrator_sees_every_page(app: Flask, sign_in: SignIn, address: str) -> None:
    assert sign_in(Role.ADMINISTRATOR).get(address).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/admin/users", "/admin/calendar"])
def test_a_dispatcher_sees_none_of_them(app: Flask, sign_in: SignIn, address: str) -> None:
    assert sign_in(Role.DISPATCHER).get(address).status_code == 403


def test_a_user_is_added_and_can_sign_in(app: Flask, sign_in: SignIn) -> None:
    typed = {"username": "driver-9", "name": "司机09", "password": "0123456789", "roles": ["driver", "dispatcher"]}
    assert sign_in(Role.ADMINISTRATOR).post("/admin/users/new", data=typed).status_code == 303
    answer = app.test_client().post("/sign-in", data={"username": "driver-9", "password": "0123456789"})
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_short_password_is_refused_beside_its_field_and_nothing_is_written(app: Flask, sign_in: SignIn) -> None:
    typed = {"username": "driver-9", "name": "司机09", "password": "short", "roles": ["driver"]}
    answer = sign_in(Role.ADMINISTRATOR).post("/admin/users/new", data=typed)
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert db.session.scalar(select(User).where(User.username == "driver-9")) is None


def test_an_administrator_cannot_shut_himself_out(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    own = db.session.scalars(select(User).order_by(User.id.desc())).first()
    assert own
    answer = client.post(f"/admin/users/{own.id}", data={"roles": ["administrator"], "disabled": "y"})
    assert answer.status_code == 422
    assert own.disabled_at is None


def test_a_day_of_the_calendar_is_set_and_stands_in_the_trail_with_its_before_and_after(
    app: Flask, sign_in: SignIn
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    typed = {"day": "2027-10-01", "note": "国庆节", "source": "通知（2027年）"}
    assert client.post("/admin/calendar", data=typed).status_code == 303
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.subject) == ("admin.calendar.day_set", "calendar_day:2027-10-01")
    page = client.get(f"/admin/audit/{entry.id}").text
    assert "国庆节" in page
    assert not list(verify())


def test_the_trail_is_searched_by_the_words_of_a_deed(app: Flask, sign_in: SignIn) -> None:
    """As they stand on the page, in the reader's language; the code finds it as before."""
    with transaction():
        audit.record("vehicles.alarm.settled", "alarm:70001", system("test"))
        audit.record("vehicles.dispatch.cancelled", "dispatch:70002", system("test"))
    client = sign_in(Role.ADMINISTRATOR)

    def found(text: str) -> tuple[bool, bool]:
        page = client.get("/admin/audit", query_string={"q": text}).text
        return "70001" in page, "70002" in page

    assert found(deed_said("vehicles.alarm.settled")) == (True, False)
    assert found(deed_said("vehicles.dispatch.cancelled")) == (False, True)
    assert found("was settled") == (False, False)
    refresh()
    client.post("/language", data={"language": "en"})
    with force_locale("en"):
        said = deed_said("vehicles.alarm.settled")
    assert said.endswith("was settled")
    assert found(said.upper()) == (True, False)
    assert found("settled") == (True, False)
    assert found("没有这样的事") == (False, False)
