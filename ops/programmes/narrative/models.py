"""Paragraphs in versions, named figures by hand, approvals, and the file that a closing kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ...core.db import Base
from ...core.files import Attachment


class NarrativeParagraph(Base):
    """段落 of a year's narrative; what it says stands in its newest version."""

    __tablename__ = "narrative_paragraph"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    versions: Mapped[list["ParagraphVersion"]] = relationship(order_by="ParagraphVersion.id", lazy="selectin")

    @property
    def newest(self) -> "ParagraphVersion":
        return self.versions[-1]


class ParagraphVersion(Base):
    """段落文稿: words with references; `retired` takes the paragraph out of the text."""

    __tablename__ = "paragraph_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("narrative_paragraph.id"), index=True)
    position: Mapped[int]
    heading: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    retired: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    by: Mapped[str]


class NarrativeFigure(Base):
    """文稿填报数: a figure that no feature counts, named so that a text can refer to it; its values are typed in.

    `name` is what stands in a reference, `narrative.<word>`.
    """

    __tablename__ = "narrative_figure"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    label: Mapped[str]
    unit: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class NarrativeApproval(Base):
    """文稿审定: a person has read the text with its figures as they were; `figures` is {name: exact value} as JSON."""

    __tablename__ = "narrative_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    figures: Mapped[str] = mapped_column(Text)
    text_sha256: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class KeptNarrative(Base):
    """存档文稿: the Word file of a closed year, byte for byte."""

    __tablename__ = "kept_narrative"

    closing_id: Mapped[int] = mapped_column(ForeignKey("closing.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    attachment: Mapped[Attachment] = relationship(lazy="joined")
