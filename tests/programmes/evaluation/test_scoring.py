"""Scores of the self-evaluation: the worked values to the cent, and what holds for any number."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.programmes.evaluation.number_rules import rounded
from ops.programmes.evaluation.scoring import Judgement, OutsideBand, Score, execution_score, score, total
from ops.programmes.evaluation.scoring_settings import (
    PROPOSED,
    CeilingFormula,
    Grade,
    ScoringSettings,
    Setting,
    settings_on,
)
from ops.programmes.evaluation.weights import default_weights
from ops.programmes.targets.notation import parse_value
from ops.programmes.targets.values import TargetValue
from tests.programmes.evaluation.cases import settings_with

pytestmark = pytest.mark.pure

D = Decimal
WEIGHT = D("12.5")


def target(text: str) -> TargetValue:
    return parse_value(text, year=2023)


def with_formula(formula: CeilingFormula) -> ScoringSettings:
    own = Setting("ceiling_formula", formula, "区财政局通知", "反向指标", True, date(2023, 1, 1))
    return settings_on(date(2023, 12, 31), [own])


B1, B2 = with_formula(CeilingFormula.B1), with_formula(CeilingFormula.B2)


def scored(text: str, actual: str | None, weight: Decimal = WEIGHT, settings: ScoringSettings = B1) -> Score:
    return score(target(text), None if actual is None else D(actual), weight, settings)


@pytest.mark.parametrize(
    ("text", "actual", "settings", "points", "missed", "flags"),
    [
        ("≥450人", "450", B1, "12.50", False, ()),
        ("≥450人", "430", B1, "11.94", True, ()),
        ("≥450人", "585", B1, "12.50", False, ("far_above_target",)),
        ("≥450人", "584", B1, "12.50", False, ()),
        ("≤2450人", "2450", B1, "12.50", False, ()),
        ("≤2450人", "2600", B1, "11.73", True, ("persons_above_ceiling",)),
        ("≤2450人", "2600", B2, "11.78", True, ("persons_above_ceiling",)),
        ("≤2450人", "3185", B1, "8.75", True, ("persons_above_ceiling",)),
        ("≤2450人", "3185", B2, "9.62", True, ("persons_above_ceiling",)),
        ("≤2450人", "4900", B1, "0.00", True, ("persons_above_ceiling",)),
        ("≤2450人", "4900", B2, "6.25", True, ("persons_above_ceiling",)),
        ("≤2450人", "9999", B1, "0.00", True, ("persons_above_ceiling",)),
        ("≤2249.14万元", "2249.15", B1, "12.50", True, ()),
        ("≤2249.14万元", "2249.15", B2, "12.50", True, ()),
        ("4人", "3", B1, "9.38", True, ()),
        ("4人", "4", B1, "12.50", False, ()),
        ("4人", "5", B1, "12.50", False, ("above_exact_target",)),
        ("全年不发生食品安全事故", "0", B1, "12.50", False, ()),
        ("全年不发生食品安全事故", "1", B1, "0.00", True, ()),
        ("≥95%", "94.9", B1, "12.49", True, ()),
        (">92%", "92.0", B1, "12.50", True, ()),
        (">92%", "92.1", B1, "12.50", False, ()),
        ("<5%", "5", B1, "12.50", True, ()),
        ("<5%", "4.99", B1, "12.50", False, ()),
        ("90%-95%", "90", B1, "12.50", False, ()),
        ("90%-95%", "45", B1, "6.25", True, ()),
        ("90%-95%", "96", B1, "12.50", False, ("above_range",)),
        ("≥450人", "-3", B1, "0.00", True, ("negative_read_as_zero",)),
        ("292%", "146", B1, "6.25", True, ("target_doubtful",)),
        ("≤0次", "1", B1, "0.00", True, ()),
        ("<0次", "0", B1, "0.00", True, ()),
        (">0次", "0", B1, "0.00", True, ()),
    ],
)
def test_the_worked_values_come_out_to_the_cent(
    text: str, actual: str, settings: ScoringSettings, points: str, missed: bool, flags: tuple[str, ...]
) -> None:
    result = scored(text, actual, settings=settings)
    assert (str(D(result.points or 0).quantize(D("0.01"))), result.missed, result.flags) == (
        points,
        missed,
        flags,
    )


@pytest.mark.parametrize(
    ("text", "actual", "weight", "points"),
    [("≥6人", "5", "0.03", "0.03"), ("≥200次", "199", "0.01", "0.01"), ("≥1000次", "478", "12.50", "5.98")],
)
def test_a_half_cent_goes_up_though_its_share_has_no_end(text: str, actual: str, weight: str, points: str) -> None:
    assert scored(text, actual, D(weight)).points == D(points)


def test_rounding_is_half_up_and_only_at_the_end() -> None:
    assert [rounded(Fraction(n, 1000)) for n in (4, 5, 14, 15, 11944, 11945)] == [
        D("0.00"),
        D("0.01"),
        D("0.01"),
        D("0.02"),
        D("11.94"),
        D("11.95"),
    ]


REDUCED = settings_with(over_reduction={"rate": "10", "most": "20"})
BANDED = settings_with(
    satisfaction_bands={
        "first": "90",
        "first_share": "100",
        "second": "80",
        "second_share": "80",
        "third": "60",
        "third_share": "50",
    }
)


@pytest.mark.parametrize(
    ("actual", "points"),
    [("584", "12.50"), ("585", "12.50"), ("630", "12.38"), ("1035", "11.25"), ("1485", "10.00"), ("9999", "10.00")],
)
def test_a_target_set_too_low_takes_points_off_only_where_the_rule_is_on(actual: str, points: str) -> None:
    assert scored("≥450人", actual).points == WEIGHT
    result = scored("≥450人", actual, settings=REDUCED)
    assert (result.points, result.missed) == (D(points), False)
    assert ("reduced" in result.flags) is (actual != "584")


@pytest.mark.parametrize(
    ("actual", "points", "missed"),
    [
        ("100", "10", False), ("95", "10", False), ("94.99", "10", True), ("90", "10", True), ("89.99", "8", True),
        ("80", "8", True), ("79.99", "5", True), ("60", "5", True), ("59.99", "0", True), ("0", "0", True),
    ],
)  # fmt: skip
def test_satisfaction_in_bands_still_misses_on_the_value(actual: str, points: str, missed: bool) -> None:
    result = score(target("≥95%"), D(actual), D(10), BANDED, satisfaction=True)
    assert (result.points, result.missed, result.rule) == (D(points), missed, "S")
    assert score(target("≥95%"), D(actual), D(10), BANDED).rule == "A"
    assert score(target("≥95%"), D(actual), D(10), B1, satisfaction=True).rule == "A"


@pytest.mark.parametrize(
    ("given", "actual", "points"),
    [("full", "96", "12.50"), ("ceiling", "95", "12.50"), ("ceiling", "114", "10.00"), ("ceiling", "190", "0.00")],
)
def test_above_a_range_is_full_or_a_ceiling_that_was_exceeded(given: str, actual: str, points: str) -> None:
    result = scored("90%-95%", actual, settings=settings_with(range_above={"choice": given}))
    assert result.points == D(points)
    assert ("above_range" in result.flags) is (actual != "95")


def test_several_measures_count_by_the_worse_or_by_their_mean() -> None:
    two, found = target("建筑面积2.6万平方米,展示面积1万平方米"), (D(26000), D(5000))
    assert score(two, found, WEIGHT, B1).points == D("6.25")
    mean = score(two, found, WEIGHT, settings_with(compound={"choice": "mean"}))
    assert (mean.points, mean.missed) == (D("9.38"), True)


def test_the_execution_is_capped_unless_the_rule_is_off() -> None:
    assert execution_score(D(120), D(100), D(10)).points == 10
    assert execution_score(D(120), D(100), D(10), settings_with(execution_cap=None)).points == 12
    assert execution_score(D(120), D(100), D(10), settings_with(execution_cap={"percent": "110"})).points == 11


LIMITED = settings_with(execution_limits={"good": "95", "fair": "80", "poor": "50"})


@pytest.mark.parametrize(
    ("rate", "points", "grade", "limited"),
    [
        ("95", 100, "excellent", False), ("94.99", 100, "good", True), ("80", 100, "good", True),
        ("79.99", 100, "fair", True), ("49.99", 100, "poor", True), ("79.99", 50, "poor", False),
    ],
)  # fmt: skip
def test_a_local_cap_makes_the_grade_worse_and_never_better(rate: str, points: int, grade: str, limited: bool) -> None:
    result = total([Score(D(points))], LIMITED, D(rate))
    assert (result.grade, result.limited is not None) == (grade, limited)
    assert total([Score(D(points))], PROPOSED, D(rate)).limited is None


def test_the_proposal_for_a_late_deadline_is_a_setting() -> None:
    settings = settings_with(late_proposal={"percent": "70"})
    assert score(target("2023年12月底之前"), date(2024, 1, 1), WEIGHT, settings).proposed == D("8.75")


def test_a_weight_of_ten_at_97_of_98_percent_is_nine_point_nine() -> None:
    assert scored("≥98%", "97", D(10)).points == D("9.90")


def test_the_execution_is_scored_against_the_full_year_budget() -> None:
    assert execution_score(D("141.30"), D(150), D(10)).points == D("9.42")
    assert execution_score(D("37.24"), D("43.2"), D(10)).points == D("8.62")
    assert execution_score(D(160), D(150), D(10)).points == 10
    assert execution_score(D(-1), D(150), D(10)).flags == ("negative_read_as_zero",)


def test_an_execution_without_budget_or_payments_is_not_a_number() -> None:
    assert execution_score(D(5), D(0), D(10)) == Score(None, flags=("budget_zero",), rule="execution")
    assert execution_score(None, D(5), D(10)) == Score(None, flags=("actual_missing",), rule="execution")


@pytest.mark.parametrize("text", ["≥450人", "≤5%", "4人", "0次", "2023年12月底之前", "90%-95%"])
def test_a_missing_actual_is_shown_as_missing_and_never_as_zero(text: str) -> None:
    assert scored(text, None) == Score(None, missed=False, flags=("actual_missing",))


@pytest.mark.parametrize("text", ["≥若干", "近700人", "", "2023年"])
def test_a_target_nobody_understands_is_not_scored(text: str) -> None:
    assert scored(text, "1") == Score(None, flags=("target_not_scorable",))


def test_within_the_budget_is_scored_against_the_budget_in_force() -> None:
    within = parse_value("不超预算", year=2023, budget=D(150))
    assert score(within, D(150), WEIGHT, B1).points == WEIGHT
    assert score(within, D(165), WEIGHT, B1).points == D("11.25")
    assert scored("不超预算", "1").flags == ("target_not_scorable",)


def test_the_last_day_is_in_time_and_the_next_is_a_persons_decision() -> None:
    deadline = target("2023年12月底之前")
    assert score(deadline, date(2023, 12, 31), WEIGHT, B1) == Score(WEIGHT, rule="T")
    late = score(deadline, date(2024, 1, 1), WEIGHT, B1)
    assert late == Score(None, True, ("late", "grade_needed"), "T", D("7.50"))
    judged = score(deadline, date(2024, 1, 1), WEIGHT, B1, judgement=Judgement(Grade.PARTLY, D(8)))
    assert judged == Score(D(8), True, ("late",), "T")


@pytest.mark.parametrize(
    ("grade", "points", "missed"),
    [
        (Grade.ACHIEVED, "30", False),
        (Grade.ACHIEVED, "24", False),
        (Grade.PARTLY, "23.99", True),
        (Grade.PARTLY, "18", True),
        (Grade.NOT_ACHIEVED, "17.99", True),
        (Grade.NOT_ACHIEVED, "0", True),
    ],
)
def test_words_are_graded_by_a_person_within_the_band(grade: Grade, points: str, missed: bool) -> None:
    result = score(target("效果明显"), None, D(30), B1, judgement=Judgement(grade, D(points)))
    assert (result.points, result.missed) == (D(points), missed)


@pytest.mark.parametrize(
    ("grade", "points"),
    [
        (Grade.ACHIEVED, "23.99"),
        (Grade.ACHIEVED, "30.01"),
        (Grade.PARTLY, "24"),
        (Grade.PARTLY, "17.99"),
        (Grade.NOT_ACHIEVED, "18"),
        (Grade.NOT_ACHIEVED, "-0.01"),
    ],
)
def test_points_outside_the_band_of_the_grade_are_refused(grade: Grade, points: str) -> None:
    with pytest.raises(OutsideBand) as caught:
        score(target("效果明显"), None, D(30), B1, judgement=Judgement(grade, D(points)))
    assert caught.value.grade is grade


def test_words_without_a_grade_wait_for_one() -> None:
    assert score(target("效果明显"), None, WEIGHT, B1) == Score(None, flags=("grade_needed",), rule="Q")


def test_of_two_measures_the_worse_counts() -> None:
    two = target("建筑面积2.6万平方米,展示面积1万平方米")
    assert score(two, (D(26000), D(5000)), WEIGHT, B1).points == D("6.25")
    assert score(two, (D(26000), None), WEIGHT, B1).flags == ("actual_missing",)
    assert score(two, None, WEIGHT, B1).points is None


SEED_LEVELS = ("产出指标",) * 4 + ("效益指标", "满意度指标")


def test_the_tables_without_weights_get_the_proposed_ones() -> None:
    assert default_weights(SEED_LEVELS, PROPOSED) == (*[D("12.50")] * 4, D(30), D(10))


@pytest.mark.parametrize(
    ("levels", "weights"),
    [
        (("产出指标",) * 3 + ("效益指标", "满意度指标"), ("16.67", "16.67", "16.66", "30", "10")),
        (("产出指标", "效益指标"), ("50", "40")),
        (("成本指标", "产出指标", "效益指标", "满意度指标"), ("20", "40", "20", "10")),
        (("产出指标(50分)", "效益指标(30分)", "满意度指标(10分)"), ("50", "30", "10")),
    ],
)
def test_a_levels_share_is_split_evenly_over_its_rows(levels: tuple[str, ...], weights: tuple[str, ...]) -> None:
    assert default_weights(levels, PROPOSED) == tuple(map(D, weights))


def test_a_level_of_no_known_name_is_refused() -> None:
    with pytest.raises(ValueError, match="其他指标"):
        default_weights(("其他指标",), PROPOSED)


@given(st.lists(st.sampled_from(["成本指标", "产出指标", "效益指标", "满意度指标"]), min_size=1, max_size=40))
def test_weights_always_sum_to_ninety_beside_the_execution(levels: list[str]) -> None:
    weights = default_weights(levels, PROPOSED)
    assert sum(weights) == 90
    assert len(weights) == len(levels)
    assert min(weights) > 0


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("80", "good"),
        ("79.99", "fair"),
        ("60", "fair"),
        ("59.99", "poor"),
        ("0", "poor"),
    ],
)
def test_the_total_has_a_grade(points: str, grade: str) -> None:
    assert total([Score(D(points))], PROPOSED).grade == grade


def test_a_total_with_something_missing_has_no_grade_yet() -> None:
    result = total([Score(D(50)), Score(None, flags=("actual_missing",))], PROPOSED)
    assert (result.points, result.unscored, result.grade) == (50, 1, None)


def test_a_setting_counts_from_the_day_it_is_valid() -> None:
    later = Setting("over_fulfilment", D("1.2"), "区财政局通知", "第五条", True, date(2023, 7, 1))
    assert settings_on(date(2023, 6, 30), [later]).over_fulfilment == PROPOSED.over_fulfilment
    assert settings_on(date(2023, 7, 1), [later]).over_fulfilment == later
    assert score(target("≥100次"), D(125), WEIGHT, settings_on(date(2023, 7, 1), [later])).flags != ()


def test_no_proposed_setting_claims_to_be_confirmed() -> None:
    every = list(vars(PROPOSED).values())
    assert [s.name for s in every] == list(vars(PROPOSED))
    assert not any(s.confirmed for s in every)
    assert all(s.document and s.clause for s in every)


signs = st.sampled_from(["≥", ">", "≤", "<", "="])
numbers = st.decimals(min_value=0, max_value=100_000, places=2)
weights = st.decimals(min_value="0.01", max_value=50, places=2)
formulas = st.sampled_from([B1, B2])


@given(signs, numbers, numbers, weights, formulas)
def test_a_score_lies_between_nought_and_the_weight(
    sign: str, wanted: Decimal, reached: Decimal, weight: Decimal, settings: ScoringSettings
) -> None:
    points = score(target(f"{sign}{wanted}人"), reached, weight, settings).points
    assert points is not None
    assert 0 <= points <= weight


@given(numbers, st.decimals(min_value=0, max_value=500, places=2), weights)
def test_with_the_reduction_on_a_score_still_lies_within_the_weight_and_falls_beyond_the_limit(
    wanted: Decimal, ratio: Decimal, weight: Decimal
) -> None:
    points = score(target(f"≥{wanted}人"), wanted * ratio, weight, REDUCED).points
    more = score(target(f"≥{wanted}人"), wanted * (ratio + 1), weight, REDUCED).points
    assert points is not None
    assert more is not None
    assert 0 <= points <= weight
    assert ratio < 1 or more <= points


@given(signs, numbers, weights, formulas)
def test_at_the_target_the_weight_is_given_to_the_last_digit(
    sign: str, wanted: Decimal, weight: Decimal, settings: ScoringSettings
) -> None:
    strictly = sign in "<>" and wanted == 0
    points = score(target(f"{sign}{wanted}人"), wanted, weight, settings).points
    assert points == (0 if strictly else weight)


@given(signs, numbers, numbers, weights, formulas)
def test_a_miss_is_a_miss_of_the_values_whatever_the_rounding(
    sign: str, wanted: Decimal, reached: Decimal, weight: Decimal, settings: ScoringSettings
) -> None:
    holds = {
        "≥": reached >= wanted,
        ">": reached > wanted,
        "≤": reached <= wanted,
        "<": reached < wanted,
        "=": reached == 0 if wanted == 0 else reached >= wanted,
    }
    assert score(target(f"{sign}{wanted}人"), reached, weight, settings).missed is not holds[sign]


@given(signs, numbers, numbers, numbers, weights, formulas)
def test_more_never_scores_less_of_a_floor_nor_more_of_a_ceiling(
    sign: str, wanted: Decimal, one: Decimal, other: Decimal, weight: Decimal, settings: ScoringSettings
) -> None:
    less, more = sorted((one, other))
    low = score(target(f"{sign}{wanted}人"), less, weight, settings).points
    high = score(target(f"{sign}{wanted}人"), more, weight, settings).points
    assert low is not None
    assert high is not None
    falling = sign in "≤<" or (sign == "=" and wanted == 0)
    assert low >= high if falling else low <= high
