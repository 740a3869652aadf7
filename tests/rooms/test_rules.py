"""The arithmetic of the standard, in values alone."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.core.errors import Rejected
from ops.rooms import rules

pytestmark = pytest.mark.pure

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
CAPS = {"county_head": 30, "county_deputy": 24, "section_head": 18, "section_deputy": 12, "staff": 9}
EXACT_CAPS = {rank: Decimal(cap) for rank, cap in CAPS.items()}
areas = st.decimals(min_value=Decimal("1"), max_value=Decimal("500"), places=2)
people = st.lists(st.sampled_from(sorted(EXACT_CAPS.values())), min_size=1, max_size=12)


def county(coefficient: str) -> rules.Formula:
    numbers = (Decimal(8), Decimal(100), Decimal(6), Decimal(200), Decimal("0.09"))
    return rules.Formula(*numbers, Decimal(coefficient))


def in_cents(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(sum(vector["posts"].values())))
def test_approved_areas_equal_the_worked_values(vector: dict[str, Any]) -> None:
    found = rules.approved(vector["posts"], EXACT_CAPS, county(vector["coefficient"]))
    names = ("office", "per_person", "service", "plant", "basic", "building")
    assert {name: in_cents(getattr(found, name)) for name in names} == {name: vector[name] for name in names}


@pytest.mark.parametrize(
    ("posts", "each"), [(0, "8"), (100, "8"), (150, "7"), (175, "6.5"), (200, "6"), (230, "6"), (399, "6")]
)
def test_service_area_per_post_falls_evenly_between_the_breakpoints(posts: int, each: str) -> None:
    assert rules.service_per_person(posts, county("0.65")) == Decimal(each)


@given(st.integers(0, 1000))
def test_service_area_per_post_never_leaves_its_bounds(posts: int) -> None:
    each = rules.service_per_person(posts, county("0.65"))
    assert 6 <= each <= 8
    assert each >= rules.service_per_person(posts + 1, county("0.65"))


@given(areas, people)
def test_shares_add_up_to_the_room(area: Decimal, caps: list[Decimal]) -> None:
    assert sum(rules.shares(area, caps)) == area


@given(areas, people)
def test_a_share_is_within_a_cent_of_its_exact_part_and_follows_rank(area: Decimal, caps: list[Decimal]) -> None:
    found = rules.shares(area, caps)
    total = sum(caps)
    assert all(abs(share - area * cap / total) < rules.CENT for share, cap in zip(found, caps, strict=True))
    by_cap = sorted(zip(caps, found, strict=True))
    assert all(low[0] == high[0] or low[1] <= high[1] for low, high in pairwise(by_cap))


@given(areas, people)
def test_nobody_is_over_while_the_room_is_within_the_sum_of_caps(area: Decimal, caps: list[Decimal]) -> None:
    fits = area <= sum(caps)
    assert (rules.over_by(area, caps) == 0) == fits
    if fits:
        assert all(share <= cap for share, cap in zip(rules.shares(area, caps), caps, strict=True))


@given(areas, people)
def test_what_is_over_is_the_area_less_the_caps(area: Decimal, caps: list[Decimal]) -> None:
    assert rules.over_by(area, caps) == max(Decimal(0), area - sum(caps))


def test_an_equal_split_would_blame_the_junior_and_ours_does_not() -> None:
    assert rules.shares(Decimal("27.00"), [Decimal(18), Decimal(9)]) == [Decimal("18.00"), Decimal("9.00")]


def test_what_rounding_leaves_goes_to_the_earlier_of_equals() -> None:
    assert rules.shares(Decimal("10.00"), [Decimal(9)] * 3) == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


def test_an_empty_room_is_idle_not_over() -> None:
    assert rules.over_by(Decimal(24), []) == 0


def test_a_cent_over_is_over() -> None:
    assert rules.over_by(Decimal("18.01"), [Decimal(18)]) == Decimal("0.01")


def test_a_second_room_needs_a_second_post() -> None:
    with pytest.raises(Rejected) as refusal:
        rules.check_seat(["一号楼 101"], False, "")
    assert refusal.value.field == "staff_id"
    rules.check_seat(["一号楼 101"], False, "兼任职务，批准文件1号")


def test_a_property_is_let_to_one_at_a_time_and_appraised_before() -> None:
    first, last = date(2022, 1, 1), date(2023, 1, 1)
    with pytest.raises(Rejected, match="2022-01-01"):
        rules.check_letting(first, first, last, (first, last))
    with pytest.raises(Rejected) as late:
        rules.check_letting(date(2022, 2, 1), first, last, None)
    assert late.value.field == "appraised_on"
    with pytest.raises(Rejected) as reversed_span:
        rules.check_letting(first, last, first, None)
    assert reversed_span.value.field == "to_on"
