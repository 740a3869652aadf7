"""Forms of targets: a document to read."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from ...core.forms import Form


class DocumentForm(Form):
    file = FileField(
        _l("Target document"),
        [FileRequired(_l("Choose a file."))],
        description=_l("The published text (.txt) or the Word form (.docx), at most 20 MB"),
    )
