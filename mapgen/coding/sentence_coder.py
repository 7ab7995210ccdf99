"""Code the sentences of an English article by a lexicon and grammar rules.

Parsed sentences come in, in reading order; claims and one record per sentence go out. Each sentence
is searched for words of the lexicon, and the frame of each word drafts the claims that the sentence
makes. For each draft the coder decides how certain the text presents it, who says it, when it
happened, and who acted. Sentences that yield no claim keep the reason why.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.antecedents import acting_in, is_where_they_went, occupier, whose_forces
from mapgen.coding.english.asides import locators, sayings, witness_place
from mapgen.coding.english.attackers import fought_in
from mapgen.coding.english.attribution import attribution
from mapgen.coding.english.but_no_further import but_no_further
from mapgen.coding.english.claiming import claim_id, unlike
from mapgen.coding.english.dates import PRESENT_DAYS, find_dates, is_deadline
from mapgen.coding.english.days_of_places import NO_DAY, split_by_day
from mapgen.coding.english.flat_denials import flat_denial
from mapgen.coding.english.implausible import left_out_figure, never_now
from mapgen.coding.english.list_lines import HELD_IN_LIST, with_lines_of_lists
from mapgen.coding.english.mentions import (
    kids,
    points_back,
)
from mapgen.coding.english.modality import Modality, modality
from mapgen.coding.english.own_days import date_of, day_alone, days_of_sentence
from mapgen.coding.english.parties import ALLIED, meant_again, only_group, other_groups
from mapgen.coding.english.quoting import quote_of, with_words
from mapgen.coding.english.reasons import why_left_off, why_unsaid
from mapgen.coding.english.road_ends import off_ends
from mapgen.coding.english.sentence_context import ClaimDraft, SentenceContext
from mapgen.coding.english.stays_ended import stays_ended
from mapgen.coding.english.takeback import (
    BACK,
    beaten_off,
    claimed_before,
    denial,
    denied,
    denied_within,
    dispute,
    disputed,
    disputing,
    retaken,
)
from mapgen.coding.english.taken_after import CONTROL, LastTaker
from mapgen.coding.english.undone import day_of_turn
from mapgen.coding.english.unique_drafts import unique_drafts
from mapgen.coding.english.verb_frames.by_name import FRAMES, entry_of
from mapgen.coding.english.word_orders.driven_out import until_driven_out
from mapgen.coding.english.word_orders.fighting_told import with_fighting
from mapgen.coding.english.word_orders.halved_towns import told_halved
from mapgen.coding.english.word_orders.holder_asides import held_likewise, told_aside
from mapgen.coding.english.word_orders.holder_lines import held_in_list
from mapgen.coding.english.word_orders.men_leaving import men_leaving, without_their_flight
from mapgen.coding.english.word_orders.movements import is_abroad, is_of_area, people_moved
from mapgen.coding.english.word_orders.seizure import told_seizure
from mapgen.coding.english.word_orders.taken_next import at_same_site, moved_in_then, taken_next
from mapgen.coding.english.word_orders.turns import with_turns
from mapgen.coding.english.word_orders.whose_it_is import told_holder
from mapgen.core.tables.actors import GROUP_WORDS
from mapgen.core.tables.sources import is_monitor_described, sources_in
from mapgen.model import (
    MOVEMENTS,
    OF_DISPLACED,
    Actor,
    Article,
    Attribution,
    Claim,
    ClaimPlace,
    Kind,
    Precision,
    Role,
    SentenceRecord,
    Status,
)
from mapgen.reasons import OPEN, Reason, ReasonKind, trigger_reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spacy.tokens import Span, Token

    from gazetteer import Gazetteer
    from mapgen.coding.english.article_context import ArticleContext
    from mapgen.coding.english.background import Background
    from mapgen.coding.english.country_sections import CountrySection
    from mapgen.coding.english.discourse import Discourse
    from mapgen.coding.english.led_lines import LedLines
    from mapgen.coding.english.narrative import Narrative
    from mapgen.core.tables.actors import Cast
    from mapgen.model import When
    from mapgen.places.georeference import Geoparse
    from mapgen.reading.passages import Passage

_WAR_KINDS = {
    Kind.CONTROL_CHANGE,
    Kind.ADVANCE,
    Kind.THREAT,
    Kind.SIEGE,
    Kind.STRIKE,
    Kind.CLASH,
    Kind.WITHDRAWAL,
}


_SUM_DAYS = 365  # people who fled over a year or more are a sum, not one movement
_STAMP_LENGTH = len("10:45 p.m. GMT: ")
_POST = re.compile(r"\W*\d{1,2}[:.h]\d{2}\b")  # "09:40 GMT: ..."
MOST_WORDS = 300
"""Sentences with more words are skipped, since the rules would take minutes to search them."""


@dataclass(slots=True)
class SentenceCoder:
    """The state of the coder while it reads one article, sentence by sentence."""

    article: Article
    read: ArticleContext
    found: Geoparse
    gazetteer: Gazetteer
    discourse: Discourse
    background: Background
    narrative: Narrative
    claims: list[Claim]
    sentences: list[SentenceRecord]
    led: LedLines
    section: CountrySection | None = None  # of the sentence that is read
    section_cast: Cast = field(init=False)
    cast: Cast = field(init=False)  # of that section and sentence
    speaker: Attribution | None = None  # the last speaker quoted
    group: Attribution | None = None  # the last speaker that was a group
    taker: Actor | None = None  # who last captured a place
    took_back: bool = False  # whether it had lost the place before
    ordinals: Counter[tuple[int, Kind]] = field(default_factory=Counter)  # claims per start, kind
    n_last: int = 0  # number of claims of the last sentence
    past: str | None = None  # earlier words that set this sentence in the past
    pasts: dict[int, str] = field(default_factory=dict)  # those words by start of the sentence
    day: date | None = None  # day of publication, else the latest day named in the article

    def sentence(self, passage: Passage, sent: Span) -> None:
        """Code one sentence, and note what later sentences may refer back to."""
        start, end = passage.bounds(sent)
        if end <= start:
            return
        if len(sent) > MOST_WORDS:
            self.note(start, end, f"longer than {MOST_WORDS} words")
            self.n_last = 0
            return
        self.enter(start)
        self.discourse.lead(self.led.at(start))
        self.discourse.begin(passage.starts[0])
        self.past = self.set_past(sent, passage)
        self.narrative.enter(passage)
        self.deny_last(self.article.text[start:end])
        self.date_last(self.article.text[start:end])
        named = [t for t in sent if t.i in passage.places]
        aside = (sayings(sent) - witness_place(sent)) if named else set()
        aside |= locators(sent, passage)
        for t in named:
            ref = passage.places[t.i]
            if t.i not in aside:
                self.discourse.note(ref, subject=t.dep_ in {"nsubj", "nsubjpass", "ROOT"})
        grounds, country = _countries(named, passage), self.section_cast.country
        if country is None and len(grounds) == 1:
            country = next(iter(grounds))
        self.cast = replace(self.section_cast, grounds=grounds, country=country)
        scene = SentenceContext(passage, self.discourse, self.cast)
        drafts = self.told(sent, scene)
        days = days_of_sentence(sent, passage, self.article.published_on, self.narrative.current)
        drafts = split_by_day(with_lines_of_lists(drafts, sent, scene), days, scene)
        made = unlike([self.claim(d, passage) for d in drafts])
        made = retaken(made) + self.disputed_last(start, end) + self.disputed_here(made, start, end)
        if self.n_last:
            self.claims[-self.n_last :] = until_driven_out(self.claims[-self.n_last :], made)
        if self.article.text[start:end].rstrip('"”’)')[-1:] in {".", "!", "?", ";", ":"}:
            self.discourse.note_flight(made)  # "others" are none of those in a title
        self.discourse.note_cause(made)
        self.claims += made
        self.narrative.note(days, passage)
        self.ordinals.update((c.start, c.kind) for c in made)
        self.n_last = len(made)
        self.discourse.fights.append(fought_in(sent, scene))
        self.discourse.acted.note(acting_in(sent, passage, self.cast, self.discourse))
        self.discourse.others |= other_groups(sent)
        why = why_left_off(made) if made else why_unsaid(sent, passage, self.article.published_on)
        self.note(start, end, why)

    def set_past(self, sent: Span, passage: Passage) -> str | None:
        """Return earlier words that set a sentence in the past, and note them for both readers."""
        words = self.background.words(sent, passage)
        if words is not None:
            self.pasts[passage.bounds(sent)[0]] = words
        return words

    def told(self, sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
        """Return the drafts that the words of a sentence make."""
        listed = held_in_list(sent, scene, self.article.published_on)
        drafts = listed or [d for t in sent for d in _drafts(t, scene)]
        if not any(d.kind in CONTROL for d in drafts):
            told = told_holder(sent, scene, self.article.published_on)
            drafts += told or told_seizure(sent, scene)
        drafts += told_halved(sent, scene, drafts)
        drafts += told_aside(sent, scene, drafts)
        drafts += held_likewise(sent, scene, drafts)
        drafts += men_leaving(sent, scene, drafts)
        drafts = with_fighting(off_ends(drafts, scene.passage.text), sent, scene)
        drafts = self.going_on(drafts, sent, scene)
        drafts = with_turns(
            but_no_further(unique_drafts(drafts)), sent, scene, self.article.published_on
        )
        return without_their_flight(people_moved(drafts, sent, scene))

    def going_on(
        self, drafts: list[ClaimDraft], sent: Span, scene: SentenceContext
    ) -> list[ClaimDraft]:
        """Return the drafts of a sentence with what it adds to the sentence before."""
        before = self.claims[-self.n_last :] if self.n_last else []
        words = self.sentences[-1].text if self.sentences else ""
        went_on = taken_next(sent, scene, before, words) + moved_in_then(sent, scene, drafts)
        kept = [d for d in drafts if d.places or not went_on]
        return at_same_site(kept, before) + went_on

    def enter(self, offset: int) -> None:
        """Take up the parties of the section of a sentence; an item of a digest starts anew."""
        line = self.article.text.rfind("\n", 0, offset) + 1
        if offset - line < _STAMP_LENGTH and _POST.match(self.article.text, line):
            self.discourse.cause = None  # another post of a live blog tells of something else
            self.speaker = None
        section = self.read.section(offset)
        if section is self.section:
            return
        if section.is_item and (self.section is None or section.country != self.section.country):
            self.discourse.turn()
            self.discourse.flight = None
            self.speaker = self.group = self.taker = None
        self.section, self.section_cast = section, section.cast

    def deny_last(self, sentence: str) -> None:
        """Mark the claims of the last sentence as denied if this sentence only denies them."""
        words = denial(sentence, self.sentences[-1].text) if self.sentences else None
        if words is None or not self.n_last or flat_denial(sentence):
            return  # of "Not so, says the army" both sides are shown
        self.claims[-self.n_last :] = denied(self.claims[-self.n_last :], words)
        last = self.sentences[-1]
        self.sentences[-1] = replace(last, left_off=why_left_off(self.claims[-self.n_last :]))

    def date_last(self, sentence: str) -> None:
        """Give the claims of the last sentence the day that this sentence only adds or corrects.

        "We said earlier that Rufaa fell on Sunday. It was Monday."
        """
        when = day_alone(sentence, self.article.published_on)
        if when is not None and self.n_last:
            last = self.claims[-self.n_last :]
            self.claims[-self.n_last :] = [replace(c, date=when) for c in last]

    def disputed_last(self, start: int, end: int) -> list[Claim]:
        """Return denials of the claims of the last sentence by the speaker of this one."""
        sentence = self.article.text[start:end]
        found = dispute(sentence)
        beaten = beaten_off(sentence) if found is None else None
        found = found or beaten
        last = self.claims[-self.n_last :] if self.n_last else []
        if found is not None and beaten is None:
            last = self.denied_by(found, last, start)
        if found is None or not last:
            return []
        who = disputing(found["who"])
        at = start + found.start("who" if found.start("who") < found.start("verb") else 0)
        quote = (at, start + found.end(), self.article.text[at : start + found.end()])
        if beaten is not None:
            last = [c for c in last if c.kind in {Kind.CONTROL_CHANGE, Kind.ADVANCE}]
        return disputed(last, quote, who, found["verb"])

    def denied_by(self, found: re.Match[str], last: list[Claim], start: int) -> list[Claim]:
        """Return the claims that a denial means: those of the last sentence, or earlier ones.

        "The claim" means a capture that somebody claimed a few lines before; "it" and "this" one of
        the sentence before the last, if nothing is told of the one who denies in between.
        """
        if found["claim"]:
            captures = any(c.kind is Kind.CONTROL_CHANGE for c in last)
            return last if captures else claimed_before(self.claims, start) or last
        if last or len(self.sentences) < 2:  # noqa: PLR2004
            return last
        who = self.cast.speaker(found["who"])
        between = self.discourse.acted.sentences[-1:]
        if any(a.actor.side == who.side for acting in between for a in acting if who is not None):
            return []
        first = self.sentences[-2].start
        return [c for c in claimed_before(self.claims, start) if c.start >= first]

    def disputed_here(self, made: list[Claim], start: int, end: int) -> list[Claim]:
        """Return denials of control changes by somebody whom the same sentence names."""
        found = denied_within(self.article.text[start:end])
        if found is None:
            return []
        first, last, named, verb = found
        who = disputing(named)
        quote = (start + first, start + last, self.article.text[start + first : start + last])
        told = [c for c in made if c.kind in CONTROL and c.start < start + first]
        return disputed(told, quote, who, verb)

    def note(self, start: int, end: int, left_off: str | None) -> None:
        """Record a sentence as the article has it, and the reason if it is left off the map."""
        words = self.article.text[start:end]
        record = SentenceRecord(
            article=self.article.id, start=start, end=end, text=words, left_off=left_off
        )
        self.sentences.append(record)

    def claim(self, draft: ClaimDraft, passage: Passage) -> Claim:
        """Turn a draft into a claim: add its status, attribution, date, actors and confidence."""
        trigger = draft.trigger
        start, end = quote_of(draft, passage)
        mood = modality(trigger, passage, self.day, draft.clause)
        if mood.status.is_current and self.past:
            mood = Modality(Status.HISTORICAL, self.past)
        if mood.words:
            start, end = with_words(start, end, mood.words, trigger, passage)
        mood = self._summed(draft, mood, passage)
        when = self._when(draft, passage, is_current=mood.status.is_current)
        words = passage.text[slice(*passage.bounds(trigger.sent))]
        mood = never_now(mood, when, words, self.article.published_on)
        said = self._speaking(attribution(trigger, passage, self.speaker), trigger, passage)
        self.speaker = said or self.speaker
        actor = whose_forces(draft.actor, said, trigger, passage, self.cast, self.discourse)
        actor = occupier(actor, trigger, self.cast, self.discourse)
        status = _status(draft, mood, actor, said)
        reasons = [
            Reason(ReasonKind.KIND, draft.kind.value, trigger.lemma_),
            trigger_reason(passage.starts[trigger.i], passage.ends[trigger.i]),
            *draft.reasons,
        ]
        if mood.words:
            reasons.append(Reason(ReasonKind.STATUS, mood.status.value, mood.words))
        if draft.figure is None and (left_out := left_out_figure(words)):
            reasons.append(left_out)
        kind = self._kind(draft, mood, when, passage)
        places = draft.places
        if self._is_of_country(draft, kind, passage):
            places = self._country(start)
            reasons.append(Reason(ReasonKind.PLACE, "the article's country, as none is named"))
        from_actor = draft.from_actor
        if kind is Kind.CONTROL_CHANGE:
            if actor is None:
                is_open = any(r.how == OPEN for r in draft.reasons)
                actor = None if is_open else self._taker(draft, mood)
                if actor is not None:
                    reasons.append(Reason(ReasonKind.ACTOR, "inferred"))
            elif mood.status.is_current:
                self._note_taker(actor, draft)
            if from_actor is None and actor is not None:
                from_actor = self._opponent(actor, draft)
                if from_actor is not None:
                    reasons.append(Reason(ReasonKind.FROM, "inferred"))
        return Claim(
            id=claim_id(
                self.article.id,
                start,
                end,
                kind,
                self.ordinals[start, kind],
            ),
            article=self.article.id,
            start=start,
            end=end,
            quote=self.article.text[start:end],
            kind=kind,
            status=status,
            actor=actor,
            from_actor=from_actor if from_actor != actor else None,
            places=places,
            quantity=draft.figure.quantity if draft.figure else None,
            date=when,
            attribution=said,
            confidence=_confidence(draft, said, mood),
            state=draft.state,
            reasons=tuple(reasons),
        )

    def _opponent(self, actor: Actor, draft: ClaimDraft) -> Actor | None:
        """Return who lost a place if only one other side can; a line of a list leaves it open."""
        return None if HELD_IN_LIST in draft.reasons else self.cast.opponent(actor)

    def _note_taker(self, actor: Actor, draft: ClaimDraft) -> None:
        """Record who captured a place, if the words say so."""
        if not any(r.how == "inferred" for r in draft.reasons):
            self.taker, self.took_back = actor, draft.trigger.lemma_ in BACK

    def _when(self, draft: ClaimDraft, passage: Passage, *, is_current: bool) -> When | None:
        """Return the date that the sentence gives, or that of the narrative."""
        published, narrative = self.article.published_on, self.narrative
        is_move = draft.kind in MOVEMENTS
        near = draft.day_near or draft.trigger
        is_turn, day = day_of_turn(near, passage, published)
        if is_turn and draft.when is None:
            return day
        if draft.when == NO_DAY:
            return None
        when = draft.when or date_of(near, passage, published, narrative.current, is_move=is_move)
        if when is not None and draft.kind is Kind.EVACUATION_ORDER:
            return None if is_deadline(when, near.sent.text) else when
        if when is not None or not is_current:
            return when
        return narrative.carried(draft.trigger, draft.kind)

    def _kind(self, draft: ClaimDraft, mood: Modality, when: When | None, passage: Passage) -> Kind:
        """Return the kind of a claim: "has occupied it since 1967" is a state, not a change."""
        current = draft.kind is Kind.CONTROL_CHANGE and mood.status.is_current
        if current and self._long_since(when, draft.trigger, passage):
            return Kind.CONTROL_STATE
        return draft.kind

    def _summed(self, draft: ClaimDraft, mood: Modality, passage: Passage) -> Modality:
        """Return a sum to date, or a stay that ended, as one of the past.

        "Since 2016 more than 640,000 have fled", "until last week X hosted 9,000 people from Y".
        """
        if draft.kind not in OF_DISPLACED or not mood.status.is_current:
            return mood
        here = passage.starts[draft.trigger.i]
        for first, last in stays_ended(passage.text, *passage.bounds(draft.trigger.sent)):
            if first <= here < last:
                return Modality(Status.HISTORICAL, passage.text[first:last].split(" ", 1)[0])
        if draft.kind is not Kind.DISPLACEMENT:
            return mood
        when = date_of(draft.trigger, passage, self.article.published_on)
        if when is None or when.start is None or self.day is None:
            return mood
        old = (self.day - when.start).days >= _SUM_DAYS
        if not old or not self._long_since(when, draft.trigger, passage):
            return mood
        return Modality(Status.HISTORICAL, when.words)

    def _is_of_country(self, draft: ClaimDraft, kind: Kind, passage: Passage) -> bool:
        """Whether a figure of displaced people without a place applies to the whole country."""
        if draft.places or kind is not Kind.DISPLACEMENT or draft.figure is None:
            return False
        if is_of_area(draft.trigger.sent, passage) or is_abroad(passage, self.found.country):
            return False
        return bool(self.found.country) and not self._unknown_place(passage, draft.trigger.sent)

    def _taker(self, draft: ClaimDraft, mood: Modality) -> Actor | None:
        """Infer who captured a place if the sentence does not name the captor."""
        if draft.from_actor is not None:
            return self.cast.opponent(draft.from_actor)
        if draft.trigger.lemma_ in {"loss", "lose"} or is_where_they_went(draft.trigger):
            return None
        meant = any(s.tag_ == "PRP" for s in kids(draft.trigger, "nsubj"))
        before = [c.actor for c in self.claims[-self.n_last :]] if self.n_last else []
        if meant and self.taker not in before:
            return None  # "they took X": who "they" are is not certain
        last = LastTaker(self.taker, self.took_back)
        return last.of(draft, self.claims, self.cast) if mood.status.is_current else None

    def _long_since(self, when: When | None, trigger: Token, passage: Passage) -> bool:
        """Whether a sentence says that a state began long ago: "since 1967"."""
        if when is None or when.start is None or self.day is None:
            return False
        if when.start >= self.day - timedelta(days=PRESENT_DAYS):
            return False
        sentence = passage.text[slice(*passage.bounds(trigger.sent))]
        dates = find_dates(sentence, self.article.published_on)
        return any(d.since and d.when == when for d in dates)

    def _speaking(
        self, said: Attribution | None, trigger: Token, passage: Passage
    ) -> Attribution | None:
        """Replace a speaker that is called only "the group" by its name.

        An earlier group that was quoted ("a local relief group") is preferred to an armed party,
        and the only armed group of the sentence to those named before.
        """
        if said is None or said.name.casefold().rsplit(" ", 1)[-1] not in GROUP_WORDS:
            return self._monitor(said)
        if " " in said.name:
            self.group = said
            return said
        if self.group is not None:
            return replace(said, name=self.group.name, role=self.group.role)
        is_open = said.name.casefold() in ALLIED
        who = None if is_open else only_group(trigger.sent, passage)
        who = who or meant_again(said.name, self.cast, self.discourse)
        return replace(said, name=who.name) if who is not None else said

    def _monitor(self, said: Attribution | None) -> Attribution | None:
        """Replace "the war monitor" by the only monitor that the article names."""
        if said is None or not is_monitor_described(said.name):
            return said
        known = [s for s in sources_in(self.article.text) if s.kind == "monitor"]
        return replace(said, name=known[0].short, role="monitor") if len(known) == 1 else said

    def _unknown_place(self, passage: Passage, sent: Span) -> bool:
        """Whether a sentence has an unresolved place name or refers back to several places."""
        start, end = passage.bounds(sent)
        return points_back(sent) or any(
            r.place is None and start <= r.start < end for r in self.found.references
        )

    def _country(self, offset: int) -> tuple[ClaimPlace, ...]:
        """Return the country of the article as the place of a claim; empty if unknown."""
        place = self.gazetteer.get(f"iso:{self.found.country}")
        if place is None:
            return ()
        named = next(
            (r for r in self.found.references if r.place is not None and r.place.id == place.id),
            None,
        )
        return (
            ClaimPlace(
                surface=named.surface if named else "",
                start=named.start if named else offset,
                end=named.end if named else offset,
                role=Role.REGION,
                place_id=place.id,
                name=place.name,
                lat=place.lat,
                lon=place.lon,
                precision=Precision.COUNTRY,
            ),
        )


def _countries(named: Sequence[Token], passage: Passage) -> frozenset[str]:
    """Return the countries of the places that a sentence names."""
    places = [passage.places[t.i].place for t in named]
    return frozenset(p.country for p in places if p is not None and p.country)


def _status(
    draft: ClaimDraft, mood: Modality, actor: Actor | None, said: Attribution | None
) -> Status:
    """Return the status of a claim from its modality and from whether somebody else says it."""
    if said is None:
        return mood.status
    claims = draft.kind is Kind.CONTROL_CHANGE and draft.trigger.lemma_ == "claim"
    if mood.status is Status.ASSERTED or (actor is None and claims):
        return Status.CLAIMED
    return mood.status


def _drafts(token: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts that the frame of a word yields, or none if the lexicon lacks the word."""
    if token.i in scene.passage.places or token.i in scene.passage.actors:
        return []
    entry = entry_of(token)
    return FRAMES[entry.frame](token, entry, scene) if entry is not None else []


def _confidence(draft: ClaimDraft, said: Attribution | None, mood: Modality) -> float:
    """Return the confidence of a claim, from 0 to 1; doubt, inference and hearsay lower it."""
    # "may have taken", "likely took": half the confidence of a plain assertion
    value = 0.4 if mood.status is Status.CLAIMED else 0.8
    if any(r.what is ReasonKind.PLACE for r in draft.reasons):
        value -= 0.2
    if draft.kind in _WAR_KINDS and draft.actor is None:
        value -= 0.15
    if said is not None:
        value -= 0.1
    return round(value, 2)
