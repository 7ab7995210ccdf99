"""Make the quotes on the cards, and the list of what was left off the map.

Claims, sentences and an analyst's decisions come in. Quotes with marked words and the groups of
passages under "Off the map" go out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.source_names import source_name
from mapgen.core.told import listed, say
from mapgen.core.words import quoted, unique
from mapgen.merging.corrections import decision_text
from mapgen.model import Claim, Event, Kind, SentenceRecord
from mapgen.reasons import ReasonKind
from mapgen.situation.shown import only_country
from mapgen.situation.silent_articles import silent_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mapgen.model import Decision
    from mapgen.situation.drawn_records import OffGroup, OffItem, PageNumber, Quote
    from mapgen.situation.shown import Shown
    from mapgen.situation.silent_articles import SilentArticle

Mark = tuple[int, int, str]
_LONG_SENTENCE = 260
_DISTANCE = re.compile(r"[\w.,]+[\s-](?:kilomet(?:er|re)s?|km|miles?)\b", re.IGNORECASE)
_ARTICLE_ITSELF = "the article itself"

GROUPS = {
    "article": ("Articles without an event", "Nothing on the map comes from these articles."),
    "hypothetical": ("Hypothetical", "Said to be possible, not to have happened."),
    "rejected": ("Rejected by an analyst", "Taken off the map by a correction."),
    "negated": ("Denied or not so", "Said not to have happened."),
    "historical": ("Past", "From before the situation that these articles describe."),
    "no place": ("Without a place", "Said to have happened, but the article does not say where."),
    "after": ("After the day of this map", "Later than the day the map shows."),
    "not found": ("Place not found", "The gazetteer lists no such place, or several of that name."),
    "theatre": ("Other theatre", "Names a place, but reports on another conflict or subject."),
    "not content": ("Not content", "Picture credits, licence lines and the like."),
    "background": ("Background", "Reports nothing that could be drawn."),
}
# Words in the reasons of the reading stages by group, tried in this order.
_REASON_GROUPS = (
    ("not found", ("not found", "unresolved", "not in the gazetteer", "ambiguous")),
    ("hypothetical", ("hypothetical", "possible", "planned", "question", "pledge")),
    ("negated", ("negated", "denied", "not so")),
    ("historical", ("historical", "past", "history")),
    ("theatre", ("theatre", "elsewhere", "other country", "abroad")),
    (
        "not content",
        ("not content", "credit", "licence", "license", "caption", "boilerplate", "no sentence"),
    ),
    ("no place", ("no place", "without a place", "no located")),
)

_UNDRAWN_REASONS = {
    "no place": "only the country is named",
    "after": "later than the day of the map",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A passage to list under "Off the map", with its reason and the words that decided it."""

    article: str
    start: int
    text: str
    reason: str
    words: str
    is_decided: bool = False  # by an analyst, which is added to other reasons of its sentence


