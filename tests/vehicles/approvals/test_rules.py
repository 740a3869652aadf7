"""Which approvals a journey needs: the table's conditions at their boundaries."""

from datetime import date, datetime

import pytest

from ops.core.errors import Rejected
from ops.core.timeslot import Slot
from ops.vehicles.approvals import rules
from ops.vehicles.approvals.models import ApprovalRule, ApprovalStep, ApprovalVerdict, Approver
from ops.vehicles.approvals.rules import Journey

pytestmark = pytest.mark.pure
DAY = Slot(datetime(2023, 5, 9, 8, 30), datetime(2023, 5, 9, 12, 30))


def rule(condition: str, approver: str = "unit_leader", **values: int) -> ApprovalRule:
    return ApprovalRule(condition=condition, approver=approver, **values)


def until(ends_at: datetime) -> Journey:
    return Journey(Slot(datetime(2023, 5, 9, 8), ends_at))


@pytest.mark.parametrize(
    ("ends_at", "days"),
    [(datetime(2023, 5, 9, 20), 1), (datetime(2023, 5, 10), 1), (datetime(2023, 5, 10, 0, 1), 2)],
)
def test_a_journey_that_ends_at_midnight_does_not_touch_the_next_day(ends_at: datetime, days: int) -> None:
    assert len(rules.days_of(until(ends_at).slot)) == days


@pytest.mark.parametrize(("last", "needed"), [(11, False), (12, True)])
def test_three_days_are_not_more_than_three(last: int, needed: bool) -> None:
    assert rules.applies(rule("days_over", threshold=3), until(datetime(2023, 5, last, 18))) is needed


@pytest.mark.parametrize(
    ("start", "end", "night"),
    [
        ("2023-05-09T06:00", "2023-05-09T22:00", False), ("2023-05-09T05:59", "2023-05-09T08:00", True),
        ("2023-05-09T20:00", "2023-05-09T22:01", True), ("2023-05-09T08:00", "2023-05-10T07:00", True),
        ("2023-05-09T23:00", "2023-05-09T23:30", True), ("2023-05-09T00:10", "2023-05-09T01:00", True),
    ],
)  # fmt: skip
def test_the_night_runs_over_midnight(start: str, end: str, night: bool) -> None:
    slot = Slot(datetime.fromisoformat(start), datetime.fromisoformat(end))
    assert rules.at_night(slot, 22, 6) is night


def test_a_night_within_one_day() -> None:
    assert rules.at_night(Slot(datetime(2023, 5, 9, 4), datetime(2023, 5, 9, 5)), 2, 5)
    assert not rules.at_night(Slot(datetime(2023, 5, 9, 5), datetime(2023, 5, 9, 6)), 2, 5)


@pytest.mark.parametrize("condition", ["out_of_district", "holiday", "sealed_car", "hired"])
def test_each_condition_looks_at_its_own_fact(condition: str) -> None:
    facts = {
        "out_of_district": Journey(DAY, out_of_district=True), "sealed_car": Journey(DAY, sealed_car=True),
        "hired": Journey(DAY, hired=True), "holiday": Journey(DAY, days_off=frozenset({date(2023, 5, 9)})),
    }  # fmt: skip
    assert [name for name, journey in facts.items() if rules.applies(rule(condition), journey)] == [condition]
    assert not rules.applies(rule(condition), Journey(DAY))


def test_each_approver_is_asked_once_in_order_with_all_reasons() -> None:
    table = [
        rule("hired", "director"), rule("hired", "section"), rule("out_of_district", "section"), rule("holiday"),
    ]  # fmt: skip
    found = rules.needed(table, Journey(DAY, out_of_district=True, hired=True))
    assert [(approver, [each.condition for each in why]) for approver, why in found] == [
        (Approver.SECTION, ["hired", "out_of_district"]),
        (Approver.DIRECTOR, ["hired"]),
    ]
    assert rules.needed(table, Journey(DAY)) == []


def steps(*said: bool | None) -> list[ApprovalStep]:
    made = [ApprovalStep(number=number, approver="section") for number, _said in enumerate(said, 1)]
    for step, approved in zip(made, said, strict=True):
        step.verdict = None if approved is None else ApprovalVerdict(approved=approved, by_id=7)
    return made


def test_the_next_step_is_the_first_open_one_and_none_after_a_refusal() -> None:
    assert getattr(rules.next_step(steps(True, None, None)), "number", None) == 2
    assert rules.next_step(steps(True, False, None)) is None
    assert rules.next_step(steps(True, True)) is None
    assert rules.next_step([]) is None


def test_one_person_speaks_once() -> None:
    with pytest.raises(Rejected):
        rules.check_once(steps(True, None), 7, "director")
    rules.check_once(steps(True, None), 8, "director")
    rules.check_once(steps(True, None), 7, "section")  # the same approver, asked again for a longer trip


@pytest.mark.parametrize(
    ("condition", "numbers", "field"),
    [
        ("days_over", (None, None, None), "threshold"), ("holiday", (3, None, None), "threshold"),
        ("night", (None, 22, None), "from_hour"), ("holiday", (None, 22, 6), "from_hour"),
        ("holiday", (None, None, None), "condition"),
    ],
)  # fmt: skip
def test_a_rule_has_the_numbers_of_its_condition_and_stands_once(
    condition: str, numbers: tuple[int | None, int | None, int | None], field: str
) -> None:
    with pytest.raises(Rejected) as refusal:
        rules.check_rule(condition, *numbers, known=[rule("holiday")])
    assert refusal.value.field == field
