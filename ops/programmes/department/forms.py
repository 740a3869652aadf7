"""Forms of the department's table."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from ...core.forms import DayField, Form, QuantityField
from ..targets.models import DutyGoal


class BasicForm(Form):
    initial = QuantityField(_l("Budget at the beginning of the year"), places=2, unit=_l("yuan"))
    budget = QuantityField(_l("Full-year budget"), places=2, unit=_l("yuan"))
    executed = QuantityField(
        _l("Executed in the year"),
        places=2,
        unit=_l("yuan"),
        required=False,
        description=_l("Leave it blank as long as the year is not over"),
    )
    document = StringField(_l("Document"), [DataRequired(_l("Name the paper that says it.")), Length(max=200)])
    proof = FileField(
        _l("Proof"),
        [FileRequired(_l("Attach the paper, table or picture that proves it."))],
        description=_l("A scan, a table or a signed paper; at most 20 MB"),
    )


def _needed(label: Any, kind: type[StringField] = StringField, most: int = 200) -> StringField:
    return kind(label, [DataRequired(_l("Fill this in.")), Length(max=most)])


def goals_form(duties: Sequence[DutyGoal], **usual: Any) -> Form:
    """The whole's goals, and one for each duty; typed as {"by_duty": {section: goal}, …}."""
    fields: dict[str, Any] = {
        "name": _needed(_l("Department")),
        "unit_line": _needed(_l("Unit")),
        "goals": _needed(_l("Goals of the whole"), TextAreaField, 2000),
    }
    for number, each in enumerate(duties, 1):
        fields[f"duty{number}"] = TextAreaField(each.section, [Length(max=500)], description=each.duty)
    fields["in_force_on"] = DayField(_l("In force from"))
    fields["because"] = _needed(_l("Reason of the revision"))

    def typed(self: Form) -> dict[str, Any]:
        by_duty = {each.section: self[f"duty{number}"].data or "" for number, each in enumerate(duties, 1)}
        rest = ("name", "unit_line", "goals", "in_force_on", "because")
        return {"by_duty": by_duty, **{name: self[name].data for name in rest}}

    made = type("GoalsForm", (Form,), {**fields, "typed": typed})
    now = {f"duty{number}": each.goal for number, each in enumerate(duties, 1)}
    form: Form = made(**now, **usual)
    return form
