"""Demo: repairs from the request to the invoice, some still on their way, and traffic violations."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select

from ...core.db import db
from ...core.demo import DemoYear
from ..models import Driver
from .models import CostKind
from .repair_models import FinePayment, QuoteLine, RepairJob, RepairState, RepairStep, Violation

Row = dict[str, Any]
DRIVER, APPROVER, WORKSHOPS = "司机（演示）", "车队负责人（演示）", ("定点维修厂甲（演示）", "定点维修厂乙（演示）")
WORK = (("更换机油机滤", 380), ("常规保养", 560), ("更换轮胎两条", 1180), ("更换刹车片", 760), ("空调维修", 1450),
        ("变速箱检修", 3600))  # fmt: skip
WEIGHTS = (8, 8, 3, 3, 2, 1)
WAY = (RepairState.QUOTED, RepairState.APPROVED, RepairState.FINISHED, RepairState.INVOICED)
TWICE, VIOLATIONS, LIMIT = 0.35, 7, 2000


def make(cars: Sequence[int], demo: DemoYear, chance: Random) -> list[Row]:
    """Once or twice a year for each car; the cost rows of those that were invoiced, with their job beside them."""
    jobs = [_job(car, demo, chance) for car in cars for _n in range(1 + (chance.random() < TWICE))]
    plain = [{name: value for name, value in job.items() if name not in ("price", "steps")} for job in jobs]
    keys = db.session.scalars(insert(RepairJob).returning(RepairJob.id, sort_by_parameter_order=True), plain)
    for job, key in zip(jobs, keys, strict=True):
        job["id"] = key
    lines = [{"job_id": job["id"], "round": 1, "item": job["problem"], "amount": job["price"]} for job in jobs]
    db.session.execute(insert(QuoteLine), [line for line, job in zip(lines, jobs, strict=True) if job["steps"]])
    steps = [_step(job, kind) for job in jobs for kind in job["steps"] if kind is not RepairState.INVOICED]
    db.session.execute(insert(RepairStep), steps)
    _make_violations(cars, demo, chance)
    return [_cost(job) for job in jobs if RepairState.INVOICED in job["steps"]]


def link(costs: Sequence[Row]) -> None:
    """The last step of each invoiced repair, now that its cost has a key."""
    steps = [_step(row["job"], RepairState.INVOICED, row["id"]) for row in costs if "job" in row]
    db.session.execute(insert(RepairStep), steps)


def _job(car: int, demo: DemoYear, chance: Random) -> Row:
    [(problem, usual)] = chance.choices(WORK, WEIGHTS)
    day = chance.choice(demo.working_days[60:])
    price = Decimal(usual + chance.randint(-40, 60))
    way = len(WAY) if day < demo.working_days[-5] else chance.randint(0, len(WAY))
    asked = {"day": day, "asked_at": datetime.combine(day, time(9)), "asked_by_id": None, "asked_by": DRIVER}
    workshop = chance.choice(WORKSHOPS)
    return {"vehicle_id": car, "problem": problem, "workshop": workshop, **asked, "price": price, "steps": WAY[:way]}


def _step(job: Row, kind: RepairState, cost_id: int | None = None) -> Row:
    number = WAY.index(kind)
    decided = kind is RepairState.APPROVED and job["price"] > LIMIT
    paper = "会议纪要（演示）" if decided else f"发票{job['id']:05}（演示）" if kind is RepairState.INVOICED else ""
    amount = None if kind is RepairState.FINISHED else job["price"]
    at = job["asked_at"] + timedelta(hours=1 + number)
    by = APPROVER if kind is RepairState.APPROVED else DRIVER
    return {"job_id": job["id"], "kind": kind, "amount": amount, "paper_no": paper, "note": "", "cost_id": cost_id,
            "at": at, "by": by}  # fmt: skip


def _cost(job: Row) -> Row:
    paid = {"kind": CostKind.MAINTENANCE, "day": job["day"], "amount": job["price"], "payee": job["workshop"]}
    noted = {"note": job["problem"], "paper_no": f"发票{job['id']:05}（演示）", "dispatch_id": None}
    recorded = {"recorded_at": job["asked_at"] + timedelta(hours=6), "recorded_by": DRIVER}
    return {"vehicle_id": job["vehicle_id"], **paid, **noted, **recorded, "job": job}


def _make_violations(cars: Sequence[int], demo: DemoYear, chance: Random) -> None:
    """All but the last one paid by the driver himself."""
    drivers = db.session.scalars(select(Driver.id).order_by(Driver.id)).all()
    rows = [_violation(chance.choice(cars), chance.choice(drivers), demo, chance) for _n in range(VIOLATIONS)]
    found = insert(Violation).returning(Violation.id, sort_by_parameter_order=True)
    keys = db.session.scalars(found, rows).all()
    paid = [_payment(key, row["day"]) for key, row in zip(keys, rows, strict=True)]
    db.session.execute(insert(FinePayment), paid[:-1])


def _violation(car: int, driver: int, demo: DemoYear, chance: Random) -> Row:
    day = chance.choice(demo.working_days)
    what, points, fine = chance.choice((("违反禁止停车规定（演示）", 0, 100), ("超速不足百分之二十（演示）", 3, 200)))
    at = datetime.combine(day, time(10))
    recorded = {"recorded_at": at + timedelta(days=1), "recorded_by": "车辆管理员（演示）"}
    said = {"place": "某路口（演示）", "what": what, "points": points, "fine": Decimal(fine)}
    return {"vehicle_id": car, "driver_id": driver, "day": day, "at": at, **said, **recorded}


def _payment(violation: int, day: date) -> Row:
    at = datetime.combine(day, time(15)) + timedelta(days=3)
    return {"violation_id": violation, "paid_on": at.date(), "payer": "driver", "paper_no": "", "at": at, "by": DRIVER}
