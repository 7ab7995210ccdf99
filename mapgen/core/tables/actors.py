"""Find the parties that act: named parties with aliases, and general words such as "rebels".

A general word ("rebels", "the army") is resolved within its article, to the party of that kind that
the article names most often. An unknown group is kept as written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.core.tables.general_words import is_of_state
from mapgen.core.tables.group_sorts import can_be_called, is_of_sort
from mapgen.core.tables.in_force import csv_rows, per_tables, table_rows
from mapgen.core.tables.named_in_text import NOTHING_NAMED, NamedInText, named_in
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Actor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Set

STATE_WORDS = word_list("actors", "state_words")
REBEL_WORDS = word_list("actors", "rebel_words")
FORCE_WORDS = word_list("actors", "force_words")
WEAPON_WORDS = word_list("actors", "weapon_words")
"""Words for weapons, which name a party only together with its owner ("Russian jets")."""

CIVIL_WORDS = word_list("actors", "civil_words")
"""Words for groups that do not fight, such as "a local relief group"."""

GROUP_WORDS = word_list("actors", "group_words")
"""Words for an armed party that does not belong to a state."""

_OF_HERE = frozenset({"opposition", "rebel", "rebels"})
_STEM = 4  # letters that the name of a country and its adjective share
# "an al-Qaeda affiliate", "Islamic State-linked fighters": another party than the one named
_LIKE = r"[- ](?:affiliate|allied|aligned|inspired|linked|offshoot|branch)"
_ARMY = re.compile(
    r"\b(?!(?:The|National|Federal|Regular|Government|State|Arab)\b)([A-Z][\w'’-]+)\s+Army\b"
)
_NATIONAL_ARMY = re.compile(r"\b(?:National Army|National Armed Forces|Free \w+ Army)\b")
_UNIT = re.compile(
    r"""
    \b(?:[0-9]+(?:st|nd|rd|th)? | [A-Z]\w*(?:irst|econd|ird|th))\s
    (?:(?!of\b)[\w-]+\s){0,4}(?:Army\s)?
    (?:battalion|brigade|corps|division|infantry|regiment)s?\b
    |\b(?:air\sassault|air\sdefen[cs]e|airborne|armou?red|border\sguard|infantry|land|light\sinfantry|marine
      |mechani[sz]ed|motori[sz]ed|naval|republican\sguard|presidential\sguard|special\soperations|tank
      |territorial\sdefen[cs]e)\s
    (?:battalion|brigade|corps|division|force|infantry|regiment|troop|unit)s?\b
    |^(?:the\s)?(?:soldiers|troops)$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JET = re.compile(r"\bfighter[- ](?=(?:aircraft|jet|plane)s?\b)", re.IGNORECASE)
_OWNER = re.compile(r"(?:[Tt]he\s+)?([A-Z]\w+)['’]s\s")
_OFFICE = re.compile(r"\s+(?:spokes\w+|officials?|sources?)\b.*$", re.DOTALL)
_SPOKEN_FOR = re.compile(
    r"\b(?:spokes\w+ (?:for|of)|(?:minister|president) of) (?:the )?(.+)$", re.S
)
_ALLIED = re.compile(r"\b(?:US|U\.S\.|UK|UN|U\.N\.|NATO|EU)(?=\W)")


def _adjectives(country: str) -> list[str]:
    """Return the adjectives that begin like the name of a country: "Ukrainian" for "Ukraine"."""
    stem = country[:_STEM]
    return [d for d in demonyms() if len(stem) == _STEM and d.startswith(stem)]


