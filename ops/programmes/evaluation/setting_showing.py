"""How the scoring rules read on a page."""

import json
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from .scoring_values import Setting
from .setting_specs import Spec

# Rules that no setting changes: what they say, and where they come from.
FIXED = (
    (_l("At least (≥, >)"), _l("Reached: full weight. Missed: weight × actual ÷ target.")),
    (
        _l("Exactly (= or no sign)"),
        _l("At least the number: full weight, more is flagged. Less: weight × actual ÷ target."),
    ),
    (_l("No event"), _l("None: full weight. One or more: nothing.")),
    (_l("Deadline"), _l("Up to and on the day: full weight. Later: a person decides the grade.")),
    (
        _l("Strict signs"),
        _l("Reaching the number itself is a miss; misses are judged on values, never on rounded scores."),
    ),
    (
        _l("Missing and negative"),
        _l("A missing actual is never zero and is not scored; a negative one is read as zero."),
    ),
    (_l("Rounding"), _l("Exact until the end, then half up to 0.01.")),
)


@dataclass(frozen=True)
class SettingRow:
    spec: Spec
    words: str
    setting: Setting[Any]


def in_force_row(spec: Spec, setting: Setting[Any]) -> SettingRow:
    return SettingRow(spec, spec.words(json.loads(setting.text)), setting)
