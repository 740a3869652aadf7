"""Forms of costs: ledger, refuelling, insurance, cards, statements, settlements, settings."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, MomentField, QuantityField, choices, option
from ..odometer.forms import Words, dial_reason_field
from .models import COST_LABELS, ENERGY_LABELS, PART_LABELS, PolicyPart
from .repair_models import COST_SETTING_LABELS
from .rules import OWN_PAGE

SEARCHABLE = {"data-searchable": ""}
SHORT = [Length(max=100)]


def amount_field(label: Any, *, required: bool = True) -> QuantityField:
    return QuantityField(label, places=2, most=10_000_000, unit=_l("yuan"), required=required)


def proof_field() -> FileField:
    return FileField(_l("Proof"), description=_l("A scan, a table or a signed paper; at most 20 MB"))


class ReasonForm(Form):
    reason_given = Words(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])


class CostForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw=SEARCHABLE)
    kind = SelectField(
        _l("Kind of cost"), choices=[option(*each) for each in COST_LABELS.items() if each[0] not in OWN_PAGE],
        description=_l("Fuel, repairs and insurance have forms of their own."),
    )  # fmt: skip
    day = DayField(_l("Day of the spending"))
    amount = amount_field(_l("Amount"))
    payee = Words(_l("Payee of the cost"), SHORT)
    paper_no = Words(_l("Number of the receipt"), SHORT)
    note = Words(_l("Note"), [Length(max=200)])
    proof = proof_field()


class FillForm(Form):
    vehicle_id = ChoiceOf(_l("Car"), render_kw=SEARCHABLE)
    at = MomentField(_l("Time"))
    litres = QuantityField(_l("Litres"), places=2, most=1000, unit=_l("L"))
    amount = amount_field(_l("Amount"))
    is_full = BooleanField(_l("Filled to the top"), description=_l("Consumption is worked out between two full tanks."))
    odometer_value = QuantityField(_l("Odometer"), most=2_000_000, unit=_l("km"), required=False)
    dial_reason = dial_reason_field()
    card_id = ChoiceOf(_l("Fuel card"), required=False, description=_l("Empty when it was paid otherwise"))
    station = Words(_l("Filling station"), SHORT)
    paper_no = Words(_l("Number of the receipt"), SHORT)
    proof = proof_field()


class PolicyForm(Form):
    """The premium of every part stands in a field of its own; what is empty is not insured."""

    vehicle_id = ChoiceOf(_l("Car"), render_kw=SEARCHABLE)
    day = DayField(_l("Day of the spending"))
    insurer = Words(_l("Insurer"), [DataRequired(_l("Name the insurer.")), *SHORT])
    policy_no = Words(_l("Number of the policy"), [DataRequired(_l("Enter the number.")), *SHORT])
    from_on = DayField(_l("Insured from"))
    to_on = DayField(_l("Insured to"), description=_l("This day is still insured."))
    compulsory_premium = amount_field(PART_LABELS[PolicyPart.COMPULSORY], required=False)
    vessel_tax_premium = amount_field(PART_LABELS[PolicyPart.VESSEL_TAX], required=False)
    damage_premium = amount_field(PART_LABELS[PolicyPart.DAMAGE], required=False)
    damage_insured = amount_field(_l("Sum insured: damage to the car"), required=False)
    third_party_premium = amount_field(PART_LABELS[PolicyPart.THIRD_PARTY], required=False)
    third_party_insured = amount_field(_l("Sum insured: third party"), required=False)
    seats_premium = amount_field(PART_LABELS[PolicyPart.SEATS], required=False)
    seats_insured = amount_field(_l("Sum insured: each seat"), required=False)
    theft_premium = amount_field(PART_LABELS[PolicyPart.THEFT], required=False)
    extra_premium = amount_field(PART_LABELS[PolicyPart.EXTRA], required=False)
    paper_no = Words(_l("Number of the receipt"), SHORT)
    proof = proof_field()

    def typed(self) -> dict[str, Any]:
        """The premiums as one mapping: part → (sum insured, premium)."""
        typed = super().typed()
        insured = {part: typed.pop(f"{part}_insured", None) for part in PolicyPart}
        paid: dict[PolicyPart, Decimal | None] = {part: typed.pop(f"{part}_premium") for part in PolicyPart}
        given = {part: (insured[part], premium) for part, premium in paid.items() if premium is not None}
        return {**typed, "premiums": given}


class CardForm(Form):
    number = Words(_l("Card number"), [DataRequired(_l("Enter the number.")), Length(max=40)])
    vehicle_id = ChoiceOf(
        _l("Car"), required=False, render_kw=SEARCHABLE, description=_l("Empty for a card that several cars use")
    )
    opened_on = DayField(_l("In use since"))


class TopUpForm(Form):
    day = DayField(_l("Day"))
    amount = amount_field(_l("Amount"))
    paper_no = Words(_l("Number of the receipt"), SHORT)


class TankForm(Form):
    energy = SelectField(_l("Drives on"), choices=[option(*each) for each in ENERGY_LABELS.items()])
    litres = QuantityField(
        _l("The tank holds"), least=1, most=1000, unit=_l("L"), required=False,
        description=_l("By the maker's manual; a bigger fill is then found."),
    )  # fmt: skip


class StatementForm(Form):
    file = FileField(
        _l("Statement"), [InputRequired(_l("Choose a file."))],
        description=_l("Excel or CSV with card number, time, litres, amount and serial number in its first row"),
    )  # fmt: skip


class CostSettingForm(Form):
    name = SelectField(
        _l("Setting"), [InputRequired(_l("Choose one."))],
        choices=choices((name, label) for name, (label, _unit) in COST_SETTING_LABELS.items()),
    )  # fmt: skip
    value = QuantityField(_l("Value"), places=2, most=10_000_000)
    valid_from = DayField(_l("Valid from"))
    source = Words(_l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=200)])
