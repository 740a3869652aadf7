"""Demo 2023: the published targets, a year of payments along their plan, and the figures that only people can give."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select
from werkzeug.datastructures import FileStorage

from ..core import audit, clock
from ..core.db import db
from ..core.demo import DemoYear
from ..indicators import service as figures
from ..indicators import stale
from . import queries, service
from .demo_answers import ANSWERS, CAUSES, Answer
from .evaluation import service as evaluation
from .evaluation.scoring_settings import Grade
from .models import Payee, PayeeKind, Payment, Programme, Source
from .progress import planned_on
from .targets import importing

DOCUMENT = Path(__file__).parent / "reference" / "performance_document_2023.txt"
YEAR = 2023
HEATING, PERSONS = 3, 4
# What is paid of the budget by the end of the year; all of it where nothing is said.
SHARES = {2: Decimal("0.986"), 4: Decimal("0.972"), 6: Decimal("0.991")}


def make(demo: DemoYear) -> None:
    """The targets are of 2023."""
    if demo.year != YEAR or queries.programmes(YEAR):
        return
    importing.store(DOCUMENT.read_bytes(), DOCUMENT.name, demo.by)
    chance = demo.chance("programmes")
    for programme in queries.programmes(YEAR):
        service.bind_as_suggested(programme, demo.by)
        _pay(programme, demo, chance)
        _answer(programme, demo)


def _pay(programme: Programme, demo: DemoYear, chance: Random) -> None:
    """Bulk: the payments, their stale days and their deed."""
    due = _heating(demo) if programme.seq == HEATING else _along_the_plan(programme, demo, chance)
    rows = [
        _row(programme, number, day, yuan, payee, demo) for number, (day, yuan, payee) in enumerate(due, 1) if yuan > 0
    ]
    db.session.execute(insert(Payment), rows)
    stale.touch(Payment, {row["paid_on"] for row in rows})
    audit.record("programmes.payments.made", programme, demo.by, payments=len(rows))


def _row(programme: Programme, number: int, day: date, yuan: Decimal, payee: Payee, demo: DemoYear) -> dict[str, Any]:
    return {
        "programme_id": programme.id,
        "paid_on": day,
        "amount": yuan,
        "source": Source.FISCAL,
        "payee_id": payee.id,
        "voucher": f"演示{programme.year}-{programme.seq}-{number:03}",
        "note": f"{programme.fund_use}（演示）",
        "at": clock.now(),
        "by": demo.by.name,
    }


def _heating(demo: DemoYear) -> Iterator[tuple[date, Decimal, Payee]]:
    """冬季取暖费: 3,500 yuan for each of four persons, in four parts as planned."""
    payees = [_payee(PayeeKind.PERSON, f"企业编人员{number:02}（演示）") for number in range(1, PERSONS + 1)]
    for month, yuan in ((3, 1050), (6, 700), (10, 1050), (12, 700)):
        day = [each for each in demo.working_days if each.month == month][10]
        yield from ((day, Decimal(yuan), payee) for payee in payees)


def _along_the_plan(programme: Programme, demo: DemoYear, chance: Random) -> Iterator[tuple[date, Decimal, Payee]]:
    """Two payments a month, near the plan of their day; the last one brings it to what is paid in the year."""
    goal = (programme.initial() or Decimal(0)) * SHARES.get(programme.seq, Decimal(1))
    payees = [_payee(PayeeKind.FIRM, f"供应单位{number:02}（演示）") for number in range(1, 9)]
    days, paid = _paydays(demo), Decimal(0)
    for day in days:
        wanted = goal * planned_on(programme.points, day) / 100 * Decimal(chance.randint(94, 103)) / 100
        until = goal if day == days[-1] else min(wanted, goal)
        yuan = max(until - paid, Decimal(0)).quantize(Decimal("1.00") if day == days[-1] else Decimal(1), ROUND_HALF_UP)
        paid += yuan
        yield day, yuan, chance.choice(payees)


def _paydays(demo: DemoYear) -> Sequence[date]:
    """The sixth and the sixteenth working day of each month."""
    months = ([day for day in demo.working_days if day.month == month] for month in range(1, 13))
    return [day for month in months for day in (month[5], month[15])]


def _payee(kind: PayeeKind, name: str) -> Payee:
    return db.session.scalar(select(Payee).where(Payee.kind == kind, Payee.name == name)) or service.payee_called(
        kind, name
    )


def _answer(programme: Programme, demo: DemoYear) -> None:
    """What a person enters: figures with their proof, definitions, a grade, causes and measures."""
    for indicator in programme.indicators:
        answer = ANSWERS.get((programme.seq, indicator.row))
        if answer is None:
            continue
        said = answer.value, answer.words, answer.unit, answer.origin
        figures.enter(indicator.key, programme.period, *said, _proof(answer), demo.by)
        if answer.definition:
            service.define(indicator, answer.definition, demo.by)
        if answer.points is not None:
            evaluation.judge(indicator, Grade.ACHIEVED, answer.points, demo.by)
    for (seq, row), (cause, measure) in CAUSES.items():
        if seq == programme.seq:
            evaluation.explain(programme, row, cause, measure, demo.by)


def _proof(answer: Answer) -> FileStorage:
    """A text file that says what a scan would."""
    result = answer.words if answer.value is None else f"{answer.value}{answer.unit}"
    lines = ["演示附件，不是真实材料。", answer.origin, result or ""]
    return FileStorage(BytesIO("\n".join(lines).encode()), filename="演示附件.txt")
