"""The verbs of signing: sign, withdraw, keep the form's files as they are."""

from collections.abc import Sequence
from typing import Any

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.period import year as whole_year
from ...indicators.models import Closing
from .. import queries as programmes
from ..models import Programme
from . import queries, rules
from .excel import excel
from .form import file_name
from .models import FormSignature, KeptReport, SignatureWithdrawal
from .pdf import pdf
from .signing import Standing, check_signable, check_withdrawable, standing
from .word import word

SIGNED, CLOSED = "signed", "closed"
MAKERS = {"docx": word, "xlsx": excel, "pdf": pdf}


def sign(programme: Programme, step: str, content_hash: str, by: Actor) -> FormSignature:
    """Sign the next step (签审) for the content that was shown; the last signature keeps the form's files."""
    hold(Programme, programme.id)
    found = standing(programme)
    check_signable(found, step, content_hash, by)
    row = FormSignature(programme_id=programme.id, step=step, content_hash=found.content_hash)
    row.user_id, row.at, row.by = by.user_id, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.form.signed", row, by)
    signed = standing(programme)
    if signed.is_complete:
        keep_signed(signed, by)
    return row


def keep_signed(found: Standing, by: Actor) -> Sequence[KeptReport]:
    """Keep the files of a form that has all its signatures."""
    return _keep(found, SIGNED, by)


def withdraw(signature: FormSignature, because: str, by: Actor) -> SignatureWithdrawal:
    """Take one's signature back (撤回); it stays on record."""
    rules.check_because(because)
    [programme] = hold(Programme, signature.programme_id)
    check_withdrawable(standing(programme), signature, by)
    row = SignatureWithdrawal(signature_id=signature.id, because=because.strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    db.session.flush()
    db.session.refresh(signature)
    audit.record("programmes.form.signature_withdrawn", signature, by)
    return row


def keep_report(programme: Programme, year: int, by: Actor) -> Sequence[KeptReport]:
    """Keep Word, Excel and PDF of the year's form as they are now (留存), byte for byte; they never change again."""
    if programme.year != year:
        raise ValueError(f"the programme is of {programme.year}, not of {year}")
    return _keep(standing(programme), CLOSED, by)


def keep_closed(closing: Closing, by: Actor) -> None:
    """The closing of a whole year keeps the forms of its programmes."""
    if closing.period == whole_year(closing.first.year):
        for programme in programmes.tables(closing.first.year):
            keep_report(programme, closing.first.year, by)


def render(found: Standing, kind: str) -> bytes:
    """The form as a file of the kind docx, xlsx or pdf, with the signatures that cover it."""
    make: Any = MAKERS[kind]
    content: bytes = make(found.evaluation, signed=found.signed)
    return content


def _keep(found: Standing, occasion: str, by: Actor) -> Sequence[KeptReport]:
    """Each file once; the same content kept again is the same file."""
    programme = found.evaluation.programme
    known = {(each.occasion, each.attachment.sha256) for each in queries.kept_reports(programme)}
    made = []
    for kind in MAKERS:
        kept = files.keep_bytes(render(found, kind), file_name(found.evaluation, kind), by)
        if (occasion, kept.sha256) in known:
            db.session.expunge(kept)
            continue
        db.session.flush()
        row = KeptReport(programme_id=programme.id, occasion=occasion, content_hash=found.content_hash)
        row.attachment_id, row.at, row.by = kept.id, clock.now(), by.name
        db.session.add(row)
        made.append(row)
    audit.record("programmes.form.kept", programme, by, occasion=occasion, files=len(made))
    return made
