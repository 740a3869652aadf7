"""Papers that bear a number: what was entered under it, and whether a corrected paper may bear it again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core.db import db
from ...core.errors import Rejected
from .models import Survey, SurveyEntry, SurveyReversal
from .paper_sheet import Paper

Answer = tuple[date, int | None]


@dataclass
class Entered:
    """All that was entered under one number: the answers of each edition by question, and how many of them count."""

    editions: defaultdict[int, dict[int, Answer]] = field(default_factory=lambda: defaultdict(dict))
    counting: int = 0

    @property
    def edition(self) -> int:
        return max(self.editions)

    @property
    def stands(self) -> bool:
        """While one of its answers counts, the number is taken."""
        return self.counting > 0

    def check(self, paper: Paper) -> None:
        """A paper that was voided does not come back with the file that brought it; one half voided is voided first."""
        said = {number: (paper.day, grade) for number, grade in enumerate(paper.grades, 1)}
        if not self.stands and said in self.editions.values():
            raise Rejected(_l("The paper %(code)s was voided with these very answers.", code=paper.code))
        if self.stands and said != self.editions[self.edition] and self._is_half_voided:
            raise Rejected(_l("Answers of the paper %(code)s still count: void them all first.", code=paper.code))

    @property
    def _is_half_voided(self) -> bool:
        return self.counting < len(self.editions[self.edition])


def entered(survey: Survey) -> Mapping[str, Entered]:
    """By the number of the paper."""
    grades = (SurveyEntry.grade5, SurveyEntry.grade4, SurveyEntry.grade3, SurveyEntry.grade2, SurveyEntry.grade1)
    columns = (SurveyEntry.code, SurveyEntry.edition, SurveyEntry.question_id, SurveyEntry.answered_on)
    rows = select(*columns, SurveyReversal.entry_id, *grades).outerjoin(SurveyReversal)
    rows = rows.where(SurveyEntry.survey_id == survey.id, SurveyEntry.code != "")
    numbers = {question.id: question.number for question in survey.questions}
    found: defaultdict[str, Entered] = defaultdict(Entered)
    for code, edition, question, day, voided, *chosen in db.session.execute(rows):
        grade = next((5 - place for place, count in enumerate(chosen) if count), None)
        found[code].editions[edition][numbers[question]] = day, grade
        found[code].counting += voided is None
    return found
