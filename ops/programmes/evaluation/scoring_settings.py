"""What the scoring rules leave open, as dated settings, each with the document and clause it comes from.

None of the ministry's articles could be opened when this was written: what is not confirmed says so, and the
finance office can put a later version beside it. What each setting asks for stands in setting_specs.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from .scoring_values import Band, CeilingFormula, Grade, LevelWeights, ScoringSettings, Setting
from .setting_specs import SPECS

__all__ = ["PROPOSED", "Band", "CeilingFormula", "Grade", "LevelWeights", "ScoringSettings", "Setting", "settings_on"]

PROPOSALS = Path(__file__).parent / "data" / "scoring.json"


def proposals() -> dict[str, dict[str, Any]]:
    """The proposal of each setting as it stands in the data: value as typed, document, clause, source."""
    return {each["name"]: each for each in json.loads(PROPOSALS.read_text(encoding="utf-8"))}


def _proposed() -> ScoringSettings:
    made = {}
    for name, each in proposals().items():
        value, valid_from = SPECS[name].value(each["value"]), date.fromisoformat(each["valid_from"])
        made[name] = Setting(name, value, each["document"], each["clause"], False, valid_from, each["source"])
        made[name] = replace(made[name], text=json.dumps(each["value"]))
    return ScoringSettings(**made)


# Proposals until the finance office confirms them.
PROPOSED = _proposed()


def settings_on(day: date, versions: Iterable[Setting[Any]]) -> ScoringSettings:
    """The proposed settings with, of each name, the latest version in force on the day; of two of one day the later."""
    in_force = sorted((s for s in versions if s.valid_from <= day), key=lambda s: s.valid_from)
    return replace(PROPOSED, **{setting.name: setting for setting in in_force})


# From which share of the plan's progress, in percent, the payments are on plan, or at least not far behind it.
ON_PLAN = Setting(
    "payments_on_plan", Decimal(80), "通行系统做法", "支付进度达到计划进度的80%为正常", False, date(2020, 1, 1)
)
FAR_BEHIND = Setting(
    "payments_far_behind", Decimal(60), "通行系统做法", "支付进度不足计划进度的60%为严重滞后", False, date(2020, 1, 1)
)
