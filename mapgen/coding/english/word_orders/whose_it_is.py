"""Find who holds a town by forms of "be": "Y has been rebel-held since Monday", "Y is still X's".

"Be" is no word of the lexicon, as it mostly says something else. Here its sentences are read if the
town is the subject and the rest names a side, and likewise lines such as "Y: X-held since Monday"
and "Y and Z: both have gone over to X". So are "X has been in Y since Monday, when Z let it go",
"Z let Y go" and "Y has been run by X". A sentence comes in; drafts of claims go out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.coding.english.dates import PRESENT_DAYS, find_dates
from mapgen.coding.english.mentions import SITE_NOUNS, TOWN_NOUNS, is_wide, kids
from mapgen.coding.english.own_days import clause_of
from mapgen.coding.english.sentence_context import (
    ClaimDraft,
    at,
    governed,
    is_hyphenated,
    outside_countries,
)
from mapgen.coding.english.word_orders.kept_and_regained import kept_or_regained
from mapgen.core.tables.actors import REBEL_WORDS, STATE_WORDS
from mapgen.core.tables.word_lists import peoples
from mapgen.model import Kind

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor

_AGAIN = frozenset({"again", "back", "now"})
_ALL = frozenset({"all", "both", "three", "four", "five"})
_DOUBTFUL = frozenset({"if", "once", "unless", "until", "whether"})
_HELD = frozenset({"controlled", "held", "occupied", "run"})
_PARTY_WORDS = STATE_WORDS | REBEL_WORDS
_LINE_SIGNS = frozenset({":", "–", "—", "-"})
_LISTING = frozenset({",", "and", "&", "the", "towns", "of"})
_SINCE_REACH = 4  # words between "X-held" and "since": "X-held (since 26 June)"


def told_holder(sent: Span, scene: SentenceContext, published: date | None) -> list[ClaimDraft]:
    """Return the captures and states that a sentence tells by "is", "-held" or "gone over to".

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    published
        Day of publication: of a nation's town only a recent day says that it was taken.
    """
    found = [
        d
        for t in sent
        for d in (
            _is_whose(t, scene, published),
            _held_line(t, scene),
            _gone_over(t, scene),
            _have_been_in(t, scene),
            _let_go(t, scene),
            _let_in(t, scene),
            _gave_itself_up(t, scene),
            _is_master(t, scene),
            _has_had(t, scene),
            _run_by(t, scene),
            kept_or_regained(t, scene),
        )
        if d is not None
    ]
    return list({d.trigger.i: d for d in found}.values())


def _is_whose(verb: Token, scene: SentenceContext, published: date | None) -> ClaimDraft | None:
    """Read "Y has been Armenian since May", "Y is still the army's", "Y is with the government"."""
    if verb.lemma_ != "be" or not _is_present(verb):
        return None
    mentions = _towns(verb, scene)
    if not mentions:
        return None
    words = {c.lower_ for c in verb.children}
    still = bool(words & {"still", "yet"})
    since = None if still else _since(verb)
    began = not still and (since is not None or bool(words & _AGAIN))
    actor = _held_by(verb, scene)
    if actor is not None and since is not None and governed(verb, "under"):
        began = _is_recent(since, scene, published)
    if actor is None and (still or began):  # not "Y is Ukrainian"
        actor = _people(verb, scene)
        if actor is not None and since is not None:
            began = _is_recent(since, scene, published)  # not "Y has been Serbian since 1912"
            actor = actor if began else None
        else:
            actor = actor or _owner(verb, scene)
    if actor is None:
        return None
    kind = Kind.CONTROL_CHANGE if began else Kind.CONTROL_STATE
    return ClaimDraft(kind, verb, actor, places=at(mentions))


def _is_present(verb: Token) -> bool:
    """Whether a form of "be" says what is so now: "is", "has been", not "was" or "could be"."""
    helpers = {c.lower_ for c in kids(verb, "aux")}
    if kids(verb, "neg") or any(c.lower_ in _DOUBTFUL for c in kids(verb, "mark", "advmod")):
        return False
    if verb.tag_ == "VBN":
        return bool(helpers & {"has", "have", "'s", "’s", "'ve", "’ve"})
    return verb.tag_ in {"VBZ", "VBP"} and not helpers


def _towns(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that are the subject, if nothing else is: "Y", "the town"."""
    subjects = kids(verb, "nsubj", "nsubjpass")
    subjects = [verb.head if s.tag_ == "WDT" and verb.dep_ == "relcl" else s for s in subjects]
    if not all(s.i in scene.passage.places or _is_the_town(s) for s in subjects):
        return []
    return outside_countries([m for s in subjects for m in scene.places(s)])


