"""Ranks of a county-level body, as the room standard and the headcount name them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Rank(StrEnum):
    """职级, county level (县级机关): the steps of the office-room standard 发改投资〔2014〕2674号."""

    COUNTY_HEAD = "county_head"
    COUNTY_DEPUTY = "county_deputy"
    SECTION_HEAD = "section_head"
    SECTION_DEPUTY = "section_deputy"
    STAFF = "staff"


RANK_LABELS = {
    Rank.COUNTY_HEAD: _l("County level, head"),
    Rank.COUNTY_DEPUTY: _l("County level, deputy"),
    Rank.SECTION_HEAD: _l("Section level, head"),
    Rank.SECTION_DEPUTY: _l("Section level, deputy"),
    Rank.STAFF: _l("Below section level"),
}
