"""What surveys give to the programmes."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ..permissions import Permission
from .demo import make
from .metrics import METRICS
from .views import bp

PART = Feature(
    name="surveys",
    label=_l("Surveys"),
    blueprints=(bp,),
    menu=(
        MenuEntry(
            _l("Surveys"),
            "programmes.surveys.surveys",
            Permission.PROGRAMME_READ,
            ("programmes.surveys", "programmes.surveys.papers"),
        ),
    ),
    publishes=METRICS,
    refusals={
        "uq_survey_year_title": _l("There is a survey of this title in that year already."),
        "survey.year, survey.title": _l("There is a survey of this title in that year already."),
        "uq_survey_entry_paper": _l("These papers have just been entered."),
        "survey_entry.survey_id, survey_entry.question_id": _l("These papers have just been entered."),
        "pk_survey_reversal": _l("This entry was voided already."),
        "survey_reversal.entry_id": _l("This entry was voided already."),
    },
    demo=make,
)
