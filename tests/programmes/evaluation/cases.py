"""Evaluations made of cases, without a database: for each rule and setting targets, actuals, and weights."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from ops.programmes.actuals import Found, Origin
from ops.programmes.binding import Bound
from ops.programmes.evaluation import scoring
from ops.programmes.evaluation.evaluation import Evaluation, Funds, Line
from ops.programmes.evaluation.scoring import Judgement
from ops.programmes.evaluation.scoring_settings import PROPOSED
from ops.programmes.evaluation.scoring_values import ScoringSettings
from ops.programmes.evaluation.setting_specs import SPECS
from ops.programmes.models import Binds, Indicator, Programme, Source
from ops.programmes.targets.notation import parse_value

D = Decimal
Case = tuple[str, Any, Decimal, Judgement | None]


def settings_with(**given: dict[str, str] | None) -> ScoringSettings:
    """The proposed settings with others in their place, as they are typed."""
    made = {name: replace(getattr(PROPOSED, name), value=SPECS[name].value(value)) for name, value in given.items()}
    return replace(PROPOSED, **made)


def programme() -> Programme:
    return Programme(
        id=1, year=2023, code="1", name="计分用例", seq=1, unit_line="1测试单位", amount_unit="万元", total_text="100",
        fiscal_text="100", other_text=None, fund_use="", goals="", title="", part="", attachment_id=1,
    )  # fmt: skip


def evaluation_of(
    cases: Sequence[Case], settings: ScoringSettings, executed: str = "93.87", budget: str = "100"
) -> Evaluation:
    """An evaluation whose rows are the cases; in yuan, given in 万元."""
    whole = D(budget) * 10000
    made, paid = programme(), None if executed == "" else D(executed) * 10000
    funds = tuple(Funds(source, whole, whole, paid) for source in (None, *Source))
    lines = tuple(_line(made, number, case, settings) for number, case in enumerate(cases, 1))
    execution = scoring.execution_score(paid, whole, D(10), settings)
    total = scoring.total([execution, *(line.score for line in lines)], settings, funds[0].rate)
    return Evaluation(made, funds, D(10), execution, None, (), lines, total, settings, None)


def _line(made: Programme, number: int, case: Case, settings: ScoringSettings) -> Line:
    text, actual, weight, judgement = case
    satisfies = text.startswith("满意")
    text = text.removeprefix("满意")
    level = "满意度指标" if satisfies else "产出指标"
    indicator = Indicator(
        id=number, programme_id=1, row=number, level1=level, level2="数量指标", level3=f"指标{number}", description="",
        value_text=text, basis="", weight=weight,
    )  # fmt: skip
    target = parse_value(text, year=2023, budget=D(100))
    score = scoring.score(target, actual, weight, settings, judgement=judgement, satisfaction=satisfies)
    found = Found(
        Origin.MANUAL if actual is not None else Origin.MISSING, actual, "" if actual is None else str(actual)
    )
    return Line(indicator, target, Bound(Binds.MANUAL), found, weight, score, None, None, None, ())


def numbers(chance: Random, around: Decimal) -> Iterator[Decimal]:
    """At, just beside and far from a number, and a few at random."""
    yield from (around, around + D("0.01"), max(around - D("0.01"), D(0)), around * 2, around * D("1.3"), D(0), D(-1))
    yield from (D(chance.randint(0, int(around * 300))) / 100 for _n in range(6))


def rule_cases(seed: int, halves: bool = True) -> list[Case]:
    """Every rule: floors, ceilings, exact, none, ranges, deadlines, words, compounds, satisfaction, what is missing."""
    chance, weights = Random(seed), [D("12.5"), D(10), D("7.77"), D("0.03"), D(30)]
    cases: list[Case] = []
    for sign in ("≥", ">", "≤", "<", ""):
        for wanted in ("450", "97.5", "2249.14", "6"):
            unit = "人" if wanted in ("450", "6") else "万元"
            cases += [(f"{sign}{wanted}{unit}", a, chance.choice(weights), None) for a in numbers(chance, D(wanted))]
    cases += [(f"{sign}0次", a, D(10), None) for sign in ("≤", "<", ">", "≥", "=") for a in (D(0), D(1))]
    cases += [("90%-95%", a, D("12.5"), None) for a in numbers(chance, D(90))]
    cases += [("满意≥90%", a, D(10), None) for a in numbers(chance, D(90))]
    cases += [("满意≥90%", a, D("7.77"), None) for a in map(D, ("90", "89.99", "80", "79.99", "60", "59.99"))]
    two = "建筑面积2.6万平方米,展示面积1万平方米"
    cases += [(two, each, D("12.5"), None) for each in ((D(26000), D(5000)), (D(1), D(10000)), (D(26000), None), None)]
    late = Judgement(PROPOSED.qualitative_bands.value[1].name, D(8))  # type: ignore[arg-type]
    for day, judged in ((date(2023, 12, 31), None), (date(2024, 1, 1), late), (date(2024, 1, 1), None)):
        cases.append(("2023年12月底之前", day, D("12.5"), judged))
    achieved = Judgement(PROPOSED.qualitative_bands.value[0].name, D("11.37"))  # type: ignore[arg-type]
    cases += [
        ("效果明显", None, D("12.5"), achieved),
        ("效果明显", None, D("12.5"), None),
        ("≥450人", None, D(10), None),
    ]
    if halves:  # a half cent exactly: 0.03 · 5/6, 1.25 · 99/150 and the like
        cases += [
            ("≥6人", D(5), D("0.03"), None),
            ("≥200次", D(199), D("0.01"), None),
            ("≥1000次", D(478), D("12.5"), None),
        ]
        cases += [
            (f"≥{t}次", D(a), D(w), None) for w in (1, 3, 5, 10, 30) for t in (200, 400, 1000) for a in range(1, t, 37)
        ]
    return cases
