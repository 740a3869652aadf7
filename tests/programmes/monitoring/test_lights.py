"""The lights at every boundary, the forecast of an indicator, and what is proposed from them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.indicators.metric import Kind as MetricKind
from ops.programmes.monitoring import lights_rules, outlook_rules
from ops.programmes.monitoring.lights_rules import Light, at_least, at_most, execution, months_share, plan_share, worst
from ops.programmes.monitoring.settings import Setting, in_force
from ops.programmes.monitoring.sheet import Likelihood, Method
from ops.programmes.targets.notation import parse_value

pytestmark = pytest.mark.pure
D = Decimal
BOUNDS = (D(60), D(80), D(120))
JULY = months_share(7)


@pytest.mark.parametrize(
    ("actual", "light"),
    [
        ("0", "red"), ("59.9999", "red"), ("60", "yellow"), ("79.9999", "yellow"), ("80", "green"),
        ("119.9999", "green"), ("120", "blue"), ("500", "blue"), ("-1", "red"),
    ],
)  # fmt: skip
def test_a_target_to_be_reached_at_every_boundary(actual: str, light: str) -> None:
    """Of 200 in a year half gone 100 are wanted: the actual is its own percentage."""
    assert at_least(D(actual), D(200), Fraction(1, 2), BOUNDS) == light


@pytest.mark.parametrize(("actual", "light"), [(15, "red"), (21, "green"), (28, "green"), (32, "blue"), (16, "yellow")])
def test_the_worked_month_45_times_by_july(actual: int, light: str) -> None:
    """45 ÷ 12 × 7 = 26.25: 60 % is 15.75, 80 % is 21, 120 % is 31.5."""
    assert at_least(D(actual), D(45), JULY, BOUNDS) == light


def test_a_third_is_exact() -> None:
    """100 ÷ 12 × 4 has no end as a decimal; 80 percent of it is met exactly by 80/3."""
    assert lights_rules.reached(D(20), D(100), months_share(3)) == 80
    assert at_least(D("20"), D(100), months_share(3), BOUNDS) == "green"


@pytest.mark.parametrize(
    ("rate", "share", "light"),
    [
        (None, 50, "red"), ("29.9999", 50, "red"), ("30", 50, "yellow"), ("39.9999", 50, "yellow"), ("40", 50, "green"),
        ("100", 50, "green"), (None, 0, "green"),
    ],
)  # fmt: skip
def test_the_money_at_every_boundary_and_never_blue(rate: str | None, share: int, light: str) -> None:
    assert execution(None if rate is None else D(rate), plan_share(D(share)), BOUNDS) == light


def test_the_plan_and_the_months_may_differ() -> None:
    """Programme 5 wants 65.04 % by July, twelve months only 58.33 %."""
    assert execution(D("50"), plan_share(D("65.04")), BOUNDS) == "yellow"
    assert execution(D("50"), JULY, BOUNDS) == "green"


@pytest.mark.parametrize(
    ("actual", "strict", "light"),
    [("149.99", False, "green"), ("150", False, "green"), ("150.01", False, "red"), ("150", True, "red")],
)
def test_a_ceiling_holds_or_not(actual: str, strict: bool, light: str) -> None:
    assert at_most(D(actual), D(150), strict) == light


@given(st.lists(st.sampled_from(list(Light))))
def test_the_worst_light_comes_first(lights: list[Light]) -> None:
    order = ["red", "yellow", "green", "blue", ""]
    assert worst(lights) == min([*lights, ""], key=order.index)


@given(st.decimals(0, 10**6, places=2), st.decimals(1, 10**6, places=2), st.integers(1, 12))
def test_more_is_never_worse(actual: D, target: D, month: int) -> None:
    order = [Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE]
    lights = [at_least(each, target, months_share(month), BOUNDS) for each in (actual, actual + 1)]
    assert order.index(lights[0]) <= order.index(lights[1])


@pytest.mark.parametrize(
    ("text", "value", "light"),
    [
        ("≥450人", "440", "green"), ("≥95%", "75", "yellow"), ("≤2450人", "2451", "red"), ("4人", "4", "green"),
        ("全年不发生食品安全事故", "0", "green"), ("全年不发生食品安全事故", "1", "red"),
        ("≤1479.00万元", "1479.01", "red"), (">92%", "55", "red"), ("提升机关工作人员安全感、幸福感", "1", ""),
    ],
)  # fmt: skip
def test_what_does_not_grow_is_judged_against_the_whole_target(text: str, value: str, light: str) -> None:
    target = parse_value(text, year=2023)
    wanted = D(0) if target.kind == "zero" else target.number
    found = outlook_rules.judged(target, wanted, D(value), date(2023, 7, 31), Fraction(1), BOUNDS)
    assert found.light == light


@pytest.mark.parametrize(
    ("day", "until", "light"),
    [
        (date(2023, 7, 24), date(2023, 7, 31), ""), (date(2023, 12, 31), date(2023, 12, 31), "green"),
        (date(2024, 1, 1), date(2023, 12, 31), "red"), (None, date(2023, 12, 31), ""),
    ],
)  # fmt: skip
def test_a_deadline_is_judged_when_it_has_come(day: date | None, until: date, light: str) -> None:
    target = parse_value("2023年12月31日之前", year=2023)
    assert outlook_rules.judged(target, None, day, until, Fraction(1), BOUNDS).light == light


@pytest.mark.parametrize(
    ("value", "growing", "is_count", "funds", "expected"),
    [
        (D(27), True, True, None, (D(46), Method.PACE)),  # 27 ÷ 7 × 12 = 46.29
        (D("10.5"), True, False, None, (D("18.00"), Method.PACE)),
        (D("92.86"), False, False, None, (D("92.86"), Method.STEADY)),
        (D(80), True, False, D("145.55"), (D("145.55"), Method.FUNDS)),
        (None, True, True, None, (None, Method.NONE)),
        (date(2023, 7, 1), False, False, None, (None, Method.NONE)),
    ],
)
def test_the_forecast_says_how_it_was_made(value: D, growing: bool, is_count: bool, funds: D, expected: object) -> None:
    assert outlook_rules.expected(value, 7, growing, is_count, funds) == expected


def test_what_grows_by_the_month() -> None:
    assert outlook_rules.grows(parse_value("≥45次", year=2023), None)
    assert outlook_rules.grows(parse_value("≥45次", year=2023), MetricKind.COUNT)
    assert not outlook_rules.grows(parse_value("≥450人", year=2023), MetricKind.DISTINCT)
    assert not outlook_rules.grows(parse_value("≥450人", year=2023), None)
    assert not outlook_rules.grows(parse_value("≥90%", year=2023), MetricKind.RATIO)
    assert not outlook_rules.grows(parse_value("全年不发生食品安全事故", year=2023), MetricKind.COUNT)


def test_the_likelihood_is_proposed_from_the_figures() -> None:
    ceiling, floor = parse_value("≤150万元", year=2023), parse_value("≥45次", year=2023)
    assert outlook_rules.likely(Light.RED, ceiling, D(160), D(150)) is Likelihood.IMPOSSIBLE
    assert outlook_rules.likely(Light.GREEN, ceiling, D(151), D(150)) is Likelihood.POSSIBLE
    assert outlook_rules.likely(Light.GREEN, ceiling, D(150), D(150)) is Likelihood.CERTAIN
    assert outlook_rules.likely(Light.RED, floor, D(9), D(45)) is Likelihood.POSSIBLE
    assert outlook_rules.likely(Light.BLUE, floor, D(90), D(45)) is Likelihood.CERTAIN
    assert outlook_rules.likely(Light.NONE, floor, None, D(45)) is None


def rule(name: str, value: str, day: date) -> Setting:
    return Setting(name, value, "文件", "条款", True, day)


def test_a_rule_is_in_force_from_its_day_on() -> None:
    versions = [rule("red_below", "50", date(2024, 1, 1)), rule("red_below", "55", date(2023, 6, 1))]
    found = [
        str(in_force(day, versions)["red_below"]) for day in (date(2023, 5, 31), date(2023, 6, 1), date(2024, 1, 1))
    ]
    assert found == ["60", "55", "50"]
    assert not in_force(date(2023, 5, 31), versions).by_name["red_below"].confirmed


@pytest.mark.parametrize(
    ("month", "rate", "attainment", "kinds"),
    [
        (4, "24.99", None, ["execution"]), (4, "25", None, []), (6, "39", "50", ["execution", "gap"]),
        (8, "60", "70", []), (8, "60", "70.01", ["gap"]), (10, "79.99", "79", ["execution"]), (7, "1", "5", []),
        (6, None, None, ["execution"]),
    ],
)  # fmt: skip
def test_a_local_calendar_warns_only_when_it_is_chosen(
    month: int, rate: str | None, attainment: str | None, kinds: list[str]
) -> None:
    values = None if rate is None else D(rate), None if attainment is None else D(attainment)
    chosen = in_force(date(2023, 7, 31), [rule("calendar", "sichuan", date(2023, 1, 1))])
    assert [kind for kind, _limit, _found in lights_rules.warnings(chosen, month, *values)] == kinds
    assert lights_rules.warnings(in_force(date(2023, 7, 31), []), month, *values) == []
