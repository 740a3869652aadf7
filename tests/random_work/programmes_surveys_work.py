"""Surveys: paper answers as they were counted, whole or with invalid ones only, and entries taken back."""

from datetime import date

from hypothesis import strategies as st

from ops.programmes.surveys import service
from ops.programmes.surveys.models import Survey, SurveyEntry
from tests.random_work.steps import BY, Deed, Draw, days, some

numbers = st.integers(0, 9)


def arrange() -> None:
    """One survey for which only the best grades are satisfied, and one that is content with the middle."""
    for floor in ("4", "3"):
        days_open = date(2023, 1, 1), date(2023, 12, 31)
        service.open_survey(f"满意度{floor}", "是否满意", "机关干部", floor, *days_open, BY, "服务及时吗")


def enter(draw: Draw) -> Deed | None:
    if not (survey := some(Survey, draw)):
        return None
    day, grades, invalid = draw(days), [draw(numbers) for _ in range(5)], draw(numbers)
    question = draw(st.sampled_from(("1", "2")))
    return lambda: service.enter(survey, day, *grades, invalid, "", None, BY, question)


def enter_invalid_ones(draw: Draw) -> Deed | None:
    if not (survey := some(Survey, draw)):
        return None
    day = draw(days)
    return lambda: service.enter(survey, day, 0, 0, 0, 0, 0, 2, "", None, BY)


def void(draw: Draw) -> Deed | None:
    entry = some(SurveyEntry, draw)
    return entry and (lambda: service.void(entry, "重复", BY))


STEPS = (enter, enter, enter_invalid_ones, void)
