"""What may be written in a narrative: words and references, never a number that ought to be counted."""

import re
from collections.abc import Collection

from flask_babel import lazy_gettext as _l

from ...core.errors import Rejected

REFERENCE = re.compile(r"\{([a-z_]+\.[a-z_0-9]+)(?::([a-z0-9]+))?\}")
ANY_BRACE = re.compile(r"[{}]")
# numbers that name something instead of counting it: years, days, months, papers, articles, rooms, phone numbers
NAMES = re.compile(
    r"\d{4}(?:年度?|-\d{4}年?)|\d{1,2}月(?:\d{1,2}日)?(?:底)?|\d{1,2}日|第\d+[条款章号届次季]|〔\d{4}〕\d+号|\d+号"
    r"|“[^”]*”|《[^》]*》|[0-9]{3,5}(?:会议室|房间|室)"
)
COUNTED = re.compile(
    r"[0-9０-９]+(?:[.．][0-9０-９]+)?|百分之[零一二三四五六七八九十百点]+|[两二三四五六七八九十百千万]+余?(?:家|辆|台|场|人|件|次|份|个|处|项)"
)
ORDER = re.compile(r"[一二三四五六七八九十]是")
SENTENCE_ENDS = re.compile(r"(?<=[。；！？])")


def check_text(text: str, names: Collection[str], wordings: Collection[str]) -> None:
    """References to figures that exist, in wordings that exist; no number typed where one is counted."""
    for name, wording in REFERENCE.findall(text):
        if name not in names:
            raise Rejected(_l("There is no figure called %(name)s. Choose one of the list.", name=name), "text")
        if wording not in wordings:
            raise Rejected(_l("There is no wording called %(name)s.", name=wording), "text")
    words = REFERENCE.sub("", text)
    if ANY_BRACE.search(words):
        raise Rejected(_l("A reference stands in braces, like {vehicles.dispatches}."), "text")
    if typed := typed_numbers(words):
        shown = "、".join(typed[:5])
        message = _l("Numbers are counted, not typed: %(numbers)s. Put a reference to a figure there.", numbers=shown)
        raise Rejected(message, "text")


def typed_numbers(words: str) -> list[str]:
    """The numbers among the words that count something; years, days, papers, articles and names in quotes do not."""
    return COUNTED.findall(ORDER.sub("", NAMES.sub("", words)))


def sentences(text: str) -> list[str]:
    """The text cut behind each end of a sentence."""
    return [each for each in SENTENCE_ENDS.split(text) if each.strip()]


def sentences_with(text: str, name: str) -> list[str]:
    """The sentences that refer to the figure."""
    return [each for each in sentences(text) if any(found == name for found, _wording in REFERENCE.findall(each))]
