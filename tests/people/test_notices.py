"""Notices: a row for each who is told, once for a key, read one by one or all at once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ops.core import notify
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.core.notify import Notice
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_user

KEYS = ("inspection 1", "inspection 2")


@pytest.fixture
def told(app: Flask, sign_in: SignIn) -> FlaskClient:
    """A driver who was told twice."""
    client = sign_in(Role.DRIVER)
    with transaction():
        for key in KEYS:
            assert notify.send_to_role(Role.DRIVER, _l("Notices, %(count)s unread", count=3), "/notices", key) == 1
    return client


def bell(client: FlaskClient) -> str:
    found = re.search(r'class="bell-count"[^>]*>([^<]*)<', client.get("/").get_data(as_text=True))
    return found[1] if found else ""


def test_the_bell_counts_what_is_unread(told: FlaskClient, sign_in: SignIn) -> None:
    assert bell(told) == "2"
    assert bell(sign_in(Role.LEADER)) == ""
    assert told.post("/notices/1/reading").headers["Location"] == "/notices"
    assert bell(told) == "1"
    assert told.post("/notices/reading").status_code == 303
    assert bell(told) == ""
    assert told.get("/notices?show=unread").get_data(as_text=True).count("/reading") == 0
    assert told.get("/notices?show=read").get_data(as_text=True).count("/reading") == 2


def test_nobody_reads_or_opens_what_others_were_told(told: FlaskClient, sign_in: SignIn) -> None:
    other = sign_in(Role.DRIVER)
    assert other.post("/notices/1/reading").status_code == 404
    assert other.post("/notices/reading").status_code == 303
    assert bell(told) == "2"
    assert db.session.scalars(select(Notice.read_at)).all() == [None, None]


def test_the_same_key_tells_nobody_twice_and_a_newcomer_once(told: FlaskClient) -> None:
    make_user(Role.DRIVER)
    with transaction():
        assert notify.send_to_role(Role.DRIVER, "again", "/notices", KEYS[0]) == 1
        assert notify.send([], "to nobody", "/notices", KEYS[0]) == 0
    assert len(db.session.scalars(select(Notice)).all()) == 3


def test_a_notice_is_said_in_the_readers_language(told: FlaskClient) -> None:
    notice = db.session.scalars(select(Notice)).first()
    assert notice
    with force_locale("en"):
        assert notice.text == "Notices, 3 unread"
    with force_locale("zh_Hans_CN"):
        assert notice.text == "通知，3条未读"


def test_a_lazy_value_inside_a_notice_is_said_in_the_readers_language_too(app: Flask) -> None:
    user = make_user(Role.DRIVER)
    with transaction():
        notify.send([user.id], _l("Notices, %(count)s unread", count=_l("unread")), "/notices", "lazy")
    notice = db.session.scalars(select(Notice)).one()
    with force_locale("zh_Hans_CN"):
        assert notice.text == "通知，未读条未读"


def test_a_deed_that_fails_tells_nobody(app: Flask) -> None:
    user = make_user(Role.DRIVER)
    with pytest.raises(RuntimeError, match="stop"), transaction():
        notify.send([user.id], "never", "/notices", "undone")
        raise RuntimeError("stop")
    assert notify.unread(Actor(user.id, "")) == 0


def test_a_notice_leads_to_our_own_pages_only(told: FlaskClient) -> None:
    user_id = db.session.scalars(select(Notice.user_id)).first()
    with transaction():
        notify.send([user_id or 0], "away", "https://example.org/", "away")
    assert told.post("/notices/3/reading").headers["Location"] == "/"
