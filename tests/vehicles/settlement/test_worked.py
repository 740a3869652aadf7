"""How the amount of a line came about, in words that add up to it."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from flask import Flask
from flask_babel import force_locale

from ops.vehicles.settlement.models import StatementLine, Tariff
from ops.vehicles.settlement.rules import Use, price
from ops.vehicles.settlement.worked import work_out
from tests.vehicles.settlement.test_rules import by_km, hire, use


@pytest.mark.parametrize("tariff", [by_km(), by_km(least_km=60), by_km(far_from=0, far_price=Decimal(0)), hire()])
@pytest.mark.parametrize("used", [use(0), use(25), use(51, 16, 1), use(164, 18, 30), use(201, 20, days=2)])
def test_the_terms_that_a_line_tells_add_up_to_its_price(app: Flask, tariff: Tariff, used: Use) -> None:
    found = work_out(StatementLine(share=""), tariff, used)
    assert sum(each.amount for each in found.terms).quantize(Decimal("0.01"), ROUND_HALF_UP) == found.total
    assert found.total == price(tariff, used)
    assert all(each.amount for each in found.terms) or not found.total


def test_a_line_says_what_is_shared_and_that_a_short_trip_is_charged_its_least(app: Flask) -> None:
    short, shared = by_km(least_km=60), StatementLine(share="2/5")
    with force_locale("en"):
        told = work_out(shared, short, use(25)).told
    assert told == "at least 60 km: 50 km × 1.80 + 10 km × 1.60 = 106.00 yuan, of it 2/5 by people"
