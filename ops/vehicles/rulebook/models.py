"""Which rules there are, what each of them says in numbers or words, and the versions that were added here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from ...core.db import Base
from ..sourced import Cited


class Subject(StrEnum):
    """What a group of rules is about; the file of its data has the same name."""

    CEILINGS = "ceilings"
    RENEWAL = "renewal"
    CLASSES = "classes"
    VIOLATIONS = "violations"


SUBJECT_LABELS = {
    Subject.CEILINGS: _l("Ceilings of price and displacement"),
    Subject.RENEWAL: _l("Renewal"),
    Subject.CLASSES: _l("Classes of cars by seats"),
    Subject.VIOLATIONS: _l("The nine violations"),
}


@dataclass(frozen=True)
class Fact:
    """One value of a rule. `places` None: words, not a number."""

    label: Any
    unit: object = ""
    places: int | None = 0


FACTS = {
    "price": Fact(_l("Price without purchase tax, at most"), _l("yuan"), 2),
    "displacement": Fact(_l("Displacement, at most"), _l("litres"), 1),
    "years": Fact(_l("May be renewed when used for more than"), _l("years")),
    "sedan": Fact(_l("Small car, up to"), _l("seats")),
    "van": Fact(_l("Business van, up to"), _l("seats")),
    "minibus": Fact(_l("Minibus, up to"), _l("seats")),
    "chinese": Fact(_l("Wording of the rule"), places=None),
}
RULE_LABELS = {
    "ceiling.confidential": _l("Confidential courier"),
    "ceiling.usual": _l("Emergency support and other official cars"),
    "ceiling.enforcement": _l("Law enforcement"),
    "ceiling.enforcement_need": _l("Law enforcement, where the work needs it"),
    "ceiling.special": _l("Special case: other small cars and medium coaches"),
    "ceiling.large": _l("Special case: large coaches"),
    "ceiling.new_energy": _l("New-energy sedans"),
    "renewal.years": _l("Years of use"),
    "classes.seats": _l("Classes of the tariff, by seats with the driver's"),
    "violation.over_quota": _l("Over the quota or the standard"),
    "violation.registered_elsewhere": _l("Registered in another's name"),
    "violation.private_use": _l("Private use of official cars"),
    "violation.borrowed": _l("Borrowed, taken over or given cars"),
    "violation.diverted": _l("Special cars diverted or fixed to a person"),
    "violation.luxury": _l("Luxury equipment"),
    "violation.false_costs": _l("False or foreign items in the costs"),
    "violation.disposal": _l("Disposed of against the rules"),
    "violation.other": _l("Another breach of the rules"),
}


class RuleVersion(Cited, Base):
    """规则版本: what a rule says from `valid_from` on. `said`: its values as JSON; `ends`: it says nothing any more.

    Rows are never edited: of two that begin on the same day the later entered holds, the earlier stays to be read.
    """

    __tablename__ = "rule_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(index=True)
    said: Mapped[str]
    ends: Mapped[bool]
