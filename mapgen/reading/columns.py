"""Recognise the columns of a table of articles by the names that other tools give them.

The header and some rows come in; a mapping of fields to columns goes out, with what a user should
know of it. Columns that the user chose come first, and a value that does not fit its name (an
address in ``source``, no sentence in ``story``) is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.reading.day_forms import days_meant, looks_like_a_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mapgen.core.chosen_columns import ChosenColumns

    Cells = Mapping[str, object]

_NAMES = """
text: text fulltext articletext articlebody bodytext textbody body articlecontent maintext content
text: article story notes eventnotes note narrative transcript description summary abstract snippet
text: excerpt leadparagraph lead trailtext standfirst
title: title headline webtitle articletitle storytitle heading subject sourceheadline
date: publishedon published publishedat publishedtime pubdate publisheddate datepublished
date: publicationdate publishdate publishtime datepublish publishdatetime webpublicationdate date
date: datetime day articledate firstpublished firstpublicationdate postedat postdate posted seendate
date: eventdate reportdate incidentdate dateofevent dateofincident dateofreport dateofpublication
date: timestamp reportedon reportedat createdat
source: source.name sitename sourcename publisher publishername publisher.name outlet medianame
source: publication newspaper source sources media provider.name provider site domain hostname
source: sourcedomain
url: url link weburl articleurl urlarticle sourceurl sourcelink permalink canonicalurl href uri
country: country countrycode iso2 countryname iso3 countryiso
language: language lang languagecode
id: id articleid storyid storiesid uuid eventidcnty
"""
NAMES: dict[str, tuple[str, ...]] = {}
for _line in _NAMES.split("\n"):
    _field, _, _words = _line.partition(": ")
    if _words:
        NAMES[_field] = (*NAMES.get(_field, ()), *_words.split())
"""Names of columns by field, best first, in lower case and without signs and spaces."""

OWN_NAMES = frozenset(
    {"text", "title", "published_on", "source", "url", "country", "language", "id"}
)
"""The names that mapgen itself gives to columns; a file with these alone needs no remark."""

_CONTAINERS = frozenset({"fields", "_source", "attributes", "article", "webfields"})
_INNER = frozenset({"rendered", "main", "$t", "#text", "_value", "value", "plain"})
_DAYLIKE = re.compile(r"date|day|time|publi|posted|updated|modified|created|seen", re.IGNORECASE)
_WORDY = re.compile(r"[^\W\d_]{2,}\s+\S+\s+\S")
_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
_SHOWN = 12  # columns of a file in a message


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """The columns of a table of articles, by field."""

    text: tuple[str, ...]  # the column, then those that stand in where it is empty
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    country: str | None = None
    language: str | None = None
    id: str | None = None
    n_unread: int = 0  # other columns
    remarks: tuple[str, ...] = ()  # what a user should know, such as days that are not read

    def line(self, day_order: str | None) -> str:
        """Return the mapping in the form of ``--columns``, for the user.

        Parameters
        ----------
        day_order
            Order of the numbers in the days, if it was needed.
        """
        pairs = [f"text={self.text[0]}"]
        if len(self.text) > 1:
            pairs[0] += f" (where empty: {', '.join(self.text[1:])})"
        for field in ("title", "date", "source", "url", "country", "language", "id"):
            column = getattr(self, field)
            if column is not None:
                order = f":{day_order}" if field == "date" and day_order else ""
                pairs.append(f"{field}={column}{order}")
        return f"columns {', '.join(pairs)}" + ("" if self.date else "; none for the day")

    @property
    def is_own(self) -> bool:
        """Whether all columns have the names that mapgen itself gives, and nothing is to be told.

        If there is no day, one of the columns that were not read may be meant for it.
        """
        used = {*self.text, self.title, self.date, self.source, self.url, self.country}
        used |= {self.language, self.id}
        has_day = self.date is not None or not self.n_unread
        return has_day and not self.remarks and used - {None} <= OWN_NAMES


def recognised(
    name: str, header: Sequence[str], rows: Sequence[Cells], chosen: ChosenColumns
) -> Columns:
    """Return the columns of a table of articles.

    Parameters
    ----------
    name
        The file, for messages.
    header
        Names of all columns, in order.
    rows
        The first rows.
    chosen
        Columns that the user named.

    Raises
    ------
    InputError
        If a chosen column is missing, or no column holds the text of articles.
    """
    table = _Table(
        header=header,
        picked={field: _chosen(name, header, field, column) for field, column in chosen.by_field},
        filled={column: _filled(rows, column) for column in header},
    )
    texts = table.texts()
    if not texts:
        raise no_text(name, header)
    date = table.first("date", lambda values: not values or any(map(days_meant, values)))
    if date is None and "published_on" in header:
        date = "published_on"  # our own name: a value that is no day is a fault, not another column
    source = table.first("source", lambda values: not _are_addresses(values))
    url = table.first("url", lambda values: not values or _are_addresses(values))
    if url is None and "url" in header:
        url = "url"  # our own name, as with the day
    if url is None:  # some tools call the address source
        url = table.address()
    others = {field: table.first(field) for field in ("title", "country", "language", "id")}
    return Columns(
        text=texts,
        date=date,
        source=source,
        url=url,
        n_unread=len(set(header) - table.taken),
        remarks=_of_days(header, table.filled, date, table.taken),
        **others,
    )


class _Table:
    """The columns of a table that are not taken yet."""

    def __init__(
        self,
        header: Sequence[str],
        picked: dict[str, str],
        filled: dict[str, list[object]],
    ) -> None:
        self.filled = filled
        self.taken: set[str] = set(picked.values())
        self._picked = picked
        self._by_name: dict[str, str] = {}
        for column in header:
            self._by_name.setdefault(_plain(column), column)

    def texts(self) -> tuple[str, ...]:
        """Take the columns of the text: the one that the user named, or all that hold words."""
        found: tuple[str, ...] = (self._picked["text"],) if "text" in self._picked else ()
        if not found:
            named = self._named("text")
            found = tuple(c for c in named if c == "text" or _is_prose(self.filled[c]))
        self.taken |= set(found)
        return found

    def first(
        self, field: str, fits: Callable[[list[object]], bool] = lambda _: True
    ) -> str | None:
        """Take the best column of a field whose values fit, or None."""
        if field in self._picked:
            return self._picked[field]
        found = next((c for c in self._named(field) if fits(self.filled[c])), None)
        self.taken |= set() if found is None else {found}
        return found

    def address(self) -> str | None:
        """Take a column that is not called an address and holds addresses, or None."""
        columns = (self._by_name[n] for n in ("source", "guid") if n in self._by_name)
        found = next((c for c in columns if _are_addresses(self.filled[c])), None)
        self.taken |= set() if found is None else {found}
        return found

    def _named(self, field: str) -> list[str]:
        """Return the columns with a name of a field, the best first, that are not taken."""
        columns = (self._by_name[n] for n in NAMES[field] if n in self._by_name)
        return [c for c in columns if c not in self.taken]


def header_of(rows: Iterable[Cells]) -> list[str]:
    """Return the names of the columns of rows, in the order in which they first occur."""
    return list(dict.fromkeys(column for row in rows for column in row))


def listed(columns: Sequence[str]) -> str:
    """Return the names of columns for a message; of very many, the first ones."""
    shown = [" ".join(str(column).split())[:60] or "(no name)" for column in columns[:_SHOWN]]
    more = len(columns) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def is_known(column: str) -> bool:
    """Whether a column has a name that tools give to a field of articles."""
    return any(_plain(column) in names for names in NAMES.values())


def is_short(column: str) -> bool:
    """Whether a column has the name of a field that is never long, such as the title."""
    return any(_plain(column) in NAMES[field] for field in NAMES if field != "text")


def no_text(name: str, header: Sequence[str]) -> InputError:
    """Return the refusal of a table without a column for the text."""
    titles = [c for c in header if _plain(c) in NAMES["title"]]
    advice = "Name it with --columns text=COLUMN"
    if titles:
        advice += f", or read the headlines alone with --columns text={titles[0]}"
    problem = f"has no column with the text of articles (it has {listed(header)})"
    return InputError(name, problem, f"{advice}.")


def plain_name(column: str) -> str:
    """Return the name of a column in lower case, without signs and spaces."""
    return re.sub(r"[^a-z0-9.$#_]", "", column.casefold()).replace("_", "")


def _plain(column: str) -> str:
    """Return a name for `NAMES`: ``fields.bodyText`` is bodytext, ``title.rendered`` is title."""
    parts = column.split(".")
    while len(parts) > 1 and parts[0].casefold() in _CONTAINERS:
        parts = parts[1:]
    while len(parts) > 1 and parts[-1].casefold() in _INNER:
        parts = parts[:-1]
    return plain_name(".".join(parts))


def _chosen(name: str, header: Sequence[str], field: str, column: str) -> str:
    """Return a column that the user named, whatever the case of its letters."""
    if column in header:
        return column
    same = [c for c in header if c.strip().casefold() == column.casefold()]
    if same:
        return same[0]
    near = get_close_matches(column, [str(c) for c in header], n=1)
    meant = f" Did you mean {field}={near[0]}?" if near else f" It has {listed(header)}."
    raise InputError(name, f"has no column {column}, which --columns names", meant.strip())


def _filled(rows: Sequence[Cells], column: str) -> list[object]:
    """Return the values of a column that are not empty."""
    values = (row.get(column) for row in rows)
    return [v for v in values if v is not None and not (isinstance(v, str) and not v.strip())]


def _is_prose(values: list[object]) -> bool:
    """Whether at least half of the values have words in them, as sentences do."""
    n = sum(isinstance(value, str) and _WORDY.search(value) is not None for value in values)
    return n > 0 and 2 * n >= len(values)


def _are_addresses(values: list[object]) -> bool:
    """Whether at least half of the values are web addresses."""
    n = sum(
        isinstance(value, str) and _ADDRESS.match(value.strip()) is not None for value in values
    )
    return n > 0 and 2 * n >= len(values)


def _of_days(
    header: Sequence[str],
    filled: Mapping[str, list[object]],
    date: str | None,
    used: set[str],
) -> tuple[str, ...]:
    """Return remarks on columns that look like the day and are not read."""
    unused = [
        column
        for column in header
        if column not in used
        and looks_like_a_day(filled[column])
        and (_DAYLIKE.search(column) or not _are_numbers(filled[column]))
    ]
    remarks = []
    if unused:
        verb = "looks like a day and is" if len(unused) == 1 else "look like days and are"
        remarks.append(f"{listed(unused)} {verb} not read; --columns date={unused[0]} reads it")
    if date is None:
        for column in header:
            values = filled[column]
            if _plain(column) in NAMES["date"] and values and column not in used | set(unused):
                shown = " ".join(str(values[0]).split())[:40]
                remarks.append(f"{column} holds no day that can be read ({shown})")
    return tuple(remarks)


def _are_numbers(values: list[object]) -> bool:
    """Whether values are numbers or digits alone, which may be ids."""
    return all(isinstance(v, int | float) or str(v).strip().isdigit() for v in values)
