"""Any random sequence of daily work leaves every figure equal to a recount, to the last digit."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import chosen_kind
from tests.indicators.conftest import Book
from tests.indicators.machine import DailyWork

EXAMPLES = {"sqlite": 10, "postgresql": 4}


def test_any_daily_work_leaves_every_figure_equal_to_a_recount_in_plain_python(sample_book: Book) -> None:
    class Here(DailyWork):
        book = sample_book

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=EXAMPLES[chosen_kind()],
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
