"""One door for a file of target tables, whichever of the two kinds it is."""

from .document import decode, read_text
from .tables import TargetTable, Unreadable
from .wordform import read_docx

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_targets(data: bytes) -> tuple[TargetTable, ...]:
    """The tables of a published text or a .docx, told apart by content. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("empty_file")
    if data.startswith(OLD_OFFICE):
        raise Unreadable("old_word_format")
    return read_docx(data) if data.startswith(ZIP) else read_text(decode(data))
