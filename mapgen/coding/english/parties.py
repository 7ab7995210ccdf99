"""Find who acts in a sentence: the subject of a verb, and the armed party that a phrase names.

Tokens of a parsed passage and the parties of the article come in; subjects and actors go out.
Names, general words ("the rebels", "the 3rd Brigade") and pronouns are resolved to parties.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.coding.english.days_in_phrases import is_dated, is_day, without_days
from mapgen.coding.english.mentions import kids
from mapgen.coding.english.sides_described import (
    army_of,
    first_of_two,
    full_name,
    is_beside_foe,
    is_unidentified,
    leaders_men,
    members_of,
    on_side_of,
    state_services,
    without_leader,
)
from mapgen.core.tables.actors import (
    FORCE_WORDS,
    GROUP_WORDS,
    REBEL_WORDS,
    STATE_WORDS,
    as_written,
    is_army_unit,
    is_civil,
)
from mapgen.core.tables.word_lists import peoples, word_list
from mapgen.places.toponym_features import common_words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.discourse import Discourse
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor
    from mapgen.reading.passages import Passage

MAKING = word_list("parties", "making")
BUILDINGS = word_list("parties", "buildings")
PASSERS_BY = word_list("mentions", "passers_by")
PEOPLE_NOUNS = word_list("mentions", "people_nouns")
_CLAUSE_DEPS = word_list("mentions", "clause_deps")


def subject(verb: Token, passage: Passage, cast: Cast, hops: int = 0) -> Token | None:
    """Return the token of the one who acts, or None.

    Parameters
    ----------
    verb
        A verb.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    hops
        Number of verbs already passed. A participle, an infinitive or a conjunct without a subject
        takes that of the verb it depends on.
    """
    if hops > 6:  # noqa: PLR2004 - a loop in the parse
        return None
    own = _own_subject(verb, passage)
    if own is not None:
        return own
    for agent in kids(verb, "agent"):
        return next(iter(kids(agent, "pobj")), None)
    if kids(verb, "nsubjpass", "csubj"):
        return None  # "firing on a crowd killed seven, the army said"
    if verb.dep_ in {"acl", "relcl"}:
        noun = verb.head.pos_ in {"NOUN", "PROPN"} and verb.tag_ != "VBN"
        return verb.head if noun else None
    if verb.dep_ not in {"advcl", "xcomp", "conj", "pcomp", "ccomp", "dep"}:
        return None
    head = _governor(verb)
    meant = _above(verb, head) or _driven(verb, passage)
    if meant is not None:
        return meant
    if head.pos_ in {"VERB", "AUX"}:
        found = subject(head, passage, cast, hops + 1)
    else:
        found = head if head.pos_ in {"NOUN", "PROPN"} else None
    if verb.tag_ != "VBG" or party(found, passage, cast) is not None:
        return found
    before = _party_before(verb, passage, cast)
    return found if before is None else before


def _above(verb: Token, head: Token) -> Token | None:
    """Return the one who acts by an infinitive, where the verb above it says who.

    That is X in "X is reported to have seized Y", and the miners in "ordered miners to leave Y".
    """
    if verb.dep_ != "xcomp":
        return None
    makes = verb.tag_ == "VB" and head.lemma_.lower() in MAKING
    told = kids(head, "dobj") if makes else []
    return next(iter(told or kids(head, "nsubjpass")), None)


def _driven(verb: Token, passage: Passage) -> Token | None:
    """Return the people of "people were driven out by X and walked to Y": X did not walk."""
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBP", "VBZ"}:
        return None
    return next((s for s in kids(verb.head, "nsubjpass") if is_people(s, passage)), None)


def _own_subject(verb: Token, passage: Passage) -> Token | None:
    """Return the subject of a verb itself; for "who", the word it refers to."""
    own = kids(verb, "nsubj") or _after_day(verb) or _joined_to_day(verb, passage)
    if not own:
        return None
    s = next((t for t in own if t.i not in passage.places and not is_dated(t)), own[0])
    return verb.head if s.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl" else s


def _after_day(verb: Token) -> list[Token]:
    """Return the "rebels" of "On Monday rebels captured X", which the parser attaches to "On"."""
    if kids(verb, "nsubjpass"):
        return []
    return [
        noun
        for prep in kids(verb, "prep")
        if prep.i < verb.i and prep.lower_ in {"by", "on"}
        for noun in kids(prep, "pobj")
        if noun.pos_ == "NOUN" and not is_day(noun)
        if any(is_day(c) for c in kids(noun, "compound", "nmod", "nummod"))
    ]


def _joined_to_day(verb: Token, passage: Passage) -> list[Token]:
    """Return the "SDF" of "left on Friday and the SDF crossed", joined to Friday."""
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBP", "VBZ"}:
        return []
    for noun in reversed([t for t in verb.doc[verb.sent.start : verb.i] if t.dep_ == "conj"]):
        is_party = any(t.i in passage.actors for t in [noun, *noun.children])
        apart = [t for t in verb.doc[noun.i + 1 : verb.i] if t not in noun.subtree]
        if noun.pos_ in {"NOUN", "PROPN"} and noun.head.dep_ in {"npadvmod", "pobj"}:
            beside_party = is_party and noun.head.i not in passage.actors
            is_subject = not apart and (is_day(noun.head) or beside_party)
            return [noun] if is_subject and not is_day(noun) else []
    return []


def _governor(verb: Token) -> Token:
    """Return the word that a clause without a subject of its own depends on."""
    head = verb.head if verb.dep_ != "pcomp" else verb.head.head
    own_object = any(o.tag_ not in {"WDT", "WP"} for o in kids(verb, "dobj"))
    if verb.dep_ == "conj" and own_object and (_gapped(head) or _gapped(verb)):
        # "moved into areas that the army held and captured a town": the mover captured it
        return next((a for a in head.ancestors if a.pos_ in {"VERB", "AUX"}), head)
    return head


def _party_before(verb: Token, passage: Passage, cast: Cast) -> Token | None:
    """Return the last subject before a verb in its sentence that names an armed party."""
    for t in reversed([t for t in verb.sent if t.i < verb.i]):
        if t.dep_ == "nsubj" and party(t, passage, cast) is not None:
            return t
    return None


def _gapped(verb: Token) -> bool:
    """Whether a verb is in an object relative clause: "that the army held"."""
    inside = verb.dep_ == "relcl" or verb.head.dep_ == "relcl"
    return inside and any(o.tag_ in {"WDT", "WP"} for o in kids(verb, "dobj"))


def phrase(token: Token, passage: Passage) -> str:
    """Return a noun phrase up to its head as the article has it: "Islamist-led rebels".

    The article and dates before the phrase are left out.
    """
    near = {"compound", "amod", "poss", "nmod", "nummod", "case", "punct", "npadvmod", "advmod"}
    tokens = [
        t
        for t in token.subtree
        if t.i == token.i
        or (t.i < token.i and all(a.i == token.i or a.dep_ in near for a in _path(t, token)))
    ]
    tokens.sort(key=lambda t: t.i)
    run = [token]
    for t in reversed([t for t in tokens if t.i < token.i]):
        if t.i == run[0].i - 1 and t.dep_ != "det":
            run.insert(0, t)
    return passage.span_text(without_days(run))


def _spelled_out(token: Token, passage: Passage, cast: Cast) -> str | None:
    """Return the full name in which a word stands: "Rally of Saharan Fighters" for "Rally"."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    first, last = passage.bounds(token.sent)
    sentence, at = passage.text[first:last], passage.starts[token.i] - first
    for name in cast.named.full_names.values():
        start = sentence.find(name)
        if start >= 0 and start <= at < start + len(name):
            return name
    return None


