"""Those who watch write nothing: every address of the section that takes a POST is tried, pages and JSON."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core.audit import AuditEntry
from ops.core.db import db
from ops.people.roles import Role
from tests.app_fixtures import SignIn

FILING = {f"vehicles.violations.{deed}" for deed in ("new_filing", "question", "outcome", "withdrawal")}
MONEY = {
    *(f"vehicles.costs.{deed}" for deed in ("new_entry", "new_policy", "reversal", "tank")),
    *(f"vehicles.fuel.{deed}" for deed in ("new_fill", "new_card", "top_up", "top_up_reversal", "new_statement")),
    *(f"vehicles.repairs.{deed}" for deed in ("approval", "refusal", "invoice", "new_violation", "payment")),
    *(f"vehicles.hire_money.{deed}" for deed in ("new_invoice", "invoice_return", "new_budget")),
}
THEIRS: dict[Role, set[str]] = {
    **{role: set() for role in (Role.AUDITOR, Role.FINANCE_WATCH, Role.LEADER, Role.PERFORMANCE)},
    Role.DISCIPLINE: FILING,
}


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """(endpoint, an address of it) of the section, wherever something may be sent."""
    bound = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("vehicles") and "POST" in (rule.methods or ()):
            values = {name: {"kind": "alarm"}.get(name, 1) for name in rule.arguments}
            yield rule.endpoint, bound.build(rule.endpoint, values, method="POST")


@pytest.mark.parametrize("role", THEIRS)
def test_who_watches_writes_nothing_but_what_is_his(app: Flask, sign_in: SignIn, role: Role) -> None:
    client, tried = sign_in(role), dict(addresses(app))
    entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
    let_in = {
        endpoint
        for endpoint, address in tried.items()
        if client.post(address, json={} if address.startswith("/api/") else None).status_code != 403
    }
    assert len(tried) > 100
    assert let_in == THEIRS[role]
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_finance_writes_of_money_only(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.FINANCE)
    refused = {each for each, address in addresses(app) if client.post(address, json={}).status_code == 403}
    let_in = {each for each, _address in addresses(app)} - refused
    assert let_in >= MONEY
    watched = ("positions", "violations", "board", "approvals", "register", "sealing", "obligations", "odometer")
    assert not {each for each in let_in if each.split(".")[1:2] and each.split(".")[1] in watched}
