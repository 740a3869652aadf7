"""Signing in, being locked out, and where one is led afterwards."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from ops.core import clock
from ops.core.access import system
from ops.core.db import db, transaction
from ops.core.page import own_path
from ops.people import service
from ops.people.models import SignInAttempt, User
from ops.people.roles import Role

PASSWORD = "a long enough one"
FOREIGN = [
    *("//evil.example", "https://evil.example", "/\\evil.example", "////evil.example", "http://[evil"),
    *("/\t/evil.example", "javascript:alert(1)", "evil"),
]


@pytest.fixture
def user(app: Flask) -> User:
    with transaction():
        return service.add_user("liaison-1", "联络员01", PASSWORD, [Role.LIAISON], by=system("test"))


def try_in(client: FlaskClient, password: str, **more: str) -> int:
    return client.post("/sign-in", data={"username": "liaison-1", "password": password, **more}).status_code


def failures() -> int:
    return db.session.scalar(select(func.count(SignInAttempt.id))) or 0


def test_the_right_password_lets_in_and_a_wrong_one_does_not(client: FlaskClient, user: User) -> None:
    assert client.get("/").location.startswith("/sign-in?next=")
    assert try_in(client, "wrong") == 422
    assert client.get("/").status_code == 302
    assert try_in(client, PASSWORD) == 303
    assert client.get("/").status_code == 200


def test_five_failures_lock_the_name_though_each_attempt_was_rolled_back(client: FlaskClient, user: User) -> None:
    for number in range(5):
        assert failures() == number
        assert try_in(client, "wrong") == 422
    answer = client.post("/sign-in", data={"username": "liaison-1", "password": PASSWORD})
    assert answer.status_code == 422
    assert 'id="username-error"' in answer.text
    assert failures() == 5


def test_a_locked_name_opens_after_fifteen_minutes_whatever_was_tried_meanwhile(
    client: FlaskClient, user: User
) -> None:
    began = clock.now()
    for _ in range(5):
        try_in(client, "wrong")
    with time_machine.travel(began - timedelta(hours=8) + timedelta(minutes=14), tick=False):
        assert try_in(client, PASSWORD) == 422
    with time_machine.travel(began - timedelta(hours=8) + timedelta(minutes=17), tick=False):
        assert try_in(client, PASSWORD) == 303


def test_a_success_forgets_the_failures_before_it(client: FlaskClient, user: User) -> None:
    try_in(client, "wrong")
    try_in(client, PASSWORD)
    assert failures() == 0


def test_an_unknown_name_is_refused_in_the_same_words(client: FlaskClient, user: User) -> None:
    answers = [
        client.post("/sign-in", data={"username": name, "password": "wrong"}) for name in ("liaison-1", "nobody")
    ]
    said = [re.sub(r'liaison-1|nobody|name="csrf_token"[^>]*', "", answer.text) for answer in answers]
    assert said[0] == said[1]


def test_a_user_who_was_shut_out_cannot_come_in_nor_stay(client: FlaskClient, user: User) -> None:
    try_in(client, PASSWORD)
    with transaction():
        service.set_roles(user, [Role.LIAISON], disabled=True, by=system("test"))
    assert client.get("/").status_code == 302
    assert try_in(client, PASSWORD) == 422


def test_one_comes_back_to_the_page_one_asked_for(client: FlaskClient, user: User) -> None:
    asked = client.get("/vehicles/requests?show=waiting")
    assert "next=" in asked.location
    page = client.get(asked.location).text
    assert 'name="next" value="/vehicles/requests?show=waiting"' in page
    typed = {"username": "liaison-1", "password": PASSWORD, "next": "/vehicles/requests?show=waiting"}
    assert client.post("/sign-in", data=typed).location == "/vehicles/requests?show=waiting"


@pytest.mark.parametrize("foreign", FOREIGN)
def test_nobody_is_led_to_a_foreign_address(client: FlaskClient, user: User, foreign: str) -> None:
    typed = {"username": "liaison-1", "password": PASSWORD, "next": foreign}
    assert client.post("/sign-in", data=typed).location == "/"
    assert client.post("/language", data={"language": "en", "next": foreign}).location == "/"


@pytest.mark.pure
@pytest.mark.parametrize("foreign", [*FOREIGN, "", None])
def test_a_foreign_path_becomes_empty(foreign: str | None) -> None:
    assert own_path(foreign) == ""


@pytest.mark.pure
def test_an_own_path_keeps_its_query() -> None:
    assert own_path("/figures?period=2023") == own_path("https://elsewhere.example/figures?period=2023")


def test_a_name_without_a_password_cannot_sign_in(client: FlaskClient, user: User) -> None:
    with transaction():
        user.password_hash = None
        service.audit.record("test.emptied", user, system("test"))
    for password in ("", "None", PASSWORD):
        assert try_in(client, password) == 422


def test_the_language_stays_after_signing_out(client: FlaskClient, user: User) -> None:
    client.post("/language", data={"language": "en"})
    try_in(client, PASSWORD)
    assert client.post("/sign-out").location == "/sign-in"
    assert "Sign in" in client.get("/sign-in").text
    assert client.get("/").status_code == 302


def test_a_password_is_kept_as_a_salted_hash(user: User) -> None:
    assert user.password_hash
    assert user.password_hash.startswith("$argon2id$")
