"""Forms of signing in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from ..core.forms import Form


class SignInForm(Form):
    username = StringField(_l("User name"), [InputRequired(_l("Enter your user name."))], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Enter your password."))], render_kw={"autocomplete": "current-password"}
    )
