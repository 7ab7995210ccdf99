"""Find words of movement that tell of no flight: aid that comes, staff that is moved, the dead.

A text and the offsets of a sentence come in. The stretches of it in which "reached" is said of aid,
"relocated" of those who work for somebody, or "displaced" of those who were killed, go out.
"""

from __future__ import annotations

import re

from mapgen.coding.english.other_travellers import other_journeys
from mapgen.coding.english.patterns import one_of

_AID = one_of(
    [
        "aid",
        "agencies",
        "agency",
        "assistance",
        "boreholes",
        "campaign",
        "cash",
        "charities",
        "clinic",
        "clinics",
        "convoy",
        "convoys",
        "deliveries",
        "distribution",
        "distributions",
        "drive",
        "food",
        "kits",
        "kitchen",
        "kitchens",
        "meals",
        "NGO",
        "NGOs",
        "outreach",
        "packages",
        "parcels",
        "partners",
        "programme",
        "programmes",
        "project",
        "rations",
        "relief",
        "response",
        "services",
        "supplies",
        "teams",
        "transfers",
        "trucking",
        "vaccination",
        "vaccinations",
        "vaccines",
        "vouchers",
        "water",
    ]
)
_HELPS = one_of(
    [
        "assist",
        "assisted",
        "assisting",
        "assists",
        "benefit",
        "benefited",
        "benefits",
        "cover",
        "covered",
        "covers",
        "fed",
        "feed",
        "feeding",
        "feeds",
        "reach",
        "reached",
        "reaches",
        "reaching",
        "serve",
        "served",
        "serves",
        "serving",
        "supplied",
        "supplies",
        "supply",
        "supported",
        "supports",
        "treat",
        "treated",
        "treats",
    ]
)
_PEOPLE = one_of(
    [
        "beneficiaries",
        "children",
        "displaced",
        "families",
        "households",
        "IDPs",
        "individuals",
        "people",
        "persons",
        "refugees",
        "residents",
        "women",
    ]
)
_REACHED = re.compile(
    rf"""
    (?: ^ | (?<= [,;:.•] ) ) (?P<clause> [^,;.]*? \b {_AID} \b [^,;.]{{0,60}}? \b {_HELPS} \s
        (?: [a-z-]+ \s ){{0,4}}? [\d.,]+ \s (?: \w+ \s ){{0,2}}? {_PEOPLE} \b
        (?: [^,;.] | [.,] (?= \d ) )* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "only 9,400 people have been reached in X"
_WAS_REACHED = re.compile(
    rf"""
    (?P<clause> [\d.,]+ \s (?: \w+ \s ){{0,2}}? {_PEOPLE} \s
        (?: are | have \s been | were ) \s (?: so \s far \s | already \s )?
        (?: assisted | fed | reached | served | supported | treated | vaccinated ) \b [^;.]* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OF_WHOM = one_of(
    [
        "agency",
        "aid",
        "charity",
        "consular",
        "diplomatic",
        "embassy",
        "essential",
        "foreign",
        "humanitarian",
        "hospital",
        "international",
        "medical",
        "NGO",
        "non-essential",
        "relief",
        "U.N.",
        "UN",
    ]
)
_STAFF = one_of(["employees", "personnel", "staff", "staffers", "team", "teams", "workers"])
_OFFICE = one_of(["bureau", "headquarters", "office", "offices", "operations"])
_IS_MOVED = one_of(
    ["evacuated", "flown", "moved", "pulled", "redeployed", "relocated", "transferred", "withdrawn"]
)
_MOVES = one_of(
    [
        "evacuated",
        "moved",
        "pulled",
        "redeployed",
        "relocated",
        "shifted",
        "transferred",
        "withdrew",
    ]
)
_MOVED = re.compile(
    rf"""
    (?P<clause>
        \b (?: [Aa]gencies | [Hh]umanitarians | NGOs | [Pp]artners ) \s (?: had \s | have \s )?
        (?: evacuated | moved | pulled \s out | relocated | withdrew | withdrawn ) \b [^;.]*
      |
        \b (?: {_OF_WHOM} \s (?: \w+ \s )? {_STAFF} | aid \s workers | ambassadors? | diplomats
          | peacekeepers )
        \s (?: (?: and | or | from | in | at | of ) \s [^,;.]{{1,40}}? \s )?
        (?: has | have | had | is | are | was | were ) \s (?: been \s | being \s | also \s )*
        {_IS_MOVED} \b [^;.]*
      | \b {_MOVES} \s (?: out \s )? (?: (?: \d+ | all | most | some | part | many ) \s )?
        (?: of \s )? (?: its | their | his | her | our ) \s (?: [\w-]+ \s ){{0,3}}?
        (?: {_STAFF} | {_OFFICE} | diplomats ) \b [^;.]*
      | \b (?: its | their ) \s (?: [\w-]+ \s ){{0,2}}? (?: {_STAFF} | {_OFFICE} ) \s
        (?: has | have | had | is | are | was | were ) \s (?: been \s )? {_IS_MOVED} \b [^;.]*
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


# "killed eight people, among them two displaced from Y", "five of those killed had fled Y"
_DEAD = one_of(["dead", "died", "deaths", "injured", "killed", "killing", "victims", "wounded"])
_WAS_DISPLACED = re.compile(
    rf"""
    \b {_DEAD} \b [^;.]{{0,80}}?
    (?P<clause>
        \b (?: among \s (?:them|whom) | including | (?:of|some\sof) \s (?:them|whom) ) \b
        [^;.]{{0,60}}? \b (?: displaced | fled | escaped | evacuated ) \b [^;.]* )
    | \b (?: (?: those | civilians | men | people | residents | women ) \s
              (?: who \s (?: were | had \s been ) \s )? (?: injured | killed | wounded )
            | the \s dead | victims ) \b
        [^;.,]{{0,50}}? \s
        (?P<of> had \s (?: \w+ \s )? (?: been \s displaced | escaped | fled ) \b [^;.]* )
    """,
    re.VERBOSE,
)


# "900 newcomers to the voters' roll", "the airport counted 6,300 arrivals", "900 pilgrims arrived"
_ENROLLED = re.compile(
    r"""
    (?P<clause>
        (?: ^ | (?<= [;.] ) ) [^;.]*?
        \b (?: (?: electoral | voters['’]? | nominal ) \s (?: list | register | roll )
          | (?: airlines? | airport | census | hotels? | schools? | tourist \s (?: board | office )
            | university ) \b [^;.]{0,40}? \b (?: counted | enrolled | recorded | registered )
            \s [^;.]{0,40}? \b (?: arrivals | newcomers | visitors )
          | thieves | looters | robbers | stock \s exchange
          | in \s (?: an? | the ) \s (?: \w+ \s )? (?: marathon | race | regatta | triathlon )
        ) \b [^;.]*
      | [\d.,]+ \s (?: \w+ \s )? (?: delegates | fans | pilgrims | spectators | supporters
          | tourists | visitors | worshippers ) \s (?: had \s | have \s )?
        (?: arrived | came | come | gathered | reached | travelled ) \b [^;.]* )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def clauses_of_no_flight(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the offsets of the clauses of a sentence about aid, staff, the dead or visitors.

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of the sentence.

    Examples
    --------
    >>> clauses_of_no_flight("Food rations in Taiz reach 9,000 people.", 0, 40)
    [(0, 39)]
    """
    words = text[start:end]
    forms = (_REACHED, _WAS_REACHED, _MOVED, _ENROLLED)
    found = [m.span("clause") for form in forms for m in form.finditer(words)]
    found += [m.span("clause" if m["clause"] else "of") for m in _WAS_DISPLACED.finditer(words)]
    found += other_journeys(words)
    return [(start + first, start + last) for first, last in found]
