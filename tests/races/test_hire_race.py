"""Sixteen clerks take invoices for hired vehicles in the same moment, through the page."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from ops.core import audit
from ops.core.access import Actor
from ops.core.db import db, transaction
from ops.people import service as people
from ops.people.roles import Role
from ops.vehicles.hires.money_models import HireInvoice, HireInvoiceLine
from tests.factories import AT, make_unit
from tests.server import Visitor, at_once, serving
from tests.vehicles.factories import approve_hire, drive_hire, make_asked_hire, make_vendor, order_hire

RACERS, ROUNDS = 16, 5
PASSWORD = "a long password"


@pytest.fixture
def clerks(app: Flask, by: Actor) -> Iterator[list[Visitor]]:
    with transaction():
        for number in range(RACERS):
            people.add_user(f"clerk{number}", f"出纳{number:02}", PASSWORD, [Role.FINANCE], by)
    with serving(app.config["SQLALCHEMY_DATABASE_URI"]) as url:
        visitors = [Visitor(url).sign_in(f"clerk{number}", PASSWORD) for number in range(RACERS)]
        yield visitors
        for visitor in visitors:
            visitor.close()


def take(clerk: Visitor, vendor_id: int, number: str, trip_id: int, amount: Decimal) -> int:
    given = {"number": number, "day": f"{AT:%Y-%m-%d}", "amount": str(amount), "trip_ids": trip_id, "words": ""}
    return clerk.post(f"/vehicles/hire-vendors/{vendor_id}/invoices/new", given).status


def test_an_invoice_is_taken_once_and_a_hire_is_not_paid_beyond_its_estimate_unsaid(
    app: Flask, clerks: list[Visitor]
) -> None:
    one_number(clerks)
    one_hire(clerks)
    db.session.rollback()
    assert db.session.scalar(select(func.count(HireInvoice.id))) == 2 * ROUNDS
    assert db.session.scalar(select(func.count(HireInvoiceLine.trip_id.distinct()))) == 2 * ROUNDS
    assert list(audit.verify()) == []


def one_number(clerks: list[Visitor]) -> None:
    """Each over a vehicle-trip of its own, so that only the number is raced for."""
    vendor, unit_id = make_vendor({"coach": 1400}), make_unit().id
    hires = [approve_hire(make_asked_hire(AT + timedelta(days=n), unit_id=unit_id)) for n in range(RACERS)]
    trips = [(trip.id, trip.cost) for hire in hires for trip in drive_hire(order_hire(hire, vendor)).trips]
    vendor_id = vendor.id
    won_once(
        at_once(RACERS, ROUNDS, lambda number, racer: take(clerks[racer], vendor_id, f"FP-{number}", *trips[racer]))
    )


def one_hire(clerks: list[Visitor]) -> None:
    """Two vendors of a hire: each invoice alone is within the estimate, the second has to say why, whoever is first."""
    vendors, unit_id = [make_vendor({"coach": 1400}), make_vendor({"coach": 1400})], make_unit().id
    keys, rounds, states = [vendor.id for vendor in vendors], [], []
    for number in range(ROUNDS):
        wanted = {"people": 90, "wanted": {"coach": 2}, "estimate": Decimal(2800), "unit_id": unit_id}
        hire = approve_hire(make_asked_hire(AT + timedelta(days=number), **wanted))
        for vendor in vendors:
            order_hire(hire, vendor)
        rounds.append([(trip.id, trip.cost) for trip in drive_hire(hire, 120).trips])
        states.append(hire)

    def press(number: int, racer: int) -> int:
        return take(clerks[racer], keys[racer % 2], f"FP-{number}-{racer}", *rounds[number][racer % 2])

    won_once(at_once(RACERS, ROUNDS, press))
    db.session.rollback()
    assert {hire.state for hire in states} == {"carried_out"}, "half of each is invoiced"


def won_once(statuses: list[list[int]]) -> None:
    assert [(each.count(303), each.count(422)) for each in statuses] == [(1, RACERS - 1)] * ROUNDS
