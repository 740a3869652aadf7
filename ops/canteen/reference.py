"""The two canteens that the published document names, and the sittings."""

from datetime import time
from decimal import Decimal

from sqlalchemy import select

from ..core import audit
from ..core.access import system
from ..core.db import db
from .models import Canteen, Sitting

CANTEENS = {"urban": "城区机关食堂", "harbour": "临港商务区机关食堂"}
UNCONFIRMED = "参考各地做法，本区标准待确认"
SITTINGS = (
    ("breakfast", time(6, 30), time(9, 30), Decimal(3)),
    ("lunch", time(10, 30), time(14, 0), Decimal(5)),
    ("dinner", time(16, 30), time(19, 30), Decimal(3)),
)


def load_canteens() -> None:
    """Add what is missing; what the office has changed since stays."""
    canteens, sittings = set(db.session.scalars(select(Canteen.code))), set(db.session.scalars(select(Sitting.code)))
    missing = [Canteen(code=code, name=name) for code, name in CANTEENS.items() if code not in canteens]
    usual = [row for row in SITTINGS if row[0] not in sittings]
    made = [
        Sitting(code=code, starts=first, ends=end, price=price, source=UNCONFIRMED) for code, first, end, price in usual
    ]
    db.session.add_all([*missing, *made])
    if missing or made:
        audit.record("canteen.reference.loaded", "canteen", system("reference data"))
