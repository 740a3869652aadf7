"""Forms of users and of the work calendar."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ..core.forms import ChoiceOf, DayField, Form, option
from ..people.roles import ROLE_LABELS

ROLE_CHOICES = [option(role.value, label) for role, label in ROLE_LABELS.items()]


class RolesField(SelectMultipleField):
    """Roles, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UserForm(Form):
    username = StringField(_l("User name"), [InputRequired(_l("Enter a user name.")), Length(max=60)])
    name = StringField(_l("Name shown"), [InputRequired(_l("Enter the name that pages show.")), Length(max=60)])
    password = PasswordField(
        _l("First password"),
        [InputRequired(_l("Enter a first password."))],
        description=_l("At least 10 characters; hand it over in person."),
        render_kw={"autocomplete": "new-password"},
    )
    roles = RolesField(_l("Roles"), [InputRequired(_l("Choose at least one role."))], choices=ROLE_CHOICES)
    unit_id = ChoiceOf(_l("Unit, for a liaison"), required=False, render_kw={"data-searchable": ""})


class RolesForm(Form):
    roles = RolesField(_l("Roles"), [InputRequired(_l("Choose at least one role."))], choices=ROLE_CHOICES)
    disabled = BooleanField(_l("Shut out: this user can no longer sign in"))


class TokenForm(Form):
    user_id = ChoiceOf(
        _l("Acts as"), render_kw={"data-searchable": ""}, description=_l("The machine may do what this user may do.")
    )
    name = StringField(
        _l("What it is for"), [InputRequired(_l("Say which machine or program uses it.")), Length(max=100)]
    )
    expires_on = DayField(_l("Opens no longer from"), required=False)


class CalendarForm(Form):
    day = DateField(_l("Day"), [InputRequired(_l("Enter a day."))])
    working = BooleanField(_l("A working day (a make-up day)"))
    note = StringField(_l("What it is"), [InputRequired(_l("Say which holiday or make-up day it is.")), Length(max=60)])
    source = StringField(_l("Notice"), [InputRequired(_l("Name the notice that sets it.")), Length(max=200)])