class Quoter:
    """Makes quotes from the sentences of articles.

    Parameters
    ----------
    shown
        What may be shown. Its settings limit the length of quotes.
    """

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._sentences: dict[str, list[SentenceRecord]] = defaultdict(list)
        for sentence in shown.situation.extraction.sentences:
            self._sentences[sentence.article].append(sentence)
        for sentences in self._sentences.values():
            sentences.sort(key=lambda s: s.start)
        self._limit = shown.settings.quote_chars
        self._decisions: dict[str, list[Decision]] = defaultdict(list)
        for decision in shown.situation.decisions:
            self._decisions[decision.claim].append(decision)

    def sentence(self, article: str, start: int) -> SentenceRecord | None:
        """Return the sentence of an article at an offset, or None."""
        found = self._sentences[article]
        at = bisect_right([s.start for s in found], start) - 1
        return found[at] if at >= 0 and start < found[at].end else None

    def paragraph(self, article: str, start: int) -> int:
        """Return the number of the paragraph at an offset of an article, counted from 1."""
        record = self._shown.articles.get(article)
        if record is None:
            return 1
        if record.paragraphs:
            return max(1, bisect_right(record.paragraphs, start))
        lines = [line for line in record.text[:start].split("\n")[:-1] if line.strip()]
        return len(lines) + 1

    def page(self, article: str, start: int) -> PageNumber:
        """Return the number of the page of a PDF at an offset, from 1, as a part of a record.

        The part is empty for articles of other kinds.
        """
        record = self._shown.articles.get(article)
        if record is None or not record.pages:
            return {}
        return {"page": max(1, bisect_right(record.pages, start))}

    def span(self, claim: Claim) -> tuple[int, int, str]:
        """Return the passage to show for a claim: its sentence, or its clause if that is long.

        Parameters
        ----------
        claim
            A claim of an article.

        Returns
        -------
        tuple of int, int, str
            Start and end offsets in the article, and the text between them.
        """
        sentence = self.sentence(claim.article, claim.start)
        if sentence is None or sentence.end < claim.end:
            return claim.start, claim.end, claim.quote
        said = claim.attribution.words if claim.attribution else ""
        short = sentence.end - sentence.start <= _LONG_SENTENCE
        # The reader must see who says it, so a clause without those words is too short.
        if short or (said and said not in claim.quote and said in sentence.text):
            return sentence.start, sentence.end, sentence.text
        return claim.start, claim.end, claim.quote

    def _marks(self, claim: Claim, start: int, text: str) -> list[Mark]:
        """Return the words of a claim to mark in a text that begins at an offset."""
        spans: list[Mark] = []
        spans += [(s[0] - start, s[1] - start, "") for r in claim.reasons if (s := r.span)]
        if any(p.distance_km is not None for p in claim.places):
            spans += [(m.start(), m.end(), "") for m in _DISTANCE.finditer(text)]
        spans += [(p.start - start, p.end - start, "") for p in claim.places]
        at = claim.start - start  # words are searched for in the clause of the claim first
        for words, kind in (
            (claim.date.words if claim.date else "", ""),
            (claim.quantity.words if claim.quantity else "", ""),
            (claim.attribution.words if claim.attribution else "", "src"),
        ):
            if words:
                place = text.find(words, max(0, at)) if kind == "" else text.find(words)
                place = place if place >= 0 else text.find(words)
                if place >= 0:
                    spans.append((place, place + len(words), kind))
        return [m for m in spans if 0 <= m[0] < m[1] <= len(text)]

    def quotes(self, claims: Iterable[Claim], who: Callable[[Claim, str], str]) -> list[Quote]:
        """Return the quotes for claims.

        Parameters
        ----------
        claims
            Claims of a card.
        who
            Function that returns the words under the quote for a claim and the name of its source.

        Returns
        -------
        list of Quote
            One quote for each passage, which claims of the same sentence share.
        """
        found: dict[tuple[str, int, int], Quote] = {}
        marks: dict[tuple[str, int, int], list[Mark]] = defaultdict(list)
        for claim in claims:
            start, end, text = self.span(claim)
            key = (claim.article, start, end)
            marks[key].extend(self._marks(claim, start, text))
            plain = source_name(claim.attribution) if claim.attribution else _ARTICLE_ITSELF
            quote: Quote = {
                "article": claim.article,
                "text": text,
                "start": start,
                "end": start + len(text),
                "marks": [],
                "who": who(claim, plain),
                "paragraph": self.paragraph(claim.article, start),
                **self.page(claim.article, start),
                "claims": [],
            }
            found.setdefault(key, quote)["claims"].append(claim.id)
        for key, quote in found.items():
            quote["text"], quote["marks"] = self._cut(quote["text"], marks[key])
        return list(found.values())

    def _cut(self, text: str, marks: Iterable[Mark]) -> tuple[str, list[list[int | str]]]:
        """Shorten a text as the settings require, and return it with the marks inside it."""
        if self._limit and len(text) > self._limit:
            text = text[: self._limit].rstrip() + "…"
        kept: list[Mark] = []
        # Sort the longest marks first, so that no word is marked twice where marks overlap.
        for start, end, kind in sorted(set(marks), key=lambda m: (m[0] - m[1], m)):
            if end <= len(text) and all(end <= s or start >= e for s, e, _ in kept):
                kept.append((start, end, kind))
        return text, [[start, end, kind] for start, end, kind in sorted(kept)]

    def left_off(self, events: Iterable[Event], drawn: set[str]) -> list[OffGroup]:
        """Return what was left off the map, grouped by reason.

        Parameters
        ----------
        events
            All events of the situation.
        drawn
            Ids of the claims that are on the map.

        Returns
        -------
        list of OffGroup
            Groups in the order of `GROUPS`, without empty ones.
        """
        extraction = self._shown.situation.extraction
        undrawn = {
            c.id: "no place" if only_country(e) else "after"
            for e in events
            for c in e.claims
            if c.id not in drawn
        }
        told = {(c.article, c.quote) for c in extraction.claims if c.id in drawn}
        items: dict[str, list[_Item]] = defaultdict(list)
        covered: list[tuple[str, int, int]] = []
        for claim in sorted(extraction.claims, key=lambda c: (c.article, c.start, c.end, c.id)):
            if claim.status.is_current and claim.id in drawn:
                covered.append((claim.article, claim.start, claim.end))
                continue
            group, reason, words = self._reason(claim, undrawn)
            group, reason = self._decided(claim, group, reason)
            covered.append((claim.article, claim.start, claim.end))
            if group == "no place" and (claim.article, claim.quote) in told:
                continue  # a card already quotes the sentence
            items[group].append(
                _Item(
                    claim.article,
                    claim.start,
                    claim.quote,
                    reason,
                    words,
                    is_decided=bool(self._decisions[claim.id]),
                )
            )
        for item in self._unread(covered):
            items[group_of_reason(item.reason)].append(item)
        items["article"] += _of_whole_articles(silent_articles(extraction))
        return [
            {"group": GROUPS[g][0], "why": GROUPS[g][1], "items": self._items(items[g])}
            for g in GROUPS
            if items[g]
        ]

    def _unread(self, covered: Iterable[tuple[str, int, int]]) -> Iterator[_Item]:
        """Yield the sentences that no claim covers and that have a reason worth listing."""
        extraction = self._shown.situation.extraction
        silent = {s.article.id for s in silent_articles(extraction)}
        spans = list(covered)
        for s in extraction.sentences:
            if s.left_off is None or _is_plain(s.left_off) or s.article in silent:
                continue
            if any(a == s.article and b < s.end and e > s.start for a, b, e in spans):
                continue
            yield _Item(s.article, s.start, s.text, s.left_off, "")

    def _reason(self, claim: Claim, undrawn: dict[str, str]) -> tuple[str, str, str]:
        """Return the group of a claim, why it was left off, and the words that decided it."""
        if not claim.status.is_current:
            words = status_words(claim)
            reason = f"coded as {claim.status.value}"
            if words:
                reason = say("because of {words}", words=quoted(words))
            return claim.status.value, reason, words
        if not claim.places:
            return "no place", "no place is named", ""
        if claim.kind is Kind.OTHER:
            return "background", "an event of a kind that the map does not draw", ""
        if claim.id in undrawn:
            return undrawn[claim.id], _UNDRAWN_REASONS[undrawn[claim.id]], ""
        lost = unique(p.surface for p in claim.places if p.unplaced is None)
        told = [say("not found: {names}", names=listed(lost, "comma"))] if lost else []
        told += unique(f"{p.unplaced}: {p.surface}" for p in claim.places if p.unplaced)
        return "not found", listed(told, "semicolon"), ""

    def _decided(self, claim: Claim, group: str, reason: str) -> tuple[str, str]:
        """Return the group and reason of a claim, changed by an analyst's decisions."""
        decisions = self._decisions[claim.id]
        told = unique(decision_text(d) for d in decisions)
        if any(d.is_off for d in decisions):
            return "rejected", listed(told, "semicolon")
        return group, listed([reason, *told], "semicolon")

    def _items(self, rows: Iterable[_Item]) -> list[OffItem]:
        """Return the passages of a group, each once."""
        found: dict[tuple[str, int, str], OffItem] = {}
        for row in rows:
            start, text = row.start, row.text
            sentence = self.sentence(row.article, start)
            if sentence is not None and start + len(text) <= sentence.end:
                outside = row.words.casefold() not in text.casefold()
                # Show the word that decided, and show short sentences whole.
                if outside or sentence.end - sentence.start <= _LONG_SENTENCE:
                    start, text = sentence.start, sentence.text
            at = text.casefold().find(row.words.casefold()) if row.words else -1
            marks = [(at, at + len(row.words), "")] if at >= 0 else []
            words, marked = self._cut(text, marks)
            new: OffItem = {
                "article": row.article,
                "text": words,
                "start": start,
                "end": start + len(text),
                "marks": marked,
                "paragraph": self.paragraph(row.article, start),
                **self.page(row.article, start),
                "reason": row.reason,
            }
            item = found.setdefault((row.article, start, text), new)
            if row.is_decided and row.reason not in item["reason"]:
                item["reason"] += f"; {row.reason}"
        return list(found.values())


def _of_whole_articles(silent: Iterable[SilentArticle]) -> list[_Item]:
    """Return an item for each article from which nothing was coded, with its title."""
    return [
        _Item(s.article.id, s.first.start, s.title, s.reason, "")
        for s in silent
        if s.first is not None
    ]


def status_words(claim: Claim) -> str:
    """Return the words that decided the status of a claim, from its reasons, or an empty string."""
    for reason in claim.reasons:
        if reason.what is ReasonKind.STATUS and reason.how == claim.status.value:
            return reason.words.strip().strip('“”"')
    return ""


def group_of_reason(reason: str) -> str:
    """Return the key in `GROUPS` for the reason with which reading left a sentence off."""
    low = reason.casefold()
    return next((g for g, words in _REASON_GROUPS if any(w in low for w in words)), "background")


def _is_plain(reason: str) -> bool:
    """Whether a sentence reports no event at all. Most sentences do not, and are not listed."""
    return reason.casefold().startswith(("no event", "no happening", "heading"))
