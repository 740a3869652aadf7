"""The page of the year's narrative, and its Word file."""

from io import BytesIO

from flask import Blueprint, redirect, send_file, url_for
from werkzeug.wrappers import Response

from ..core.access import requires
from ..core.files import KINDS
from ..core.page import page
from ..indicators.queries import current_year, periods
from .narrative import narrative
from .narrative_word import as_word
from .permissions import Permission

bp = Blueprint("narrative", __name__, url_prefix="/narrative")


@bp.get("/")
@requires(Permission.PROGRAMME_READ)
def latest() -> Response:
    """The narrative of the current year."""
    return redirect(url_for("programmes.narrative.of_year", year=current_year().first.year))


@bp.get("/<int:year>")
@requires(Permission.PROGRAMME_READ)
def of_year(year: int) -> tuple[str, int]:
    """The narrative with every figure a link to its records."""
    return page("programmes/narrative.html", told=narrative(year), periods=periods())


@bp.get("/<int:year>.docx")
@requires(Permission.PROGRAMME_READ)
def word(year: int) -> Response:
    name = f"部门整体绩效{year}.docx"
    return send_file(BytesIO(as_word(narrative(year))), mimetype=KINDS[".docx"], as_attachment=True, download_name=name)
