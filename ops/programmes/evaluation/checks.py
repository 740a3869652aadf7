"""The checks that a reviewer runs over a filled form (performance notes §1.2), over values: nothing is looked up here.

They stand beside the scoring, not upon it: a form from elsewhere, or one whose score was typed, is checked alike.
Without the known flaws: a ceiling is judged as a ceiling, and a budget of nought is an error, not divided by one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from .number_rules import Score, rounded
from .rules import level_gaps
from .weights import level_of

NO_VALUE = {"", "-", "—", "——", "–", "*", "/", "\\"}  # what a form says where there is no value
TOLERANCE = Decimal("0.1")  # what a reader of rounded figures may be off by
OWES_REASON = {"far_above_target", "above_exact_target", "above_range", "persons_above_ceiling"}


def says_nothing(text: str | None) -> bool:
    """“—”, “*”, “/” and an empty cell are no value."""
    return (text or "").strip() in NO_VALUE


@dataclass(frozen=True)
class Finding:
    """What is wrong and where: `code` of FINDINGS, the row of the form (0: the execution, None: the whole).

    `blocks`: the form cannot be signed with it; a remark can.
    """

    code: str
    row: int | None
    blocks: bool = True
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FormRow:
    """A row as the form says it: `given` is the score that stands there, `due` the one that the rules come to.

    `read_again`: the score that the printed words alone come to. `remarks`: how the name does not fit the value,
    as long as nobody has settled it.
    """

    row: int
    levels: tuple[str, str]
    weight: Decimal
    actual_text: str
    given: Decimal | None
    due: Score
    read_again: Decimal | None = None
    cause: str = ""
    measure: str = ""
    by_hand: bool = False
    has_proof: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormFacts:
    """The form as it stands: amounts in one unit, scores as given."""

    budget: Decimal | None
    executed: Decimal | None
    execution_weight: Decimal
    execution_cap: Decimal | None
    execution_given: Decimal | None
    execution_cause: str
    execution_measure: str
    rows: Sequence[FormRow]
    total_given: Decimal
    level_shares: dict[str, Decimal]


def check(facts: FormFacts) -> list[Finding]:
    """Everything that a reviewer would send the form back for, and what he would remark."""
    found = [*_execution(facts)]
    for row in facts.rows:
        found += [*_score(row), *_reason(row), *_proof(row)]
    return [*found, *_total(facts), *_weights(facts)]


def _execution(facts: FormFacts) -> Iterator[Finding]:
    """1. Execution score = executed ÷ full-year budget × weight."""
    if facts.budget is None or facts.budget <= 0:
        yield Finding("budget_zero", 0)
        return
    if facts.executed is None:
        yield Finding("executed_missing", 0)
        return
    share = Fraction(max(facts.executed, Decimal(0))) / Fraction(facts.budget)
    capped = share if facts.execution_cap is None else min(share, Fraction(facts.execution_cap))
    due = rounded(Fraction(facts.execution_weight) * capped)
    if facts.execution_given != due:
        yield Finding("score_differs", 0, values={"given": _said(facts.execution_given), "due": _said(due)})
    if facts.executed < facts.budget and says_nothing(facts.execution_cause):
        yield Finding("reason_missing", 0)
    elif facts.executed < facts.budget and says_nothing(facts.execution_measure):
        yield Finding("measure_missing", 0)
    elif facts.executed >= facts.budget and not says_nothing(facts.execution_cause):
        yield Finding("reason_contradicts", 0, blocks=False)


def _score(row: FormRow) -> Iterator[Finding]:
    """2. and 6. Each score by its rule; what says nothing is missing."""
    if says_nothing(row.actual_text):
        yield Finding("actual_missing", row.row)
    elif row.due.points is None:
        yield Finding("not_scored", row.row)
    if row.given != row.due.points:
        yield Finding("score_differs", row.row, values={"given": _said(row.given), "due": _said(row.due.points)})
    elif row.given is not None and row.read_again is not None and abs(row.given - row.read_again) > TOLERANCE:
        values = {"given": _said(row.given), "due": _said(row.read_again)}
        yield Finding("print_differs", row.row, values=values)
    if "persons_above_ceiling" in row.due.flags or "above_exact_target" in row.due.flags:
        yield Finding("persons_above", row.row, blocks=False)
    if "target_doubtful" in row.due.flags:
        yield Finding("target_doubtful", row.row, blocks=False)


def _reason(row: FormRow) -> Iterator[Finding]:
    """3. A miss is judged on the values: the reason is due even where the rounded score is full."""
    owed = row.due.missed or bool(OWES_REASON & set(row.due.flags))
    if owed and says_nothing(row.cause):
        yield Finding("reason_missing", row.row)
    elif owed and says_nothing(row.measure):
        yield Finding("measure_missing", row.row)
    elif not owed and row.due.points is not None and not says_nothing(row.cause):
        yield Finding("reason_contradicts", row.row, blocks=False)


def _proof(row: FormRow) -> Iterator[Finding]:
    if row.by_hand and not row.has_proof:
        yield Finding("proof_missing", row.row)
    for remark in row.remarks:
        yield Finding("definition_missing", row.row, blocks=False, values={"remark": remark})


def _total(facts: FormFacts) -> Iterator[Finding]:
    """4. The total is the sum of what stands above it."""
    given = [facts.execution_given, *(row.given for row in facts.rows)]
    due = sum((each for each in given if each is not None), Decimal(0))
    if facts.total_given != due:
        yield Finding("total_differs", None, values={"given": _said(facts.total_given), "due": _said(due)})


def _weights(facts: FormFacts) -> Iterator[Finding]:
    """5. Level 3 sums to level 2 and 1, all of level 3 to what the execution leaves of a hundred."""
    weights = [row.weight for row in facts.rows]
    total, due = sum(weights, Decimal(0)), 100 - facts.execution_weight
    if total != due:
        yield Finding("weights_differ", None, values={"given": _said(total), "due": _said(due)})
    gaps = level_gaps([row.levels for row in facts.rows], weights)
    for level, number, printed, summed in gaps:
        values = {"level": level, "given": _said(summed), "due": _said(printed)}
        yield Finding("level_differs", facts.rows[number - 1].row, values=values)
    for level, share in facts.level_shares.items():
        rows = [row for row in facts.rows if level_of(row.levels[0]) == level]
        summed = sum((row.weight for row in rows), Decimal(0))
        if summed != share and not gaps:
            values = {"level": rows[0].levels[0], "given": _said(summed), "due": _said(share)}
            yield Finding("level_shifted", rows[0].row, blocks=False, values=values)


def _said(number: Decimal | None) -> str:
    return "—" if number is None else f"{number.normalize():f}"