def _path(t: Token, top: Token) -> list[Token]:
    """Return a token and its ancestors below ``top``."""
    out = []
    while t.i not in {top.i, t.head.i}:
        out.append(t)
        t = t.head
    return out


def party(
    token: Token | None, passage: Passage, cast: Cast, discourse: Discourse | None = None
) -> Actor | None:
    """Return the armed party that a noun phrase names, or None.

    Parameters
    ----------
    token
        Head of the noun phrase.
    passage
        The passage that contains it.
    cast
        The parties of the article.
    discourse
        What earlier sentences named. Without it, pronouns and "the group" are not resolved.
    """
    if token is None or token.lower_ in BUILDINGS:
        return None
    by_name = _named(token, passage, cast)
    if by_name is not None:
        return by_name
    if token.i in passage.places:
        return army_of(token, passage, cast)
    words = _spelled_out(token, passage, cast) or without_leader(phrase(token, passage))
    if _are_our_men(token):
        words = re.sub(r"men$", "forces", words)
    whose = _whose(token, passage, cast, discourse)
    if whose is not None:
        return whose
    if discourse is not None and is_civil(set(words.lower().split())):
        discourse.civil = True
    named = _by_words(token, words, passage, cast, discourse)
    if discourse is None:
        return named
    if named is None:
        return _party_of_pronoun(token, passage, cast, discourse)
    if words.casefold() in discourse.others:
        return as_written(words, cast.country)  # "the militia" may be the other one
    if _is_open(named, cast) and _is_named_again(token):
        meant = meant_again(words, cast, discourse)
        return meant or (None if discourse.civil and words.lower() in GROUP_WORDS else named)
    return named


