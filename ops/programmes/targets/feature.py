"""What targets give to the programmes."""

from flask_babel import lazy_gettext as _l

from ...core.db import db
from ...core.feature import Feature, MenuEntry
from ...core.period import Period
from ...indicators.metric import Guard
from ..models import Indicator, Programme
from ..permissions import Permission
from .cli import targets_cli
from .models import SettledTarget, TargetVersion
from .views import bp


def version_period(row: TargetVersion) -> Period | None:
    programme = db.session.get(Programme, row.programme_id)
    return programme.period if programme else None


def settled_period(row: SettledTarget) -> Period | None:
    indicator = db.session.get(Indicator, row.indicator_id)
    return indicator.programme.period if indicator else None


REVISED = _l("These targets have just been revised by somebody else.")
PART = Feature(
    name="targets",
    label=_l("Targets"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Read targets"), "programmes.targets.new_document", Permission.TARGET_WRITE),),
    commands=(targets_cli,),
    guards=(
        Guard(TargetVersion, version_period, _l("A version of targets")),
        Guard(SettledTarget, settled_period, _l("What a target says")),
    ),
    refusals={
        "uq_target_version_programme_id_number": REVISED,
        "target_version.programme_id, target_version.number": REVISED,
        "uq_programme_year_code": _l("These targets have just been stored by somebody else."),
        "programme.year, programme.code": _l("These targets have just been stored by somebody else."),
    },
)
