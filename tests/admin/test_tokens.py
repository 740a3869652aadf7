"""An administrator makes and revokes the tokens of machines."""

import re

from flask import Flask
from sqlalchemy import select

from ops.core.audit import AuditEntry
from ops.core.db import db
from ops.people.models import ApiToken
from ops.people.roles import Role
from tests.app_fixtures import SignIn
from tests.factories import make_user


def test_a_token_is_shown_once_works_and_is_revoked(app: Flask, sign_in: SignIn) -> None:
    user = make_user(Role.DISPATCHER)
    client = sign_in(Role.ADMINISTRATOR)
    assert client.get("/admin/tokens/new").status_code == 200
    made = client.post("/admin/tokens/new", data={"user_id": user.id, "name": "省平台", "expires_on": ""})
    assert made.status_code == 201
    [secret] = re.findall(r"Bearer ([\w-]{40,})", made.text)
    machine, shown = app.test_client(), {"Authorization": f"Bearer {secret}"}
    assert machine.get("/api/vehicles/requests", headers=shown).status_code == 200
    assert machine.get("/vehicles/requests", headers=shown).status_code == 302
    listed = client.get("/admin/tokens").text
    assert "省平台" in listed
    assert secret not in listed
    assert not [each for each in db.session.scalars(select(AuditEntry.changes)) if secret in each or "secret" in each]
    token = db.session.scalars(select(ApiToken)).one()
    assert client.post(f"/admin/tokens/{token.id}/revocation").status_code == 303
    assert machine.get("/api/vehicles/requests", headers=shown).status_code == 401
    client.post(f"/admin/tokens/{token.id}/revocation")
    assert db.session.get_one(ApiToken, token.id).revoked_by


def test_a_token_needs_a_name_a_user_and_a_day_to_come(app: Flask, sign_in: SignIn) -> None:
    user, gone = make_user(Role.DISPATCHER), make_user(Role.DISPATCHER)
    client = sign_in(Role.ADMINISTRATOR)
    usual = {"user_id": user.id, "name": "省平台", "expires_on": "2099-01-01"}
    client.post(f"/admin/users/{gone.id}", data={"roles": [Role.DISPATCHER], "disabled": "y"})
    for wrong in ({"user_id": ""}, {"user_id": 999}, {"user_id": gone.id}, {"name": ""}, {"expires_on": "2020-01-01"}):
        answer = client.post("/admin/tokens/new", data={**usual, **wrong})
        assert answer.status_code == 422, wrong
    assert db.session.scalars(select(ApiToken.id)).all() == []
    assert client.post("/admin/tokens/new", data=usual).status_code == 201


def test_only_an_administrator_keeps_tokens(app: Flask, sign_in: SignIn) -> None:
    for role in (Role.LEADER, Role.AUDITOR, Role.DISPATCHER):
        assert sign_in(role).get("/admin/tokens").status_code == 403
        assert sign_in(role).post("/admin/tokens/new", data={}).status_code == 403
