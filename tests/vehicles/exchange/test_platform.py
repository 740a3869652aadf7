"""The export by the platform standard: every group and column of the notes is filled or named as not held."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from ops.core.access import Actor
from ops.core.db import transaction
from ops.core.period import year
from ops.people.roles import Role
from ops.vehicles import service as trips
from ops.vehicles.costs.models import CardEntry, FuelCard
from ops.vehicles.exchange import platform, platform_months
from ops.vehicles.obligations import service as obligations
from ops.vehicles.odometer import replacing
from ops.vehicles.register import life_service, service
from ops.vehicles.register.file_models import CarFile
from ops.vehicles.settlement.models import Tariff
from tests.app_fixtures import SignIn
from tests.factories import AT, DAY, make_unit, make_vehicle, saved
from tests.vehicles.costs.factories import make_fill
from tests.vehicles.factories import (
    approve_hire,
    drive_hire,
    invoice_hire,
    make_asked_hire,
    make_departure,
    make_dispatch,
    make_hire,
    order_hire,
)

# the list of interfaces in the standard, and what running systems call the fields: copied, not made from the mapping
GROUPS = """7.2 登录 7.3 单位基本信息 7.4 单车基本信息 7.5 超标准配备车辆信息 7.6 驾驶员基本信息 7.7 派车信息
7.8 车辆维保 7.9 车辆年检 7.10 车辆能耗 7.11 保险费用 7.12 过路过桥费用 7.13 停车费用 7.14 其他费用 7.15
监督检查情况 7.16 12345投诉 7.17 社会车辆租赁派车信息 7.18 车辆违章 7.19 车辆处置情况"""
ASSET_CARD = """资产名称 资产分类名称 资产分类代码 单位 采购组织形式 预算项目编号 取得方式 取得日期 车辆产地
规格型号 品牌 车辆识别号 车牌号 汽车排气量 发动机号 车辆行驶证 销售商 合同编号 发票号 保修截止日期 编制情况
财政拨款 非财政拨款 财务入账状态 财务入账日期 价值类型 数量 价值 入账科目 使用状况 投入使用日期 使用/管理部门
使用人 累计行驶里程 车辆用途 折旧状态 备注 持证人 登记日期 座位数 是否在建工程转入"""
CAR_INFO = """批复文号 品牌 车型 车牌号 变更车号 购车时间 车辆原值 行驶里程 技术状况 核定载人数 颜色 所属处室
驾驶员 发动机号 车架号 百公里油耗 维修状态 使用状态 日租价 基本里程 基本时间 超基本里程单价 超基本时间单价"""
CAR_APPLY = """申请编号 申请部门 申请人 申请时间 用车部门 用车/联系人 联系电话 申请用车开始时间
申请用车结束时间 用车天数 乘车人数 是否需要司机 用车原因/具体任务 行驶路线 目的地 备注 审批 派车人 派车时间
派用车辆/车牌 公里起数 公里止数 出车时间 返回时间 驾驶员 收车人 收车时间 还车人 还车时间 是否报销 状态"""
ORDER = "用车单位 用车人 事由 路线 时间 出车地点 交车时间 行驶路线 里程 过路费"
REPAIR = """编号 车属单位 里程 送修人 送修时间 维保项目 审核 盖章人/时间 维保单位 维保单位联系人 维保明细
下次保养公里数 下次保养日期"""
FUEL = "卡号 卡类别 年月 初始金额 充值金额 消费金额 剩余金额 公里数 月初公里 月末公里 实际公里 加油金额 升数 油耗"
INSURANCE = """承保单位 投保单位 经纪联系人/电话 收款单位 开户行 账号 起期 止期 车损 三者保额 三者金额 盗抢
司机/乘客座位责任保额 司机/乘客座位责任金额 玻璃/自燃/涉水/划痕 商业险合计 交强险 车船税 单车保费总计"""
HIRE = """审批编号 活动名称 主办/申请单位 联系人/电话 事由类别 依据文件 乘车人数 自有车辆不足说明 路线
起止时间 车型 数量 供应商 合同号 单价标准 预算金额 经费来源 保险核验 驾驶员 车牌 审批链 是否事后补办
实际车次/公里 发票 评价 公示标志"""
FIELDS = {
    "7.3": "单位编号 单位名称", "7.4": f"{ASSET_CARD} {CAR_INFO}", "7.7": f"{CAR_APPLY} {ORDER}", "7.8": REPAIR,
    "7.10": FUEL, "7.11": INSURANCE, "7.17": HIRE,
}  # fmt: skip
YEAR = year(2023)


@pytest.mark.pure
def test_every_group_of_the_standard_is_mapped_or_named_as_not_held() -> None:
    words = GROUPS.split()
    wanted = dict(zip(words[::2], words[1::2], strict=True))
    known = {group.clause: group for group in platform.groups()}
    assert {clause: known[clause].name for clause in wanted} == wanted
    for group in known.values():
        assert bool(group.rows) != bool(group.why), group
        assert bool(group.rows) == bool(group.fields), group
    assert {group.rows for group in known.values() if group.rows} == set(platform.PROVIDERS)


@pytest.mark.pure
@pytest.mark.parametrize("clause", FIELDS)
def test_every_column_of_the_notes_is_filled_or_named_as_not_held(clause: str) -> None:
    [group] = [each for each in platform.groups() if each.clause == clause]
    named = [field.name for field in group.fields]
    assert set(FIELDS[clause].split()) <= set(named)
    assert len(named) == len(set(named))
    for field in group.fields:
        assert bool(field.key) != bool(field.why), field
        assert field.source


def test_a_year_fills_its_sheets_with_our_own_records(app: Flask, sign_in: SignIn, by: Actor) -> None:
    car = _a_car(by)
    sheets = _read(sign_in(Role.FLEET_HEAD).get("/vehicles/platform.xlsx?year=2023").data)
    assert list(sheets) == ["对照说明", *(f"{each.clause} {each.name}" for each in platform.groups() if each.rows)]
    [found] = [each for each in sheets["7.4 单车基本信息"] if each["车牌号"] == car.plate]
    assert (found["品牌"], found["价值"], found["编制情况"], found["资产名称"]) == ("红旗", 260000, "在编", None)
    assert (found["车辆产地"], found["发票号"], found["保修截止日期"].date()) == ("国产", "票7", date(2023, 1, 1))
    assert (found["持证人"], found["日租价"], found["超基本里程单价"]) == (found["单位"], None, 1.8)
    assert (found["变更车号"], found["累计行驶里程"], found["标识化"]) == ("冀B99999", 1120, "已标识 公务")
    [over] = sheets["7.5 超标准配备车辆信息"]
    assert (over["标准价格"], over["超出价格"]) == (180000, 80000)
    [trip] = sheets["7.7 派车信息"]
    assert trip["出车时间"] == AT
    assert (trip["派用车辆/车牌"], trip["里程"], trip["公里起数"], trip["公里止数"]) == (car.plate, 100, 1000, 1100)
    [fuel] = sheets["7.10 车辆能耗"]
    assert (fuel["车牌号"], fuel["升数"], fuel["年月"]) == (car.plate, 40, "2023-05")
    assert (fuel["月初公里"], fuel["月末公里"], fuel["实际公里"]) == (None, 1120, 100)
    [test] = sheets["7.9 车辆年检"]
    assert (test["到期日"].date(), test["状态"]) == (date(2023, 6, 1), "待办")
    assert len(sheets["7.17 社会车辆租赁派车信息"]) == 2
    assert sheets["7.19 车辆处置情况"] == []
    assert len(_read(platform.workbook(year(2022)))["7.7 派车信息"]) == 0


def test_a_dial_replaced_on_the_way_does_not_shorten_a_trip(app: Flask, by: Actor) -> None:
    trip, out = make_departure(make_dispatch()), make_departure(make_dispatch(AT.replace(day=10)))
    with transaction():
        replacing.replace_dial(trip.vehicle_id, AT.replace(hour=10), 1060, 0, "维修单", None, by)
    with transaction():
        trips.take_back(trip, AT.replace(hour=12), 40, by)
    assert out.trip_return is None
    rows = _read(platform.workbook(YEAR))["7.7 派车信息"]
    assert [(row["里程"], row["公里起数"], row["公里止数"]) for row in rows] == [(100, 1000, 40), (None, 1000, None)]


def _a_car(by: Actor) -> Any:
    unit, car = make_unit(), make_vehicle(plate="冀B99999")
    file = {
        "brand": "红旗",
        "price": Decimal(260000),
        "quota": "in",
        "bought_on": date(2020, 1, 1),
        "owner_unit_id": unit.id,
        "origin": "国产",
        "invoice_no": "票7",
        "warranty_until": date(2023, 1, 1),
    }
    saved(CarFile(vehicle_id=car.id, kept_at=AT, kept_by="测试员", **file))
    trip = make_departure(make_dispatch(vehicle_id=car.id))
    with transaction():
        trips.take_back(trip, AT.replace(hour=12), 1100, by)
        service.correct(car, "冀B88888", "other", "轿车", 5, car.registered_on, by)
        life_service.mark(car, DAY, False, "公务", by)
        obligations.owe(car.id, "inspection_test", date(2023, 6, 1), None, by)
    make_fill(AT.replace(hour=13), vehicle_id=car.id, odometer_value=Decimal(1120))
    make_hire(how_many=2)
    return car


def _read(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Sheet → its rows by the names of the columns."""
    return {sheet.title: list(_rows(sheet)) for sheet in load_workbook(BytesIO(content)).worksheets}


