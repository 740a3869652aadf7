"""The sheet that computes: every score as a live formula of target, actual, weight and the settings in force.

Whoever opens the file can follow each score, and change a number to see what follows. Its words are Chinese in every
page language, as those of the form are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..targets.values import Kind, TargetValue
from .evaluation import Evaluation, Line
from .number_rules import Score
from .scoring_values import Compound, RangeAbove, ScoringSettings

HEAD = ("序号", "指标", "规则", "指标值", "目标数", "上限", "完成数", "分值", "人工评分", "得分")
WIDTHS = (6, 42, 12, 24, 14, 10, 16, 9, 10, 10)
SETTINGS = 3  # the row of the first setting, from 1
FIRST = 27  # the row of the execution, from 1; the indicators follow
UNSCORED = "未计分"
RULES = {
    "A": "正向（≥）",
    "B": "反向（≤）",
    "C": "等于",
    "Z": "零发生",
    "Q": "定性",
    "T": "时限",
    "S": "满意度分档",
    "range": "区间",
    "compound": "多值",
    "": "不能计分",
}
GRADE_NAMES = '"优","良","中","差"'


@dataclass(frozen=True)
class Computed:
    """A row of the sheet: what it shows, and the formula of its score with the value that we come to."""

    number: str
    name: str
    rule: str
    target: TargetValue | None
    actual: object
    weight: str | Decimal
    judged: Decimal | None
    formula: str
    score: Score


def settings_rows(settings: ScoringSettings) -> list[tuple[str, object]]:
    """The settings that formulas refer to, from row SETTINGS on: C3, C4 …; blank where switched off."""
    reduction, cap = settings.over_reduction.value, settings.execution_cap.value
    steps = settings.satisfaction_bands.value or ()
    lowers = [band.lower * 100 for band in settings.grade_bands.value[:3]]
    limits = {each.grade: each.below for each in settings.execution_limits.value or ()}
    return [
        ("反向指标公式（B1或B2）", settings.ceiling_formula.value.name),
        ("须说明原因的完成比例", settings.over_fulfilment.value),
        ("超出部分调减比例", reduction.rate if reduction else Decimal(0)),
        ("调减上限", reduction.most if reduction else Decimal(0)),
        ("执行率得分上限（分值的倍数，空白为不设）", cap),
        ("高于区间按上限扣分（1是，0否）", int(settings.range_above.value is RangeAbove.CEILING)),
        ("多值取平均（1是，0取较差）", int(settings.compound.value is Compound.MEAN)),
        *((f"满意度第{n}档下限", steps[n - 1].lower if steps else None) for n in (1, 2, 3)),
        *((f"满意度第{n}档得分比例", steps[n - 1].share if steps else None) for n in (1, 2, 3)),
        *((f"{name}的下限", lower) for name, lower in zip("优良中", lowers, strict=True)),
        *(
            (f"执行率低于此数时等级不高于{name}", limits.get(grade, Decimal(0)))
            for grade, name in (("good", "良"), ("fair", "中"), ("poor", "差"))
        ),
    ]


PLACES = {
    name: f"$C${SETTINGS + n}"
    for n, name in enumerate(
        ("formula", "ratio", "rate", "most", "cap", "above", "mean", "s1", "s2", "s3", "p1", "p2", "p3",
         "excellent", "good", "fair", "max_good", "max_fair", "max_poor")
    )
}  # fmt: skip


def rows(evaluation: Evaluation, weights: dict[int, str]) -> list[Computed]:
    """The rows under the execution. `weights`: where the form has each row's weight, as a reference."""
    found: list[Computed] = []
    for line in evaluation.lines:
        found += _rows_of(line, weights[line.indicator.row], FIRST + 1 + len(found))
    return found


def _rows_of(line: Line, weight: str, at: int) -> Iterator[Computed]:
    number, name, score = str(line.indicator.row), line.indicator.level3, line.score
    judged = line.score.points if score.rule == "Q" or (score.rule == "T" and score.missed) else None
    if score.parts:
        yield Computed(number, name, "compound", line.target, None, weight, None, _several(at, len(score.parts)), score)
        values: Any = line.actual.value
        for n, (part, value, each) in enumerate(zip(line.target.parts, values, score.parts, strict=True), 1):
            formula = formula_of(part, each, at + n)
            yield Computed(f"{number}.{n}", name, kind_of(each), part, value, f"=H{at}", None, formula, each)
        return
    formula = formula_of(line.target, score, at)
    yield Computed(number, name, kind_of(score), line.target, line.actual.value, weight, judged, formula, score)


def kind_of(score: Score) -> str:
    return score.rule[:1] if score.rule in ("B1", "B2") else score.rule


