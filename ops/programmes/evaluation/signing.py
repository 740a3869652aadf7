"""Where the form stands: its content as a hash, who has signed exactly that, what is next, and what hinders it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from ...core.access import Actor
from ...core.errors import Rejected
from ..models import Programme
from ..narrative.service import fingerprint
from ..narrative.telling import narrative
from . import queries
from .checks import Finding
from .evaluation import Evaluation, applied_settings, evaluate
from .facts import findings_of
from .form import Signed, form_rows
from .models import FormSignature
from .permissions import Permission
from .scoring_values import Step

MAY = {Step.FILLED: Permission.FORM_FILL, Step.CHECKED: Permission.FORM_CHECK, Step.APPROVED: Permission.FORM_APPROVE}
STEP_LABELS = {Step.FILLED: _l("Filled in"), Step.CHECKED: _l("Money checked"), Step.APPROVED: _l("Approved")}


@dataclass(frozen=True)
class StepState:
    """A step of the order: the signature that covers the content as it is, or the one that no longer does."""

    step: Step
    signature: FormSignature | None
    stale: FormSignature | None

    @property
    def label(self) -> object:
        return STEP_LABELS[self.step]


@dataclass(frozen=True)
class Standing:
    """签审情况 of one form."""

    evaluation: Evaluation
    content_hash: str
    steps: tuple[StepState, ...]
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> list[Finding]:
        return [each for each in self.findings if each.blocks]

    @property
    def next(self) -> Step | None:
        """The first step that nobody has signed for this content."""
        return next((each.step for each in self.steps if each.signature is None), None)

    @property
    def is_complete(self) -> bool:
        return self.next is None

    @property
    def signed(self) -> list[Signed]:
        """As printed under the form: only what covers it."""
        return [Signed(each.step, each.signature.by, each.signature.at.date()) for each in self.steps if each.signature]

    @property
    def stale(self) -> list[StepState]:
        return [each for each in self.steps if each.stale]

    def may_sign(self, actor: Actor) -> bool:
        """Whether the next signature is this person's to give, were there nothing in the way."""
        return self.next is not None and actor.may(MAY[self.next]) and not self.has_signed(actor)

    def may_withdraw(self, state: StepState, actor: Actor) -> bool:
        """One's own, while nothing rests on it."""
        covering = [each for each in self.steps if each.signature]
        return (
            bool(covering) and covering[-1] is state and state.signature is not None and _same(state.signature, actor)
        )

    def has_signed(self, actor: Actor) -> bool:
        return any(each.signature and _same(each.signature, actor) for each in self.steps)


def standing(programme: Programme) -> Standing:
    return standing_of(evaluate(programme), queries.signatures(programme))


def standing_of(evaluation: Evaluation, signatures: Sequence[FormSignature]) -> Standing:
    digest = content_hash(evaluation)
    valid = [each for each in signatures if each.withdrawal is None]
    steps = tuple(_state(step, valid, digest) for step in evaluation.settings.signing_order.value)
    return Standing(evaluation, digest, steps, tuple(findings_of(evaluation)))


def _state(step: Step, signatures: Sequence[FormSignature], digest: str) -> StepState:
    mine = [each for each in signatures if each.step == step]
    covering = next((each for each in reversed(mine) if each.content_hash == digest), None)
    return StepState(step, covering, mine[-1] if mine and covering is None else None)


def content_hash(evaluation: Evaluation) -> str:
    """SHA-256 over all that is signed: every cell with its exact number, the rules applied, proofs and definitions."""
    text = json.dumps(_content(evaluation), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _content(evaluation: Evaluation) -> dict[str, Any]:
    cells = [cell for row in form_rows(evaluation) for cell in row]
    return {
        "programme": evaluation.programme.code,
        "year": evaluation.programme.year,
        "cells": [
            [cell.row, cell.column, cell.text, "" if cell.number is None else str(cell.number.normalize())]
            for cell in cells
        ],
        "rules": [[each.name, each.text] for each in applied_settings(evaluation)],
        "values": [_plain(line.actual.value) for line in evaluation.lines],
        "proofs": [line.actual.manual.attachment_id if line.actual.manual else None for line in evaluation.lines],
        **_told(evaluation),
        "definitions": [line.definition.text if line.definition else "" for line in evaluation.lines],
    }


def _told(evaluation: Evaluation) -> dict[str, str]:
    """The department's form speaks of the narrative: a signature covers its words and figures too."""
    programme = evaluation.programme
    return {"narrative": fingerprint(narrative(programme.year))} if programme.is_department else {}


def _plain(value: object) -> object:
    """A value by what it is worth: 4 and 4.0000 are the same."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else str(value)


def check_signable(found: Standing, step: str, shown_hash: str, by: Actor) -> None:
    """In order, each by another person, on the form as it was shown, and with nothing that a reviewer would refuse."""
    if shown_hash != found.content_hash:
        raise Rejected(_l("The form has changed since this page was opened. Look at it again before you sign."))
    if found.next is None:
        raise Rejected(_l("The form has all its signatures already."))
    if step != found.next:
        raise Rejected(_l("“%(step)s” comes next.", step=STEP_LABELS[found.next]))
    if not by.may(MAY[found.next]):
        raise Rejected(_l("“%(step)s” is for another role to sign.", step=STEP_LABELS[found.next]))
    if found.has_signed(by):
        raise Rejected(_l("You have signed this form already; the next signature is another person's."))
    if found.blocking:
        raise Rejected(_l("The checks found %(num)s errors; sign when they are mended.", num=len(found.blocking)))


def check_withdrawable(found: Standing, signature: FormSignature, by: Actor) -> None:
    """One's own, and the last one first."""
    if signature.withdrawal:
        raise Rejected(_l("This signature was withdrawn already."))
    if not _same(signature, by):
        raise Rejected(_l("A signature is withdrawn by the one who gave it."))
    covering = [each.signature for each in found.steps if each.signature]
    if signature in covering and covering[-1] is not signature:
        raise Rejected(_l("Later signatures rest on this one; they are withdrawn first."))


def _same(signature: FormSignature, actor: Actor) -> bool:
    if signature.user_id is None or actor.user_id is None:
        return signature.user_id == actor.user_id and signature.by == actor.name
    return signature.user_id == actor.user_id
