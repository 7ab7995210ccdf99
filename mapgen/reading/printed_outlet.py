"""Find the outlet that an article names at its head: in its dateline, its byline or a source line.

"GOMA, Feb 16 (Reuters) - ..." was printed by Reuters, and so was "By Jane Doe for Reuters". An
outlet in running text ("state television said") is a source of the article, never its outlet.
"""

from __future__ import annotations

import re

from gazetteer.country_codes import is_country_name
from mapgen.core.words import initials

_NAME = r"(?P<name>[A-Z][\w&.'’/-]*(?: [\w&.'’/-]+){0,4})"
_DATELINE = re.compile(
    r"\*{0,2}(?P<town>[A-Z][^.!?()]{1,40}(?:[.][^.!?()]{1,20})?)"
    rf"\({_NAME}\)\*{{0,2}}\s*(?:[—–]|-{{1,2}}(?=\s)|:\s)"
)
_BYLINE = re.compile(rf"By [A-Z].{{2,80}}?(?:,| for| of| in [A-Z]\w+ for| \||\s[/—–-]) {_NAME}")
_SIGNED = re.compile(r"(?:[\w-]+ ){0,3}?[Bb]y [A-Zt]")
_SOURCE_LINE = re.compile(rf"(?:Source|Published by|Publisher|Outlet): {_NAME}")
_OUTLET_WORD = re.compile(
    r"\b(?:Agence|Agency|Bloomberg|Broadcasting|Chronicle|Courier|Daily|Dispatch|Gazette|"
    r"Guardian|Herald|Independent|Jazeera|Journal|Mail|Media|Monitor|News|Newspaper|Observer|Post|"
    r"Press|Radio|Record|Reuters|Review|Standard|Star|Sun|Telegraph|Television|Times|Tribune|TV|"
    r"Week|Weekly|Wire|Xinhua)\b"
)
_LETTERS = re.compile(r"[A-Z]{2,5}")
_LINES_READ = 8
_MOST_WORDS = 14  # in a byline or a source line


def printed_outlet(text: str) -> str | None:
    """Return the outlet that an article names at its head, or None.

    Only the first lines are searched. In a dateline any name in brackets before the dash is the
    outlet, unless it is a country ("KHARTOUM (Sudan) -") or holds a number. A byline may also end
    with a town or a post ("By Jane Doe, Africa editor"), so there the name must look like that of
    an outlet.

    Parameters
    ----------
    text
        The text of the article.

    Returns
    -------
    str or None
        The outlet as the article writes it, without "The" before it.
    """
    for line in [line.strip() for line in text[:3000].splitlines() if line.strip()][:_LINES_READ]:
        dateline = _DATELINE.match(line)
        if dateline is not None and _is_dateline(dateline["town"], dateline["name"]):
            return _plain_name(dateline["name"])
        named = _in_byline(line)
        if named is not None:
            return named
        if len(line.split()) > _MOST_WORDS:
            continue
        for form in (_BYLINE, _SOURCE_LINE):
            match = form.fullmatch(line.strip("*_ "))
            if match is not None:
                name = _plain_name(match["name"])
                if form is _SOURCE_LINE or _OUTLET_WORD.search(name) or _LETTERS.fullmatch(name):
                    return name
    return None


def _in_byline(line: str) -> str | None:
    """Return the outlet among the names of a byline: "By Jane Doe, The Courier, GOMA, 16 March"."""
    if not _SIGNED.match(line) or len(line.split()) > _MOST_WORDS + 10:
        return None
    names = [part.strip() for part in line.split(",")[1:]]
    fits = [n for n in names if re.fullmatch(_NAME, n) and not re.search(r"\d|\b[a-z]{4,}", n)]
    return next((_plain_name(n) for n in fits if _OUTLET_WORD.search(n)), None)


def _is_dateline(town: str, name: str) -> bool:
    """Whether a name in brackets is that of an outlet behind a town, not "RSF (Rapid ...) -"."""
    first = re.split(r"[\s,]", town, maxsplit=1)[0]
    if initials(name) == first or is_country_name(name) or any(c.isdigit() for c in name):
        return False
    return (first.isupper() and len(first) > 1) or bool(_OUTLET_WORD.search(name))


def _plain_name(name: str) -> str:
    return re.sub(r"^The (?=[A-Z])", "", name.strip())
