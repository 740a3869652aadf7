"""Forms of surveys."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from ...core.forms import DayField, Form, QuantityField, option
from .models import Survey

GRADE_WORDS = {
    5: _l("Very satisfied"),
    4: _l("Satisfied"),
    3: _l("Rather satisfied"),
    2: _l("Not satisfied"),
    1: _l("Not at all satisfied"),
}


def _words(*numbers: int) -> list[Any]:
    return [option(str(number), GRADE_WORDS[number]) for number in numbers]


class SurveyForm(Form):
    title = StringField(_l("Title"), [DataRequired(_l("Name the survey.")), Length(max=100)])
    question = TextAreaField(_l("Question"), [DataRequired(_l("Ask something.")), Length(max=500)])
    more = TextAreaField(
        _l("Further questions"),
        [Length(max=4000)],
        description=_l("One to a line, each with the same five grades; need not be filled in"),
    )
    audience = StringField(_l("Who is asked"), [DataRequired(_l("Say who is asked.")), Length(max=200)])
    satisfied_from = RadioField(
        _l("Counts as satisfied"),
        choices=_words(4, 3),
        default="4",
        description=_l("This grade and every better one"),
    )
    opens_on = DayField(_l("First day"))
    closes_on = DayField(_l("Last day"))


class AnswerForm(Form):
    grade = RadioField(_l("Your answer"), choices=_words(5, 4, 3, 2, 1), validators=[InputRequired(_l("Choose one."))])
    note = TextAreaField(_l("What should be better?"), [Length(max=500)], description=_l("Need not be filled in"))


def answer_form(survey: Survey) -> AnswerForm:
    """With a list of grades for each question of the survey, under the question's own words."""
    more = {
        f"grade{each.number}": RadioField(
            each.text, choices=_words(5, 4, 3, 2, 1), validators=[InputRequired(_l("Choose one."))]
        )
        for each in survey.questions[1:]
    }
    made: AnswerForm = type("AnswersForm", (AnswerForm,), more)()
    made.grade.label.text = survey.question if more else made.grade.label.text
    return made


class PaperFileForm(Form):
    file = FileField(
        _l("Paper answers"),
        [FileRequired(_l("Choose a file."))],
        description=_l("The filled-in table as Excel (.xlsx) or CSV, at most 16 MB"),
    )


class EntryForm(Form):
    question = SelectField(_l("Question"), default="1")
    answered_on = DayField(_l("Answered on"))
    grade5 = QuantityField(GRADE_WORDS[5], most=100_000, unit=_l("answers"), default=0)
    grade4 = QuantityField(GRADE_WORDS[4], most=100_000, unit=_l("answers"), default=0)
    grade3 = QuantityField(GRADE_WORDS[3], most=100_000, unit=_l("answers"), default=0)
    grade2 = QuantityField(GRADE_WORDS[2], most=100_000, unit=_l("answers"), default=0)
    grade1 = QuantityField(GRADE_WORDS[1], most=100_000, unit=_l("answers"), default=0)
    invalid = QuantityField(_l("Invalid"), most=100_000, unit=_l("answers"), default=0)
    note = StringField(_l("Note"), [DataRequired(_l("Say where the answers come from.")), Length(max=200)])
    proof = FileField(_l("Scan or tally"), description=_l("A picture, PDF, Word or Excel file"))


class VoidForm(Form):
    because = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=200)])
