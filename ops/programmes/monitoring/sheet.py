"""The monitoring sheet as plain values: counted now or as handed in; page, Word and Excel see no difference."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from pydantic import TypeAdapter

from .lights_rules import Light, worst


class Cause(StrEnum):
    """偏差原因, in the classes of the form."""

    FUNDS = "funds"
    RULES = "rules"
    STAFF = "staff"
    EQUIPMENT = "equipment"
    OTHER = "other"


class Likelihood(StrEnum):
    """完成目标可能性."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


class Method(StrEnum):
    """How the forecast of a row was made."""

    PACE = "pace"
    STEADY = "steady"
    FUNDS = "funds"
    PERSON = "person"
    NONE = ""


CAUSES = {
    Cause.FUNDS: _l("Funding"),
    Cause.RULES: _l("Rules and procedures"),
    Cause.STAFF: _l("Staff"),
    Cause.EQUIPMENT: _l("Equipment and premises"),
    Cause.OTHER: _l("Other"),
}
LIKELIHOODS = {
    Likelihood.CERTAIN: _l("certain"),
    Likelihood.POSSIBLE: _l("possible"),
    Likelihood.IMPOSSIBLE: _l("impossible"),
}
METHODS = {
    Method.PACE: _l("so far ÷ months gone × 12"),
    Method.STEADY: _l("a share, a head count or a state does not grow by the month: as now"),
    Method.FUNDS: _l("by the plan and the pace of the payments"),
    Method.PERSON: _l("by the judgement of a person"),
}


@dataclass(frozen=True)
class FundRow:
    """One source, or all when it is blank; in yuan, the rate in percent."""

    source: str
    initial: Decimal | None
    budget: Decimal | None
    executed: Decimal | None
    rate: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True)
class Said:
    """What a person said of a row, or what is proposed from the figures until one does."""

    causes: tuple[Cause, ...] = ()
    explanation: str = ""
    likelihood: Likelihood | None = None
    remark: str = ""
    by: str = ""


@dataclass(frozen=True)
class Row:
    """One indicator. `reach_plan`, `reach_months`: percent of what was wanted by now; None where that says nothing."""

    row: int
    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    value: Decimal | None
    wanted: Decimal | None
    why_missing: str
    expected: str
    method: Method
    reach_plan: Decimal | None
    reach_months: Decimal | None
    light_plan: Light
    light_months: Light
    said: Said


@dataclass(frozen=True)
class Warned:
    """A warning of a local calendar: execution or gap, its limit and what was found."""

    kind: str
    limit: Decimal
    found: Decimal


@dataclass(frozen=True)
class Rule:
    document: str
    clause: str
    confirmed: bool


@dataclass(frozen=True)
class Sheet:
    """绩效运行监控表 of one programme, 1 January to the end of `month`."""

    programme_id: int
    year: int
    month: int
    code: str
    name: str
    unit: str
    goals: str
    basis: str
    planned: Decimal
    funds: tuple[FundRow, ...]
    funds_plan: Light
    funds_months: Light
    funds_said: Said
    rows: tuple[Row, ...]
    warnings: tuple[Warned, ...]
    rules: tuple[Rule, ...]

    @property
    def funds_light(self) -> Light:
        return self.funds_plan if self.basis == "plan" else self.funds_months

    def light_of(self, row: Row) -> Light:
        """By the basis that the settings choose."""
        return row.light_plan if self.basis == "plan" else row.light_months

    @property
    def light(self) -> Light:
        """项目: the worst of its indicators."""
        return worst(self.light_of(row) for row in self.rows)

    @property
    def missing(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.actual)

    @property
    def owed(self) -> tuple[int, ...]:
        """Rows whose cause or likelihood a person still owes; 0 is the money."""
        owed = [0] if self.funds_light in (Light.RED, Light.YELLOW) and not self.funds_said.by else []
        return (*owed, *(row.row for row in self.rows if owes(row, self.light_of(row))))

    def count(self, light: Light) -> int:
        return sum(self.light_of(row) is light for row in self.rows)


def owes(row: Row, light: Light) -> bool:
    """Red and yellow want a person's cause, what has no light his likelihood; green may stand as proposed."""
    if row.said.by:
        return False
    return light in (Light.RED, Light.YELLOW) or row.said.likelihood is None


SHEET = TypeAdapter(Sheet)


def frozen(sheet: Sheet) -> str:
    return SHEET.dump_json(sheet).decode()


def thawed(content: str) -> Sheet:
    return SHEET.validate_json(content)
