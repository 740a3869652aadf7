"""Pages of the money: the account of a programme, files of payments, held payments."""

from io import BytesIO

from flask import Blueprint, abort, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from ...core import clock, files
from ...core.access import current_actor, requires
from ...core.db import db
from ...core.forms import Deed, choices
from ...core.listing import Column, Filter, listing
from ...core.page import done, page
from .. import queries as programmes
from ..permissions import Permission
from ..uploads import Purpose, handed_in_or_404
from . import account, payment_sheet, queries, service
from .forecasting import METHOD
from .forms import AssignForm, PaymentFileForm, SetAsideForm
from .handing_back import misfits
from .judging import VERDICTS, code_warning, in_order_of_need, judge, likely
from .models import HeldDecision, HeldPayment, PaymentFile

bp = Blueprint("funds", __name__)
FILE_COLUMNS = (
    Column("taken", _l("Taken in"), PaymentFile.taken_at),
    Column("name", _l("File")),
    Column("added", _l("Recorded"), PaymentFile.added, "end"),
    Column("already", _l("Already there"), PaymentFile.already, "end"),
    Column("held", _l("Held"), PaymentFile.held, "end"),
    Column("faulty", _l("Gone back"), PaymentFile.faulty, "end"),
    Column("by", _l("By"), PaymentFile.taken_by),
)
HELD_COLUMNS = (
    Column("voucher", _l("Voucher number"), HeldPayment.voucher),
    Column("code", _l("Project code"), HeldPayment.code),
    Column("day", _l("Paid on"), HeldPayment.paid_on),
    Column("payee", _l("Payee"), HeldPayment.payee),
    Column("amount", _l("Amount"), HeldPayment.amount, "end", _l("yuan")),
    Column("state", _l("State")),
)
STATES = Filter(
    "state",
    _l("State"),
    [("open", _l("to assign")), ("decided", _l("decided"))],
    lambda value: HeldDecision.held_id.is_(None) if value == "open" else HeldDecision.held_id.is_not(None),
)


@bp.get("/<int:id>/funds")
@requires(Permission.PROGRAMME_READ)
def funds(id: int) -> tuple[str, int]:
    """Budget by source as of a month's end, plan against actual, forecast to year end."""
    found = programmes.project_or_404(id)
    month = request.args.get("month", account.last_month(found.year, clock.today()), type=int)
    if not 1 <= month <= 12:
        abort(404)
    made = account.account(found, month)
    changes = programmes.changes_of(found)
    return page(
        "programmes/funds/funds.html",
        programme=found, account=made, spec=account.spec(made), changes=changes, method=METHOD,
    )  # fmt: skip


@bp.get("/payment-files")
@requires(Permission.PAYMENT_WRITE)
def payment_files() -> tuple[str, int]:
    table = listing(
        queries.payment_files(), FILE_COLUMNS, sort="taken", descending=True, caption=_("Files of payments"),
        empty_text=_("Lists of payments from the finance system will stand here."),
    )  # fmt: skip
    return page("programmes/funds/payment_files.html", listing=table, waiting=queries.waiting())


@bp.route("/payment-files/new", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def new_payment_file() -> Response | tuple[str, int]:
    form = PaymentFileForm()
    if kept := form.attempt(service.keep):
        return done(_("The list is read. Look at it before recording it."), "programmes.funds.preview", id=kept.id)
    columns = [(each.label, "、".join(each.heads[:-1])) for each in payment_sheet.COLUMNS]
    return page("programmes/funds/new_payment_file.html", form=form, columns=columns)


@bp.route("/payment-files/previews/<int:id>", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def preview(id: int) -> Response | tuple[str, int]:
    """What would become of every row; nothing is recorded until a person says so."""
    kept, form = handed_in_or_404(id, Purpose.PAYMENTS, current_actor()), Deed()
    if made := form.attempt(service.take_in, kept=kept):
        counts = {"added": made.added, "held": made.held, "faulty": made.faulty}
        said = _("%(added)s payments are recorded, %(held)s are held, %(faulty)s go back.", **counts)
        return done(said, "programmes.funds.payment_file", id=made.id)
    rows = judge(payment_sheet.read(kept.path.read_bytes()))
    shown = in_order_of_need(rows)
    return page("programmes/funds/preview.html", form=form, kept=kept, rows=shown, verdicts=VERDICTS)


@bp.get("/payment-files/<int:id>")
@requires(Permission.PAYMENT_WRITE)
def payment_file(id: int) -> tuple[str, int]:
    found = db.get_or_404(PaymentFile, id)
    return page("programmes/funds/payment_file.html", file=found, faults=queries.faults(found))


@bp.get("/payment-files/<int:id>/misfits")
@requires(Permission.PAYMENT_WRITE)
def payment_file_misfits(id: int) -> Response:
    """The same workbook with the reason beside each row that goes back."""
    content, name = misfits(db.get_or_404(PaymentFile, id))
    kind = files.KINDS["." + name.rpartition(".")[2]]
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


@bp.get("/held-payments")
@requires(Permission.PAYMENT_WRITE)
def held_payments() -> tuple[str, int]:
    table = listing(
        queries.held_payments(), HELD_COLUMNS, sort="day", filters=(STATES,), caption=_("Held payments"),
        search=(HeldPayment.code, HeldPayment.voucher, HeldPayment.payee),
        empty_text=_("Payments to a project code that no programme has will stand here."),
    )  # fmt: skip
    return page("programmes/funds/held_payments.html", listing=table)


@bp.route("/held-payments/<int:id>", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def held_payment(id: int) -> Response | tuple[str, int]:
    """Whose it is: a programme, the likeliest first."""
    found, form = db.get_or_404(HeldPayment, id), AssignForm()
    year = [each for each in queries.all_programmes() if each.year == found.paid_on.year]
    near = likely(found.code, year)
    ordered = [*near, *(each for each in year if each not in near)]
    form.programme_id.choices = choices([(each.id, f"{each.name} {each.code}") for each in ordered])
    if form.attempt(service.assign, held=found):
        return done(_("The payment is recorded."), "programmes.funds.held_payments", state="open")
    words = code_warning(found.code)
    return page("programmes/funds/held_payment.html", form=form, held=found, near=near, warning=words)


@bp.route("/held-payments/<int:id>/setting-aside", methods=["GET", "POST"])
@requires(Permission.PAYMENT_WRITE)
def setting_aside(id: int) -> Response | tuple[str, int]:
    found, form = db.get_or_404(HeldPayment, id), SetAsideForm()
    if form.attempt(service.set_aside, held=found):
        return done(_("The payment is set aside."), "programmes.funds.held_payments", state="open")
    return page("programmes/funds/setting_aside.html", form=form, held=found)
