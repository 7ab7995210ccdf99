"""Find who says what a sentence states, and what sort of source it is.

A trigger word in its passage comes in; the attribution to a source goes out, or None if the article
itself says it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.source_names import (
    CONJUNCTIONS,
    bare_source,
    is_person,
    named_before,
    names_source,
    of_place,
    own_words,
    person_named,
    speaker_of_line,
)
from mapgen.core.tables.sources import QUOTING, source_of
from mapgen.core.tables.word_lists import word_list
from mapgen.core.words import with_article
from mapgen.model import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.reading.passages import Passage

DENYING = word_list("modality", "denial") - {"fail"}
REPORT = word_list("attribution", "report")
TELLING = frozenset(
    {"acknowledge", "admit", "announce", "celebrate", "claim", "concede", "confirm", "declare"}
    | {"hail", "proclaim", "report"}
)
"""Verbs whose subject took part in what they report.

Whoever announces a capture made it, and whoever admits a loss suffered it.
"""

_OF = re.compile(r"\b(?:of|for|from|in) $")
_COUNTS = frozenset({"number", "figure", "total", "tally", "toll"})
_ACCORDING = re.compile(
    r"""
    (?: \b [Aa]ccording\ to\  | ,\ per\ (?= the\  | [A-Z] ) ) (?: the\  )?
    (?P<who> (?: U\.[NS]\. | [^,.;”\"] )+ )
    """,
    re.VERBOSE,
)
_SAID_FIRST = ["said", "added", "declared", "announced"]
_SAID = ["revealed", "told", "reported", "wrote", "stated", "warned"]
_NO_PRONOUN = r"(?<!\b[Hh]e)(?<!\b[Ss]he)(?<!\b[Ii]t)(?<!\b[Tt]hey)"
_SPOKEN_AFTER = re.compile(
    rf"""
    [”\"] \s* (?P<who> (?: the\  )? [A-Z][^”\".]{{2,90}}? {_NO_PRONOUN} )
    \s+ {one_of([*_SAID_FIRST, *_SAID])} \b
  | [”\"] \s* {one_of(_SAID_FIRST)} \s+ (?P<who2> [^”\".,]{{2,80}} )
    """,
    re.VERBOSE,
)
_OWN_COUNT = one_of(["count", "estimates", "estimate", "tally", "reckoning", "figures"])
_BY_COUNT = re.compile(
    rf"""
    \b [Bb]y\  (?: the\ {one_of(["count", "estimate", "tally", "reckoning"])}\ of\  )?
    (?P<who> (?: the\  )? [A-Z][^,.;]{{1,60}}? )
    (?: (?: ['’]s? )?\  (?: own\  )? {_OWN_COUNT} \b | , )
    """,
    re.VERBOSE,
)
_SAID_LAST = re.compile(
    rf"""
    ,\s (?! (?: when | where | which | whom? | whose ) \b )
    (?P<who> (?: [Tt]he\  | [Aa]n?\  )? [^,;:.“”"]{{2,90}}? ) \s
    {one_of([*_SAID_FIRST, *_SAID, "says"])} \b (?! \s to \s (?: be | have ) \b )
    [^,;“”"]{{0,40}} $
    """,
    re.VERBOSE,
)
_REPORTS = re.compile(r"\breport(?:edly|s)\b|\b(?:was|were|been) reported\b", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s(?:of|that)\b")
_ROLE = [
    ("monitor", r"observatory|monitor|human rights|sohr|think[- ]tank|institute"),
    (
        "organisation",
        r"united nations|\bun\b|unhcr|ocha|iom|unicef|red cross|agency|"
        r"organi[sz]ation|programme|aid workers|charity|msf|"
        r"(?:aid|relief|rights|humanitarian) group",
    ),
    (
        "official",
        r"minist|government|official|president|spokes|governor|mayor|military|army|police|command",
    ),
    (
        "witness",
        r"resident|witness|civilian|villager|local|medic|activist|doctor|nurse|priest|teacher|trader"
        r"|shopkeeper|\bpeople\b|townspeople|worker|rescuer|driver|farmer|elders",
    ),
    ("media", r"media|television|news|reuters|afp|channel"),
    ("party", r"rebel|commander|fighter|group|faction|leader"),
    ("unnamed", r"^reports?$|sources?$"),
]


def role_of(name: str) -> str | None:
    """Return the sort of source that a name is ("official", "witness"), or None."""
    return next((role for role, pattern in _ROLE if re.search(pattern, name, re.IGNORECASE)), None)


def noun_phrase(token: Token, passage: Passage) -> str:
    """Return the whole noun phrase of a token without relative clauses."""
    tokens = [
        t
        for t in own_words(token)
        if not any(
            a.dep_ in {"relcl", "advcl"} and a.i != token.i and token in a.ancestors
            for a in [t, *t.ancestors]
        )
    ]
    tokens.sort(key=lambda t: t.i)
    comma = max((t.i for t in tokens if t.i < token.i and t.text in {",", ";"}), default=-1)
    tokens = [t for t in tokens if t.i > comma]  # words before a comma are not part of the name
    return passage.span_text(tokens).strip(' ,“”"')


@functools.lru_cache(maxsize=2)
def _spelled_out(text: str) -> list[tuple[str, str]]:
    """Return the names in a text that are followed by their acronym, with the acronyms."""
    found = re.finditer(
        r"((?:[A-Z][\w'’-]+|of|for|on|the|and)(?:\s+(?:[A-Z][\w'’-]+|of|for|on|the|and))+)"
        r"\s+\(([A-Z]{2,8})\)",
        text,
    )
    return [(m.group(1).removeprefix("the "), m.group(2)) for m in found]


_ACRONYM = (  # tried in this order
    re.compile(r"\(([A-Z]{2,8})\)"),
    re.compile(
        rf"""
        \b (?: {one_of(["heads", "head", "leads", "runs", "directs", "director", "chief", "of"])}
             | spokes\w+ )
        \s+ (?: of \s+ )? (?: the \s+ )? ([A-Z]{{3,8}}) \b
        """,
        re.VERBOSE,
    ),
    re.compile(r"^([A-Z]{2,8}) \s+ (?: spokes\w+ | officials? ) $", re.VERBOSE),
)
_PERSON = re.compile(  # "rebel commander X", "a Kurdish official X"
    r"""
    (?: [a-z][\w-]* \s+ | [A-Z][a-z]+\  (?= commander | leader | spokes | official ) )+
    (?: commander\  | leader\  | spokes\w+\  | official\  )?
    (?P<name> [A-Z][\w'’-]+ (?: \s+ (?: al- | bin\  | abu\  )? [A-Z][\w'’-]+ )+ ) $
    """,
    re.VERBOSE,
)


_FIGURES = re.compile(
    r"(?<!^A)(?<!^a)(?<!^An)(?<!^an)(?<!^The)(?<!^the)(?<!\brights)"
    r"\s+(?:figures|data|estimates|statistics|reports?)$"
)
"""Pattern of what a source gives: "UN figures", "an AFP report"; but "a human rights report"."""


def _make(words: str, passage: Passage, *, name: str | None = None) -> Attribution:
    """Return the attribution for the words for a source, with its shortest name and its role."""
    words = re.sub(r"\s+", " ", words).strip(' ,“”"')
    words = _OPENING.sub("", _OTHERS_BEFORE.sub("", words))
    words = bare_source(_FAR.sub("", _ASIDE.sub("", words)))
    if not names_source(words) or re.fullmatch(r"(?:[Aa]n?\s)?reports?", words):
        return Attribution(name="reports", role="unnamed", words=words)
    words = _COUNTED.sub(lambda m: m[0].lower(), words)
    words = _FIGURES.sub("", words)
    short = name or re.sub(r"^(?:the|an?)\s+(?=\S)", "", words, flags=re.IGNORECASE)
    acronym = next((m for p in _ACRONYM if (m := p.search(short))), None)
    if acronym:
        short = acronym.group(1)
    else:
        spelled = (a for whole, a in _spelled_out(passage.text) if whole.endswith(short))
        short = next(spelled, short)
    person = _PERSON.match(short)
    if person and not _OF.search(short[: person.start("name")]):
        short = person["name"]  # "rebel commander X", but not "the governor of X"
    return Attribution(name=short, role=role_of(words), words=words)


def _in_quotes(passage: Passage, token: Token) -> bool:
    """Whether a token is inside a quotation."""
    start = passage.starts[0]
    before = passage.text[start : passage.starts[token.i]]
    return before.count("“") > before.count("”") or (before.count('"') % 2 == 1)


def attribution(
    token: Token, passage: Passage, before: Attribution | None = None
) -> Attribution | None:
    """Return the source of what a trigger word states, or None for the article itself.

    Parameters
    ----------
    token
        The trigger word.
    passage
        The passage that contains it.
    before
        The last source in the article, which "it said" refers to.

    Notes
    -----
    In this order, the source is the subject of a reporting verb above the trigger, named after
    "according to", the party that claims it, the subject of a reporting verb after the statement,
    the one whose count it is, the speaker of the quotation, the subject of a reporting verb at the
    root of the sentence, or unnamed ("reportedly").
    """
    said = _speaker_of(token, passage, before)
    return said if said is None else with_outermost(said, token, passage)


def _speaker_of(token: Token, passage: Passage, before: Attribution | None) -> Attribution | None:
    """Return the source next to a trigger word, or None for the article itself."""
    start, end = passage.bounds(token.sent)
    sentence = passage.text[start:end]
    governing = _governing_speaker(token)
    if governing is not None:
        return _said_by(governing, passage, before)
    m = _ACCORDING.search(sentence)
    if m:
        return _make(m["who"], passage)
    labelled = speaker_of_line(passage.text, passage.starts[0], passage.starts[token.i])
    if labelled is not None and passage.starts[0] == start:
        return _make(labelled, passage)
    speaker = _own_claim(token) or _speaker_behind(token, passage)
    if speaker is not None:
        return _said_by(speaker, passage, before)
    counted = _BY_COUNT.search(sentence)
    if counted and re.search(r"count|estimate|tally|reckoning|figures", counted.group(0)):
        return _make(counted["who"], passage)
    spoken = _speaker_of_quotation(token, passage, before) if _in_quotes(passage, token) else None
    spoken = spoken or _label_of_quotation(token, passage)
    if spoken is not None:
        return spoken
    root = token.sent.root
    if _reports(root) and root.i < token.i and not _parted(root, token):
        speaker = next((c for c in root.children if c.dep_ == "nsubj"), None)
        if speaker is not None:  # the parser attached the clause elsewhere
            return _said_by(speaker, passage, before)
    return _misparsed(token, passage, start, end)


def _reports(verb: Token) -> bool:
    """Whether a verb reports what somebody says.

    Who "answered by shelling Y" says nothing, nor do "towns said to have been left".
    """
    if verb.lemma_.lower() not in REPORT:
        return False
    following = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 3)]
    if verb.lower_ == "said" and [t.tag_ for t in following] == ["TO", "VB"]:
        return False
    return not any(
        c.lower_ == "by" and any(o.tag_ == "VBG" for o in c.children)
        for c in verb.children
        if c.dep_ == "prep"
    )


def _misparsed(token: Token, passage: Passage, start: int, end: int) -> Attribution | None:
    """Return the source whose verb the parser took for a part of the statement, or None.

    The offsets are those of the sentence. "Reportedly" gives an unnamed source.
    """
    at = passage.starts[token.i]
    last = _SAID_LAST.search(passage.text, passage.ends[token.i], end)
    speaks = last is not None and not _IS_SPOKEN_OF.search(last["who"])
    if last is not None and last["who"].split(maxsplit=1)[0].lower() in CONJUNCTIONS:
        speaks = False  # "X fell, and by noon traders said no soldiers were left"
    if last and speaks and (source_of(last["who"]) or role_of(last["who"])):
        return _make(last["who"], passage)
    first = _SAID_THAT.match(passage.text, start, at)
    if first and ";" not in passage.text[first.end() : at]:
        return _make(first["who"], passage)  # "a leaflet dropped over the town said that"
    said = _REPORTS.search(passage.text, start, end)
    if said and (said.group(0).lower() != "reports" or _OF_WHAT.match(passage.text, said.end())):
        return Attribution(name="reports", role="unnamed", words=said.group(0))
    return None


_LONGEST_OPENING = 300  # characters before the mark that opens a quotation
_OPENS = re.compile(
    rf"""
    (?P<who> (?: [Aa]n?\  | [Tt]he\  )? [A-Za-z][^.;:,”“\"\n]{{2,80}}? ) \s
    {one_of([*_SAID_FIRST, *_SAID, "read", "reads", "claimed", "ran", "says", "posted", "alleged"])}
    \s* [:,]? \s* [“\"] (?P<inside> [^”\"]* ) $
    """,
    re.VERBOSE,
)
"""Pattern of what opens a quotation: "A leaflet read: “"."""


def with_outermost(said: Attribution, token: Token, passage: Passage) -> Attribution:
    """Return an attribution with who hands it on, if that is not a news outlet.

    In 'a leaflet read: "The UN said that ..."' the leaflet is the source. A news outlet that
    reports what others said only relays it.

    Parameters
    ----------
    said
        The source next to the trigger.
    token
        The trigger word.
    passage
        The passage that contains it.
    """
    outer = _quoted_by(said, token, passage) or _reported_by(token, passage)
    outer = outer or _says_according_to(said, token, passage)
    if outer is None or outer.role in {"media", "unnamed"} or outer.name == said.name:
        return said
    if _RELAYS.search(outer.words):
        return said
    return replace(said, name=f"{outer.name}{QUOTING}{with_article(said.name)}", role=outer.role)


_SAID_THAT = re.compile(
    rf"""
    \W* (?P<who> (?: [Aa]n? | [Tt]he ) \s [^,.;:”“\"\n]{{2,80}}? ) \s
    {one_of(["said", "says", "claimed", "stated", "alleged", "read", "reads"])} \s that \b ,?
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r"(?P<who>[A-Z][^.;:,?!”“\"\n]{2,60}):\s*[“\"][^”\"]*$")


def _says_according_to(said: Attribution, token: Token, passage: Passage) -> Attribution | None:
    """Return the X of "X said that, according to Y, ...", or None."""
    start, _ = passage.bounds(token.sent)
    outer = _SAID_THAT.match(passage.text, start, passage.starts[token.i])
    inside = passage.text[outer.end() : passage.starts[token.i]].lstrip() if outer else ""
    named = re.match(r"according to (?:the )?", inside)
    if outer is None or named is None or not inside[named.end() :].startswith(said.words):
        return None
    return _make(outer["who"], passage)


def _label_of_quotation(token: Token, passage: Passage) -> Attribution | None:
    """Return the X of 'X: "..."' for a word in the quotation, or None."""
    if not _in_quotes(passage, token):
        return None
    start = passage.starts[0]
    label = _LABEL.search(passage.text, start, passage.starts[token.i])
    return _make(label["who"], passage) if label else None


_OTHERS_BEFORE = re.compile(r"^[^,]*\b(?:people|\d[\d,.]*)\b[^,]*, (?=(?:an?|the) )")
"""Pattern of what the parser took for the speaker: "killing 12 people, a doctor said"."""

_OPENING = re.compile(
    r"^(?:and|but) |^(?:among (?:them|whom)|including|Earlier|Elsewhere|Farther|Further|From|In"
    r"|Later|Meanwhile|Near|On|To)\b[^,]{0,40}, (?=(?:an?|the) )"
    r"|^(?:East|North|South|West) of [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? (?=the [A-Z])"
)
"""Pattern of what opens a sentence before its speaker: "Farther south, the army"."""
_ASIDE = re.compile(
    r",? (?:which|who|whose)\b.*$"
    r"|, (?:an?|the) (?:[\w-]+ ){0,3}?(?:camp|city|hamlet|port|suburb|town|village)\b.*$"
)
"""Pattern of what is said of a speaker by the way: ", which launched its offensive in May", or of
its town: "residents of X, a town on the border"."""
_FAR = re.compile(r"^\d[\d.,]* ?(?:km|kilomet\w+|miles?)\b[^,]{0,40}, (?=[a-z])")
"""Pattern of where another town lies, before a speaker: "18 km to the south, analysts"."""
_COUNTED = re.compile(r"^(?:One|Two|Three|Four|Five|Six|Several|Some|Many|Most)\b(?= [a-z])")
"""Pattern of the number that opens a sentence: "Three residents"."""
_IS_SPOKEN_OF = re.compile(r"\b(?:is|are|was|were|be|been)$")  # "a column is reported to be stuck"

_NEWSPEOPLE = ["agencies", "agency", "journalist", "newspaper", "outlet", "press", "reporter"]
_RELAYS = re.compile(rf"\b{one_of(_NEWSPEOPLE)}s?\b", re.IGNORECASE)


def _quoted_by(said: Attribution, token: Token, passage: Passage) -> Attribution | None:
    """Return who opens the quotation in which a source speaks, or None."""
    text, end = passage.text, passage.starts[token.i]
    mark = max(text.rfind("”", 0, end), text.rfind('"', 0, end))
    if mark < 0 or text[mark] == "”":
        mark = text.find("“", mark + 1, end)
    start = max(passage.starts[0], mark - _LONGEST_OPENING)
    opened = _OPENS.search(text, start, end) if mark >= 0 else None
    if opened is None or said.words.casefold() not in opened["inside"].casefold():
        return None
    return _make(opened["who"], passage)


def _reported_by(token: Token, passage: Passage) -> Attribution | None:
    """Return the subject of the reporting verb above the one that governs a trigger, or None."""
    subject = _governing_speaker(token)
    if subject is None or subject.head.i == token.i:
        return None
    outer = _governing_speaker(subject.head)
    if outer is None or outer.i == subject.i or outer.lower_ in {"he", "she", "they", "it", "who"}:
        return None
    return _make(noun_phrase(outer, passage), passage)


def _parted(verb: Token, token: Token) -> bool:
    """Whether a statement is separated from a verb by a semicolon, "which", "who" or the like."""
    return any(
        t.text == ";" or t.lower_ in {"which", "who", "where", "while", "as", "after"}
        for t in verb.doc[verb.i : token.i]
    )


def _governing_speaker(token: Token) -> Token | None:
    """Return the subject of the reporting verb that governs a word, or None."""
    cur = token
    for _ in range(9):
        head = cur.head
        first, last = sorted((cur.i, head.i))
        if head.i == cur.i or any(t.text == ";" for t in cur.doc[first:last]):
            return None  # "X claimed that ...; Y denied this": Y does not quote X
        reports = _reports(head) and head.pos_ == "VERB"
        counts = head.lemma_ == "put" and cur.dep_ == "dobj" and cur.lemma_ in _COUNTS
        tells = cur.dep_ == "dobj" and cur.i == token.i and head.lemma_.lower() in TELLING
        clause = reports and cur.dep_ in {"ccomp", "parataxis", "xcomp", "advcl", "dep"}
        if counts or tells or clause:
            subject = _who_says(head)
            if subject is not None and not _says_more(cur, subject, head):
                return _no_part(subject)
        denier = _denier(cur, head)
        if denier is not None:
            return denier
        cur = head
    return None


def _who_says(verb: Token) -> Token | None:
    """Return the subject of a reporting verb: of "North of Bara, rebels said" the rebels."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return next((s for s in reversed(subjects) if s.i < verb.i), None) or next(iter(subjects), None)


def _says_more(told: Token, subject: Token, verb: Token) -> bool:
    """Whether a verb of saying only tells more: "X fell, and residents said that shops burn"."""
    first = min(t.i for t in subject.subtree)
    joined = {verb.doc[first].lower_, verb.doc[max(first - 1, 0)].lower_} & {"and", "but", "while"}
    return (
        told.i < first
        and bool(joined)
        and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    )


def _denier(cur: Token, verb: Token) -> Token | None:
    """Return who denies a statement: "X denied that", "reports that ... were denied by X"."""
    if verb.lemma_.lower() not in DENYING or verb.pos_ != "VERB":
        return None
    if cur.dep_ in {"ccomp", "dobj", "pcomp", "xcomp"}:
        return next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if cur.dep_ == "nsubjpass":
        by = next((c for c in verb.children if c.dep_ == "agent"), None)
        return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    return None


def _own_claim(token: Token) -> Token | None:
    """Return the subject of "X claimed control"."""
    if token.lemma_.lower() != "claim":
        return None
    return next((c for c in token.children if c.dep_ == "nsubj"), None)


def _speaker_behind(token: Token, passage: Passage) -> Token | None:
    """Return the X of "..., X said" after a statement."""
    for verb in token.sent:
        if verb.i <= token.i or not _reports(verb) or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        own = verb.dep_ in {"relcl", "acl"} or (
            verb.dep_ == "conj" and any(c.dep_ in {"dobj", "ccomp"} for c in verb.children)
        )
        if subject is None or own or subject.lower_ in {"which", "that", "it"}:
            continue
        if _after_comma(subject, passage):
            return _no_part(subject)
    return None


def _no_part(subject: Token) -> Token | None:
    """Return who speaks in "..., most of them for the bush, a nurse said": not "most"."""
    if subject.lower_ not in _PARTS:
        return subject
    return next((c for c in subject.children if c.dep_ == "appos"), None)


_PARTS = word_list("flight", "others") | {"all", "half"}


def _speaker_of_quotation(
    token: Token, passage: Passage, before: Attribution | None
) -> Attribution | None:
    """Return the speaker of the quotation around a word, who is named after it or before it."""
    spoken = _SPOKEN_AFTER.search(passage.text, passage.starts[token.i], passage.ends[-1])
    if spoken:
        return _make(spoken["who"] or spoken["who2"], passage)
    for verb in passage.doc:
        if verb.i < token.i and verb.lemma_.lower() in REPORT:
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None:
                return _said_by(subject, passage, before)
    return None


def _after_comma(subject: Token, passage: Passage) -> bool:
    """Whether "X said" follows a comma or a closing quotation mark."""
    left = min(t.i for t in subject.subtree)
    before = passage.text[passage.starts[0] : passage.starts[left]].rstrip()
    return before.endswith((",", "”", '"', ",”"))


def _said_by(subject: Token, passage: Passage, before: Attribution | None) -> Attribution | None:
    """Return the attribution to the subject of a reporting verb; pronouns are resolved.

    "We said earlier" is the article itself.
    """
    words = noun_phrase(subject, passage)
    if subject.lower_ == "we" and not _in_quotes(passage, subject):
        return None
    nobody = subject.lower_ in {"neither", "nobody", "none"}
    if nobody or any(c.lower_ in {"neither", "no"} for c in subject.children if c.dep_ == "det"):
        return None  # "neither group has claimed it"
    if subject.lower_ in {"he", "she", "they", "it"}:
        return _meant_by(subject, words, passage, before)
    if re.fullmatch(r"(?:[Tt]he )?[Rr]eports?", words):
        name = before.name if before is not None and words.lower() == "the report" else "reports"
        return Attribution(name=name, role="unnamed", words=words)
    first, start = passage.starts[subject.i], passage.bounds(subject.sent)[0]
    return _make(of_place(words, first, passage, start), passage)


def _without_aside(words: str) -> str:
    """Return the "Amina Yusuf" of "Amina Yusuf, a teacher in Bara"."""
    return re.sub(r"(?<=[a-z]),\s(?:an?|the)\s.*$", "", words)


def _meant_by(
    subject: Token, words: str, passage: Passage, before: Attribution | None
) -> Attribution:
    """Return the source that "he", "she", "they" or "it" refers to."""
    singular = subject.lower_ in {"he", "she"}

    def is_speaker(noun: Token) -> bool:
        if singular:
            return is_person(noun, passage)
        plural = noun.tag_ in {"NNS", "NNPS"}
        if noun.i in passage.places or plural is not (subject.lower_ == "they"):
            return False
        return source_of(noun_phrase(noun, passage)) is not None

    meant = named_before(subject, passage, is_speaker) if singular or before is None else None
    if meant is not None:
        before = _make(_without_aside(noun_phrase(meant, passage)), passage)
    if before is not None:
        return Attribution(name=before.name, role=before.role, words=words)
    name = person_named(passage, passage.starts[subject.i]) if singular else None
    if name is None:
        return Attribution(name="reports", role="unnamed", words=words)
    return Attribution(name=name, role=None, words=words)
