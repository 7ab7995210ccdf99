"""Find journeys that are no flight: of the wounded, prisoners, staff, visitors, troops and goods.

The words of a sentence come in; the stretches of it that tell of such a journey go out: "aid
workers left X for Z", "the bodies were taken from X to Z", "relocated 60 staff from X". Where
residents go with them ("staff and residents left X") or the verb is "fled", it may be a flight.
"""

from __future__ import annotations

import re

from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list

_NUMBER = r"\d[\d,.]*"
# a word before "staff": no verb, and nothing that names others or where they are
_WORD = (
    r"(?!(?:and|as|at|but|by|escaped|fled|from|had|have|in|into|left|or|said|say|says|saw|that|to|told"
    rf"|were|with)\b)(?:{_NUMBER}|[\w'’.-]+)"
)
# "from the town of X", "of war in X and Y": names, and the words that introduce them
_NAMED = (
    r"(?:\s(?:at|from|in|inside|of|with)\s(?:(?:city|district|the|town|village|of)\s)*"
    r"(?:war|state|[A-Z][\w'’-]*)(?:(?:\s|,\s|\sand\s)[A-Z][\w'’-]*){0,3})"
)
_ALSO = r"(?:(?:all|already|also|both|first|hastily|just|now|recently|safely|since|then|were)\s)?"
_AUX = r"(?:(?:are|be|been|being|had|has|have|is|was|were)\s)"
_TAKEN = (
    r"(?:airlifted|brought|bused|carried|driven|evacuated|ferried|flown|loaded|moved|pulled"
    r"|redeployed|relocated|removed|sent|shipped|taken|transferred|transported|trucked|withdrawn)"
)
_WENT = (
    r"(?:arrived?|bring|brought|came|carried|carry|come|depart(?:ed)?|drove|flew|gone?|headed|leave"
    r"|leaving|left|moved?|reached|sell|set\sout|sold|toured|travel(?:l?ed)?|visited|went|withdrew)"
)
_TOOK = (
    r"(?:airlifted|brought|carried|escorted|evacuated|ferried|flew|moved|pulled(?:\sout)?|redeployed"
    r"|relocated|transferred|transported|withdrawn|withdrew)"
)
# the clause ends where another begins
_REST = (
    r"(?:(?!,?\s(?:after|as|before|when|while)\b|,\s(?:and|but|where|which|who)\b)"
    r"(?:[^;.]|[.](?=\d)))*"
)
_BEGINS = r"(?:^\W*|[,;:.•“\"]\s|\b(?:after|as|because|before|but|since|that|when|while)\s)"
_AT_HOME = re.compile(
    r"\b(?:children|civilians|displaced|evacuees|famil(?:y|ies)|households|IDPs|inhabitants|locals"
    r"|men|people|population|refugees|relatives|residents|returnees|villagers|women)\b",
    re.IGNORECASE,
)
_BESIDE = 40  # characters in which residents who go with them, or are taken, can be named


@per_tables
def _who() -> str:
    """Return the pattern of those whose journey is no flight."""
    known = sorted(word_list("flight", "other_travellers"), key=len, reverse=True)
    return rf"(?i:{'|'.join(w.replace('-', '[ -]') for w in known)})"


@per_tables
def _going() -> re.Pattern[str]:
    """Return the pattern of "three journalists from X have left" and "the dead were taken"."""
    return re.compile(
        rf"{_BEGINS}(?P<clause>(?P<who>(?:{_WORD}\s){{0,5}}?{_who()}"
        rf"(?:,?\s(?:and|or)\s(?:the\s|their\s)?[\w-]+)?{_NAMED}{{0,2}})\s"
        rf"(?:{_ALSO}{_AUX}{{1,2}}{_ALSO}{_TAKEN}|{_ALSO}{_AUX}{{0,2}}{_ALSO}{_WENT})\b"
        rf"(?P<rest>{_REST}))"
    )


@per_tables
def _sent() -> re.Pattern[str]:
    """Return the pattern of "relocated 60 staff from X"."""
    return re.compile(
        rf"\b(?P<clause>(?P<who>{_TOOK}\s(?:{_WORD}\s){{0,4}}?{_who()})\b(?P<rest>{_REST}))"
    )


@per_tables
def _among() -> re.Pattern[str]:
    """Return the pattern of "markets are full of traders from X"."""
    return re.compile(
        rf"\b(?:crowded|filled|full|packed)\s(?:of|with)\s(?P<clause>(?P<who>(?:{_WORD}\s){{0,3}}?"
        rf"{_who()})\s(?P<rest>from\s[^;.]*))"
    )


def other_journeys(words: str) -> list[tuple[int, int]]:
    """Return the offsets of what a sentence tells of journeys that are no flight.

    Parameters
    ----------
    words
        The sentence.

    Examples
    --------
    >>> other_journeys("Three journalists left Goma.")
    [(0, 27)]
    >>> other_journeys("Journalists and residents left Goma.")
    []
    """
    found = [m for form in (_going(), _sent(), _among()) for m in form.finditer(words)]
    return [
        m.span("clause")
        for m in found
        if _AT_HOME.search(f"{m['who']} {m['rest'][:_BESIDE]}") is None
    ]