def is_civil(words: set[str]) -> bool:
    """Whether the words of a phrase name a group that does not fight."""
    return bool(words & CIVIL_WORDS and words & GROUP_WORDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """One row of ``data/actors.csv``."""

    id: str
    name: str
    short: str
    side: str
    country: str | None
    kind: str  # state | rebel | militia | foreign
    aliases: tuple[str, ...]  # names that are this party's in any text
    local_aliases: tuple[str, ...]  # names that need a text about its country
    opponents: tuple[str, ...]  # sides that it fights

    @property
    def actor(self) -> Actor:
        """The party as an actor of a claim."""
        return Actor(id=self.id, name=self.name, side=self.side)

    @property
    def names(self) -> tuple[str, ...]:
        """All names under which the table lists the party."""
        return (self.name, self.short, *self.aliases, *self.local_aliases)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A mention of a named party in a text, by its span in code points."""

    start: int
    end: int
    party: Party


@dataclass(slots=True)
class ActorTable:
    """All parties, with one pattern that matches their aliases in a text."""

    parties: tuple[Party, ...]
    _pattern: re.Pattern[str] = field(init=False, repr=False)
    _by_alias: dict[str, list[Party]] = field(init=False, repr=False)
    _local: dict[str, list[Party]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._by_alias, self._local = defaultdict(list), defaultdict(list)
        every: set[str] = set()
        for party in self.parties:
            every.update(party.aliases, party.local_aliases)
            for alias in party.aliases:
                bound = party.country is not None and _is_general(alias)
                (self._local if bound else self._by_alias)[_norm(alias)].append(party)
            for alias in party.local_aliases:
                self._local[_norm(alias)].append(party)
        words = _any_of(sorted(every, key=lambda a: (-len(a), a)))
        self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w])(?!{_LIKE})")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where a text has a name of the table, whichever country it is about."""
        return [m.span() for m in self._pattern.finditer(text)]

    def bearers(self, name: str) -> list[Party]:
        """Return the parties that a name could stand for, whichever country it is used in."""
        return [
            party
            for m in self._pattern.finditer(name)
            for party in (*self._by_alias.get(_norm(m[0]), ()), *self._local.get(_norm(m[0]), ()))
        ]

    def find(
        self, text: str, country: str | None = None, named: NamedInText = NOTHING_NAMED
    ) -> list[ActorMention]:
        """Return the named parties in a text, preferring the longest alias at each position.

        Parameters
        ----------
        text
            An article or a phrase from it.
        country
            Country that the text is about (ISO 3166-1 alpha-2), if known. A local alias such as
            "the junta" counts only in a text about the country of its party.
        named
            What the whole text says about names. A local alias that is a proper name or an
            abbreviation ("SNA") also counts where the text names the country of its party, and an
            abbreviation that the text spells out stands for that name.

        Returns
        -------
        list of ActorMention
            Mentions in the order of the text.
        """
        matches = list(self._pattern.finditer(text))
        beyond_doubt = [p for m in matches for p in self._by_alias.get(_norm(m[0]), [])]
        evidence = _Evidence(
            country,
            frozenset(p.id for p in beyond_doubt),
            named.countries | {p.country for p in beyond_doubt},
        )
        found = []
        for m in matches:
            spelled_out = named.full_names.get(m[0])
            party = self._bearer(m[0], evidence)
            sure = _norm(m[0]) in self._by_alias
            if spelled_out is not None and not sure and not _is_like(spelled_out, party):
                party = self._of_full_name(spelled_out, evidence)
            if party is not None:
                found.append(ActorMention(m.start(), m.end(), party))
        return found

    def _bearer(self, alias: str, evidence: _Evidence) -> Party | None:
        """Return the party that an alias stands for, or None if that is not certain."""
        own = self._by_alias.get(_norm(alias), [])
        if own:
            country = evidence.country
            return min(own, key=lambda p: (p.country != country, p.country is not None))
        local = self._local.get(_norm(alias), [])
        here = [p for p in local if p.country == evidence.country]
        if here:
            return here[0]
        if alias.rsplit(maxsplit=1)[-1].islower():
            return None  # "federal forces" of another country are others
        for fits in (
            [p for p in local if p.id in evidence.parties],
            [p for p in local if p.country in evidence.countries],
        ):
            if fits:
                return fits[0] if len(fits) == 1 else None
        return None

    def _of_full_name(self, name: str, evidence: _Evidence) -> Party | None:
        """Return the party whose name a text has spelled out, or None if it is not in the table."""
        m = self._pattern.search(name)
        whole = m is not None and m.end() == len(name)
        return self._bearer(m[0], evidence) if m is not None and whole else None

    def by_side(self, side: str) -> Party | None:
        """Return the first party listed on a side."""
        return next((p for p in self.parties if p.side == side), None)

    def of_country(self, country: str | None, kinds: frozenset[str]) -> list[Party]:
        """Return the parties of a country that have one of these kinds, in table order.

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2 code; None gives no parties.
        kinds
            Kinds of parties to return.
        """
        return [p for p in self.parties if country and p.country == country and p.kind in kinds]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What decides for which party a local alias stands."""

    country: str | None
    parties: frozenset[str]  # ids of parties that the text names without doubt
    countries: frozenset[str | None]


def _is_like(name: str, party: Party | None) -> bool:
    """Whether a name is a variant of one of a party: "Sudan Armed Forces" of the Sudanese ones."""
    stems = {w[:_STEM].casefold() for w in re.findall(r"[^\W\d_]{4,}", name)}
    return any(
        len(stems & {w[:_STEM].casefold() for w in re.findall(r"[^\W\d_]{4,}", own)})
        > len(stems) / 2
        for own in (party.names if party is not None else ())
    )


def _is_general(alias: str) -> bool:
    """Whether an alias is a common noun, or an abbreviation too short to be unique ("AA")."""
    return alias == alias.lower() or (alias.isupper() and len(alias) < 3)  # noqa: PLR2004


def _any_of(aliases: Iterable[str]) -> str:
    """Return a pattern for any of some aliases, of which the first that fits is taken.

    A common noun also matches at the start of a sentence. Aliases are grouped by their first
    letter, as a text is searched several times faster so.
    """
    by_first: dict[str, list[str]] = defaultdict(list)
    for alias in aliases:
        for first in dict.fromkeys((alias[0], alias[0].upper())):
            by_first[first].append(_spelled(alias[1:]))
    return "|".join(f"{_spelled(a)}(?:{'|'.join(rests)})" for a, rests in by_first.items())


def _spelled(words: str) -> str:
    """Return a pattern for words, whichever apostrophes, hyphens and spaces a text has."""
    plain = re.escape(words).replace("'", "['’‘]")
    return plain.replace(r"\ ", r"\s+").replace("\\-", "[-‑ ]")


def _norm(alias: str) -> str:
    return re.sub(r"[\s‑-]+", " ", alias.replace("’", "'").replace("‘", "'")).casefold()


def read_actors(text: str) -> ActorTable:
    """Read parties from the text of a CSV table with the columns of ``data/actors.csv``."""
    return _actor_table(csv_rows(text))


def _actor_table(rows: Iterable[dict[str, str]]) -> ActorTable:
    return ActorTable(
        tuple(
            Party(
                id=r["id"],
                name=r["name"],
                short=r["short"] or r["name"],
                side=r["side"],
                country=r.get("country") or None,
                kind=r["kind"],
                aliases=tuple(a for a in r["aliases"].split("|") if a),
                local_aliases=tuple(a for a in r.get("local_aliases", "").split("|") if a),
                opponents=tuple(o for o in r.get("opponents", "").split("|") if o),
            )
            for r in rows
        )
    )


@per_tables
def default_table() -> ActorTable:
    """Return the parties of the tables in force."""
    return _actor_table(table_rows("actors.csv"))


@dataclass(frozen=True, slots=True)
class Cast:
    """The parties that one article names, and its country, for resolving general words."""

    table: ActorTable
    country: str | None
    counts: Counter[str]  # party id -> mentions
    parties: dict[str, Party]
    leaders: frozenset[str]  # ids of parties that lead others according to the article
    named: NamedInText = NOTHING_NAMED
    grounds: frozenset[str] = frozenset()  # countries of the places of the sentence that is read

    @classmethod
    def of(
        cls, table: ActorTable, text: str, country: str | None, named: NamedInText | None = None
    ) -> Cast:
        """Return the cast of an article from the parties its text names.

        Parameters
        ----------
        table
            Table of parties.
        text
            Text of the article.
        country
            ISO 3166-1 alpha-2 code of the country that the article is about, if known.
        named
            What the article says about names; read from the text by default.
        """
        named = named_in(text) if named is None else named
        mentions = table.find(text, country, named)
        leaders = {
            m.party.id
            for m in mentions
            if re.search(r"\bled by (?:the )?$", text[max(0, m.start - 12) : m.start])
            or re.match(
                r"(?:[- ]led\b|[^.]{0,60}?\band (?:its |their )?(?:allied|allies)\b)",
                text[m.end : m.end + 90],
            )
        }
        return cls(
            table,
            country,
            Counter(m.party.id for m in mentions),
            {m.party.id: m.party for m in mentions},
            frozenset(leaders),
            NamedInText(
                named.countries | {m.party.country for m in mentions if m.party.country},
                named.full_names,
            ),
        )

    def _most_named(
        self, kinds: frozenset[str], among: Collection[Party] | None = None
    ) -> Party | None:
        parties = self.parties.values() if among is None else among
        here = [p for p in parties if p.kind in kinds and p.country in {self.country, None}]
        abroad = self.country is None or "state" not in kinds  # "the army" is the country's own
        if not here and abroad:  # a party of another country, if the article names only one side
            here = [p for p in parties if p.kind in kinds]
            here = here if len({p.side for p in here}) == 1 else []
            here = [p for p in here if self.fights_here(p)]
        return max(here, key=lambda p: (self.counts[p.id], p.id), default=None)

    def fights_here(self, party: Party) -> bool:
        """Whether a party of another country has a war here, as far as the table knows."""
        if party.country in self.grounds or party.country is None:
            return True
        if self.country is None:  # of a text on several wars, only the place tells which it is
            return len({p.country for p in self.parties.values() if p.country}) <= 1
        own = [p for p in self.table.parties if p.country == self.country]
        return any(p.side in party.opponents or party.side in p.opponents for p in own)

    def _helps(self, party: Party) -> bool:
        """Whether a militia fights on the side of a state."""
        states = {p.side for p in self.table.parties if p.kind == "state"}
        return party.kind == "militia" and party.side in states

    def _can_lose(self, foe: Party, taker: Party | None) -> bool:
        """Whether a party can have held a place of the sentence: Hamas holds none in Lebanon."""
        here = self.grounds | frozenset({self.country} - {None})
        if not here or foe.country is None or foe.country in here or foe.kind == "foreign":
            return True
        return foe.kind == "state" and taker is not None and taker.country in here

    def has_rival_army(self) -> bool:
        """Whether a force of the country other than the state's calls itself a national army."""
        others = self.table.of_country(self.country, frozenset({"rebel", "militia"}))
        return any(_NATIONAL_ARMY.search(p.name) for p in others)

    def state(self) -> Party | None:
        """Return the government party in the article, or else that of its country in the table."""
        return self._most_named(frozenset({"state"})) or next(
            iter(self.table.of_country(self.country, frozenset({"state"}))), None
        )

    def rebel(self, words: Set[str] = frozenset()) -> Party | None:
        """Return the rebel party that the article names most often, or None if there is none.

        Parameters
        ----------
        words
            General words for it, in lower case. "Opposition" and "rebels" are no group without a
            country, such as Islamic State; "gangs" and "jihadists" are a group of that sort, and
            the article must name it more often than all others of the sort.
        """
        fitting = [p for p in self.parties.values() if can_be_called(p.id, p.names, words)]
        found = self._most_named(frozenset({"rebel"}), fitting)
        if found is not None and is_of_sort(words):
            n_own = sum(self.counts[p.id] for p in fitting if p.side == found.side)
            rest = [p for p in fitting if p.kind == "rebel" and p.side != found.side]
            return found if n_own > sum(self.counts[p.id] for p in rest) else None
        of_here = bool(words & _OF_HERE)
        if of_here and found is not None and found.country is None:
            here = [p for p in self.parties.values() if p.kind == "rebel" and p.country]
            own = [p for p in here if p.country == self.country]
            return max(own, key=lambda p: (self.counts[p.id], p.id), default=None)
        return found

    def _is_one_of_several(self, rebel: Party, words: Set[str]) -> bool:
        """Whether words can mean another group of the side as well: two groups of Islamists."""
        others = [
            self.counts[p.id]
            for p in self.parties.values()
            if p.kind == "rebel" and p.side == rebel.side and p.id != rebel.id
            if can_be_called(p.id, p.names, words)
        ]
        return bool(others) and (is_of_sort(words) or self.counts[rebel.id] <= sum(others))

    def only_rebel(self) -> Actor | None:
        """Return the rebel party or militia in the article, if it names exactly one."""
        armed = [p for p in self.parties.values() if p.kind in {"rebel", "militia"}]
        named = [p for p in armed if p.country in {self.country, None} or self.fights_here(p)]
        own = [p for p in named if p.country == self.country] or named
        return own[0].actor if len(own) == 1 else None

    def speaker(self, words: str) -> Actor | None:
        """Return the party of a speaker, such as Russian forces for its Defence Ministry."""
        named = self.resolve(_OFFICE.sub("", words))
        if named is not None and not named.id.startswith("text:"):
            return named
        for_whom = _SPOKEN_FOR.search(words)
        if for_whom is not None and self.table.find(for_whom[1], self.country, self.named):
            return self.resolve(for_whom[1])
        first = re.sub(r"^[Tt]he\s+|['’]s\b.*$|(?<=\w)\s.*$", "", words, flags=re.DOTALL)
        nations = [n for n in map(self._nation, [first, *_adjectives(first)]) if n is not None]
        state = self._of_country(f"{for_whom[1]}'s ") if for_whom is not None else None
        return nations[0] if nations else state or named

    def _of_country(self, phrase: str) -> Actor | None:
        """Return the forces of a country named before them, as in "Turkey's military"."""
        owner = _OWNER.match(phrase)
        adjectives = _adjectives(owner[1]) if owner else []
        found = {n.id: n for n in map(self._nation, adjectives) if n is not None}
        return next(iter(found.values())) if len(found) == 1 else None

    def _nation(self, word: str) -> Actor | None:
        """Return the forces of a nation by its adjective, such as the one in "Russian drones"."""
        for noun in ("forces", "army"):
            found = self.table.find(f"{word.capitalize()} {noun}", self.country)
            if found and found[0].party.kind in {"state", "foreign"}:
                return found[0].party.actor
        return None

    def _may_strike(self, nation: Actor) -> bool:
        """Whether a nation whose weapons are named fights here: not Iran by drones over Kyiv."""
        return all(self.fights_here(p) for p in self.table.parties if p.id == nation.id)

    def name_of(self, party: Party) -> str:
        """Return the name of a party, or "X-led rebels" if it leads others in the article."""
        return (
            f"{party.short}-led rebels"
            if party.id in self.leaders and party.kind == "rebel"
            else party.name
        )

    def actor_of(self, party: Party) -> Actor:
        """Return a party as the one who acts in this article."""
        return Actor(id=party.id, name=self.name_of(party), side=party.side)

    def resolve(self, phrase: str) -> Actor | None:
        """Return the party that a noun phrase such as "the army" refers to, or None if it is none.

        One that is in no table has an id that begins with ``text:``.

        Parameters
        ----------
        phrase
            A noun phrase.
        """
        named = self.table.find(phrase, self.country, self.named)
        if named:
            return self.actor_of(named[0].party)
        return self._spelled_out(phrase) or self._by_general_words(phrase)

    def _spelled_out(self, phrase: str) -> Actor | None:
        """Return a party of no table whose abbreviation the text explains, by its full name."""
        for short, full in self.named.full_names.items():
            if full in phrase or short in phrase.split():
                army = self._by_general_words(full)  # "Syrian Armed Forces" are Syria's
                kinds = {p.id: p.kind for p in self.table.parties}
                is_army = army is not None and kinds.get(army.id) in {"state", "foreign"}
                is_plain = bool({"army", "forces"} & set(full.casefold().split()))
                return army if is_army and is_plain else as_written(full, self.country)
        return None

    def _by_general_words(self, phrase: str) -> Actor | None:
        """Return the party that a general word, such as "rebels", refers to in this article."""
        plain = re.sub(r"['’]s\b", "", _JET.sub("", phrase))  # "the junta's soldiers"
        words = [w.casefold() for w in re.findall(r"[\w’'-]+", plain)]
        last = set(words)
        if not last or is_civil(last):
            return None
        against = last & (REBEL_WORDS - FORCE_WORDS)  # "Syrian opposition fighters" are not Syria's
        armed = FORCE_WORDS | WEAPON_WORDS
        if last & armed and not against and (nation := self._nation(words[0])) is not None:
            return nation if last & FORCE_WORDS or self._may_strike(nation) else None
        if last & STATE_WORDS and (army := self._of_country(phrase)) is not None:
            return army
        if last & (STATE_WORDS | armed) and not against and self._is_other(phrase):
            return as_written(phrase, self.country)
        if is_of_state(words):
            state = self.state()
            return state.actor if state else as_written(phrase, self.country)
        if last & REBEL_WORDS:
            return self._group(phrase, last)
        if last & FORCE_WORDS:
            return as_written(phrase, self.country)
        return None

    def _group(self, phrase: str, words: Set[str]) -> Actor:
        """Return the rebels that general words mean, else the words for them."""
        rebel, written = self.rebel(words), as_written(phrase, self.country)
        if rebel is None:
            return written
        several = self._is_one_of_several(rebel, words)
        return replace(written, side=rebel.side) if several else self.actor_of(rebel)

    def _is_other(self, phrase: str) -> bool:
        """Whether a phrase names another army: that of Uganda, or one by name, "the White Army"."""
        named = _ARMY.search(phrase)
        if named and named[1] not in demonyms():
            return True
        codes = {demonyms().get(word) for word in re.findall(r"[\w-]+", phrase)} - {None}
        return bool(_ALLIED.search(phrase)) or bool(codes and self.country not in codes)

    def opponent(self, actor: Actor | None) -> Actor | None:
        """Return the opponent of an actor if the article names exactly one side of them."""
        if actor is None or actor.side is None:
            return None
        foes = self._foes_here(actor)
        if len({p.side for p in foes}) != 1:
            foes = [p for p in foes if p.kind == "state"]
        if len({p.side for p in foes}) != 1:
            return None
        foes = [p for p in foes if p.kind == "state"] or [p for p in foes if not self._helps(p)]
        return max(foes, key=lambda p: self.counts[p.id]).actor if foes else None

    def _foes_here(self, actor: Actor) -> list[Party]:
        """Return the parties of the article that fight an actor, and can have held a place here."""
        own = [p for p in self.table.parties if p.side == actor.side]
        sides = {o for p in own for o in p.opponents}
        mine = next((p for p in own if p.id == actor.id), None)
        return [p for p in self.parties.values() if p.side in sides and self._can_lose(p, mine)]


def is_army_unit(phrase: str) -> bool:
    """Whether a phrase names an army unit, such as "the 3rd Brigade" or "airborne troops"."""
    return bool(_UNIT.search(phrase))


_DETERMINER = re.compile(r"^(?:the|these|those|a|an|some)\s+", re.IGNORECASE)
_MEN_OF = re.compile(
    r"^(?:commanders|elements|fighters|forces|guerrillas|gunmen|insurgents|members|men|militants"
    r"|militiamen|rebels|soldiers|troops|units)\s(?:from|of)\s(?:the\s)?(?=[A-Z])"
    r"|(?:(?<=coalition)|(?<=alliance))\s(?:air\s?)?(?:drones|jets|raids?|strikes?)$",
    re.IGNORECASE,  # "Fighters of the Front for Change" act for the Front for Change
)


def as_written(phrase: str, country: str | None) -> Actor:
    """Return an actor for a party of no table by words of the article, without "fighters of".

    Parameters
    ----------
    phrase
        Words of the article; a leading article or determiner is dropped.
    country
        ISO 3166-1 alpha-2 code, which becomes part of the key of the side.
    """
    name = _MEN_OF.sub("", _DETERMINER.sub("", phrase.strip()))
    if name.casefold() not in GROUP_WORDS | {"gang"} and f"{name.casefold()}s" in REBEL_WORDS:
        name = f"{name}s"  # "under Islamist rule"
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")[:60]
    return Actor(id=f"text:{slug}", name=name, side=f"{(country or 'xx').lower()}:{slug}")
