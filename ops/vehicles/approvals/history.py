"""What approvers said, for the history of a request for a car and of one for hired vehicles alike."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from ...core.page import Event
from .models import APPROVERS, Approver, ByMouth, Spoken


def events(oral: ByMouth | None, said: Iterable[tuple[str, Spoken | None, str]]) -> list[Event]:
    """`said`: for each step its approver, the verdict if there is one, and who took it over from paper."""
    found = []
    if oral:
        when = f"{oral.approved_by} {oral.approved_at:%m-%d %H:%M}"
        found.append(Event(oral.at, oral.by, _l("approved by mouth"), "waiting", when))
    for approver, verdict, noted_by in said:
        if verdict:
            word, state = (_l("approved"), "done") if verdict.approved else (_l("refused"), "closed")
            told = f"{APPROVERS[Approver(approver)]} {verdict.words}"
            if noted_by:
                word, told = _l("approved on paper"), told + str(_l("taken over by %(name)s", name=noted_by))
            found.append(Event(verdict.at, verdict.by, word, state, told))
    return found