def _is_the_town(noun: Token) -> bool:
    """Whether a noun alone stands for a place named before, unlike "the capital of Y"."""
    return noun.lower_ in TOWN_NOUNS and not kids(noun, "prep", "poss", "compound")


def _held_by(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the X of "is X-held", "is with X" and "has been under X"."""
    for word in kids(verb, "acomp", "attr", "oprd"):
        if word.lower_ in _HELD and is_hyphenated(word):
            return _before_hyphen(word, scene)
    with_whom = [o for o in governed(verb, "with", "under") if _names_party(o, scene)]
    return scene.first_party(with_whom)


def _names_party(noun: Token, scene: SentenceContext) -> bool:
    """Whether a noun itself is a party, unlike "the government's help"."""
    return noun.i in scene.passage.actors or noun.lower_ in _PARTY_WORDS


def _before_hyphen(held: Token, scene: SentenceContext) -> Actor | None:
    """Return the party before "-held": "rebel-held", "TNLA-held"."""
    if held.i - 2 < held.sent.start:
        return None
    whose = held.nbor(-2)
    if whose.i in scene.passage.actors:
        return scene.party(whose)
    many = f"{whose.lower_}s"
    if abbreviated := scene.first_abbreviation([whose]):
        return abbreviated
    return scene.cast.resolve(many if many in REBEL_WORDS else f"{whose.text} forces")


def _people(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the forces of "has been Armenian" and "has been rebel"."""
    for word in kids(verb, "acomp", "attr", "oprd"):
        if any(c.dep_ not in {"punct", "prep", "advmod"} for c in word.children):
            continue  # "Ukrainian territory", "a Serb town"
        many = f"{word.lower_}s"
        if word.lower_ in REBEL_WORDS and many in REBEL_WORDS:
            return scene.cast.resolve(many)
        if word.text in demonyms() or word.text in peoples():
            return scene.cast.resolve(f"{word.text} forces")
    return None


def _owner(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the party of "is UNITA's" and "is still the army's"."""
    owners = [w for w in kids(verb, "acomp", "attr", "oprd") if kids(w, "case")]
    return scene.first_party(owners) or scene.first_abbreviation(owners)


def _since(verb: Token) -> Token | None:
    """Return the "since" or "from" that tells when a state began, in the clause of a verb."""
    return next(
        (
            t
            for t in verb.subtree
            if t.dep_ == "prep" and clause_of(t) == clause_of(verb) and _opens_period(t, verb)
        ),
        None,
    )


def _opens_period(prep: Token, verb: Token) -> bool:
    """Whether a preposition opens a period: "since Monday", "from 18 December" after "has been"."""
    if prep.lower_ == "since":
        return True
    days = [t for t in prep.subtree if t.like_num or t.ent_type_ == "DATE"]
    return prep.lower_ == "from" and verb.tag_ == "VBN" and bool(days)


def _is_recent(since: Token, scene: SentenceContext, published: date | None) -> bool:
    """Whether a period began within the last months, as far as a day tells."""
    if published is None:
        return False
    first, last = scene.passage.bounds(since.sent)
    at_word = scene.passage.starts[since.i] - first
    dates = find_dates(scene.passage.text[first:last], published)
    behind = [d for d in dates if d.end > at_word and d.when.start is not None]
    began = min(behind, key=lambda d: d.start).when.start if behind else None
    return began is not None and began >= published - timedelta(days=PRESENT_DAYS)


def _held_line(held: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read the line "Y: X-held since 26 June", without a verb."""
    if held.lower_ not in _HELD or not is_hyphenated(held) or held.i - 4 < held.sent.start:
        return None
    first = held.i - 2
    while first - 1 > held.sent.start and held.doc[first - 1].i in scene.passage.actors:
        first -= 1
    town = held.doc[first - 2]
    behind = held.doc[held.i + 1 : min(held.sent.end, held.i + 1 + _SINCE_REACH)]
    is_noun = bool(behind) and behind[0].pos_ in {"NOUN", "PROPN"}  # "Y: X-held areas were hit"
    if held.doc[first - 1].text not in _LINE_SIGNS or town.i not in scene.passage.places or is_noun:
        return None
    mentions = outside_countries(scene.places(town))
    actor = _before_hyphen(held, scene)
    if actor is None or not mentions:
        return None
    since = any(t.lower_ in {"since", "from"} for t in behind)
    kind = Kind.CONTROL_CHANGE if since else Kind.CONTROL_STATE
    return ClaimDraft(kind, held, actor, places=at(mentions), anchors=[town])


def _gone_over(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Y has gone over to X" and "Y, Z: both have gone over to X"."""
    if verb.lemma_ != "go" or kids(verb, "neg"):
        return None
    if not any(c.lower_ == "over" for c in kids(verb, "prt", "advmod", "prep")):
        return None
    over = [c for c in kids(verb, "prep") if c.lower_ == "over"]
    to = governed(verb, "to") + [o for p in over for o in governed(p, "to")]
    actor = scene.first_party(to) or scene.first_abbreviation(to)
    subjects = kids(verb, "nsubj")
    mentions = _towns(verb, scene) or _listed(subjects, scene)
    if actor is None or not mentions:
        return None
    return ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, places=at(mentions), anchors=subjects)


def _have_been_in(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "X has been in Y since Monday, when Z let it go": X holds Y, and Z lost it.

    Without words on who left, those who are in a town may be guests in it.
    """
    if verb.lemma_ != "be" or verb.tag_ != "VBN" or not _is_present(verb) or _since(verb) is None:
        return None
    subjects = kids(verb, "nsubj")
    if any(scene.people(s) or _is_name_of_town(s, scene) for s in subjects):
        return None
    inside = [o for o in governed(verb, "in", "inside") if o.i in scene.passage.places]
    mentions = [m for o in inside for m in outside_countries(scene.places(o)) if not is_wide(m)]
    actor = scene.actor(verb)
    loser = next((a for t in verb.subtree if (a := _gave_up(t, verb, scene)) is not None), None)
    if actor is None or loser is None or not mentions or actor.side == loser.side:
        return None
    return ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, loser, at(mentions), anchors=inside)


def _is_name_of_town(noun: Token, scene: SentenceContext) -> bool:
    return noun.i in scene.passage.places and noun.i not in scene.passage.actors


def _gave_up(verb: Token, above: Token, scene: SentenceContext) -> Actor | None:
    """Return who left a town in the "when Z let it go" behind a verb, or None."""
    if verb.pos_ != "VERB" or verb.i <= above.i or kids(verb, "neg"):
        return None
    opened = {c.lower_ for c in kids(verb, "advmod", "mark")}
    if not opened & {"after", "as", "once", "when"}:
        return None
    is_it = any(o.lower_ in {"it", "town", "city"} for o in kids(verb, "dobj"))
    lemma, parts = verb.lemma_.lower(), {c.lower_ for c in verb.children}
    if lemma == "let":
        left = _is_let_go(verb) is not None
    elif lemma in _GIVING_UP:
        left = is_it and _GIVING_UP[lemma] <= parts
    else:
        left = lemma in {"flee", "retreat", "withdraw"} or (lemma == "pull" and "out" in parts)
    return scene.actor(verb) if left else None


_GIVING_UP: dict[str, frozenset[str]] = {
    "abandon": frozenset(),
    "evacuate": frozenset(),
    "give": frozenset({"up"}),
    "hand": frozenset({"over"}),
    "leave": frozenset(),
    "quit": frozenset(),
    "surrender": frozenset(),
    "yield": frozenset(),
}


def _is_let_go(verb: Token) -> Token | None:
    """Return what is let go by "let it go", or None."""
    went = [c for c in kids(verb, "ccomp", "xcomp") if c.lower_ == "go"]
    things = [s for go in went for s in kids(go, "nsubj", "dobj")] + kids(verb, "dobj")
    return things[0] if went and things else None


def _let_go(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Z let Y go" as a loss."""
    if verb.lemma_ != "let" or kids(verb, "neg") or any(c.tag_ == "MD" for c in kids(verb, "aux")):
        return None
    thing, loser = _is_let_go(verb), scene.actor(verb)
    if thing is None or loser is None or thing.i not in scene.passage.places:
        return None
    mentions = outside_countries(scene.places(thing))
    if not mentions:
        return None
    return ClaimDraft(Kind.CONTROL_CHANGE, verb, None, loser, at(mentions), anchors=[thing])


_ELDERS = frozenset({"authorities", "council", "dignitaries", "elders", "garrison", "leaders"})


def _whose_gates(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town of "Y", "the elders of Y" and "Y's elders" as the subject of a verb."""
    towns: list[Mention] = []
    for subject in kids(verb, "nsubj"):
        of = [*governed(subject, "of", "at", "in"), *kids(subject, "poss", "compound")]
        named = [subject] if subject.i in scene.passage.places else of
        if named is of and subject.lower_ not in _ELDERS | TOWN_NOUNS | SITE_NOUNS:
            return []
        towns += [m for t in named if t.i in scene.passage.places for m in scene.places(t)]
    return [m for m in outside_countries(towns) if not is_wide(m)]


def _let_in(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "the elders of Y let X in" and "Y let X in" as a change of hands."""
    if verb.lemma_ != "let" or kids(verb, "neg") or any(c.tag_ == "MD" for c in kids(verb, "aux")):
        return None
    if not any(t.lower_ in {"in", "inside"} for t in verb.subtree if t.i > verb.i):
        return None
    things = kids(verb, "dobj") + [s for c in kids(verb, "ccomp") for s in kids(c, "nsubj")]
    men = [t for t in things if scene.passage.words_of([t])[:1].isupper() or t.lower_ in _MEN]
    actor, mentions = scene.first_party(men), _whose_gates(verb, scene)
    if actor is None or not mentions:
        return None
    return ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, places=at(mentions), anchors=men)


_MEN = frozenset({"army", "fighters", "forces", "insurgents", "militants", "rebels", "troops"})
_ITSELF = frozenset({"itself", "themselves"})


def _gave_itself_up(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Y gave itself up to X" and "the garrison of Y gave itself up" as a change of hands."""
    if verb.lemma_ != "give" or kids(verb, "neg") or any(c.tag_ == "MD" for c in kids(verb, "aux")):
        return None
    beside = {t.lower_ for t in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 4)]}
    mentions = _whose_gates(verb, scene)
    if "up" not in beside or not beside & _ITSELF or not mentions:
        return None
    to = next((t for t in verb.subtree if t.lower_ == "to" and t.i > verb.i), None)
    actor = scene.first_party(kids(to, "pobj")) if to is not None else None
    if to is not None and actor is None:
        return None
    return ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, places=at(mentions))


def _is_master(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "X is master of Y" and "X remain the masters of Y" as a state."""
    if verb.lemma_ not in {"be", "remain", "stay"} or verb.tag_ not in {"VBZ", "VBP", "VBD"}:
        return None
    if kids(verb, "neg") or kids(verb, "aux"):
        return None
    masters = [m for m in kids(verb, "attr", "acomp") if m.lower_ in {"master", "masters"}]
    of = [o for t in masters for o in governed(t, "of") if o.i in scene.passage.places]
    mentions = [m for o in of for m in outside_countries(scene.places(o)) if not is_wide(m)]
    actor = scene.actor(verb)
    if actor is None or not mentions:
        return None
    return ClaimDraft(Kind.CONTROL_STATE, verb, actor, places=at(mentions), anchors=masters)


def _has_had(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "X has had Y since Christmas" as a change of hands."""
    if verb.lemma_ != "have" or verb.tag_ != "VBN" or not _is_present(verb):
        return None
    towns = [o for o in kids(verb, "dobj") if o.i in scene.passage.places]
    mentions = [m for o in towns for m in outside_countries(scene.places(o)) if not is_wide(m)]
    actor = scene.actor(verb)
    if actor is None or not mentions or _since(verb) is None:
        return None
    return ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, places=at(mentions), anchors=towns)


_RUNNING = frozenset({"administer", "govern", "police", "rule", "run"})


def _run_by(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Y has been run by X since Monday" and "Y is governed by X"."""
    if verb.lemma_.lower() not in _RUNNING or verb.tag_ != "VBN" or kids(verb, "neg"):
        return None
    helpers = {c.lower_ for c in kids(verb, "aux", "auxpass")}
    if not helpers & {"is", "are"} and not ({"been"} <= helpers and helpers & {"has", "have"}):
        return None
    by = [o for p in kids(verb, "agent") for o in kids(p, "pobj")]
    mentions, actor = _towns(verb, scene), scene.first_party(by)
    if actor is None or not mentions:
        return None
    began = _since(verb) is not None and not any(c.lower_ == "still" for c in verb.children)
    kind = Kind.CONTROL_CHANGE if began else Kind.CONTROL_STATE
    return ClaimDraft(kind, verb, actor, places=at(mentions), anchors=kids(verb, "nsubjpass"))


def _listed(subjects: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the places before the colon of "Y, Z: both"."""
    if not any(s.lower_ in _ALL for s in subjects):
        return []
    whole = list(subjects[0].sent)
    colon = next((n for n, t in enumerate(whole) if t.text == ":"), 0)
    ahead = [t for t in whole[:colon] if t.lower_ not in _LISTING]
    if not ahead or any(t.pos_ in {"VERB", "AUX"} for t in ahead):
        return []
    named = [m for t in ahead if t.i in scene.passage.places for m in scene.places(t)]
    return outside_countries(list({m.start: m for m in named}.values()))
