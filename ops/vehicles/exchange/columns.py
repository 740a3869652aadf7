"""The columns of the list of cars: what stands above each, and which words mean what. In order of the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.language import in_all
from ...core.sheets import SheetColumn
from ..register.file_models import (
    ACQUIRED_LABELS,
    BODY_LABELS,
    CASE_LABELS,
    ENERGY_LABELS,
    PLATFORM_LABELS,
    QUOTA_LABELS,
    Acquired,
    Body,
    CeilingCase,
    Energy,
    Platform,
    Quota,
)
from ..register.models import CATEGORY_LABELS

YES, NO = "y", ""


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    UNIT = "unit"


@dataclass(frozen=True)
class Fact:
    """One column. `of_file`: it stands in the car's file, not in the register itself; `usual`: what a new file begins
    with; `labels`: what a choice is called; `words`: what else is read as which choice.
    """

    key: str
    label: object
    heads: tuple[str, ...]
    kind: Kind = Kind.TEXT
    of_file: bool = True
    usual: str = ""
    labels: Mapping[Any, object] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    width: int = 14


FACTS = (
    Fact("plate", _l("Plate"), ("车牌", "号牌号码", "车号"), of_file=False, width=12),
    Fact("category", _l("Category"), ("类别", "车辆用途"), Kind.CHOICE, of_file=False, labels=CATEGORY_LABELS,
         words={"一般公务用车": "other", "其他用车": "other", "应急保障": "emergency", "机要通信": "confidential",
                "执法执勤": "enforcement", "特种专业技术": "special"}, width=18),
    Fact("model", _l("Model"), ("型号", "车辆型号"), of_file=False, width=20),
    Fact("seats", _l("Seats"), ("核定载客", "核定载人数", "座位"), Kind.NUMBER, of_file=False, width=8),
    Fact("registered_on", _l("On the register since"), ("入册日期", "投入使用日期", "取得日期"), Kind.DAY,
         of_file=False),
    Fact("vin", _l("Vehicle identification number"), ("车架号", "VIN", "车辆识别号"), width=22),
    Fact("engine_no", _l("Engine number"), ("发动机编号",)),
    Fact("brand", _l("Brand"), ("车辆品牌",)),
    Fact("body", _l("Kind of car"), ("车辆类型",), Kind.CHOICE, usual=Body.SEDAN, labels=BODY_LABELS,
         words={"小型客车": "small", "中型客车": "medium", "大型客车": "large"}),
    Fact("energy", _l("Energy"), ("燃料种类", "能源类型"), Kind.CHOICE, usual=Energy.PETROL, labels=ENERGY_LABELS,
         words={"电": "electric", "电动": "electric", "新能源": "electric", "混动": "hybrid"}),
    Fact("displacement", _l("Displacement"), ("排量", "汽车排气量"), Kind.NUMBER, width=10),
    Fact("colour", _l("Colour"), ("车身颜色",), width=8),
    Fact("price", _l("Price without purchase tax"), ("价值", "车辆原值", "原值", "购置价格"), Kind.NUMBER, width=16),
    Fact("bought_on", _l("Bought on"), ("购车时间", "购车日期"), Kind.DAY),
    Fact("first_registered_on", _l("First registered on"), ("初次登记日期", "行驶证注册日期", "登记日期"), Kind.DAY),
    Fact("acquired", _l("How it was acquired"), ("来源",), Kind.CHOICE, usual=Acquired.BOUGHT,
         labels=ACQUIRED_LABELS,
         words={"新购": "bought", "调拨": "transferred", "接受捐赠": "donated", "置换": "exchanged", "盘盈": "found"}),
    Fact("quota", _l("Quota"), ("编制",), Kind.CHOICE, usual=Quota.NOT_SET, labels=QUOTA_LABELS),
    Fact("ceiling_case", _l("Case of the standard"), (), Kind.CHOICE, usual=CeilingCase.USUAL, labels=CASE_LABELS,
         width=16),
    Fact("special", _l("Special case of the standard, because"), (), width=22),
    Fact("old_cycle", _l("Inspected by the old cycle"), (), Kind.CHOICE, labels={YES: _l("Yes"), NO: _l("No")},
         words={"√": YES, "✓": YES, "有": YES, "1": YES, "无": NO, "0": NO}),
    Fact("owner_unit_id", _l("Owner unit"), ("产权所有单位",), Kind.UNIT, width=24),
    Fact("using_unit_id", _l("Using unit"), ("使用管理部门",), Kind.UNIT, width=24),
    Fact("platform", _l("Managed by"), ("所属平台",), Kind.CHOICE, usual=Platform.OWN, labels=PLATFORM_LABELS,
         width=18),
    Fact("origin", _l("Made in"), ("车辆产地",)),
    Fact("seller", _l("Seller"), ("销售单位",), width=20),
    Fact("contract_no", _l("Number of the purchase contract"), ("合同编号",)),
    Fact("invoice_no", _l("Number of the purchase invoice"), ("发票号",)),
    Fact("warranty_until", _l("Under warranty until"), ("保修截止",), Kind.DAY),
    Fact("condition", _l("Technical condition"), ("车况",)),
    Fact("remark", _l("Remark"), ("说明",), width=24),
)  # fmt: skip
BY_KEY = {fact.key: fact for fact in FACTS}
OF_CAR = tuple(fact for fact in FACTS if not fact.of_file)
OF_FILE = tuple(fact for fact in FACTS if fact.of_file)


@cache
def columns() -> tuple[SheetColumn, ...]:
    """As a file is read: a head may be in any language of the pages, or as offices write it. Only the plate must be."""
    return tuple(
        SheetColumn(fact.key, fact.label, (*in_all(fact.label), *fact.heads), fact.key == "plate") for fact in FACTS
    )


@cache
def choices_of(key: str) -> Mapping[str, str]:
    """Word → choice, in any language of the pages, small letters."""
    fact = BY_KEY[key]
    named = {word: choice for choice, label in fact.labels.items() for word in (*in_all(label), str(choice))}
    return {word.casefold(): str(choice) for word, choice in {**named, **fact.words}.items() if word}
