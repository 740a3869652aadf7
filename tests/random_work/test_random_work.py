"""Any random sequence of daily work leaves every figure equal to a recount, to the last digit."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ops.app import FEATURES
from ops.core.feature import Feature
from ops.indicators.feature import FEATURE as INDICATORS
from tests.app_fixtures import make_app
from tests.databases import Databases, chosen_kind
from tests.indicators import sample
from tests.indicators.conftest import Book
from tests.random_work.machine import DailyWork
from tests.recounts.counted import recount_of

EXAMPLES = {"sqlite": 4, "postgresql": 2}  # the first of them is the simplest there is, and does nothing
WORKING = [feature for feature in (*FEATURES, sample.FEATURE) if feature.publishes]


def called(value: object) -> str:
    return str(getattr(value, "name", value))


@pytest.mark.pure
@pytest.mark.parametrize("metric", [each for feature in WORKING for each in feature.publishes], ids=called)
def test_every_published_metric_has_a_recount(metric: Any) -> None:
    package, noun = metric.name.split(".")
    assert recount_of(metric.name), f"write {noun}() in tests/recounts/{package}.py, or in a module of {package}/ there"


@pytest.mark.parametrize("feature", WORKING, ids=called)
def test_any_work_leaves_every_figure_equal_to_a_recount_in_plain_python(
    feature: Feature,
    app_on_template: Flask,
    databases: Databases,
    worker_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The feature alone with the indicators: features never meet, and a closing freezes only what is at stake."""
    name = f"{worker_name}_{feature.name}"
    app = make_app(databases.fresh(name), tmp_path_factory.mktemp(feature.name), features=(INDICATORS, feature))
    modules = work_of(feature.name)

    class Here(DailyWork):
        book = Book(app, databases, name)
        arrangements = [each.arrange for each in modules]
        steps = [step for each in modules for step in each.STEPS]
        checks_besides = [each.check_besides for each in modules if hasattr(each, "check_besides")]

    run(Here)
    databases.drop(name)


def work_of(feature: str) -> list[Any]:
    """`canteen_work`, then those of its parts."""
    found = sorted(path.stem for path in Path(__file__).parent.glob(f"{feature}_*work.py"))
    assert found, f"say in tests/random_work/{feature}_work.py what its people do"
    return [import_module(f"tests.random_work.{stem}") for stem in sorted(found, key=len)]


def run(machine: Callable[[], DailyWork]) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=EXAMPLES[chosen_kind()],
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # a run against a database is too slow to shrink
            suppress_health_check=list(HealthCheck),
        ),
    )
