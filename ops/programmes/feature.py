"""What programmes give to the app."""

from datetime import date

from flask import url_for
from flask_babel import lazy_gettext as _l

from ..core.access import Actor
from ..core.feature import Feature, MenuEntry, Todo, joined
from . import queries
from .demo import make
from .department.feature import PART as DEPARTMENT
from .evaluation.feature import PART as EVALUATION
from .funds.feature import PART as FUNDS
from .guarding import GUARDS
from .metrics import METRICS
from .monitoring.feature import PART as MONITORING
from .narrative.feature import PART as NARRATIVE
from .packs.feature import PART as PACKS
from .permissions import GRANTS, Permission
from .pictures.feature import PART as PICTURES
from .progress import LIGHTS, Light, progress_of
from .report_cli import report_cli
from .sections.feature import PART as SECTIONS
from .sources.feature import PART as SOURCES
from .surveys.feature import PART as SURVEYS
from .targets.feature import PART as TARGETS
from .views import bp

DONE = (Light.ON_PLAN,)


def todos(actor: Actor, day: date) -> list[Todo]:
    """Of the newest year that has targets."""
    years = queries.years()
    if not years or not actor.may(Permission.PAYMENT_WRITE):
        return []
    found = []
    for each in progress_of(queries.programmes(years[0]), day):
        programme, state = each.programme, each.light
        if state not in DONE:
            url = url_for("programmes.payments", id=programme.id)
            detail = f"{programme.name} · {LIGHTS[state][1]}"
            found.append(Todo(_l("Payments behind the plan"), 1, url, "late", detail))
    return found


FORMS = Feature(
    name="forms",
    label=_l("Programmes"),
    menu=(
        MenuEntry(
            _l("Programmes"),
            "programmes.programmes",
            Permission.PROGRAMME_READ,
            ("programmes", "programmes.evaluation", "programmes.targets.revising"),
        ),
    ),
    grants=GRANTS,
    publishes=METRICS,
    headlines=(("programmes.paid", Permission.FIGURE_READ), ("programmes.last_payment", Permission.FIGURE_READ)),
    todos=(todos,),
    guards=GUARDS,
    commands=(report_cli,),
    refusals={
        "uq_payment_programme_id_voucher": _l("This voucher has just been recorded."),
        "payment.programme_id, payment.voucher": _l("This voucher has just been recorded."),
    },
    demo=make,
)

PARTS = (
    FORMS,
    TARGETS,
    SOURCES,
    SURVEYS,
    FUNDS,
    MONITORING,
    PICTURES,
    EVALUATION,
    NARRATIVE,
    DEPARTMENT,
    SECTIONS,
    PACKS,
)
FEATURE = joined("programmes", _l("Budget programmes"), bp, *PARTS)
