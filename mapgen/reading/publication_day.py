"""Settle on which day an article was published, and how that is known.

The draft of an article and the day that the user gives come in; a day, its basis and what the user
should know of it go out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from mapgen.core.clean_text import plain
from mapgen.errors import InputError
from mapgen.reading.printed_day import (
    MONTHS,
    day_in_name,
    open_day,
    printed_day,
    printed_without_year,
    year_in,
)
from mapgen.reading.read_text import BASES
from mapgen.settings import parse_day

if TYPE_CHECKING:
    from mapgen.reading.read_text import ArticleDraft

_LAST_OF_YEAR = (12, 31)


_HEAD_CHARS = 3_000  # of a text, in which a day is printed
_WRAPPED_DAY = re.compile(  # "GOMA, 14 February" over "2025", in a narrow column
    rf"(?im)(\b\d{{1,2}} (?:{'|'.join(MONTHS)}),?|\b(?:{'|'.join(MONTHS)}) \d{{1,2}},)[ \t\r]*\n"
    r"(?=(?:19|20)\d\d\b)"
)


@dataclass(frozen=True, slots=True)
class PublicationDay:
    """The day of publication, its basis (see `BASES`), and a note for the user."""

    day: date | None
    basis: str | None
    note: str | None = None


def publication_day(where: str, draft: ArticleDraft, given: date | None) -> PublicationDay:
    """Return the day that an article states, prints or, if it does neither, was given.

    A day that is printed without its year gets the year from the file: from the day in its name,
    from when it says that it was made, or from its notice of copyright; else from the given day.

    Parameters
    ----------
    where
        The article, for messages.
    draft
        What the file states about it.
    given
        Day that the user gives to articles that do not state one.

    Raises
    ------
    InputError
        If the stated day or its basis is none.
    """
    stated = _stated(where, draft)
    if stated is not None:
        return stated
    text = plain(draft.text)
    text = _WRAPPED_DAY.sub(r"\1 ", text[:_HEAD_CHARS]) + text[_HEAD_CHARS:]
    if "|" in text:  # at the ends of a row of a table
        text = "\n".join(line.strip(" \t\r|") for line in text.split("\n"))
    day = printed_day(text, draft.title) or printed_day("\n".join(draft.running_heads))
    if day is not None:
        return PublicationDay(day, "printed")
    short = printed_without_year(text)
    if short is not None:
        made = _made_on(where, draft) or _end_of(year_in(text))
        day = short.before(made) if made is not None else None
        if day is not None:
            return PublicationDay(day, "printed")
        near = short.near(given) if given is not None else None
        if near is not None:
            return PublicationDay(near, "given")
    if given is not None:
        return PublicationDay(given, "given")
    open_words = short.words if short is not None else open_day(text)
    if open_words is None:
        return PublicationDay(None, None)
    why = "has no year" if short is not None else "can be read in two ways"
    return PublicationDay(
        None, None, f"its day {open_words} {why}; say which is meant with --published-on"
    )


def _made_on(where: str, draft: ArticleDraft) -> date | None:
    """Return when the file was made: by its name, its address or its own word."""
    named = day_in_name(PurePath(where).name) or day_in_name(draft.url or "")
    if named is not None or draft.made_on is None:
        return named
    return date.fromisoformat(draft.made_on)


def _stated(where: str, draft: ArticleDraft) -> PublicationDay | None:
    """Return the day of publication that the file states, and its basis."""
    if draft.published_on is None:
        return None
    try:
        day = parse_day(draft.published_on)
    except ValueError as err:
        advice = "Write it like 2024-12-06, or leave it out."
        problem = f"has a published_on that is not a date ({draft.published_on})"
        if "is not between" in str(err):
            problem = f"has an impossible published_on ({err})"
        raise InputError(where, problem, advice) from err
    basis = draft.published_on_basis or "printed"
    if basis not in BASES:
        problem = f"has an unknown published_on_basis ({basis})"
        raise InputError(where, problem, f"Write one of {', '.join(BASES)}.")
    return PublicationDay(day, basis)


def _end_of(year: int | None) -> date | None:
    return None if year is None else date(year, *_LAST_OF_YEAR)
