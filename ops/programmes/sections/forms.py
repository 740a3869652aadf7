"""Forms of key tasks and of what a section answers for."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from ...core.forms import ChoiceOf, DayField, Form, QuantityField, option


class TaskForm(Form):
    section_id = ChoiceOf(_l("Section"))
    title = StringField(_l("Key task"), [InputRequired(_l("Name the task.")), Length(max=100)])
    goal = TextAreaField(_l("What is to be reached"), [InputRequired(_l("Say what is to be reached."))])
    safeguard = ChoiceOf(_l("Proves the safeguard"), required=False)


class MilestoneForm(Form):
    title = StringField(_l("Milestone"), [InputRequired(_l("Name the milestone.")), Length(max=100)])
    due_on = DayField(_l("Due on"))


class CompletionForm(Form):
    done_on = DayField(_l("Completed on"))
    note = TextAreaField(_l("How it was completed"), [InputRequired(_l("Say how it was completed."))])
    proof = FileField(_l("Proof"), [FileRequired(_l("Attach the paper, table or picture that proves it."))])


class WaiverForm(Form):
    because = TextAreaField(_l("Why it need not be done"), [InputRequired(_l("Say why."))])


class NoteForm(Form):
    text = TextAreaField(_l("How far it is"), [InputRequired(_l("Say how far it is."))])


class MeasureForm(Form):
    section_id = ChoiceOf(_l("Section"))
    metric = SelectField(_l("Figure"))
    sign = SelectField(_l("Sign"), choices=[option("", _l("no target")), option("≥", "≥"), option("≤", "≤")])
    target = QuantityField(_l("Target"), places=4, required=False)
    weight = QuantityField(_l("Weight"), places=2, most=100, description=_l("0 shows the figure without scoring it"))
    from_year = QuantityField(_l("From the year"), least=2000, most=2099)
    source = StringField(_l("Source"), [InputRequired(_l("Say who decided it, and where.")), Length(max=300)])