def _rows(sheet: Any) -> Iterator[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return (dict(zip(head, row, strict=True)) for row in rows)


def test_a_hired_vehicle_stands_with_its_contract_approvals_and_invoice(app: Flask) -> None:
    hire = drive_hire(order_hire(approve_hire(make_asked_hire())), 120)
    invoice_hire(hire, "FP01")
    [row] = _read(platform.workbook(YEAR))["7.17 社会车辆租赁派车信息"]
    assert (row["审批编号"], row["金额"], row["单价标准"]) == (hire.no, hire.cost, 1400)
    assert (row["实际车次/公里"], row["发票"], row["是否事后补办"], row["公示标志"]) == (120, "FP01", "否", "否")
    assert row["合同号"]
    assert row["保险核验"]
    assert "领导" in row["审批链"]
    assert row["起止时间"].startswith(f"{AT:%Y-%m-%d %H:%M}")


def test_every_provider_gives_the_keys_that_the_mapping_asks_for(app: Flask, by: Actor) -> None:
    _a_car(by)
    for group in platform.groups():
        for row in platform.PROVIDERS[group.rows](YEAR) if group.rows else ():
            assert {field.key for field in group.fields if field.key} <= set(row), group.name


def test_the_page_says_what_is_held_and_what_is_not(app: Flask, sign_in: SignIn) -> None:
    shown = sign_in(Role.AUDITOR).get("/vehicles/platform").text
    for words in ("DB32/T 3826-2020", "7.16 12345投诉", "财务与资产系统管理", "未采集"):
        assert words in shown
    assert sign_in(Role.AUDITOR).get("/vehicles/platform.xlsx").status_code == 403
    for wrong in ("1999", "2100", "22"):
        assert sign_in(Role.DISPATCHER).get(f"/vehicles/platform?year={wrong}").status_code == 404


def test_the_balance_of_a_card_by_its_month(app: Flask, by: Actor) -> None:
    card = saved(FuelCard(number="1001", opened_on=date(2022, 1, 1)))
    told = {"card_id": card.id, "paper_no": "充1", "recorded_at": AT, "recorded_by": "财务"}
    for day, amount in ((date(2022, 12, 30), 500), (date(2023, 5, 2), 300)):
        saved(CardEntry(day=day, amount=Decimal(amount), **told))
    found = platform_months.of_cards(YEAR)
    assert found[card.id, "2023-04"] == platform_months.Balance(Decimal(500), Decimal(0), Decimal(500))
    assert found[card.id, "2023-05"] == platform_months.Balance(Decimal(500), Decimal(300), Decimal(800))


def test_a_day_of_a_car_costs_what_its_class_does(app: Flask) -> None:
    made = {"car_class": "sedan", "method": "day_hire", "day_price": Decimal(300), "km_price": Decimal(2)}
    saved(
        Tariff(
            **made, base_km=100, base_hours=8, hour_price=Decimal(20), valid_from=date(2023, 1, 1), source="价目表",
            confirmed=True, set_at=AT, set_by="财务",
        )
    )  # fmt: skip
    make_vehicle()
    [row] = _read(platform.workbook(YEAR))["7.4 单车基本信息"]
    assert [row[name] for name in ("日租价", "基本里程", "基本时间", "超基本里程单价", "超基本时间单价")] == [
        300, 100, 8, 2, 20,
    ]  # fmt: skip