def _whose(token: Token, passage: Passage, cast: Cast, known: Discourse | None) -> Actor | None:
    """Return the party of "members of the X gang" and of "forces of the government"."""
    if (group := members_of(token)) is not None:
        return party(group, passage, cast, known)
    return _of_whom(token, passage, cast) if token.lower_ in FORCE_WORDS | REBEL_WORDS else None


def _is_open(actor: Actor, cast: Cast) -> bool:
    """Whether an actor is only described, and not as one of several groups of a known side."""
    return actor.id.startswith("text:") and cast.table.by_side(actor.side or "") is None


def _named(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the party that a phrase names, also as that on whose side its troops are."""
    sided = on_side_of(token, passage, cast) or first_of_two(token, passage, cast)
    return sided or _party_by_name(token, passage, cast)


def _by_words(
    token: Token, words: str, passage: Passage, cast: Cast, discourse: Discourse | None
) -> Actor | None:
    """Return the party that the words of a phrase name or describe."""
    if is_people(token, passage) or _SOME_GROUP.fullmatch(words):
        return None
    named = state_services(token, passage, cast) or cast.resolve(words)
    named = named or leaders_men(token, passage, cast)
    if named is None:
        return None
    if _is_another(token, named, words, passage):
        named = as_written(words, cast.country)
    if words.split(maxsplit=1)[0].casefold() in POSSESSIVES:
        return _own_forces(words, named, cast)
    return _army_of_unit(named, cast, discourse) if is_army_unit(words) else named


# "a smaller group has reached Metoro": of whoever was told of before
_SOME_GROUP = re.compile(
    r"(?:an?\s|another\s|the\s)?(?:big(?:ger)?|first|further|larger?|other|second|small(?:er)?"
    r"|third)\sgroups?",
    re.IGNORECASE,
)
POSSESSIVES = frozenset({"her", "his", "its", "our", "their"})


def _own_forces(words: str, named: Actor, cast: Cast) -> Actor:
    """Return "its fighters" in these words, as only who is spoken of tells whose they are."""
    if cast.table.find(words, cast.country, cast.named):
        return named
    rest = words.split(maxsplit=1)[-1]
    if is_of_a_people(rest):  # "its Serb militia"
        return cast.resolve(rest) or as_written(rest, cast.country)
    return as_written(words, cast.country)


def is_of_a_people(words: str) -> bool:
    """Whether words for a party say of which people or nation it is: "Serb militia"."""
    return any(w in demonyms() or w in peoples() or f"{w}s" in peoples() for w in words.split())


_OTHERS = frozenset(
    {"another", "different", "other", "rival", "separate", "unidentified", "unknown"}
)
_AGAINST = frozenset({"against", "from", "versus"})


def _is_another(token: Token, named: Actor, words: str, passage: Passage) -> bool:
    """Whether "rebels" must be a group other than usual: "rebels took X from ISIS"."""
    low = {w.casefold() for w in words.split()}
    if not low & (REBEL_WORDS | GROUP_WORDS) or named.id.startswith("text:"):
        return False
    if low & _OTHERS or any(c.lower_ in _OTHERS or _is_name(c, passage) for c in token.children):
        return True
    if is_unidentified(token) or is_beside_foe(token, named, passage):
        return True
    if token.dep_ not in {"nsubj", "pobj"}:
        return False
    own = {t.i for t in token.subtree}
    return any(
        _is_harmed(t)
        for t in token.sent
        if t.i != token.i
        and (mention := passage.actors.get(t.i)) is not None
        and mention.party.id == named.id
        and (t.i not in own or any(a.dep_ == "relcl" for a in _path(t, token)))
    )


def other_groups(sent: Span) -> set[str]:
    """Return the words for groups that a sentence names as others: "a rival militia"."""
    return {
        t.lower_
        for t in sent
        if t.lower_ in REBEL_WORDS | GROUP_WORDS and any(c.lower_ in _OTHERS for c in t.children)
    }


def is_loser(token: Token) -> bool:
    """Whether a word is the subject of losing something: "the army lost Bara"."""
    return token.dep_ == "nsubj" and token.head.lemma_ in {"lose", "cede", "surrender"}


def _is_harmed(token: Token) -> bool:
    """Whether a sentence has something done to a party: it loses a place or is driven out."""
    if token.dep_ == "nsubj":
        return is_loser(token)
    return token.dep_ == "dobj" or (token.dep_ == "pobj" and token.head.lower_ in _AGAINST)


def _is_name(token: Token, passage: Passage) -> bool:
    """Whether a word before "fighters" names a group that no table lists: "Nyatura"."""
    return token.dep_ in {"amod", "compound", "nmod"} and _is_proper(token, passage)


def _is_proper(token: Token, passage: Passage) -> bool:
    """Whether a word is a proper name that is no place, party or nation known."""
    return (
        token.pos_ == "PROPN"
        and token.i not in passage.places
        and token.i not in passage.actors
        and token.text not in demonyms()
        and token.lower_ not in common_words()
        and token.lower_ not in REBEL_WORDS | FORCE_WORDS
    )


def _army_of_unit(unit: Actor, cast: Cast, discourse: Discourse | None) -> Actor:
    """Return the army of "the 3rd Brigade": the last one named, or else the only one."""
    if not unit.id.startswith("text:"):
        return unit
    armies = {p.id: p for p in cast.parties.values() if p.kind in {"state", "foreign"}}
    last = discourse.last_actor if discourse is not None else None
    if last is not None and last.id in armies:
        return last
    state = cast.state()
    if state is None or not {p.side for p in armies.values()} <= {state.side}:
        return unit
    bare = unit.name.casefold() in {"soldiers", "troops"}
    foes = [p for p in cast.parties.values() if p.kind == "rebel"]
    if not bare and state.id not in cast.parties and cast.has_rival_army():
        return unit
    return unit if bare and not foes else state.actor  # without a foe, it may be any army


_PRONOUNS = frozenset({"they", "it", "he", "who", "which", "both", "his", "its", "their"})
_OF_A_PARTY = frozenset({"regime", "control", "grip", "power", "governor", "aggression"})


def _party_by_name(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the party whose name is in a noun phrase: "its B partner, the A" is A."""
    if token.lower_ in REBEL_WORDS:
        for owner in [o for p in kids(token, "prep") if p.lower_ == "of" for o in kids(p, "pobj")]:
            if owner.i in passage.actors and not _denied(owner):
                return _actor_of(owner, passage, cast)  # "Tuareg rebels of the MNLA"
    if token.i in passage.actors:
        return _actor_of(token, passage, cast)
    attributes = kids(token, "compound", "amod", "poss", "nmod")
    if token.lower_ in _OF_A_PARTY:
        attributes = []  # "the army's grip" is not the army
    for t in [*kids(token, "appos"), *attributes]:
        if t.i in passage.actors and not _denied(t):  # "the army, not the rebels"
            return _actor_of(t, passage, cast)
    return None


def _actor_of(token: Token, passage: Passage, cast: Cast) -> Actor:
    """Return the party that was recognised at a token."""
    return cast.actor_of(passage.actors[token.i].party)


def _party_of_pronoun(
    token: Token, passage: Passage, cast: Cast, discourse: Discourse
) -> Actor | None:
    """Return the party that "they", "it" or "who" refers to, and None for any other word."""
    if token.lower_ not in _PRONOUNS:
        return None
    last = discourse.last_one if token.lower_ == "it" else None
    return _nearest_actor(token, passage, cast, discourse) or last or discourse.last_actor


def _is_named_again(token: Token) -> bool:
    """Whether words such as "the same" and "that" refer back to a party named before."""
    before = {c.lower_ for c in token.children if c.i < token.i}
    return "same" in before or (bool(before) and before <= {"the", "that", "this"})


ALLIED = frozenset({"alliance", "coalition"})
"""Words for a group that may well be one against the armed group that is named."""


def meant_again(words: str, cast: Cast, discourse: Discourse) -> Actor | None:
    """Return the party that "the same coalition" or "the group" refers to, or None.

    Parameters
    ----------
    words
        The phrase without its article.
    cast
        The parties of the article.
    discourse
        What earlier sentences named.
    """
    is_group = set(words.lower().split()) <= GROUP_WORDS | REBEL_WORDS | {"armed"}
    last = discourse.acted.last_that(lambda actor: _can_be(actor, words, cast))
    if last is not None:
        return last
    return cast.only_rebel() if is_group and words.casefold() not in ALLIED else None


def only_group(sent: Span, passage: Passage) -> Actor | None:
    """Return the armed group that a sentence names, if it names no other."""
    named = {
        passage.actors[t.i].party.id: passage.actors[t.i].party
        for t in sent
        if t.i in passage.actors
    }
    groups = [p for p in named.values() if p.kind in {"militia", "rebel"}]
    return groups[0].actor if len(groups) == 1 else None


_ARMY = STATE_WORDS | word_list("actors", "regulars")


_GUARDS = frozenset({"guard", "guards"})  # border guards who fled are not "the group"


def _can_be(actor: Actor | None, words: str, cast: Cast) -> bool:
    """Whether a general word can refer to a party: "the rebels" are not the army."""
    low = {w.casefold() for w in words.split()}
    if "defenders" in low:
        return False  # who attacked last does not defend
    known = next((p for p in cast.table.parties if actor and p.id == actor.id), None)
    if known is None:  # "the rebels" are not "troops", nor "the army" some "fighters"
        named = {w.casefold() for w in actor.name.split()} if actor else set()
        if "police" in low - named:
            return False  # a gang named before is not "the police"
        return not any(
            named & one and low & other
            for one, other in (
                (_ARMY | _GUARDS, REBEL_WORDS | {"group"}),
                (REBEL_WORDS | GROUP_WORDS, _ARMY),
            )
        )
    if low & _ARMY and known.kind in {"rebel", "militia"}:
        return False
    if low == {"coalition"} and not any("coalition" in name.casefold() for name in known.names):
        return False  # it may be one against them
    if known.country not in {None, cast.country} and not cast.fights_here(known):
        return False
    return not (low & (REBEL_WORDS | GROUP_WORDS) and known.kind in {"state", "foreign"})


def _of_whom(token: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the owner of "forces": "forces of the government", "troops loyal to the GNA"."""
    for t in token.subtree:
        if t.i <= token.i or _denied(t) or t.dep_ == "conj":
            continue
        if _path(t, token)[-1].dep_ == "conj":
            continue  # "the army and its Wagner auxiliaries": the army is not Wagner's
        if t.dep_ == "appos" and t.head.lower_ not in GROUP_WORDS:
            continue  # but "rebels of another group, the FDLR"
        if any(a.dep_ in {"relcl", "advcl"} for a in _path(t, token) if a.i != token.i):
            continue
        if t.i in passage.actors:
            return _actor_of(t, passage, cast)
        if t.dep_ == "pobj" and t.lower_ in STATE_WORDS:
            return cast.resolve(t.text)
        if t.dep_ == "pobj" and (name := _spelled_out(t, passage, cast)) is not None:
            return cast.resolve(name)
        if t.dep_ == "pobj" and t.head.lower_ == "of" and t.head.head.i == token.i:
            own = _by_own_name(t, token, passage, cast)
            if own is not None:
                return own
    return None


def _by_own_name(name: Token, men: Token, passage: Passage, cast: Cast) -> Actor | None:
    """Return the party of no table of "fighters of the Purple Falcons", unless it is a unit."""
    words = full_name(name, passage) or phrase(name, passage)
    is_name = " " in words or _is_proper(name, passage)
    if not is_name or words[:1].islower() or is_army_unit(words):
        return None
    return as_written(words, cast.country) if men.lower_ in REBEL_WORDS | {"soldiers"} else None


def _denied(token: Token) -> bool:
    """Whether a name follows "not" or "rather than", so that another party is meant."""
    before = [t for t in token.doc[max(token.sent.start, token.i - 4) : token.i] if t.pos_ != "DET"]
    return bool(before) and before[-1].lower_ in {"not", "than"}


def _nearest_actor(
    pronoun: Token, passage: Passage, cast: Cast, discourse: Discourse
) -> Actor | None:
    """Return the nearest party before a pronoun that is a subject in the same sentence.

    "Police announced that they had retaken the town" is about the police, whom no table lists.
    """
    for t in reversed(
        [t for t in pronoun.sent if t.i < pronoun.i and t.dep_ in {"nsubj", "nsubjpass"}]
    ):
        found = party(t, passage, cast, discourse) if t.pos_ != "PRON" else None
        if found is None and t.lower_ in _ARMY:
            found = as_written(t.text, cast.country)
        if found is not None:
            return found
    seen = [t for t in pronoun.sent if t.i < pronoun.i and t.dep_ == "dobj" and t.tag_ == "NNS"]
    if pronoun.lower_ != "they" or pronoun.dep_ != "nsubj":
        return None
    # "Footage shows X fighters in Y, indicating that they hold Z"
    return next((a for t in reversed(seen) if (a := _party_by_name(t, passage, cast))), None)


def _are_our_men(token: Token) -> bool:
    """Whether "our men" or "his men" are the fighters of whoever speaks or is spoken of."""
    return token.lower_ == "men" and any(c.lower_ in {"his", "our"} for c in kids(token, "poss"))


def is_people(token: Token | None, passage: Passage) -> bool:
    """Whether a noun phrase refers to people in general, not to fighters or passers-by."""
    if token is None or _are_our_men(token):
        return False
    if token.tag_ == "CD":
        return True  # "9,000 reached the camp"
    near = [
        t
        for t in token.subtree
        if not any(a.dep_ in _CLAUSE_DEPS and a.i != token.i for a in _path(t, token))
    ]
    words = {
        passage.word(t).lower()
        for t in near
        if t.dep_ in {"pobj", "conj", "prep", "nummod", "quantmod"} or t.i == token.i
    }
    if words & PASSERS_BY:
        return False
    if words & {"fighters", "soldiers", "troops", "rebels", "forces", "militants", "gunmen"}:
        return False
    return bool(words & PEOPLE_NOUNS)
