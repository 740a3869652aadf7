"""Demo: the approvals that the rules ask for, refusals, and emergencies approved by mouth and completed later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from ...core.db import db
from ...core.timeslot import Slot
from ..models import TripRequest
from .models import ApprovalRule, ApprovalStep, ApprovalVerdict, Approver, OralApproval, StepReason
from .rules import Journey, needed

Row = dict[str, Any]
SPEAKERS = {Approver.UNIT_LEADER: "单位负责人（演示）", Approver.SECTION: "公务用车管理科（演示）",
            Approver.DIRECTOR: "分管领导（演示）"}  # fmt: skip
EMERGENCIES_EVERY, REFUSED, LATER = 40, 4, timedelta(hours=20)
EMERGENCY, TURNED_DOWN = "防汛抢险（演示）", "可乘公共交通，不予派车（演示）"


def make(requests: list[Row], fates: Sequence[str]) -> None:
    """Every request of the year that needs somebody's word has it, but for the year's last emergency."""
    _complete_last_years()
    rules = list(db.session.scalars(select(ApprovalRule).where(ApprovalRule.to_on.is_(None))))
    asked = [(row, fate == "driven") for row, fate in zip(requests, fates, strict=True) if row["out_of_district"]]
    refused = _refused([row for row, driven in asked if driven])
    steps = [step for row, _driven in asked for step in _steps(row, rules)]
    steps += [{**step, "refused": True} for row in refused for step in _steps(row, rules)]
    urgent = [row for row, driven in asked if driven][::EMERGENCIES_EVERY]
    keys = db.session.scalars(
        insert(ApprovalStep).returning(ApprovalStep.id, sort_by_parameter_order=True),
        [{name: step[name] for name in ("request_id", "number", "approver")} for step in steps],
    ).all()
    for step, key in zip(steps, keys, strict=True):
        step["step_id"] = key
    reasons = [{"step_id": step["step_id"], "rule_id": rule} for step in steps for rule in step["rules"]]
    db.session.execute(insert(StepReason), reasons)
    last = urgent[-1]["id"] if urgent else None
    late = {row["id"] for row in urgent}
    db.session.execute(insert(ApprovalVerdict), [_verdict(step, late) for step in steps if _is_given(step, last)])
    db.session.execute(insert(OralApproval), [_by_mouth(row) for row in urgent])


def _steps(row: Row, rules: Sequence[ApprovalRule]) -> list[Row]:
    found = needed(rules, Journey(Slot(row["starts_at"], row["ends_at"]), row["out_of_district"]))
    return [
        {"request_id": row["id"], "number": number, "approver": approver, "asked_at": row["asked_at"],
         "rules": [rule.id for rule in because]}
        for number, (approver, because) in enumerate(found, 1)
    ]  # fmt: skip


def _refused(like: list[Row]) -> list[Row]:
    """A few more requests like others, which got no car."""
    rows = like[10 :: max(1, len(like) // REFUSED)][:REFUSED]
    columns = set(TripRequest.__table__.columns.keys()) - {"id"}
    asked = [{name: row[name] for name in columns & row.keys()} for row in rows]
    asked = [{**row, "purpose": "参加培训", "people": 1} for row in asked]
    found = insert(TripRequest).returning(TripRequest.id, sort_by_parameter_order=True)
    keys = db.session.scalars(found, asked).all() if asked else []
    return [{**row, "id": key} for row, key in zip(asked, keys, strict=True)]


def _is_given(step: Row, last: int | None) -> bool:
    """Who refuses ends it; the second word on the last emergency is still missing."""
    if step.get("refused"):
        return bool(step["number"] == 1)
    return bool(step["request_id"] != last or step["number"] == 1)


def _verdict(step: Row, late: set[int]) -> Row:
    wait = LATER if step["request_id"] in late else timedelta(minutes=15)
    refused = bool(step.get("refused"))
    at = step["asked_at"] + wait * step["number"]
    return {"step_id": step["step_id"], "approved": not refused, "words": TURNED_DOWN if refused else "", "at": at,
            "by": SPEAKERS[step["approver"]], "by_id": None}  # fmt: skip


def _by_mouth(row: Row) -> Row:
    said: datetime = row["asked_at"]
    return {"request_id": row["id"], "approved_by": SPEAKERS[Approver.DIRECTOR], "approved_at": said,
            "at": said + timedelta(minutes=5), "by": row["asked_by"]}  # fmt: skip


def _complete_last_years() -> None:
    """What an earlier year left open was completed since."""
    rows = select(ApprovalStep.id, ApprovalStep.approver, OralApproval.at)
    rows = rows.join(OralApproval, OralApproval.request_id == ApprovalStep.request_id)
    rows = rows.outerjoin(ApprovalVerdict).where(ApprovalVerdict.step_id.is_(None))
    said = [
        {"step_id": key, "approved": True, "words": "", "at": at + timedelta(days=3), "by_id": None,
         "by": SPEAKERS[Approver(approver)]}
        for key, approver, at in db.session.execute(rows)
    ]  # fmt: skip
    if said:
        db.session.execute(insert(ApprovalVerdict), said)
