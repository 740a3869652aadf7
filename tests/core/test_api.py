"""The JSON door: who comes in, what is refused and how, and a document that says what there is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ops.core import clock
from ops.core.access import Actor
from ops.core.audit import AuditEntry
from ops.core.db import db, transaction
from ops.people import tokens
from ops.people.models import ApiToken, User
from ops.people.roles import Role
from ops.vehicles.models import Dispatch, TripRequest
from tests.app_fixtures import SignIn
from tests.factories import make_driver, make_trip_request, make_unit, make_user, make_vehicle

ASKED = {
    "purpose": "调研", "destination": "市区", "people": 2, "contact": "乘车人01", "phone": "0315-0000000",
    "starts_at": "2023-05-09T08:30", "ends_at": "2023-05-09T12:30", "afterwards": "补录",
}  # fmt: skip


def make_token(*roles: Role, by: Actor, **values: Any) -> tuple[ApiToken, str]:
    user = make_user(*roles, unit_id=values.pop("unit_id", None))
    with transaction():
        return tokens.make_token(user.id, "测试系统", values.get("expires_on"), by)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_machine_asks_and_dispatches_by_its_token(app: Flask, client: FlaskClient, by: Actor) -> None:
    _token, secret = make_token(Role.DISPATCHER, by=by)
    unit, car, driver = make_unit(), make_vehicle(), make_driver()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        asked = client.post("/api/vehicles/requests", json={**ASKED, "unit_id": unit.id}, headers=bearer(secret))
        assert (asked.status_code, asked.json["state"]) == (201, "requested")
        given = client.post(
            f"/api/vehicles/requests/{asked.json['id']}/dispatch",
            json={"vehicle_id": car.id, "driver_id": driver.id, "seen": asked.json["mark"]},
            headers=bearer(secret),
        )
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert given.status_code == 201
    assert given.json["dispatch"] | {"mark": ""} == {
        "id": 1, "request_id": asked.json["id"], "vehicle_id": car.id, "plate": car.plate, "driver_id": driver.id,
        "driver": driver.name, "second_driver_id": None, "second_driver": None,
        "starts_at": "2023-05-09T08:30:00", "ends_at": "2023-05-09T12:30:00",
        "due_at": "2023-05-09T12:30:00", "state": "assigned", "mark": "",
    }  # fmt: skip
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "vehicles.dispatch.made")).one()
    assert entry.actor_id is not None


def test_a_script_of_our_own_page_needs_the_pages_token(app: Flask, sign_in: SignIn) -> None:
    unit = make_unit()
    client = sign_in(Role.LIAISON, unit_id=unit.id)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        [token] = re.findall(r'<meta name="csrf-token" content="([^"]+)">', client.get("/vehicles/requests").text)
        wanted = {**ASKED, "unit_id": unit.id}
        assert client.post("/api/vehicles/requests", json=wanted).status_code == 400
        assert client.post("/api/vehicles/requests", json=wanted, headers={"X-CSRFToken": "x"}).status_code == 400
        assert client.post("/api/vehicles/requests", json=wanted, headers={"X-CSRFToken": token}).status_code == 201
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert len(db.session.scalars(select(TripRequest.id)).all()) == 1


def test_strangers_and_those_without_leave_are_told_so_in_json(client: FlaskClient, sign_in: SignIn) -> None:
    refused = client.get("/api/vehicles/requests")
    assert (refused.status_code, refused.json["field"]) == (401, None)
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert client.post("/api/vehicles/requests", json=ASKED).status_code == 401
    cook = sign_in(Role.CANTEEN)
    assert cook.get("/api/vehicles/requests").status_code == 403
    assert cook.get("/api/vehicles/requests").json["message"]
    assert sign_in(Role.DISPATCHER).get("/api/vehicles/requests/999").json["message"]
    assert client.get("/api/no-such-thing").status_code == 404
    assert client.get("/api/no-such-thing").is_json


def test_a_token_that_is_wrong_over_revoked_or_of_somebody_shut_out_opens_nothing(
    app: Flask, sign_in: SignIn, by: Actor
) -> None:
    address = "/api/vehicles/requests"
    token, secret = make_token(Role.DISPATCHER, by=by)
    over, old = make_token(Role.DISPATCHER, by=by, expires_on=clock.today() + timedelta(days=1))
    _other, others = make_token(Role.DISPATCHER, by=by)
    client = sign_in(Role.DISPATCHER)
    assert client.get(address, headers=bearer(secret)).status_code == 200
    assert client.get(address, headers=bearer(old)).status_code == 200
    with transaction():
        tokens.revoke_token(token, by)
        db.session.get_one(ApiToken, over.id).expires_on = clock.today()
        gone = db.session.get_one(ApiToken, _other.id)
        db.session.get_one(User, tokens.user_of(others)).disabled_at = clock.now()
        tokens.audit.record("test.arranged", gone, by)
    for shown in (secret, old, others, "x", ""):
        assert client.get(address, headers=bearer(shown)).status_code == 401, shown
    assert client.get(address, headers={"Authorization": "Basic YTpi"}).status_code == 401
    assert secret not in app.test_cli_runner().invoke(args=["--help"]).output
    assert db.session.scalar(select(ApiToken.secret_hash).where(ApiToken.id == token.id)) != secret


def test_what_makes_no_sense_is_refused_with_its_field(sign_in: SignIn) -> None:
    client, unit = sign_in(Role.DISPATCHER), make_unit()
    usual = {**ASKED, "unit_id": unit.id}
    for field, wrong in (
        ("people", 0), ("people", -1), ("people", 61), ("people", 2.5), ("people", "zwei"), ("people", True),
        ("people", 10**30), ("people", None), ("unit_id", 999), ("unit_id", [1]), ("purpose", "  "), ("purpose", 7),
        ("purpose", "x" * 201), ("purpose", "a\0b"), ("purpose", "\ud800"), ("starts_at", 0), ("starts_at", "0"),
        ("starts_at", "2023-13-09T08:30"), ("starts_at", "0001-01-01T00:00"), ("starts_at", "0001-01-01T00:00+14:00"),
        ("ends_at", "2023-05-09T08:30"), ("ends_at", "2023-07-09T08:30"), ("driver", 1), ("reason", 5),
    ):  # fmt: skip
        answer = client.post("/api/vehicles/requests", json={**usual, field: wrong})
        assert (answer.status_code, answer.json["field"]) == (422, field), (field, wrong, answer.json)
        assert answer.json["message"]
    for body in ([], 7, "x"):
        assert client.post("/api/vehicles/requests", json=body).status_code == 422, body
    assert client.post("/api/vehicles/requests", json={"people": 0}).json["errors"][0]["field"] == "unit_id"
    assert db.session.scalars(select(TripRequest.id)).all() == []


def test_what_is_no_json_is_refused(sign_in: SignIn) -> None:
    client = sign_in(Role.DISPATCHER)
    address = "/api/vehicles/requests"
    assert client.post(address, data="{", content_type="application/json").status_code == 400
    assert client.post(address, content_type="application/json").status_code == 400
    assert client.post(address, data="{}", content_type="text/plain").status_code == 415
    assert client.put(address, json={}).status_code == 405
    for query in ("page=0", "per_page=501", "since=0", "waiting=perhaps", "colour=red"):
        assert client.get(f"{address}?{query}").status_code == 422, query


def test_a_moment_with_an_offset_is_the_sites_wall_clock(sign_in: SignIn) -> None:
    unit = make_unit()
    there = {"starts_at": "2023-05-09T00:30:00Z", "ends_at": "2023-05-09T12:30:00+08:00", "unit_id": unit.id}
    answer = sign_in(Role.DISPATCHER).post("/api/vehicles/requests", json={**ASKED, **there})
    assert (answer.json["starts_at"], answer.json["ends_at"]) == ("2023-05-09T08:30:00", "2023-05-09T12:30:00")


def test_a_liaison_asks_and_looks_for_his_own_unit_only(sign_in: SignIn) -> None:
    mine, other = make_unit(), make_unit()
    theirs = make_trip_request(unit_id=other.id)
    client = sign_in(Role.LIAISON, unit_id=mine.id)
    assert client.post("/api/vehicles/requests", json={**ASKED, "unit_id": other.id}).json["field"] == "unit_id"
    assert client.post("/api/vehicles/requests", json={**ASKED, "unit_id": mine.id}).status_code == 201
    assert client.get("/api/vehicles/requests").json["total"] == 1
    assert client.get(f"/api/vehicles/requests/{theirs.id}").status_code == 404


def test_lists_are_narrowed_and_paged(sign_in: SignIn) -> None:
    requests = [make_trip_request() for _number in range(3)]
    late = make_trip_request(requests[0].starts_at + timedelta(days=3))
    client = sign_in(Role.DISPATCHER)
    page = client.get("/api/vehicles/requests?per_page=2&page=2").json
    assert (page["total"], [row["id"] for row in page["rows"]]) == (4, [requests[2].id, late.id])
    since = client.get("/api/vehicles/requests?since=2023-05-10T00:00&waiting=true").json
    assert [row["id"] for row in since["rows"]] == [late.id]
    assert client.get("/api/vehicles/requests?until=2023-05-09T08:30").json["total"] == 0


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (path, method.upper()): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_the_document_says_every_endpoint_with_all_its_answers(app: Flask, client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    said = operations(document)
    there = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/") and rule.endpoint != "openapi"
    }
    assert set(said) == there
    for (path, method), operation in said.items():
        needed = {"400", "401", "403", "404", "422"} | ({"415"} if "requestBody" in operation else set())
        assert needed < set(operation["responses"]), path
        assert [each for each in operation["responses"] if each.startswith("2")], path
        assert operation.get("requestBody", {"required": True})["required"] is True
        assert (method == "GET") or "requestBody" in operation or operation.get("summary"), path
        in_path = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert set(re.findall(r"{(\w+)}", path)) == in_path, path


def test_every_reference_of_the_document_leads_somewhere(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    found = re.findall(r"#/components/schemas/([\w.]+)", client.get("/api/openapi.json").text)
    assert "Refusal" in found
    assert set(found) <= set(document["components"]["schemas"])


@pytest.mark.parametrize("role", [Role.CANTEEN])
def test_every_endpoint_of_the_document_guards_itself(client: FlaskClient, sign_in: SignIn, role: Role) -> None:
    """Called without a body or right: a stranger 401, somebody else 403, before anything is read."""
    other = sign_in(role)
    for path, method in operations(client.get("/api/openapi.json").json):
        address = re.sub(r"{\w+}", "1", path)
        assert client.open(address, method=method).status_code == 401, path
        assert other.open(address, method=method).status_code == 403, path


def test_bodies_of_the_document_are_those_that_the_endpoints_read(client: FlaskClient, sign_in: SignIn) -> None:
    """An empty object to every endpoint with required fields: each of them, and no other, is asked for."""
    document, everybody = client.get("/api/openapi.json").json, sign_in(*Role)
    request = make_trip_request()
    asked = 0
    for (path, method), operation in operations(document).items():
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        schema = document["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], {})
        if not schema.get("required"):
            continue
        answer = everybody.open(re.sub(r"{\w+}", str(request.id), path), method=method, json={})
        if answer.status_code == 404:
            continue
        assert {each["field"] for each in answer.json["errors"]} == set(schema["required"]), path
        asked += 1
    assert asked > 2
    assert db.session.scalars(select(Dispatch.id)).all() == []
