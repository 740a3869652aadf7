"""Forms of the narrative."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from ...core.forms import Form


class ParagraphForm(Form):
    seen = HiddenField()
    heading = StringField(_l("Heading"), [InputRequired(_l("Enter a heading.")), Length(max=200)])
    text = TextAreaField(
        _l("Text"),
        [InputRequired(_l("Write the paragraph.")), Length(max=8000)],
        description=_l("Numbers are references in braces; choose them from the list below."),
        render_kw={"rows": 12, "data-insert-into": True},
    )


class FigureForm(Form):
    word = StringField(
        _l("Name in the text"), [InputRequired(_l("Enter a name.")), Length(max=40)],
        description=_l("Small Latin letters and _; it stands in the text as {narrative.name}."),
    )  # fmt: skip
    label = StringField(_l("What it is"), [InputRequired(_l("Say what it is.")), Length(max=100)])
    unit = StringField(_l("Unit"), [Length(max=20)])


class ApprovalForm(Form):
    text_sha256 = HiddenField()
