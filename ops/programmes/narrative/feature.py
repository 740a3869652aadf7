"""The part of programmes that tells the year."""

from flask_babel import lazy_gettext as _l

from ...core.feature import Feature, MenuEntry
from ...core.period import year
from ...indicators.metric import Guard
from ..permissions import Permission as Programmes
from . import demo, service
from .models import NarrativeParagraph, ParagraphVersion
from .permissions import GRANTS
from .queries import year_of
from .views import bp

PART = Feature(
    name="narrative",
    label=_l("Narrative of the year"),
    blueprints=(bp,),
    menu=(MenuEntry(_l("Narrative of the year"), "programmes.narrative.latest", Programmes.PROGRAMME_READ),),
    grants=GRANTS,
    guards=(
        Guard(ParagraphVersion, lambda row: year(year_of(row)), _l("Words of the narrative")),
        Guard(NarrativeParagraph, lambda row: year(row.year), _l("Paragraph of the narrative")),
    ),
    on_closing=(service.keep,),
    demo=demo.make,
)
