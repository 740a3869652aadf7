"""Demo: the units that the document counts, one user for each role; marked as demo and called by number."""

from sqlalchemy import select

from ..core import audit
from ..core.db import db
from ..core.demo import DemoYear
from .models import Section, Unit, UnitKind, User, UserRole
from .roles import ROLE_LABELS, Role

# the document counts 59 bodies in the office-room return, 52 institutions and 16 enterprises in the vehicle reform
UNITS = (
    (UnitKind.ORGAN, 59, "区直机关{:02}（演示）"),
    (UnitKind.INSTITUTION, 52, "区属事业单位{:02}（演示）"),
    (UnitKind.ENTERPRISE, 16, "区属企业{:02}（演示）"),
)
SECTION_OF = {
    Role.DISPATCHER: "公务用车管理科",
    Role.DRIVER: "公务用车管理科",
    Role.FLEET_HEAD: "公务用车管理科",
    Role.DIRECTOR: "办公室",
    Role.PROPERTY: "房产设备一科",
    Role.CANTEEN: "膳食科",
    Role.MEETING: "会务服务保障科",
    Role.REPAIR: "房产设备二科",
    Role.FINANCE: "财务室",
    Role.PERFORMANCE: "财务室",
}


def make(demo: DemoYear) -> None:
    """Units and users are the same for every demo year and made once."""
    if db.session.scalar(select(Unit.id).where(Unit.demo).limit(1)):
        return
    for kind, how_many, name in UNITS:
        codes = ((f"{kind[0].upper()}{number:03}", name.format(number)) for number in range(1, how_many + 1))
        db.session.add_all(Unit(code=code, name=called, kind=kind, demo=True) for code, called in codes)
    db.session.flush()
    db.session.add_all(_user(role) for role in Role)
    audit.record("people.demo.made", "unit", demo.by)


def _user(role: Role) -> User:
    label = str(ROLE_LABELS[role])
    user = User(username=f"demo-{role}", name=f"{label}（演示）", demo=True, roles=[UserRole(role=role)])
    if role in (Role.LIAISON, Role.UNIT_APPROVER):
        user.unit_id = db.session.scalar(select(Unit.id).where(Unit.demo).order_by(Unit.id).limit(1))
    user.section_id = db.session.scalar(select(Section.id).where(Section.name == SECTION_OF.get(role)))
    return user
