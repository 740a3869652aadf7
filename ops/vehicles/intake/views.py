"""The page where dispatches of another ledger are taken in."""

from flask import Blueprint
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from ...core.access import current_actor, requires
from ...core.errors import Rejected
from ...core.forms import Form
from ...core.page import page
from .permissions import Permission
from .rows import COLUMNS
from .taking import take_in

bp = Blueprint("intake", __name__)


class IntakeForm(Form):
    file = FileField(
        _l("File"), [FileRequired(_l("Choose a file."))], description=_l("CSV or XLSX, at most 2,000 rows.")
    )


@bp.route("/dispatch-intake", methods=["GET", "POST"])
@requires(Permission.DISPATCH_TAKE_IN)
def intake() -> tuple[str, int]:
    """The rows that land are dispatches like any other; the same file again changes nothing."""
    form, taken = IntakeForm(), None
    if form.validate_on_submit():
        try:
            taken = take_in(form.file.data, current_actor())
        except Rejected as refusal:
            form.refuse(refusal)
    return page("vehicles/intake/intake.html", form=form, taken=taken, columns=COLUMNS)
