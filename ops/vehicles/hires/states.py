"""Where a hire stands."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class HireState(StrEnum):
    """租赁状态: each event leads to the state of its name."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    CALLED_OFF = "called_off"
    VOID = "void"
    ORDERED = "ordered"
    RECORDED = "recorded"
    CARRIED_OUT = "carried_out"
    INVOICED = "invoiced"
    SUBMITTED = "submitted"
    OBJECTED = "objected"
    AGREED = "agreed"
    PAID = "paid"


HIRE_STATES = {
    HireState.ASKED: ("waiting", _l("hire in approval")),
    HireState.APPROVED: ("progress", _l("approved, to be ordered")),
    HireState.REFUSED: ("closed", _l("hire refused")),
    HireState.CALLED_OFF: ("closed", _l("called off")),
    HireState.VOID: ("closed", _l("void")),
    HireState.ORDERED: ("progress", _l("ordered")),
    HireState.RECORDED: ("progress", _l("recorded from paper")),
    HireState.CARRIED_OUT: ("progress", _l("carried out, to be invoiced")),
    HireState.INVOICED: ("progress", _l("hire invoiced")),
    HireState.SUBMITTED: ("waiting", _l("sent to the unit")),
    HireState.OBJECTED: ("late", _l("the unit objects")),
    HireState.AGREED: ("progress", _l("agreed by the unit")),
    HireState.PAID: ("done", _l("hire settled")),
}
TO_BE_ORDERED = (HireState.ASKED, HireState.APPROVED, HireState.ORDERED)
TO_ORDER = (HireState.APPROVED, HireState.ORDERED)
BEFORE_THE_INVOICE = (HireState.ORDERED, HireState.RECORDED, HireState.CARRIED_OUT)
DRIVEN = (HireState.RECORDED, HireState.CARRIED_OUT)
TO_SUBMIT = (HireState.INVOICED, HireState.OBJECTED)
BEFORE_THE_TRIP = (HireState.ASKED, HireState.APPROVED, HireState.ORDERED)
OVER = (HireState.REFUSED, HireState.CALLED_OFF, HireState.VOID)
RATED_FROM = (
    HireState.RECORDED, HireState.CARRIED_OUT, HireState.INVOICED, HireState.SUBMITTED, HireState.OBJECTED,
    HireState.AGREED, HireState.PAID,
)  # fmt: skip
