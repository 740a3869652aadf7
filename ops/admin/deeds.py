"""What the trail calls a deed and a record: the feature's noun (`Feature.records`), and what was done with it."""

from collections.abc import Iterable, Sequence

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from ..core.feature import Feature
from ..core.ledger import Ledger

DONE = {
    "added": _l("was added"),
    "agreed": _l("was agreed to"),
    "allowed": _l("was allowed"),
    "answered": _l("was answered"),
    "approved": _l("was approved"),
    "asked": _l("was asked for"),
    "asked_again": _l("was asked about again"),
    "bound": _l("was bound"),
    "called_off": _l("was called off"),
    "cancelled": _l("was cancelled"),
    "change_voided": _l("had a change voided"),
    "changed": _l("was changed"),
    "confirmed": _l("was confirmed"),
    "contested": _l("was contested"),
    "corrected": _l("was corrected"),
    "counted": _l("were counted"),
    "demo.made": _l("was made as a demo"),
    "demo_made": _l("was made as a demo"),
    "departed": _l("left"),
    "departure": _l("sent a departure"),
    "deregistered": _l("was taken off the register"),
    "done": _l("was done"),
    "driven": _l("was driven"),
    "ended": _l("was ended"),
    "entered": _l("was entered"),
    "established": _l("was established"),
    "expense": _l("sent an expense"),
    "exempted": _l("was exempted"),
    "explained": _l("was explained"),
    "extended": _l("was extended"),
    "filed": _l("was filed"),
    "filled": _l("were filled in"),
    "finished": _l("was finished"),
    "given": _l("was given"),
    "given_back": _l("was given back"),
    "handed_in": _l("was handed in"),
    "holding_changed": _l("changed its holder"),
    "invoiced": _l("was invoiced"),
    "issued": _l("was issued"),
    "joined": _l("was joined"),
    "kept": _l("was kept"),
    "lapsed": _l("lapsed"),
    "left": _l("left the reform"),
    "lifted": _l("was lifted"),
    "listed": _l("was listed"),
    "loaded": _l("were loaded"),
    "looked": _l("was looked at"),
    "made": _l("was made"),
    "marked": _l("was marked"),
    "not_established": _l("was not established"),
    "on_paper": _l("was taken over from paper"),
    "opened": _l("was opened"),
    "owed_again": _l("was owed again"),
    "paid": _l("was paid"),
    "paper_kept": _l("got a paper"),
    "parted": _l("was parted"),
    "planned": _l("was planned"),
    "published": _l("was published"),
    "quoted": _l("was quoted"),
    "raised": _l("were raised"),
    "rated": _l("was rated"),
    "received": _l("was received"),
    "recorded": _l("was recorded"),
    "refused": _l("was refused"),
    "registered": _l("was registered"),
    "reminded": _l("was reminded of"),
    "renewed": _l("was renewed"),
    "reopened": _l("was reopened"),
    "replaced": _l("was replaced"),
    "replacement_corrected": _l("had its replacement corrected"),
    "replacement_reversed": _l("had its replacement reversed"),
    "return": _l("sent a return"),
    "returned": _l("came back"),
    "reversed": _l("was reversed"),
    "revoked": _l("was revoked"),
    "sealed_again": _l("was sealed again"),
    "set": _l("was set"),
    "settled": _l("was settled"),
    "signature": _l("sent a confirmation"),
    "signed": _l("was signed"),
    "submitted": _l("was submitted"),
    "taken": _l("was taken"),
    "taken_in": _l("was taken in"),
    "taken_over": _l("was taken over"),
    "top_up_reversed": _l("had a top-up reversed"),
    "topped_up": _l("was topped up"),
    "trip_cancelled": _l("had a trip cancelled"),
    "trips_added": _l("got more trips"),
    "turned_down": _l("was turned down"),
    "unbound": _l("was taken out"),
    "voided": _l("was voided"),
    "waived": _l("was waived"),
    "weighed": _l("was weighed"),
    "withdrawn": _l("was withdrawn"),
}


def deed_said(action: str) -> str:
    """`vehicles.alarm.settled` in words; as it is, where its feature gives no noun for it."""
    feature, noun, done = [*action.split(".", 2), "", ""][:3]
    called = next((each.records[noun] for each in _features() if each.name == feature and noun in each.records), None)
    if called is None or done not in DONE:
        return action
    return str(gettext("%(noun)s %(done)s", noun=called, done=DONE[done]))


def deeds_saying(text: str, actions: Iterable[str]) -> list[str]:
    """Those of the deeds in whose words the text stands."""
    return [each for each in actions if text.casefold() in deed_said(each).casefold()]


def record_said(subject: str) -> str:
    """`alarm:7`, or a whole table, in words."""
    table, _colon, key = subject.partition(":")
    called = next((each.records[table] for each in _features() if table in each.records), None)
    return subject if called is None else f"{called} {key}".strip()


def _features() -> Sequence[Feature]:
    found: Ledger = current_app.extensions["ledger"]
    return found.features
