"""Pages of evidence packs: what each holds, taking one, keeping those of a closed year step by step."""

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, redirect, stream_with_context, url_for
from werkzeug.wrappers import Response as Answer

from ...core import clock, period
from ...core.access import current_actor, requires
from ...core.db import db, snapshot, transaction
from ...core.page import page
from ...indicators.closing import closing_of
from .. import queries as programmes
from ..evaluation.evaluation import evaluate
from ..models import Programme
from . import contents, queries, service
from .permissions import Permission
from .writing import Pack

bp = Blueprint("packs", __name__)


@bp.get("/packs")
@requires(Permission.PACK_READ)
def latest() -> Answer:
    """The packs of the newest year that has targets."""
    years = programmes.years()
    return redirect(url_for("programmes.packs.of_year", year=years[0] if years else clock.today().year))


@bp.route("/packs/<int:year>", methods=["GET"])
@requires(Permission.PACK_READ)
def of_year(year: int) -> tuple[str, int]:
    """The packs of a year: kept or not, and the hash that an auditor compares."""
    found, closed = programmes.tables(year), closing_of(period.year(year))
    kept, left = queries.kept_of(closed), queries.still_to_keep(found, closed)
    return page("programmes/packs/of_year.html", year=year, rows=found, closed=closed, kept=kept, left=left)


@bp.post("/packs/<int:year>")
@requires(Permission.PACK_KEEP)
def keep_next(year: int) -> tuple[str, int]:
    """Keep the next pack that is not kept yet: one programme for each step."""
    closed = closing_of(period.year(year))
    for programme in queries.still_to_keep(programmes.tables(year), closed)[:1]:
        with snapshot():
            pack = Pack(evaluate(programme))
            content = b"".join(pack.flow())
        with transaction():
            digest = hashlib.sha256(pack.manifest).hexdigest()
            service.keep(programme, closed, content, digest, by=current_actor())
    return of_year(year)


@bp.get("/<int:id>/pack")
@requires(Permission.PACK_READ)
def pack(id: int) -> tuple[str, int]:
    """What a programme's pack holds."""
    made = evaluate(db.get_or_404(Programme, id))
    exhibits, proofs = contents.exhibits(made), contents.proofs(made)
    kept = queries.kept_of(made.closed).get(id)
    shown: dict[str, Any] = {"exhibits": exhibits, "proofs": proofs, "kept": kept}
    return page("programmes/packs/pack.html", programme=made.programme, closed=made.closed, **shown)


@bp.get("/<int:id>/pack.zip")
@requires(Permission.PACK_READ)
def file(id: int) -> Response:
    """The pack as it is now; it begins to flow at once."""
    programme = db.get_or_404(Programme, id)
    for _name, proof in contents.proofs(evaluate(programme)):
        _ = proof.path  # one that is gone is told by a page, before anything flows
    name = f"{programme.code}-{programme.year}.zip"

    def flow() -> Iterator[bytes]:
        with snapshot():
            yield from Pack(evaluate(db.session.get_one(Programme, id))).flow()

    # a code may be any words that a form has in its place
    plain, full = f"pack-{programme.year}.zip", quote(name, safe="")
    headers = {"Content-Disposition": f"attachment; filename={plain}; filename*=UTF-8''{full}"}
    return Response(stream_with_context(flow()), mimetype="application/zip", headers=headers)
