"""A table that sorts, filters, searches and pages on the server, by its address alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, func, or_, select

from .db import db

PER_PAGE = 50


@dataclass(frozen=True)
class Column:
    """A column: `order` is what it sorts by; without it the head does not sort."""

    key: str
    label: object
    order: Any = None
    align: str = "start"
    unit: object = ""

    @property
    def sortable(self) -> bool:
        return self.order is not None


@dataclass(frozen=True)
class Filter:
    """A choice above the table. `where` turns the chosen value into a condition; `start` is chosen at first."""

    name: str
    label: object
    options: Sequence[tuple[str, object]]
    where: Callable[[str], ColumnElement[bool]]
    value: str = ""
    start: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of a table, as `templates/macros/tables.html` shows it."""

    columns: Sequence[Column]
    rows: Sequence[Any]
    total: int
    page: int
    sort: str
    descending: bool
    query: str = ""
    filters: Sequence[Filter] = ()
    searchable: bool = False
    caption: object = ""
    empty_text: object = ""
    per_page: int = PER_PAGE
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def narrowed(self) -> bool:
        """Somebody searched or chose something else than the table starts with."""
        return bool(self.query) or any(each.value != each.start for each in self.filters)

    def sort_url(self, key: str) -> str:
        down = key == self.sort and not self.descending
        return self._url(sort=key, down="1" if down else "", page="")

    def page_url(self, number: int) -> str:
        return self._url(page=str(number))

    def state_inputs(self) -> list[tuple[str, str]]:
        """What the filter form must carry along: the order, not the page."""
        return [(name, self.args[name]) for name in ("sort", "down") if self.args.get(name)]

    def cells(self, markup: Markup) -> Markup:
        """The bare <td> of a row, each with the label (for cards on a phone) and the alignment of its column."""
        before, *rest = str(markup).split("<td")
        return Markup(before + "".join(self._heads[number] + cell for number, cell in enumerate(rest)))

    @cached_property
    def _heads(self) -> list[str]:
        head = Markup('<td data-label="{}" data-align="{}"')
        labels = [f"{each.label} ({each.unit})" if each.unit else each.label for each in self.columns]
        return [str(head.format(label, each.align)) for label, each in zip(labels, self.columns, strict=True)]

    def _url(self, **changes: str) -> str:
        values = {**self.args, **changes}
        begun = {each.name for each in self.filters if each.start}
        return url_for(
            str(request.endpoint),
            **{**(request.view_args or {}), **{k: v for k, v in values.items() if v or k in begun}},
        )


def listing(
    statement: Select[Any],
    columns: Sequence[Column],
    *,
    sort: str,
    descending: bool = False,
    search: Sequence[Any] = (),
    also: Callable[[str], ColumnElement[bool]] | None = None,
    filters: Sequence[Filter] = (),
    caption: object = "",
    empty_text: object = "",
    per_page: int = PER_PAGE,
) -> Listing:
    """Apply the address's order, search, filters and page to the statement. Single-entity rows come as the entity.

    `also`: what a typed text finds besides the columns it is searched in.
    """
    args = request.args.to_dict()
    query = args.get("q", "").strip()
    if query and search:
        statement = statement.where(_holds(query, search, also))
    kept = [_with_value(each, args.get(each.name, each.start)) for each in filters]
    for each in kept:
        if each.value:
            statement = statement.where(each.where(each.value))
    by = {column.key: column.order for column in columns if column.sortable}
    chosen = args["sort"] if args.get("sort") in by else sort
    down = bool(args.get("down")) if args.get("sort") in by else descending
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    page = min(max(1, int(args["page"]) if args.get("page", "").isdecimal() else 1), max(1, -(-total // per_page)))
    ordered = statement.order_by(None).order_by(*_order(by[chosen], down, statement))
    found = db.session.execute(ordered.limit(per_page).offset((page - 1) * per_page)).all()
    rows = [row[0] for row in found] if len(statement.column_descriptions) == 1 else found
    return Listing(
        _spoken(columns), rows, total, page, chosen, down, query, kept, bool(search), caption, empty_text, per_page,
        {name: value for name, value in args.items() if name in {"q", "sort", "down", "page", *(f.name for f in kept)}},
    )  # fmt: skip


def listed(
    rows: Sequence[Any], columns: Sequence[Column], *, sort: str, descending: bool = False, **shown: Any
) -> Listing:
    """A table over rows that were worked out rather than selected: whole, in the address's order.

    A column's `order` is a function from the row to what it sorts by; equal rows keep the order they came in.
    """
    args = {name: value for name, value in request.args.items() if name != "format"}
    by = {column.key: column.order for column in columns if column.sortable}
    chosen = args["sort"] if args.get("sort") in by else sort
    down = bool(args.get("down")) if args.get("sort") in by else descending
    ordered = sorted(rows, key=by[chosen], reverse=down)
    per_page = max(1, len(ordered))
    return Listing(_spoken(columns), ordered, len(ordered), 1, chosen, down, per_page=per_page, args=args, **shown)


def _holds(query: str, search: Sequence[Any], also: Callable[[str], ColumnElement[bool]] | None) -> ColumnElement[bool]:
    pattern = f"%{query.replace('/', '//').replace('%', '/%').replace('_', '/_')}%"
    more = [also(query)] if also else []
    return or_(*(column.ilike(pattern, escape="/") for column in search), *more)


def _spoken(columns: Sequence[Column]) -> list[Column]:
    """The heads in the reader's language, once: each cell of the table repeats its own."""
    return [replace(each, label=str(each.label), unit=str(each.unit)) for each in columns]


def _order(column: Any, down: bool, statement: Select[Any]) -> list[Any]:
    """Rows that sort alike keep one order by their key, so that no page repeats or drops one; empty cells come last."""
    first = column.desc() if down else column.asc()
    entity = statement.column_descriptions[0]["entity"]
    return [first.nulls_last(), *(entity.__mapper__.primary_key if entity else ())]


def _with_value(each: Filter, value: str) -> Filter:
    known = any(value == str(option) for option, _label in each.options)
    return replace(each, options=[("", _l("All")), *each.options], value=value if known else "")
