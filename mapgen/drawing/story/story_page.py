"""Write the page of a story: the page of the map, with chapters that drive it.

A story file and page data come in; one HTML file goes out. Without scripts and on paper it shows
the words of each chapter with a static picture of its map, and the evidence at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.tables.interface_texts import interface_texts
from mapgen.drawing.figure.still import still_svg
from mapgen.drawing.page.html import StoryPart, page_html
from mapgen.drawing.page.plain import article_line, quoted, safe
from mapgen.drawing.story.chapters import stands_on, views_of
from mapgen.drawing.story.evidence_html import card_html, filled, standing_html
from mapgen.drawing.story.places import box_of_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PageData
    from mapgen.drawing.story.chapters import ChapterView
    from mapgen.drawing.story.places import Box
    from mapgen.drawing.story.story_file import Chapter, StoryFile
    from mapgen.situation.drawn_records import Card

_MOST_LISTED = 12  # signs under a chapter; the others are in the evidence
_MOST_CARDS = 150  # cards of signs that no chapter lists; beyond, only those that one does


def story_html(story: StoryFile, data: PageData) -> str:
    """Return the page of a story.

    Parameters
    ----------
    story
        The story, from `mapgen.drawing.story.story_file.read_story`.
    data
        Page data, from `mapgen.drawing.data.page_data.page_data`.

    Returns
    -------
    str
        The whole page. The same story and data give the same text.

    Raises
    ------
    StoryError
        If a chapter asks for a day, a place or a sign that the map does not have.
    RenderError
        If the page would load anything from outside itself.
    """
    views = views_of(story, data)
    meta = data["meta"]
    if story.title:
        meta = {**meta, "title": story.title}
    # the chapters enlarge what they tell of; a second enlargement would only be in their way
    own: PageData = {**data, "meta": meta, "inset": None}
    own.pop("reported", None)  # a story has no choice of what was known
    return page_html(own, StoryPart(_Writer(story, own, views).html(), [v.record() for v in views]))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the chapters of one story as HTML."""

    story: StoryFile
    data: PageData
    views: Sequence[ChapterView]

    def html(self) -> str:
        """Return the chapters, the evidence, the articles and the credits."""
        meta, texts = self.data["meta"], self._texts
        chapters = (self.story.opening, *self.story.chapters)
        parts = [
            self._chapter(n, c, v)
            for n, (c, v) in enumerate(zip(chapters, self.views, strict=True))
        ]
        articles = "".join(
            f'<li dir="auto">{article_line(a)}</li>' for a in meta["articles"].values()
        )
        cards = "".join(card_html(card, self.data, texts) for card in self._evidence())
        return (
            f'<main id="story" tabindex="0" aria-label="{quoted(texts["story"])}">'
            f'{"".join(parts)}<section id="evidence" aria-labelledby="evidence-head">'
            f'<h2 id="evidence-head" tabindex="-1">{safe(texts["evidence"])}</h2>{cards}'
            f"<h3>{safe(texts['articles'])}</h3><ul>{articles}</ul>"
            f'<p class="noscripts">{safe(texts["no_scripts"])}</p>'
            f"<p><small>{safe(' · '.join(meta['credits']))}</small></p></section></main>"
        )

    @property
    def _texts(self) -> dict[str, str]:
        return interface_texts(self.data["meta"].get("language", "en"))

    def _chapter(self, number: int, chapter: Chapter, view: ChapterView) -> str:
        """Return a chapter: day, heading, words, picture and signs."""
        meta = self.data["meta"]
        name = f"chapter-{number}"
        day = self._day_words(view.day)
        if number:
            head = (
                f'<p class="chday">{safe(day)}</p>'
                f'<h2 id="{name}-head" dir="auto">{safe(chapter.title)}</h2>'
            )
        else:
            told = ". ".join(p for p in (meta["as_of_text"], meta["as_of_note"]) if p)
            review = meta.get("review", "")
            state = f' <span class="review-state">{safe(review)}</span>' if review else ""
            head = (
                f'<p class="kicker" dir="auto">{safe(meta["kicker"])}</p>'
                f'<h1 id="{name}-head" dir="auto">{safe(meta["title"])}</h1>'
                f'<p class="asof" dir="auto"><b>{safe(told)}</b>{state}</p>'
            )
        listed = self._listed(chapter, view)
        return (
            f'<section class="ch" id="{name}" aria-labelledby="{name}-head">{head}'
            f'<div class="words" dir="auto">{chapter.html}</div>'
            f"{self._picture(number, view, chapter.title or meta['title'], day)}"
            f"{self._signs(listed)}</section>"
        )

    def _day_words(self, day: str | None) -> str:
        """Return a day in words, in the language of the page."""
        if day is None:
            return self.data["meta"]["as_of_text"]
        year, month, number = day.split("-")
        return f"{int(number)} {self._texts['months'].split(' ')[int(month) - 1]} {year}"

    def _drawn(self, view: ChapterView) -> list[Card]:
        """Return the cards whose signs a chapter draws."""
        chosen = [c for c in self.data["cards"] if view.drawn is None or c["id"] in view.drawn]
        return [card for card in chosen if stands_on(self.data, card, view.day)]

    def _listed(self, chapter: Chapter, view: ChapterView) -> list[Card]:
        """Return the cards under a chapter: those it names, or else all in its part of the map."""
        if chapter.map_line is None:
            return []
        drawn = self._drawn(view)
        if view.cards is not None:
            return [card for card in drawn if card["id"] in view.cards]
        shapes = self.data.get("shapes", {})
        boxes = [(s["card"], box_of_sign(s, shapes)) for s in self.data["signs"]]
        near = {card for card, box in boxes if box is not None and _touch(box, view.box)}
        return [card for card in drawn if card["id"] in near]

    def _evidence(self) -> list[Card]:
        """Return the cards of the evidence, in the order of the map."""
        drawn = {c["id"] for view in self.views for c in self._drawn(view)}
        if len(drawn) > _MOST_CARDS:
            chapters = zip((self.story.opening, *self.story.chapters), self.views, strict=True)
            listed = [self._listed(c, v)[:_MOST_LISTED] for c, v in chapters]
            drawn = {card["id"] for cards in listed for card in cards}
        return [card for card in self.data["cards"] if card["id"] in drawn]

    def _signs(self, cards: Sequence[Card]) -> str:
        """Return the list of the signs of a chapter, each with a link to its evidence."""
        if not cards:
            return ""
        rows = [
            f'<li><a href="#e-{quoted(c["id"])}" data-c="{quoted(c["id"])}" dir="auto">'
            f"{safe(c['title'])}</a> {standing_html(c, self._texts)}</li>"
            for c in cards[:_MOST_LISTED]
        ]
        if len(cards) > _MOST_LISTED:
            more = filled(self._texts["story_more"], n=len(cards) - _MOST_LISTED)
            rows.append(f'<li><a href="#evidence-head">{safe(more)}</a></li>')
        head = f'<p class="signs-head">{safe(self._texts["story_signs"])}</p>'
        return f'{head}<ul class="signs">{"".join(rows)}</ul>'

    def _picture(self, number: int, view: ChapterView, title: str, day: str) -> str:
        """Return the static picture of a chapter's map."""
        cards = self._drawn(view)
        shown = {card["id"] for card in cards}
        base = {**self.data["base"], "bbox": list(view.box)}
        signs = [s for s in self.data["signs"] if s["card"] in shown]
        part: PageData = {**self.data, "base": base, "signs": signs}  # type: ignore[typeddict-item]  # base stays a Basemap
        told = "; ".join(card["title"] for card in cards[:_MOST_LISTED])
        drawn = still_svg(part, f"{title}. {day}. {told}", day=view.day)
        # patterns and filters have ids, which must differ between the pictures of a page
        drawn = drawn.replace("mg-def", f"mg-{number}-def")
        return f'<figure class="still">{drawn}<figcaption>{safe(day)}</figcaption></figure>'


def _touch(a: Box, b: Box) -> bool:
    """Whether two boxes share ground."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
