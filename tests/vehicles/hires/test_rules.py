"""What hired vehicles cost and whether they are more than needed, on values alone."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

import pytest

from ops.core.errors import Rejected
from ops.vehicles.hires import pricing_rules, rules
from ops.vehicles.hires.pricing_rules import BudgetView, class_verdict, fee
from ops.vehicles.hires.rule_models import HireClassRule
from ops.vehicles.hires.vendor_models import ContractPrice, PriceMethod

pytestmark = pytest.mark.pure
EIGHT, FIVE = datetime(2023, 5, 9, 8), datetime(2023, 5, 9, 17)


def priced(method: str, **values: object) -> ContractPrice:
    usual = {"price": Decimal(400), "base_km": 100, "base_hours": 9, "km_price": Decimal(2), "hour_price": Decimal(30)}
    return ContractPrice(method=method, **{**usual, **values})


@pytest.mark.parametrize(
    ("method", "km", "end", "plain", "over"),
    [
        ("by_day", 100, FIVE, "400", "0"), ("by_day", 150, FIVE, "400", "100"),
        ("by_day", 100, datetime(2023, 5, 9, 18, 30), "400", "45"),
        ("by_day", 100, datetime(2023, 5, 9, 17, 1), "400", "0.50"),
        ("by_day", 250, datetime(2023, 5, 10, 20), "800", "100"), ("by_km", 60, FIVE, "200", "0"),
        ("by_km", 130, FIVE, "200", "60"), ("by_trip", 900, FIVE, "400", "0"),
    ],
)  # fmt: skip
def test_the_fee_is_the_contract_price_with_its_overrun(
    method: str, km: int, end: datetime, plain: str, over: str
) -> None:
    found = fee(priced(PriceMethod(method)), km, EIGHT, end)
    assert (found.plain, found.overrun) == (Decimal(plain), Decimal(over))
    assert found.total == Decimal(plain) + Decimal(over)


KNOWN = {
    name: HireClassRule(vehicle_class=name, seats=seats, day_ceiling=Decimal(ceiling))
    for name, seats, ceiling in (("sedan", 4, 450), ("van", 6, 700), ("minibus", 18, 1000), ("coach", 50, 1800))
}


@pytest.mark.parametrize(
    ("wanted", "people", "spare"),
    [
        ({"coach": 1}, 19, False), ({"coach": 1}, 18, True), ({"coach": 2}, 68, True), ({"coach": 2}, 69, False),
        ({"sedan": 1}, 1, False), ({"sedan": 2}, 4, True), ({"van": 1}, 4, True), ({"van": 1}, 5, False),
        ({"coach": 1, "sedan": 1}, 51, False), ({"coach": 1, "sedan": 1}, 50, True),
    ],
)  # fmt: skip
def test_fewer_or_smaller_vehicles_that_would_do_are_noticed(
    wanted: Mapping[str, int], people: int, spare: bool
) -> None:
    assert class_verdict(KNOWN, wanted, people, 1, Decimal(0)).spare is spare


def test_the_ceiling_counts_vehicles_and_days() -> None:
    verdict = class_verdict(KNOWN, {"coach": 2}, 90, 3, Decimal(10_800))
    assert (verdict.ceiling, verdict.over_ceiling) == (Decimal(10_800), False)
    assert class_verdict(KNOWN, {"coach": 2}, 90, 3, Decimal("10800.01")).over_ceiling


def test_too_few_seats_are_refused_whatever_the_reason() -> None:
    verdict = class_verdict(KNOWN, {"sedan": 1}, 5, 1, Decimal(0))
    with pytest.raises(Rejected):
        pricing_rules.check_class(verdict, {"sedan": 1}, 5, "特殊")


def test_a_budget_that_nobody_set_holds_nothing_up() -> None:
    pricing_rules.check_budget(BudgetView(None, Decimal(5)), Decimal(9), False, "estimate")
    pricing_rules.check_budget(BudgetView(Decimal(14), Decimal(5)), Decimal(9), False, "estimate")
    with pytest.raises(Rejected):
        pricing_rules.check_budget(BudgetView(Decimal(13), Decimal(5)), Decimal(9), False, "estimate")
    pricing_rules.check_budget(BudgetView(Decimal(13), Decimal(5)), Decimal(9), True, "estimate")


def test_plates_are_listed_one_for_each_vehicle() -> None:
    assert rules.listed_plates("冀b1，冀B2", 3) == ["冀B1", "冀B2", None]
    with pytest.raises(Rejected):
        rules.listed_plates("A B", 1)
