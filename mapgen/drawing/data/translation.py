"""Write the generated texts of a page in the page's language.

Page data with English texts come in; page data in the language go out. Quotes stay as they are.
What has no translation stays in English: a name is set apart inside its sentence, and a sentence
is never half translated. The marks around such words become ``<bdi>`` elements on the page, so
that they keep their own direction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from mapgen.core.clean_text import marked
from mapgen.core.tables.sentences import phrase_key, phrases, sentences
from mapgen.core.told import Number, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from babel import Locale

    from mapgen.core.tables.sides import SideRecord
    from mapgen.core.told import DayForm, ListStyle
    from mapgen.drawing.data.page_records import (
        DayRecord,
        EarlierCard,
        PageData,
        ReportedRecord,
    )
    from mapgen.situation.drawn_records import Card, OffGroup, OffItem, Quote, Sign, TitleBlock

NAME, ENGLISH, END = "\ue000", "\ue001", "\ue002"
"""Marks before a name, before a text in English, and behind both. They are private characters of
Unicode, as the characters that Unicode has for this are shown as signs wherever a text brings
them."""

_PART = re.compile(r"\{(\w+)\}")
_MARKS = re.compile(f"[{NAME}{ENGLISH}{END}]")
_FIGURE = re.compile(r"[\d.,\s%+-]+")
_COUNTRY = re.compile(r"iso:([A-Z]{2})")
_SEPARATORS = {
    "ar": {"comma": "، ", "semicolon": "؛ "},
    "fr": {"semicolon": "\u00a0; "},
}


@dataclass(frozen=True)
class PageWriter:
    """Writes texts in a language.

    Parameters
    ----------
    language
        ISO 639-1 code of a language with a table of sentences.
    local_name
        Returns the name of a place in the language by its id, or None if it is not known.
    """

    language: str
    local_name: Callable[[str], str | None]

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale  # noqa: PLC0415  only pages in another language need it

        return Locale(self.language)

    def text(self, text: str) -> str:
        """Return a text in the language, or the English marked as such."""
        if not text:
            return text
        found = text.written(self) if isinstance(text, Told) else self._phrase(text)
        return found if found is not None else f"{ENGLISH}{_plain(text)}{END}"

    def part(self, part: str) -> str | None:
        """Return what is filled into a sentence: a text, a number, or a name set apart."""
        if isinstance(part, Told):
            return part.written(self)
        known = self._phrase(part)
        if known is not None or not part or _FIGURE.fullmatch(part):
            return part if known is None else known
        return f"{NAME}{_plain(re.sub('^[Tt]he ', '', part))}{END}"

    def _phrase(self, words: str) -> str | None:
        return phrases(self.language).get(phrase_key(words))

    def sentence(self, template: str, parts: Mapping[str, str]) -> str | None:
        """Return a template of the language with its parts, or None if any is missing."""
        told = sentences(self.language).get(template)
        if isinstance(told, dict):
            n = parts["n"]
            form = self._locale.plural_form(n.value) if isinstance(n, Number) else "other"
            told = told.get(form, told["other"])
        if told is None:
            return None
        filled = {name: self.part(part) for name, part in parts.items()}
        if any(filled[name] is None for name in _PART.findall(told)):
            return None
        return _PART.sub(lambda m: filled[m.group(1)] or "", told)

    def listed(self, items: Sequence[str], style: ListStyle, end: str) -> str | None:
        """Return a list as the language writes it, or None if a part has no translation."""
        from babel.lists import format_list  # noqa: PLC0415

        told = [self.part(item) for item in items]
        known = [item for item in told if item is not None]
        if len(known) < len(told):
            return None
        if style == "and":
            return str(format_list(known, locale=self._locale)) + end
        usual = {"comma": ", ", "semicolon": "; ", "space": " "}[style]
        return _SEPARATORS.get(self.language, {}).get(style, usual).join(known) + end

    def place(self, name: str, place_id: str | None) -> str:
        """Return the name of a place in the language, or as the articles spell it."""
        country = _COUNTRY.fullmatch(place_id or "")
        known = self._phrase(name) if country else None
        known = known or (self._locale.territories.get(country.group(1)) if country else None)
        known = known or (self.local_name(place_id) if place_id else None)
        return known or f"{NAME}{_plain(re.sub('^[Tt]he ', '', name))}{END}"

    def days(self, first: date, last: date, form: DayForm) -> str:
        """Return a day, or the days from the first to the last."""
        from babel.dates import format_date, format_interval  # noqa: PLC0415

        if first != last:
            return str(format_interval(first, last, "yMMMd", locale=self._locale))
        pattern = "d MMM" if form == "short" else "long"
        return str(format_date(first, pattern, locale=self._locale))


def _plain(text: str) -> str:
    """Return a text as it is set apart: without marks, and with signs that turn letters shown."""
    return marked(_MARKS.sub("", text))


def without_marks(text: str) -> str:
    """Return a text without the marks around names, for places where no markup can stand."""
    return _MARKS.sub("", text)


def in_language(data: PageData, writer: PageWriter) -> PageData:
    """Return page data with all generated texts in the writer's language.

    Parameters
    ----------
    data
        Page data with English texts.
    writer
        Writer of the language.
    """
    told: PageData = {**data}
    told["meta"] = _title_block(data["meta"], writer)
    told["sides"] = {key: _side(side, writer) for key, side in data["sides"].items()}
    told["signs"] = [_sign(sign, writer) for sign in data["signs"]]
    told["cards"] = [_card(card, writer) for card in data["cards"]]
    told["off"] = [_off_group(group, writer) for group in data["off"]]
    if "views" in data:
        told["views"] = [{**view, "name": writer.text(view["name"])} for view in data["views"]]
    if "earlier" in data:
        told["earlier"] = [_day(day, writer) for day in data["earlier"]]
    if "reported" in data:
        told["reported"] = [_reported(known, writer) for known in data["reported"]]
    if data["inset"] is not None:
        told["inset"] = {**data["inset"], "title": writer.text(data["inset"]["title"])}
    if data["span"] is not None:
        told["span"] = {**data["span"], "label": writer.text(data["span"]["label"])}
    return told


def _day(record: DayRecord, writer: PageWriter) -> DayRecord:
    title = record["title"]
    told: DayRecord = {**record, "title": writer.text(title) if title else title}
    told["summary"] = _summary(record["summary"], writer)
    return told


def _summary(parts: list[list[str]], writer: PageWriter) -> list[list[str]]:
    return [[writer.text(words) for words in part] for part in parts]


def _reported(record: ReportedRecord, writer: PageWriter) -> ReportedRecord:
    told: ReportedRecord = {**record}
    told["title"] = writer.text(record["title"])
    told["as_of_text"] = writer.text(record["as_of_text"])
    told["summary"] = _summary(record["summary"], writer)
    told["days"] = [d if isinstance(d, int) else _day(d, writer) for d in record["days"]]
    told["signs"] = [s if isinstance(s, int) else _sign(s, writer) for s in record["signs"]]
    told["cards"] = [c if isinstance(c, str) else _earlier_card(c, writer) for c in record["cards"]]
    return told


def _earlier_card(told: EarlierCard, writer: PageWriter) -> EarlierCard:
    quotes = [q if isinstance(q, list) else _quote(q, writer) for q in told["quotes"]]
    return {"card": _card(told["card"], writer), "quotes": quotes}


def _title_block(meta: TitleBlock, writer: PageWriter) -> TitleBlock:
    told: TitleBlock = {**meta}
    told["kicker"] = writer.text(meta["kicker"])
    told["title"] = writer.text(meta["title"])
    told["as_of_text"] = writer.text(meta["as_of_text"])
    told["as_of_note"] = writer.text(meta["as_of_note"])
    told["review"] = writer.text(meta.get("review", ""))
    told["summary"] = _summary(meta["summary"], writer)
    told["method"] = [[writer.text(words) for words in part] for part in meta["method"]]
    told["warnings"] = [writer.text(words) for words in meta["warnings"]]
    return told


def _side(side: SideRecord, writer: PageWriter) -> SideRecord:
    """Return a side with its name in the language; a name alone needs no mark."""
    name, short = (without_marks(writer.part(words) or words) for words in _names(side))
    return {**side, "name": name, "short": short}


def _names(side: SideRecord) -> tuple[str, str]:
    return side["name"], side["short"]


def _sign(sign: Sign, writer: PageWriter) -> Sign:
    told = dict(sign)
    label = told.get("label")
    if isinstance(label, list):
        told["label"] = [_line(line, writer) for line in label]
    elif isinstance(label, str):
        told["label"] = _line(label, writer)
    for key in ("toll", "source", "big"):
        words = told.get(key)
        if isinstance(words, str):
            told[key] = _line(words, writer)
    return cast("Sign", told)


def _line(words: str, writer: PageWriter) -> str:
    """Return a line of a sign, which may be a name or a quote alone."""
    if isinstance(words, Told):
        return writer.text(words)
    return writer.part(words) or words


def _card(card: Card, writer: PageWriter) -> Card:
    told: Card = {**card}
    told["title"] = writer.text(card["title"])
    told["by"] = _line(card["by"], writer)
    told["when"] = _line(card["when"], writer)
    told["rule"] = writer.text(card["rule"])
    told["note"] = writer.text(card["note"]) if card["note"] else None
    told["decisions"] = [writer.text(words) for words in card["decisions"]]
    told["quotes"] = [_quote(quote, writer) for quote in card["quotes"]]
    return told


def _quote(quote: Quote, writer: PageWriter) -> Quote:
    return {**quote, "who": _line(quote["who"], writer)}


def _off_group(group: OffGroup, writer: PageWriter) -> OffGroup:
    return {
        "group": writer.text(group["group"]),
        "why": writer.text(group["why"]),
        "items": [_off_item(item, writer) for item in group["items"]],
    }


def _off_item(item: OffItem, writer: PageWriter) -> OffItem:
    return {**item, "reason": writer.text(item["reason"])}
