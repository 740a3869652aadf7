"""Forms of rooms, seats, headcounts and of what the section files."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from ..core.forms import ChoiceOf, DayField, Form, QuantityField, option
from ..people.ranks import RANK_LABELS
from ..places.models import ROOM_CLASS_LABELS
from .models import TENANT_LABELS

SEARCHED = {"data-searchable": ""}


def words(label: Any, missing: Any, most: int = 100, hint: Any = "") -> StringField:
    """A line of text that must be there."""
    return StringField(label, [InputRequired(missing), Length(max=most)], filters=[_trimmed], description=hint)


def one_of(label: Any, labels: Mapping[Any, Any]) -> SelectField:
    return SelectField(
        label,
        [InputRequired(_l("Choose one."))],
        choices=[option(str(key), word) for key, word in labels.items()],
    )


def _trimmed(value: str | None) -> str | None:
    return value.strip() if value else value


class BuildingForm(Form):
    campus_id = ChoiceOf(_l("Campus"))
    name = words(_l("Building"), _l("Enter the building's name."))


class RoomForm(Form):
    building_id = ChoiceOf(_l("Building"), render_kw=SEARCHED)
    floor = QuantityField(_l("Floor"), least=-5, most=60)
    number = words(_l("Room number"), _l("Enter the room's number."), 20)
    room_class = one_of(_l("Room class"), ROOM_CLASS_LABELS)
    area = QuantityField(_l("Usable area"), places=2, least=1, most=1_000_000, unit="m²")
    from_on = DayField(_l("In use from"))


class MeasurementForm(Form):
    room_class = one_of(_l("Room class"), ROOM_CLASS_LABELS)
    area = QuantityField(
        _l("Usable area"), places=2, least=1, most=1_000_000, unit="m²",
        description=_l("Net area inside the room's walls; a rest room and a private toilet belong to it."),
    )  # fmt: skip
    from_on = DayField(_l("Holds from"))
    note = words(_l("Measured how, or why changed"), _l("Say how it was measured or why it changes."), 200)


class SeatForm(Form):
    staff_id = ChoiceOf(_l("Occupant"), render_kw=SEARCHED)
    from_on = DayField(_l("Sits here since"))
    second_post = StringField(
        _l("Approved second post"), [Length(max=200)], filters=[_trimmed],
        description=_l(
            "Only for a second room: the post and the approval. "
            "The room is to be vacated within two months of losing the post."
        ),
    )  # fmt: skip


class VacatingForm(Form):
    to_on = DayField(_l("Seat free from"))


class HeadcountForm(Form):
    rank = one_of(_l("Rank"), RANK_LABELS)
    from_on = DayField(_l("Holds from"))
    approved = QuantityField(_l("Approved posts"), most=10_000)
    in_post = QuantityField(_l("People in post"), most=10_000)


class StaffForm(Form):
    code = words(_l("Staff number"), _l("Enter the staff number."), 30)
    name = words(_l("Called"), _l("Enter what the person is called on lists."), 50)
    rank = one_of(_l("Rank"), RANK_LABELS)
    joined_on = DayField(_l("Joined on"))


class LeavingForm(Form):
    left_on = DayField(_l("Left on"))


class MoveForm(Form):
    unit_id = ChoiceOf(_l("Unit"), render_kw=SEARCHED)
    moved_on = DayField(_l("Moved on"))
    from_place = words(_l("Office before"), _l("Say where the unit was."))
    to_place = words(_l("Office now"), _l("Say where the unit is now."))
    ground = words(_l("Ground of the move"), _l("Say why it moved."), 200)
    paper = words(_l("Approving paper"), _l("Name the paper that approves it."), 100)


class ReturnForm(Form):
    unit_id = ChoiceOf(_l("Unit"), render_kw=SEARCHED)
    year = QuantityField(_l("Year of the return"), least=2014, most=2099)
    filed_on = DayField(_l("Filed on"))
    paper = StringField(_l("Paper"), [Length(max=100)], filters=[_trimmed])


class LettingForm(Form):
    property_name = words(
        _l("Property"), _l("Enter name or address of the property."), 100, _l("The same name is the same property.")
    )
    appraised_on = DayField(_l("Appraised on"))
    appraised_value = QuantityField(_l("Appraised value"), places=2, least=1, unit=_l("yuan"))
    tenant_kind = one_of(_l("Tenant"), TENANT_LABELS)
    tenant_number = words(_l("Tenant's number"), _l("Enter the tenant's number; names are not kept."), 30)
    from_on = DayField(_l("Let from"))
    to_on = DayField(_l("Free again on"))
    rent = QuantityField(_l("Rent a year"), places=2, unit=_l("yuan"))


class VoidForm(Form):
    reason_given = words(_l("Reason"), _l("Say why."), 200)
