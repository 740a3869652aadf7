"""The verbs of the narrative: write, add, retire, name a figure, approve, keep at a closing."""

import hashlib
import json
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...core import audit, clock, files
from ...core.access import Actor
from ...core.db import db, hold
from ...core.errors import Rejected
from ...core.period import year as whole_year
from ...indicators.models import CLOSING, Closing, RollupTurn
from . import queries, rules
from .models import KeptNarrative, NarrativeApproval, NarrativeFigure, NarrativeParagraph, ParagraphVersion
from .telling import Narrative, narrative
from .word import as_word
from .wording import CHANGE, WORDINGS


def write(year: int, place: int, heading: str, text: str, by: Actor, seen: str | None = None) -> ParagraphVersion:
    """New words for the paragraph at `place` (from 1); one place behind the last adds a paragraph.

    `seen` is the mark of what the writer had before them: what somebody else changed meanwhile is not overwritten.
    """
    rules.check_text(text, queries.names(), {*WORDINGS, CHANGE})
    rules.check_text(heading, (), ())
    _take_turn()
    _check_seen(year, place, seen)
    stored = _adopted(year, by)
    if place > len(stored):
        row = NarrativeParagraph(year=year)
        db.session.add(row)
        db.session.flush()
        made = _version(row, len(stored) + 1, heading, text, by)
    else:
        made = _version(stored[place - 1], place, heading, text, by)
    audit.record("programmes.narrative.written", made, by, year=year)
    return made


def _check_seen(year: int, place: int, seen: str | None) -> None:
    if seen is not None and seen != mark(queries.drafts(year), place):
        raise Rejected(
            _l("Somebody else has changed this paragraph meanwhile. What you typed still stands here: compare it.")
        )


def mark(drafts: Sequence[queries.Draft], place: int) -> str:
    """The paragraph at the place as it stands; "new" behind the last, with how many there are."""
    if place > len(drafts):
        return f"new {len(drafts)}"
    draft = drafts[place - 1]
    return hashlib.sha256(f"{draft.heading}\n{draft.text}".encode()).hexdigest()


def retire(year: int, place: int, by: Actor) -> ParagraphVersion:
    """Take the paragraph at `place` out of the text; its versions stay."""
    _take_turn()
    stored = _adopted(year, by)
    if not 1 <= place <= len(stored):
        raise Rejected(_l("There is no such paragraph any more."))
    last = stored[place - 1].newest
    made = _version(stored[place - 1], place, last.heading, last.text, by, retired=True)
    audit.record("programmes.narrative.retired", made, by, year=year)
    return made


def name_figure(word: str, label: str, unit: str, by: Actor) -> NarrativeFigure:
    """A figure that no feature counts, for the text to refer to; its values are entered with a proof."""
    name = f"narrative.{word.strip()}"
    if not rules.REFERENCE.fullmatch(f"{{{name}}}"):
        raise Rejected(_l("Use small Latin letters and _ only."), "word")
    if name in queries.manual_figures():
        raise Rejected(_l("There is a figure of that name already."), "word")
    row = NarrativeFigure(name=name, label=label.strip(), unit=(unit or "").strip(), at=clock.now(), by=by.name)
    db.session.add(row)
    audit.record("programmes.narrative.figure_named", row, by)
    return row


def approve(year: int, text_sha256: str, by: Actor) -> NarrativeApproval:
    """Sign for the text with its figures as they are now; not for one that changed while it was being read."""
    _take_turn()
    told = narrative(year)
    if fingerprint(told) != text_sha256:
        raise Rejected(_l("The text or a figure has changed meanwhile. Read it again."))
    figures = {cited.name: cited.now for cited in told.citations}
    row = NarrativeApproval(year=year, figures=json.dumps(figures, ensure_ascii=False, sort_keys=True))
    row.text_sha256, row.at, row.by = text_sha256, clock.now(), by.name
    db.session.add(row)
    audit.record("programmes.narrative.approved", row, by)
    return row


def keep(closing: Closing, by: Actor) -> None:
    """The closing of a whole year keeps its narrative as a Word file."""
    of = closing.first.year
    if closing.period != whole_year(of):
        return
    attachment = files.keep_bytes(as_word(narrative(of)), f"部门整体绩效{of}.docx", by)
    db.session.flush()
    row = KeptNarrative(closing_id=closing.id, attachment_id=attachment.id)
    db.session.add(row)
    audit.record("programmes.narrative.kept", row, by, year=of)


def fingerprint(told: Narrative) -> str:
    """What an approval signs: the words and the figures as known now."""
    said = [told.opening, *(f"{each.heading}\n{each.signed}" for each in told.paragraphs)]
    known = [f"{cited.name}={cited.now}" for cited in told.citations]
    return hashlib.sha256("\n".join([*said, *known]).encode()).hexdigest()


def _take_turn() -> None:
    """One writer after the other, and none beside a closing, which keeps the text: a year has no row of its own."""
    hold(RollupTurn, CLOSING)


def _adopted(year: int, by: Actor) -> list[NarrativeParagraph]:
    """The year's paragraphs in order; the words that the product brings become its own the first time."""
    if not queries.paragraphs(year):
        for position, draft in enumerate(queries.drafts(year), start=1):
            row = NarrativeParagraph(year=year)
            db.session.add(row)
            db.session.flush()
            _version(row, position, draft.heading, draft.text, by)
    rows = select(NarrativeParagraph).where(NarrativeParagraph.year == year).execution_options(populate_existing=True)
    kept = [each for each in db.session.scalars(rows) if not each.newest.retired]
    return sorted(kept, key=lambda each: each.newest.position)


def _version(
    paragraph: NarrativeParagraph, position: int, heading: str, text: str, by: Actor, retired: bool = False
) -> ParagraphVersion:
    row = ParagraphVersion(paragraph_id=paragraph.id, position=position, heading=heading.strip(), text=text.strip())
    row.retired, row.at, row.by = retired, clock.now(), by.name
    db.session.add(row)
    db.session.flush()
    return row