def formula_of(target: TargetValue, score: Score, at: int) -> str:
    """The score of row `at` by its rule; "" where there is nothing to compute."""
    if score.points is None and not (score.rule == "T" and score.missed):
        return ""
    rule = kind_of(score)
    t, a, w = f"E{at}", f"MAX(0,G{at})", f"H{at}"
    if rule == "Q":
        return f"=ROUND(I{at},2)"
    if rule == "T":
        return f'=IF(G{at}<={t},{w},IF(I{at}="","{UNSCORED}",ROUND(I{at},2)))'
    makers = {"A": _floor, "B": _ceiling, "C": _exact, "Z": _zero, "S": _bands, "range": _range}
    return "=" + makers[rule](t, a, w, f"F{at}", target.operator in (">", "<"))


def _share(w: str, a: str, t: str) -> str:
    return f"IF({t}<=0,0,{_cents(f'{w}*{a}/{t}')})"


def _cents(term: str) -> str:
    """Half up to the cent: what binary arithmetic leaves behind the twelfth place is none of ours."""
    return f"ROUND(ROUND({term},12),2)"


def _floor(t: str, a: str, w: str, _u: str, strict: bool) -> str:
    p, meets = PLACES, f"{a}>{t}" if strict else f"{a}>={t}"
    off = f"MIN({p['most']},{p['rate']}*({a}/{t}-{p['ratio']}))"
    over = f"IF({t}<=0,{w},IF({a}>={t}*{p['ratio']},{_cents(f'{w}*(1-{off})')},{w}))"
    return f"IF({meets},{over},{_share(w, a, t)})"


def _ceiling(t: str, a: str, w: str, _u: str, strict: bool) -> str:
    return f"IF({a}{'<' if strict else '<='}{t},{w},{_over(t, a, w)})"


def _over(t: str, a: str, w: str) -> str:
    b1, b2 = _cents(f"MAX(0,{w}*(2*{t}-{a})/{t})"), _cents(f"{w}*{t}/{a}")
    return f'IF({t}<=0,0,IF({PLACES["formula"]}="B2",{b2},{b1}))'


def _exact(t: str, a: str, w: str, _u: str, _strict: bool) -> str:
    return f"IF({a}>={t},{w},{_share(w, a, t)})"


def _zero(_t: str, a: str, w: str, _u: str, _strict: bool) -> str:
    return f"IF({a}<=0,{w},0)"


def _bands(_t: str, a: str, w: str, _u: str, _strict: bool) -> str:
    made = "0"
    for n in (3, 2, 1):
        share = _cents(f"{w}*{PLACES[f'p{n}']}")
        made = f"IF({a}>={PLACES[f's{n}']},{share},{made})"
    return made


def _range(t: str, a: str, w: str, u: str, _strict: bool) -> str:
    above = f"IF({PLACES['above']}=1,{_over(u, a, w)},{w})"
    return f"IF({a}<{t},{_share(w, a, t)},IF({a}<={u},{w},{above}))"


def _several(at: int, parts: int) -> str:
    span = f"J{at + 1}:J{at + parts}"
    return f'=IF(COUNT({span})<{parts},"{UNSCORED}",IF({PLACES["mean"]}=1,{_cents(f"AVERAGE({span})")},MIN({span})))'


def execution_formula(budget: str, executed: str, weight: str) -> str:
    cap, share = PLACES["cap"], f"MAX(0,{executed})/{budget}"
    capped = f'IF({cap}="",{share},MIN({cap},{share}))'
    return f'=IF(OR(N({budget})<=0,{executed}=""),"{UNSCORED}",{_cents(f"{weight}*{capped}")})'


def grade_formula(total: str, scores: str, execution: str, rate: str) -> str:
    """优良中差 by the bands and the caps by execution; how many are not scored while some are not."""
    p, unscored = PLACES, f'COUNTIF({scores},"{UNSCORED}")+COUNTIF({execution},"{UNSCORED}")'
    by_points = f"IF({total}>={p['excellent']},1,IF({total}>={p['good']},2,IF({total}>={p['fair']},3,4)))"
    percent = f"MAX(0,{rate})*100"
    capped = f"IF({percent}<{p['max_poor']},4,IF({percent}<{p['max_fair']},3,IF({percent}<{p['max_good']},2,1)))"
    return f'=IF({unscored}>0,{unscored}&"项未计分",CHOOSE(MAX({by_points},{capped}),{GRADE_NAMES}))'


def cell_value(value: object) -> float | str | datetime | None:
    """A value as Excel keeps it; fifteen digits are more than an amount has."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return None if value is None else str(value) if not isinstance(value, int) else float(value)


def target_number(target: TargetValue | None) -> object:
    if target is None or target.kind in (Kind.QUALITATIVE, Kind.COMPOUND):
        return None
    return target.date or target.number
