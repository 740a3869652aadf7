"""One car, one file (一车一档): what a car is, and what it is held for; and the file of a driver."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base, Fixed
from ...core.files import Attachment


class Body(StrEnum):
    """车型: as the registration certificate has it; the inspection cycle and the ceilings depend on it."""

    SEDAN = "sedan"
    SMALL = "small"
    MINIVAN = "minivan"
    MEDIUM = "medium"
    LARGE = "large"
    TRUCK = "truck"
    SCHOOL = "school"
    OTHER = "other"


BODY_LABELS = {
    Body.SEDAN: _l("Sedan"),
    Body.SMALL: _l("Other small passenger car"),
    Body.MINIVAN: _l("Minivan"),
    Body.MEDIUM: _l("Medium coach"),
    Body.LARGE: _l("Large coach"),
    Body.TRUCK: _l("Goods vehicle"),
    Body.SCHOOL: _l("School bus"),
    Body.OTHER: _l("Other vehicle"),
}


class Energy(StrEnum):
    """能源种类."""

    PETROL = "petrol"
    DIESEL = "diesel"
    GAS = "gas"
    HYBRID = "hybrid"
    PLUG_IN = "plug_in"
    ELECTRIC = "electric"


ENERGY_LABELS = {
    Energy.PETROL: _l("Petrol"),
    Energy.DIESEL: _l("Diesel"),
    Energy.GAS: _l("Natural gas"),
    Energy.HYBRID: _l("Hybrid"),
    Energy.PLUG_IN: _l("Plug-in hybrid"),
    Energy.ELECTRIC: _l("Electric"),
}
NEW_ENERGY = frozenset({Energy.PLUG_IN, Energy.ELECTRIC})


class Quota(StrEnum):
    """编制情况, as the asset card has it."""

    IN = "in"
    OUT = "out"
    NOT_SET = "not_set"


QUOTA_LABELS = {
    Quota.IN: _l("within the quota"),
    Quota.OUT: _l("outside the quota"),
    Quota.NOT_SET: _l("quota not set"),
}


class Acquired(StrEnum):
    """取得方式, as the asset card has it."""

    BOUGHT = "bought"
    TRANSFERRED = "transferred"
    DONATED = "donated"
    EXCHANGED = "exchanged"
    FOUND = "found"
    OTHER = "other"


ACQUIRED_LABELS = {
    Acquired.BOUGHT: _l("Bought"),
    Acquired.TRANSFERRED: _l("Transferred in"),
    Acquired.DONATED: _l("Donated"),
    Acquired.EXCHANGED: _l("Exchanged"),
    Acquired.FOUND: _l("Found in a stock-taking"),
    Acquired.OTHER: _l("Some other way"),
}


class Platform(StrEnum):
    """管理平台: who manages the car."""

    OWN = "own"
    ENFORCEMENT = "enforcement"
    UNIT = "unit"


PLATFORM_LABELS = {
    Platform.OWN: _l("Official car platform"),
    Platform.ENFORCEMENT: _l("Enforcement platform"),
    Platform.UNIT: _l("The unit itself"),
}


class CeilingCase(StrEnum):
    """适用标准: the usual ceiling of article 7, or one of the two cases for which it allows more."""

    USUAL = "usual"
    NEED = "need"
    SPECIAL = "special"


CASE_LABELS = {
    CeilingCase.USUAL: _l("Usual ceiling"),
    CeilingCase.NEED: _l("Law enforcement whose work needs more"),
    CeilingCase.SPECIAL: _l("Special case"),
}


class CarFile(Base):
    """车辆档案. `price` is without purchase tax; `displacement` in litres; `ceiling_case` is the case of article 7 and
    `special` the reason for it; `old_cycle`: casualty accident, punished modification or former commercial use.
    """

    __tablename__ = "car_file"
    __table_args__ = (
        CheckConstraint("price IS NULL OR price >= 0", name="price_not_negative"),
        CheckConstraint("displacement IS NULL OR displacement >= 0", name="displacement_not_negative"),
    )

    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), primary_key=True)
    vin: Mapped[str | None] = mapped_column(unique=True)
    engine_no: Mapped[str | None]
    brand: Mapped[str | None]
    body: Mapped[str] = mapped_column(default=Body.SEDAN)
    energy: Mapped[str] = mapped_column(default=Energy.PETROL)
    displacement: Mapped[Decimal | None] = mapped_column(Fixed(3))
    colour: Mapped[str | None]
    price: Mapped[Decimal | None] = mapped_column(Fixed(2))
    bought_on: Mapped[date | None]
    first_registered_on: Mapped[date | None]
    acquired: Mapped[str] = mapped_column(default=Acquired.BOUGHT)
    quota: Mapped[str] = mapped_column(default=Quota.NOT_SET)
    ceiling_case: Mapped[str] = mapped_column(default=CeilingCase.USUAL)
    special: Mapped[str | None]
    old_cycle: Mapped[bool] = mapped_column(default=False)
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    using_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    platform: Mapped[str] = mapped_column(default=Platform.OWN)
    origin: Mapped[str | None]
    seller: Mapped[str | None]
    contract_no: Mapped[str | None]
    invoice_no: Mapped[str | None]
    warranty_until: Mapped[date | None]
    condition: Mapped[str | None]
    remark: Mapped[str | None]
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]


class Marking(Base):
    """标识化: the car was marked, or need not be and why; the latest row stands."""

    __tablename__ = "marking"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    day: Mapped[date]
    exempt: Mapped[bool]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class PaperKind(StrEnum):
    """证照档案: what papers of a car are kept."""

    LICENCE = "licence"
    CERTIFICATE = "certificate"
    PURCHASE = "purchase"
    INSURANCE = "insurance"
    INSPECTION = "inspection"
    QUOTA = "quota"
    PHOTOGRAPH = "photograph"
    OTHER = "other"


PAPER_LABELS = {
    PaperKind.LICENCE: _l("Driving licence of the car"),
    PaperKind.CERTIFICATE: _l("Registration certificate"),
    PaperKind.PURCHASE: _l("Purchase papers"),
    PaperKind.INSURANCE: _l("Insurance policy"),
    PaperKind.INSPECTION: _l("Inspection report"),
    PaperKind.QUOTA: _l("Approval of the quota"),
    PaperKind.PHOTOGRAPH: _l("Photograph"),
    PaperKind.OTHER: _l("Other paper"),
}


class CarPaper(Base):
    """A paper or photograph of a car, with its scan."""

    __tablename__ = "car_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    kind: Mapped[str]
    number: Mapped[str | None]
    day: Mapped[date]
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    attachment: Mapped[Attachment] = relationship(lazy="joined")
    void: Mapped["PaperVoid | None"] = relationship(lazy="selectin")

    @property
    def is_picture(self) -> bool:
        return self.attachment.media_type.startswith("image/")


class PaperVoid(Base):
    """作废证照: kept by mistake, or replaced; it stays to be read and does not count."""

    __tablename__ = "paper_void"

    paper_id: Mapped[int] = mapped_column(ForeignKey("car_paper.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    reason: Mapped[str]


class DriverFile(Base):
    """驾驶员档案: what a driver's licence says; the days by which he renews and reviews it follow from it."""

    __tablename__ = "driver_file"

    driver_id: Mapped[int] = mapped_column(ForeignKey("driver.id"), primary_key=True)
    born_on: Mapped[date | None]
    licence_class: Mapped[str]
    first_licensed_on: Mapped[date]
    licence_until: Mapped[date | None]
    phone: Mapped[str | None]
    kept_at: Mapped[datetime]
    kept_by: Mapped[str]
