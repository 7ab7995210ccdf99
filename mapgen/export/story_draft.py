"""Write the first draft of a story: a chapter for each day that matters.

What may be shown comes in; a story file in Markdown goes out, for a writer to change and for
``mapgen story`` to read. Its words are those of the summary, the titles of cards, and quotes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from mapgen.core.words import fold
from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.story.chapters import UNDATED, stands_on
from mapgen.export.report.markdown import escaped
from mapgen.situation.summary import happenings, summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapgen.drawing.data.page_records import PageData
    from mapgen.situation.drawn_records import Card, Quote
    from mapgen.situation.shown import Shown

MAX_CHAPTERS = 12
_MOST_QUOTES = 3  # in a chapter; the others are in the evidence
_PLAIN = re.compile(r"[A-Za-z][\w ,.'’()–-]*")  # needs no quotation marks in YAML
# how grave a kind of event is; other kinds count 1
_WEIGHT = {
    "control_change": 3,
    "attack_on_civilians": 3,
    "displacement": 2,
    "return": 2,
    "siege": 2,
}
_PLAINLY = {"assessed", "stated", "outdated"}  # the title says "later lost" of what is outdated


def story_draft(shown: Shown, front: Mapping[str, str | Sequence[str]]) -> tuple[str, int]:
    """Return the first draft of a story.

    Parameters
    ----------
    shown
        What may be shown, from :func:`mapgen.situation.shown.shown`.
    front
        Fields of the front matter by name, such as ``articles``; the title is added.

    Returns
    -------
    (str, int)
        Markdown, and the number of days with signs that have no chapter: of more than
        `MAX_CHAPTERS` days, those with the gravest events get one, the latest first.
    """
    data = page_data(shown)
    groups = _by_day(data)
    kept = _gravest(groups)
    parts = [_front({"title": data["meta"]["title"], **front})]
    parts += [f"**{escaped(lead)}** {escaped(words)}" for lead, words in summary(shown)]
    for day in kept:
        parts += _chapter(shown, data, day, groups[day])
    return "\n\n".join(parts) + "\n", len(groups) - len(kept)


def yaml_text(text: str) -> str:
    """Return a text as a value in YAML: on one line, in quotation marks if it needs them."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if _PLAIN.fullmatch(flat) else json.dumps(flat, ensure_ascii=False)


def _front(fields: Mapping[str, str | Sequence[str]]) -> str:
    """Return the front matter."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, str):
            lines.append(f"{name}: {yaml_text(value)}")
        else:
            lines += [f"{name}:", *(f"- {yaml_text(part)}" for part in value)]
    return "\n".join(["---", *lines, "---"])


def _by_day(data: PageData) -> dict[str, list[Card]]:
    """Return the cards with a sign on the map by the day of their chapter, in order.

    Cards from before the first day of the map are of that day, those without a day of the last; an
    empty key stands for a map without days.
    """
    days = data["days"]
    groups: dict[str, list[Card]] = {}
    for card in data["cards"]:
        last = days[-1] if days else ""
        day = min(max(card["day"] or last, days[0]), last) if days else ""
        if stands_on(data, card, day or None):
            groups.setdefault(day, []).append(card)
    return {day: groups[day] for day in sorted(groups)}


def _gravest(groups: Mapping[str, Sequence[Card]]) -> list[str]:
    """Return the days of the chapters, in order."""

    def weight(day: str) -> tuple[int, str]:
        return max(_WEIGHT.get(card["kind"], 1) for card in groups[day]), day

    return sorted(sorted(groups, key=weight)[-MAX_CHAPTERS:])


def _chapter(shown: Shown, data: PageData, day: str, cards: Sequence[Card]) -> list[str]:
    """Return the parts of a chapter: heading, map, what happened, quotes."""
    best = max(cards, key=lambda c: _WEIGHT.get(c["kind"], 1))
    events = {name for card in cards for name in card["events"]}
    own = tuple(e for e in shown.situation.events if e.id in events)
    told = happenings(shown.narrowed(own))
    parts = [f"## {escaped(_heading(best))}", _map(data, day, cards)]
    parts += [f"**{escaped(lead)}** {escaped(words)}" for lead, words in told]
    # the longest tells most: the first is often no more than a headline
    quotes = [max(c["quotes"], key=lambda q: len(q["text"])) for c in cards if c["quotes"]]
    unique = list({(q["article"], q["start"]): q for q in quotes}.values())
    return parts + [_quoted(data, quote) for quote in unique[:_MOST_QUOTES]]


def _heading(card: Card) -> str:
    """Return the title of a card, with its standing unless an article says so in its own voice."""
    doubts = [] if card["standing"] in _PLAINLY else [card["standing"]]
    if card["sure"] == "unsure" and card["certainty"] is not None:
        doubts.append("not sure")
    return f"{card['title']} ({', '.join(doubts)})" if doubts else card["title"]


def _map(data: PageData, day: str, cards: Sequence[Card]) -> str:
    """Return the block that says what the map shows."""
    titles = Counter(fold(card["title"]) for card in data["cards"])
    names = [
        f"{c['title']} ({c['day'] or UNDATED})" if titles[fold(c["title"])] > 1 else c["title"]
        for c in cards
    ]
    lines = [f"day: {day}"] if day else []
    lines += ["signs:", *(f"- {yaml_text(name)}" for name in dict.fromkeys(names))]
    return "\n".join(["```map", *lines, "```"])


def _quoted(data: PageData, quote: Quote) -> str:
    """Return a quote with its source as a block quotation."""
    article = data["meta"]["articles"].get(quote["article"])
    label = article["label"] if article else quote["article"]
    told = f"{quote['who']}, {label}" if quote["who"] else label
    text = quote["text"] if set(quote["text"]) & set('“”"') else f"“{quote['text']}”"
    return f"> {escaped(text)}\n>\n> — {escaped(told)}"
