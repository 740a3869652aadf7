"""Pages of programmes: targets, payments, bindings."""

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ..core import clock
from ..core.access import current_actor, requires
from ..core.db import db
from ..core.forms import Deed, option
from ..core.listing import Column, listing
from ..core.page import done, page, refused
from . import presenting, progress, queries, service
from .evaluation.evaluation import evaluate
from .evaluation.forms import GRADE_LABELS
from .evaluation.presenting import Shown
from .forms import (
    BindingForm,
    BudgetChangeForm,
    DefinitionForm,
    PaymentForm,
    ReversalForm,
)
from .models import (
    BINDS_LABELS,
    PAYEE_LABELS,
    SOURCE_LABELS,
    Definition,
    Indicator,
    IndicatorBinding,
    Payee,
    Payment,
    Programme,
)
from .money import wan
from .permissions import Permission
from .targets.stored import target_of

bp = Blueprint("programmes", __name__, url_prefix="/programmes")
PAYMENT_COLUMNS = (
    Column("voucher", _l("Voucher number"), Payment.voucher),
    Column("day", _l("Paid on"), Payment.paid_on),
    Column("payee", _l("Payee"), Payee.name),
    Column("source", _l("Source of funds")),
    Column("amount", _l("Amount"), Payment.amount, "end", _l("yuan")),
    Column("state", _l("State")),
)

bp.add_app_template_filter(wan, "wan")


@bp.context_processor
def words() -> dict[str, object]:
    """What the values of columns are called."""
    return {"sources": SOURCE_LABELS, "payees": PAYEE_LABELS, "binds": BINDS_LABELS, "grades": GRADE_LABELS}


@bp.get("")
@requires(Permission.PROGRAMME_READ)
def programmes() -> tuple[str, int]:
    """The programmes of a year: budget, executed, light."""
    years = queries.years()
    year = request.args.get("year", type=int) or (years[0] if years else clock.today().year)
    rows = progress.progress_of(queries.programmes(year), clock.today())
    return page("programmes/programmes.html", rows=rows, year=year, years=years, lights=progress.LIGHTS)


@bp.get("/<int:id>")
@requires(Permission.PROGRAMME_READ)
def programme(id: int) -> Response | tuple[str, int]:
    """Funds against the plan, and every indicator with what it is bound to and what it has come to."""
    found = db.get_or_404(Programme, id)
    if found.is_department:
        return redirect(url_for("programmes.department.of_year", year=found.year))
    made, months = evaluate(found), progress.curve(found, clock.today())
    return page(
        "programmes/programme.html",
        programme=found,
        evaluation=made,
        progress=progress.progress(found, clock.today()),
        months=months,
        spec=progress.spec(months),
        remarks=presenting.remarks(found),
        changes=queries.changes_of(found),
        shown=Shown(made, current_actor()),
        plan=presenting.plan_text(found),
        lights=progress.LIGHTS,
    )


@bp.get("/<int:id>/payments")
@requires(Permission.PROGRAMME_READ)
def payments(id: int) -> tuple[str, int]:
    found = queries.project_or_404(id)
    table = listing(
        queries.payments(found).join(Payee), PAYMENT_COLUMNS, sort="day", descending=True,
        search=(Payment.voucher, Payee.name, Payment.note), caption=_("Payments"),
        empty_text=_("Payments of this programme will stand here."),
    )  # fmt: skip
    return page("programmes/payments.html", programme=found, listing=table, progress=_progress(found))


@bp.route("/<int:id>/payments/new", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def new_payment(id: int) -> Response | tuple[str, int]:
    found = queries.project_or_404(id)
    form = PaymentForm()
    if form.attempt(service.pay, programme=found):
        state = _progress(found)
        over = state.paid is not None and state.paid > state.budget
        warning = _("What is paid now exceeds the budget.") if over else ""
        return done(_("The payment is recorded.") + warning, "programmes.payments", id=id)
    return page("programmes/new_payment.html", form=form, programme=found, progress=_progress(found))


@bp.get("/payments/<int:id>")
@requires(Permission.PROGRAMME_READ)
def payment(id: int) -> tuple[str, int]:
    return page("programmes/payment.html", payment=db.get_or_404(Payment, id))


@bp.route("/payments/<int:id>/reversal", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def reversal(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Payment, id)
    form = ReversalForm()
    if form.attempt(service.reverse, payment=found):
        return done(_("The payment is reversed and no longer counts."), "programmes.payment", id=id)
    return page("programmes/reversal.html", form=form, payment=found)


@bp.route("/<int:id>/budget-changes/new", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def new_budget_change(id: int) -> Response | tuple[str, int]:
    found = queries.project_or_404(id)
    form = BudgetChangeForm()
    if form.attempt(service.change_budget, programme=found):
        return done(_("The budget of the year is changed."), "programmes.programme", id=id)
    return page("programmes/new_budget_change.html", form=form, programme=found, progress=_progress(found))


@bp.get("/<int:id>/bindings")
@requires(Permission.PROGRAMME_READ)
def bindings(id: int) -> tuple[str, int]:
    """Where each indicator's actual comes from."""
    found = db.get_or_404(Programme, id)
    rows = presenting.binding_rows(found)
    return page("programmes/bindings.html", programme=found, rows=rows, remarks=presenting.remarks(found))


@bp.post("/<int:id>/suggested-bindings")
@requires(Permission.TARGET_WRITE)
def suggested_bindings(id: int) -> Response:
    form = Deed()
    made = form.attempt(service.bind_as_suggested, programme=db.get_or_404(Programme, id))
    if made is None:
        return refused(form, "programmes.bindings", id=id)
    return done(_("%(count)s rows are bound as suggested.", count=made), "programmes.bindings", id=id)


@bp.route("/indicators/<int:id>/binding", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_binding(id: int) -> Response | tuple[str, int]:
    found = db.get_or_404(Indicator, id)
    past = queries.history(IndicatorBinding, found)
    form = BindingForm(**presenting.bound_so_far(past))
    form.figure.choices = [option("", ""), *presenting.figure_options(target_of(found).kind)]
    form.witness.choices = [option("", ""), *presenting.witnesses()]
    if form.attempt(service.bind, indicator=found):
        return done(_("The indicator is bound."), "programmes.bindings", id=found.programme_id)
    return page("programmes/new_binding.html", form=form, indicator=found, history=past, labels=presenting.labels(past))


@bp.route("/indicators/<int:id>/definition", methods=["GET", "POST"])
@requires(Permission.TARGET_WRITE)
def new_definition(id: int) -> Response | tuple[str, int]:
    """Settle the remarks: what this indicator counts."""
    found = db.get_or_404(Indicator, id)
    past = queries.history(Definition, found)
    form = DefinitionForm(text=past[0].text if past else "")
    if form.attempt(service.define, indicator=found):
        return done(_("It is written down what the indicator counts."), "programmes.programme", id=found.programme_id)
    remarks = presenting.remarks(found.programme)[found.row]
    return page("programmes/new_definition.html", form=form, indicator=found, history=past, remarks=remarks)


def _progress(found: Programme) -> progress.Progress:
    return progress.progress(found, clock.today())
