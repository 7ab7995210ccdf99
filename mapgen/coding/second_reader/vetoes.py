"""Leave out what the network alone takes for a capture or a flight, where plain words say no.

A mark and the words of its sentence come in; whether the words rule it out goes out. On the sets
`a` to `o` of ``tests/eval`` less than a third of the network's captures beside such words was
right, of the others two thirds. The claims of the rules have rules of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.aid_and_staff import clauses_of_no_flight
from mapgen.coding.english.by_agreement import INVITED
from mapgen.coding.english.containers import is_around_another
from mapgen.coding.english.goals_meant import is_only_meant
from mapgen.coding.english.led_movements import AMONG
from mapgen.coding.english.patterns import OF_A_SORT, WENT_HOME
from mapgen.coding.english.people_heard import people_heard
from mapgen.coding.english.stays_ended import stays_ended
from mapgen.coding.english.times_gone import opens_in_past
from mapgen.coding.second_reader import labels as says
from mapgen.coding.second_reader.at_home import tells_who_lives
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS
from mapgen.core.tables.in_force import per_tables
from mapgen.model import Kind, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.second_reader.reader import Mark

_LIKELY = 0.5
_BEHIND = 40  # characters behind a figure
_AFTER = 160  # characters behind a name that can speak of its loss

_LOST_AGAIN = re.compile(
    r"\b(?:thrown|driven|drove|pushed|beaten|forced|fought)\b[\w ]{0,20}\b(?:off|away|back|out)\b"
    r"|\b(?:expelled|repelled|repulsed|by-?passed|left (?:it|them) again|turned back"
    r"|withdrew again|held against|without stopping)\b"
    r"|\bbefore (?:withdrawing|leaving|pulling (?:back|out)|retreating|being (?:driven|pushed))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:remains?|remained|still|stays?|stayed|is again|are again|would|could|(?-i:may)|might"
    r"|will|shall|should|must|plans to|wants? to|intends? to|unless|until|if|next|advances? on)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|false|untrue|rumou?rs?|retracted|misread|no longer)\b", re.IGNORECASE
)
# who held a town before it was taken: "The army had held the town since 11 May"
_HELD_BEFORE = re.compile(
    r"(?<!said it )(?<!said they )\bhad (?:been )?(?:controlled|held|occupied|ruled)\b"
    r"|\bever (?:captured|controlled|held|seized|took)\b"
    # "Last September the rebels held the town too"
    r"|\bLast (?:[A-Z][a-z]{2,8}|spring|summer|autumn|winter|year)\b[^.;]{0,60}?"
    r"\b(?:controlled|held|ruled)\b"
)
# "the units in both villages fell back to X and Y": they were taken from nobody
_FELL_BACK = re.compile(
    r"\b(?:f[ae]ll(?:en|ing)?|pull(?:ed|ing)?|mov(?:ed|ing)|drew|drawn)\sback\s(?:in)?to\b[^.;]{0,60}$"
    r"|\b(?:retreat(?:ed|ing)?|withdr[ae]w(?:n|ing)?)\s(?:in)?to\b[^.;]{0,60}$",
    re.IGNORECASE,
)
# "all contact with Y was lost", "prices in Y fell": no place changed hands
_NO_GROUND = re.compile(
    r"\b(?:communications?|connections?|contact|power|touch|trace)\b[^.;,]{0,20}"
    r"\b(?:in|of|to|with) (?:the )?$"
    r"|\b(?:attendance|prices?|production|rain|rents?|snow|temperatures?|turnout|wages)\b[^.;,]{0,20}"
    r"\b(?:at|in|of) (?:the )?$",
    re.IGNORECASE,
)
# "captured twelve soldiers in Y": men and weapons are taken, no ground
_CAPTURED_MEN = re.compile(
    r"\b(?:captured|capturing|detained|seized|seizing|took)\s(?:[\w-]+\s){0,5}?"
    r"(?:ammunition|arms|cattle|civilians|convoys?|crew|drones?|equipment|fighters|hostages?"
    r"|livestock|men|militants|officers|people|pilots?|prisoners?|rebels|rifles|servicemen|soldiers"
    r"|tanks?|troops|trucks?|vehicles?|weapons|women)\s(?:[\w-]+\s){0,2}?"
    r"(?:around|at|in|near|outside)\s(?:the\s(?:city|town|village)\sof\s)?$",
    re.IGNORECASE,
)
_LOST_OR_FELL = re.compile(r"^[^.;]{0,40}\b(?:fell|fallen|lost)\b")
# "Y remained in rebel hands, as did Z": Z was not taken
_STAYED_TOO = re.compile(
    r"\b(?:remain\w*|stay\w*|still)\b[^.;]*[,;]\s(?:and\s)?(?:as|so)\s"
    r"(?:are|did|do|does|is|was|were)\s(?:the\s)?$"
)
# "So was Y": the sentence before says what was so, and the rules read it
_SO_IS = re.compile(r"\W*(?:And\s)?[Ss]o,?\s(?:are|did|do|does|had|has|have|is|was|were)\s")
_WHOLE = re.compile(
    r"\b(?:all|whole|entire|entirety|most|rest|much|control)(?: of)?(?: the| its)? $", re.IGNORECASE
)
_AREA_BEHIND = re.compile(
    r"\s?(?:provinces?|states?|regions?|governorates?|count(?:y|ies)|districts?|oblasts?"
    r"|departments?|islands?|peninsula)?,? (?:has |have |had |was |were |is |are |now )*"
    r"(?:fallen|fell|falls|taken|captured|seized|overrun|occupied|lost|retaken|recaptured)\b",
    re.IGNORECASE,
)


def is_ruled_out(mark: Mark, text: str) -> bool:
    """Whether the words of a sentence rule out that a place was captured and is held.

    Parameters
    ----------
    mark
        The place that the network takes for captured.
    text
        Text of the article.
    """
    start, end = mark.sentence
    behind = text[mark.span.end : min(end, mark.span.end + _AFTER)]
    if _LOST_AGAIN.search(behind) or _NOT_YET.search(behind):
        return True
    if _CAPTURED_MEN.search(text, start, mark.span.start):
        return True
    if opens_in_past(text, start, mark.span.start):
        return True
    if _NO_GROUND.search(text, start, mark.span.start) and _LOST_OR_FELL.match(behind):
        return True
    if INVITED.search(text, start, end) or _DENIED.search(text, start, end):
        return True
    if _STAYED_TOO.search(text, start, mark.span.start) or _SO_IS.match(text, start, end):
        return True
    if _HELD_BEFORE.search(text, start, end) or _FELL_BACK.search(text, start, mark.span.start):
        return True
    return _is_scene(mark, text)


_AIDED = re.compile(
    r"\b(?:agenc(?:y|ies)|convoys?|NGOs?|partners|teams?|trucks|volunteers)\b[^.;]{0,60}?"
    r"\b(?:assisted|delivered|distributed|fed|provided|reached|reach|served|supplied|treated)\b",
    re.IGNORECASE,
)
_TO_HOSPITAL = re.compile(
    r"\b(?:airlifted|brought|carried|flown|rushed|taken|transferred)\b[^.;,]{0,20}\bto\b[^.;,]{0,30}"
    r"\b(?:clinic|hospital|morgue|mortuary)s?\b"
    r"|\b(?:bodies|corpses|remains)\b[^.;]{0,60}\b(?:brought|carried|flown|moved|taken)\b"
    r"|\bambulances?\s(?:had\s|have\s|has\s)?(?:also\s)?(?:brought|carried|moved|took|transferred)\b",
    re.IGNORECASE,
)
_BY_PHONE = re.compile(
    r"\b(?:contacted|reached) (?:by|on the|over the) (?:phone|radio|telephone)\b"
)
_LIES_ON = re.compile(
    r"\b(?:stranded|stuck|trapped|blocked|queu\w+)\b[^.;,]{0,30}\broads? (?:to|toward|towards) $"
)
# "opening the road south to the lake port of Uvira": nobody is said to have gone there
_WAY_OPEN = re.compile(
    r"\b(?:clear|open|block|cut|clos|sever)\w*\s(?:up\s|off\s)?(?:an?|the)\s(?:[\w-]+\s){0,2}"
    r"(?:access|gates?|highway|path|road|route|way)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
_FORCES = (
    r"\b(?:army|battalions?|brigades?|columns?|fighters|forces|garrison|gunmen|insurgents|jihadists"
    r"|militants|militia\w*|rebels|soldiers|tanks|troops|units)\b[^.;,]{0,20}\b"
)
# "Residents had fled before the rebels arrived in Y": nobody fled to Y
_FORCES_CAME = re.compile(
    rf"\b(?:after|as|before|by the time|once|until|when|while)\b[^.;,]{{0,40}}{_FORCES}"
    r"(?:advanced|arrived|came|entered|marched|moved|reached|rolled|stormed|swept)\b"
    r"[^.;,]{0,25}$",
    re.IGNORECASE,
)
# "most of our units have left X, some of them for Y"
_FORCES_LEFT = re.compile(
    rf"{_FORCES}(?:fled|gone|left|moved|pulled|retreated|withdrawn|withdrew)\b",
    re.IGNORECASE,
)
_DEAD = re.compile(r"\b(?:dead|died|deaths|killed|killing|wounded|injured)\b", re.IGNORECASE)
_STAFF = re.compile(
    r"\b(?:its|their|his|her|our)\s(?:[\w-]+\s){0,2}"
    r"(?:diplomats|employees|personnel|staff|workers)\b"
    r"|\b(?:aid workers|ambassadors?|diplomats|embassy staff|peacekeepers)"
    r"\s(?:were|was|have|had)\b",
    re.IGNORECASE,
)


_RUMOURED = re.compile(
    r"\W*(?:Unconfirmed|Unverified) (?:accounts|claims|posts|reports|rumou?rs)\b"
)
_TITLE = re.compile(
    r"\b(?:bulletin|dashboard|factsheet|fact sheet|flash update|overview|situation report"
    r"|situation update|sitrep|snapshot|update no|weekly update)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s*$")
_WAY_BACK = re.compile(
    r"\b(?:re-?turn\w*|back|(?<!now )(?<!is )(?<!are )(?<!was )(?<!become )(?<!became )home|homes"
    r"|homecoming|re-?settle\w*|re-?patriat\w*|re-?integrat\w*)\b",
    re.IGNORECASE,
)


_ARE_LEFT = re.compile(
    r"\b(?:are|be|were|was)\s(?:still\s)?left(?=[,.;]|\s(?:behind|in|inside|there|to)\b|$)"
)
_PROTEST_AND_GONE = re.compile(
    r"\b(?:arriv\w+|cross\w+|displaced|escap\w+|evacuat\w+|fle[ed]\w*|returned|shelter\w*|uprooted)\b",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:displaced|escap\w+|evacuat\w+|fle[ed]\w*|uprooted)\b", re.IGNORECASE)


# "in the capital, residents marched on parliament": they left no home
_PROTEST = re.compile(
    r"\b(?:protesters|demonstrators)\b"
    r"|\b(?:civilians|crowds?|people|residents|students|thousands|villagers|women|youths)\b[^.;]*?"
    r"\b(?:demonstrat(?:ed|ing)|march(?:ed|ing)|protest(?:ed|ing)|rallied|rallying"
    r"|took to the streets)\b",
    re.IGNORECASE,
)


_HARDLY_ANY = re.compile(
    r"\W*(?:Few(?!\s(?:days|hours|weeks)\b)|Hardly\sany\w*|Nobody|No\sone|No\smore|None|Only\sa\shandful"
    r"|Not\sa\ssingle|Scarcely\sany\w*)\b"
)


def _only_others(mark: Mark, text: str) -> bool:
    """Whether a sentence tells of rumours, or of people who remain or are harmed, not who left."""
    if _are_victims(mark, text) or _HARDLY_ANY.match(text, *mark.sentence):
        return True
    if opens_in_past(text, mark.sentence[0], mark.span.start):
        return True
    if _RUMOURED.match(text, mark.sentence[0]) or tells_who_lives(text, *mark.sentence):
        return True
    if _PROTEST.search(text, *mark.sentence) and not _PROTEST_AND_GONE.search(text, *mark.sentence):
        return True
    left = _ARE_LEFT.search(text, *mark.sentence) is not None
    return left and _GONE.search(text, *mark.sentence) is None


def is_no_flight(mark: Mark, here: Sequence[Mark], text: str) -> bool:
    """Whether a sentence shows that nobody fled from or to a place.

    So it is where people are only told to leave, where the staff of somebody moves, where aid
    reaches people, where they are stuck on the road to a place, where a country is only that
    of the dead ("most of them miners from Niger"), and in the title of a report.

    Parameters
    ----------
    mark
        The place that people left or reached, as the network has it.
    here
        The marks of its sentence.
    text
        Text of the article.
    """
    if _is_apart(mark, text) or _is_in_title(mark, text) or _only_others(mark, text):
        return True
    if _STAFF.search(text, *mark.sentence) or is_around_another(mark.span.start, text):
        return True
    if _is_told_to_go(mark, text) or _is_other_journey(mark, text) or _opens_on(mark, here, text):
        return True
    figures = [m for m in here if m.figure is not None]
    if any(m.probabilities[says.MOVED] >= _LIKELY for m in figures):
        return False
    meant = mark.reference.meant if mark.reference is not None else None
    is_country = meant is not None and meant.precision == Precision.COUNTRY
    if is_country and _DEAD.search(text, *mark.sentence):
        return True
    reached = any(m.probabilities[says.DESTINATION] >= _LIKELY for m in here if m.figure is None)
    return not reached and mark.probabilities[says.TOLD_TO_LEAVE] >= _LIKELY


# "three residents of X are wounded"
_PEOPLE_OF = re.compile(
    r"\b(?:civilians|children|inhabitants|men|people|persons|residents?|traders?|villagers?|women"
    r"|workers)\s(?:from|in|of)\s(?:the\s)?(?:(?:city|district|town|village)\s(?:of\s)?)?$"
)
_HARMED = re.compile(
    r"[^.;,]{0,25}?\s(?:are|been|is|was|were)\s(?:also\s|still\s|then\s)?"
    r"(?:abducted|arrested|beaten|being treated|dead|detained|executed|hurt|injured|kidnapped"
    r"|killed|shot|treated|wounded)\b"
)


def _are_victims(mark: Mark, text: str) -> bool:
    """Whether people of a place are harmed, which moves nobody: "residents of X were wounded"."""
    start, end = mark.sentence
    named = _PEOPLE_OF.search(text, start, mark.span.start) is not None
    return named and _HARMED.match(text, mark.span.end, end) is not None


_TOLD = re.compile(
    r"\b(?:advis|ask|call|direct|instruct|order|urg|warn)(?:e[ds]|s|ed|ing)?\b[^.;]{0,60}$"
    r"|\b(?:tells?|told)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_TO_GO = re.compile(r"[^.;]{0,60}?\bto\s(?:evacuate|flee|go|leave|move|relocate)\b")


def _is_told_to_go(mark: Mark, text: str) -> bool:
    """Whether people of a place are told to leave: "instructed the inhabitants of X to leave"."""
    start, end = mark.sentence
    told = _TOLD.search(text, start, mark.span.start) is not None
    return told and _TO_GO.match(text, mark.span.end, end) is not None


_SCENE = re.compile(r"\W*(?:Across|In|Inside|Within)\s(?:the\s)?$")
_SCENE_ENDS = re.compile(r"(?:\s(?:county|district|province|state|territory|town))?,\s")


def _opens_on(mark: Mark, here: Sequence[Mark], text: str) -> bool:
    """Whether a name only opens a sentence on people who came elsewhere: "In X, 300 came to Y"."""
    opens = _SCENE.fullmatch(text, mark.sentence[0], mark.span.start) is not None
    if not opens or _SCENE_ENDS.match(text, mark.span.end) is None:
        return False
    others = (m for m in here if m.figure is None and m.span != mark.span)
    return any(m.probabilities[says.DESTINATION] >= _LIKELY for m in others)


def _is_other_journey(mark: Mark, text: str) -> bool:
    """Whether a place is where only aid, the wounded, vehicles or a road go, or a mere plan."""
    before = (mark.sentence[0], mark.span.start)
    if is_only_meant(text, *before):
        return True
    if any(p.search(text, *before) for p in (_LIES_ON, _WAY_OPEN)):
        return True
    reached = mark.probabilities[says.DESTINATION] > mark.probabilities[says.ORIGIN]
    if not reached and _GOT_OFF.search(text, *before):
        return True
    if reached and (_FORCES_CAME.search(text, *before) or _only_forces(mark, text)):
        return True
    moved = _TO_HOSPITAL.search(text, *mark.sentence) or _AIDED.search(text, *mark.sentence)
    return moved is not None or _only_vehicles(mark, text)


# "came off the ferry in X": where people arrive they do not leave
_GOT_OFF = re.compile(
    r"\b(?:came|climbed|got|stepped|walked)\s(?:down\s)?(?:off|out of)\s(?:an?|the|their)\s"
    r"(?:boats?|bus|buses|canoes?|ferry|lorry|plane|ship|train|trucks?)\s(?:at|in|on)\s(?:the\s)?$"
)
_VEHICLES = re.compile(
    r"\b(?:armou?red vehicles|columns|convoys?|jeeps|lorr(?:y|ies)|pick-?ups|tanks|trucks"
    r"|barrels|sacks|tonnes|tons|vehicles)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\b(?:children|civilians|crammed|displaced|elderly|escap\w+|evacu\w+|famil(?:y|ies)|flee\w*|fled"
    r"|households|inhabitants|men|migrants|packed|passengers|people|persons|refugees|residents"
    r"|returnees|thousands|hundreds|villagers|women)\b",
    re.IGNORECASE,
)


def _only_vehicles(mark: Mark, text: str) -> bool:
    """Whether vehicles move in a sentence, and no people: "the trucks going towards Gashena"."""
    start, end = mark.sentence
    return _VEHICLES.search(text, start, end) is not None and not _PEOPLE.search(text, start, end)


def _only_forces(mark: Mark, text: str) -> bool:
    """Whether forces left a place in a sentence, and no people."""
    start, end = mark.sentence
    left = _FORCES_LEFT.search(text, start, mark.span.start)
    return left is not None and not _PEOPLE.search(text, start, end)


def is_no_count(mark: Mark, text: str) -> bool:
    """Whether a figure counts people who were only asked, or to whom aid came.

    Parameters
    ----------
    mark
        The figure.
    text
        Text of the article.
    """
    start, end = mark.sentence
    if _TO_HOSPITAL.search(text, start, end) or _is_apart(mark, text):
        return True
    if tells_who_lives(text, start, end) or _counts_fighters(mark, text):
        return True
    sort = OF_A_SORT.search(text, mark.span.start, min(end, mark.span.end + _BEHIND))
    if WENT_HOME.match(text, mark.span.end, end) or (sort and sort.start() <= mark.span.end):
        return True
    behind = text[mark.span.start : min(end, mark.span.end + _BEHIND)]
    if _SPEAKERS.match(text, mark.span.start, end) or _is_whole(mark, text):
        return True
    return _BY_PHONE.search(behind) is not None or _AIDED.search(text, start, end) is not None


def _counts_fighters(mark: Mark, text: str) -> bool:
    """Whether a figure counts armed men: "several thousand Maoists lay above Y"."""
    found = _figure_of_men().match(text, mark.span.start, mark.sentence[1])
    return found is not None and _PEOPLE.search(found[0]) is None


@per_tables
def _figure_of_men() -> re.Pattern[str]:
    """Return the pattern of a figure and the word for fighters right behind it."""
    nouns = "|".join(sorted((FORCE_WORDS | REBEL_WORDS) - GROUP_WORDS))
    return re.compile(
        r"(?:(?:a|few|several|some|\d[\d,.]*|dozens?|hundreds?|thousands?|of)\s){1,4}"
        rf"(?:(?!by|from|in|near|to|who)[a-z-]+\s)?(?i:{nouns}|maoists)\b"
    )


_OF_WHOSE = re.compile(
    r"\bOf\s(?:its|their|(?:[\w'’-]+\s){0,3}[\w-]+['’]s)\s(?:about\s|estimated\s|some\s)?$"
)
_ALL_OF_THEM = re.compile(
    r"[^,;.\d]{0,30}?(?:,\s|\s(?=(?:about|almost|around|at\sleast|more|nearly|over|some)\b|\d))"
)


def _is_whole(mark: Mark, text: str) -> bool:
    """Whether a figure counts those who lived there: "Of X's 60,000 residents, 900 went to Y"."""
    if _OF_WHOSE.search(text, mark.sentence[0], mark.span.start) is None:
        return False
    return _ALL_OF_THEM.match(text, mark.span.end, mark.sentence[1]) is not None


def is_mere_example(mark: Mark, ends: Sequence[Mark], text: str) -> bool:
    """Whether a place is only one of those from or to which people went, told before it.

    "900 people arrived from X County, among them those from Y": the 900 are not all from Y.

    Parameters
    ----------
    mark
        The place.
    ends
        The places with the same role in its sentence.
    text
        Text of the article.
    """
    among = AMONG.search(text, mark.sentence[0], mark.span.start)
    return among is not None and any(m.span.end <= among.start() for m in ends)


_PART = re.compile(
    r"\b(?:of (?:them|these|those|whom)|including|among (?:them|these|those|whom))"
    r"(?: (?:about|almost|around|at least|more than|nearly|over|some))?(?: an?)? $"
)

_MOVED = re.compile(
    r"\s(?:(?:are|had|has|have|were)\s)?(?:already\s|since\s)?(?:arriv\w+|came|cross\w+|fled|gone"
    r"|headed|left|made|mov\w+|reached|sheltering|staying|walked|went)\b"
)


# "two residents and a security source said": those who speak
_SPEAKERS = re.compile(
    r"(?:[\w-]+\s){1,4}(?:aid workers|commanders|councillors|diplomats|doctors|elders|fishermen"
    r"|lawmakers|medics|officers|officials|people|residents|sources|survivors|teachers|villagers"
    r"|witnesses)\b(?:,? (?:and|or) (?:[\w-]+ ){1,6}?)? ?"
    r"(?:(?:have |has )?(?:said|say|says|told|tell|reported|confirmed)\b|who (?:spoke|asked)\b)"
)


def is_mere_part(mark: Mark, text: str) -> bool:
    """Whether a figure counts some of those counted before: "900 people, including 40 orphans".

    Without a place of its own it tells of no movement of its own.
    """
    before = _PART.search(text, mark.sentence[0], mark.span.start)
    return before is not None and _MOVED.match(text, mark.span.end) is None


# "the administrator of X asked residents of Y to leave": X is not told to leave
_TO_STAY = re.compile(
    r"\b(?:advis|ask|instruct|order|tell|told|urg|warn)\w*\b[^.;]{0,60}?\bto\s(?:keep|remain|shelter|stay)\b"
)
_OFFICE = re.compile(
    r"\b(?:administrator|authorities|chief|commander|commissioner|council|governor|leaders|mayor"
    r"|officials|prefect|spokes\w+)\s(?:in|of)\s(?:the\s)?(?:\w+\s(?:of|in)\s)?$"
)


def is_otherwise(kind: Kind, mark: Mark, text: str) -> bool:
    """Whether words say that nobody came back to a place, was hosted there or told to leave it.

    A sentence on a return says "back", "home" or the like; those whom aid reaches may be at home.

    Parameters
    ----------
    kind
        Kind of the claim that the network makes.
    mark
        The place.
    text
        Text of the article.
    """
    if kind is Kind.EVACUATION_ORDER:
        stay = _TO_STAY.search(text, *mark.sentence) and not _TO_GO.search(text, *mark.sentence)
        return bool(stay) or _OFFICE.search(text, mark.sentence[0], mark.span.start) is not None
    if kind is Kind.RETURN:
        return _WAY_BACK.search(text, *mark.sentence) is None
    if kind is not Kind.HOSTING:
        return False
    if _SHUT_IN.search(text, *mark.sentence) or tells_who_lives(text, *mark.sentence):
        return True
    return _is_apart(mark, text)


# people who cannot leave their homes are hosted by nobody
_SHUT_IN = re.compile(
    r"\bconfined\b(?![^.;]{0,30}\bcamps?\b)|\b(?:cannot|unable to) leave (?:home|their homes)\b"
)


def _is_apart(mark: Mark, text: str) -> bool:
    """Whether a mark stands in a clause about aid or staff, those who speak, or a stay that ended.

    "Clinics in X serve 900 people", "two residents of X reached by phone said", "until last week X
    sheltered 900 people".
    """
    spans = [
        *clauses_of_no_flight(text, *mark.sentence),
        *people_heard(text, *mark.sentence),
        *stays_ended(text, *mark.sentence),
    ]
    return any(start <= mark.span.start < end for start, end in spans)


def _is_in_title(mark: Mark, text: str) -> bool:
    """Whether a mark stands in the title of a report: "Displacement in X - Flash Update 3"."""
    start = text.rfind("\n", 0, mark.span.start) + 1
    line = text[start:].split("\n", 1)[0]
    return _TITLE.search(line) is not None and _SENTENCE_END.search(line) is None


_IN_UNIT = re.compile(r"\W*\bIn\s(?:the\s)?$")
_UNIT = re.compile(
    r"\s(?:cercle|county|district|locality|municipality|province|state|territory|township)\b"
)


def _is_scene(mark: Mark, text: str) -> bool:
    """Whether a province or country only says where something happened: "In Afar ..."."""
    if _IN_UNIT.search(text, mark.sentence[0], mark.span.start) and _UNIT.match(
        text, mark.span.end, mark.sentence[1]
    ):
        return True  # "In X township the posts at Y and Z have been theirs": X was not taken
    meant = mark.reference.meant if mark.reference is not None else None
    if meant is None or Precision(meant.precision) not in {Precision.PROVINCE, Precision.COUNTRY}:
        return False
    if _WHOLE.search(text[max(mark.sentence[0], mark.span.start - 30) : mark.span.start]):
        return False
    return _AREA_BEHIND.match(text[mark.span.end : mark.span.end + 60]) is None
