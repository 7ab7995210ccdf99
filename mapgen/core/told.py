"""Hold generated texts together with how they were made, so that they can be translated.

A generated text is English, and a `Told` is a string with that English. It also keeps its template
and parts, from which a `Writer` makes the text in another language. Exports and reports use the
English; only the page asks for a translation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

_QUOTES = "“\"‘'"


class Writer(Protocol):
    """Writes texts in one language. A method that returns None has no translation."""

    def sentence(self, template: str, parts: Mapping[str, str]) -> str | None:
        """Return a template of the language with its parts filled in."""

    def listed(self, items: Sequence[str], style: ListStyle, end: str) -> str | None:
        """Return a list of parts."""

    def place(self, name: str, place_id: str | None) -> str:
        """Return the name of a place; a name without a translation is set apart."""

    def days(self, first: date, last: date, form: DayForm) -> str:
        """Return a day, or the days from the first to the last."""


ListStyle = Literal["and", "comma", "semicolon", "space"]
DayForm = Literal["long", "short"]
_SEPARATORS: dict[ListStyle, str] = {"and": ", ", "comma": ", ", "semicolon": "; ", "space": " "}


class Told(str):
    """An English text that a `Writer` can write in its language."""

    __slots__ = ()

    def written(self, writer: Writer) -> str | None:
        """Return the text in the writer's language, or None if part of it has no translation."""
        raise NotImplementedError

    def rewritten(self, english: str, change: Callable[[str], str]) -> str:  # noqa: ARG002
        """Return the text with new English, and with its parts changed in the same way."""
        return english


class _Sentence(Told):
    __slots__ = ("parts", "template")

    template: str
    parts: Mapping[str, str]

    def written(self, writer: Writer) -> str | None:
        return writer.sentence(self.template, self.parts)

    def rewritten(self, english: str, change: Callable[[str], str]) -> str:
        made = _Sentence(english)
        made.template = self.template
        made.parts = {name: rewritten(part, change) for name, part in self.parts.items()}
        return made


class _Listed(Told):
    __slots__ = ("end", "items", "style")

    items: tuple[str, ...]
    style: ListStyle
    end: str

    def written(self, writer: Writer) -> str | None:
        return writer.listed(self.items, self.style, self.end)

    def rewritten(self, english: str, change: Callable[[str], str]) -> str:
        made = _Listed(english)
        made.items = tuple(rewritten(item, change) for item in self.items)
        made.style, made.end = self.style, self.end
        return made


class _FirstLetter(Told):
    __slots__ = ("is_upper", "text")

    text: Told
    is_upper: bool

    def written(self, writer: Writer) -> str | None:
        found = self.text.written(writer)
        if found is None:
            return None
        return upper_first(found) if self.is_upper else lower_first(found)

    def rewritten(self, english: str, change: Callable[[str], str]) -> str:
        text = rewritten(self.text, change)
        if not isinstance(text, Told):
            return english
        made = _FirstLetter(english)
        made.text, made.is_upper = text, self.is_upper
        return made


class Place(Told):
    """The name of a place, with its id in the gazetteer."""

    __slots__ = ("place_id",)

    place_id: str | None

    def written(self, writer: Writer) -> str | None:
        """Return the name of the place in the writer's language, or the English name set apart."""
        return writer.place(str(self), self.place_id)


class Number(Told):
    """A whole number; its English may be a word."""

    __slots__ = ("value",)

    value: int

    def written(self, writer: Writer) -> str | None:  # noqa: ARG002  digits in all languages
        """Return the number in digits."""
        return str(self.value)


class _Days(Told):
    __slots__ = ("first", "form", "last")

    first: date
    last: date
    form: DayForm

    def written(self, writer: Writer) -> str | None:
        return writer.days(self.first, self.last, self.form)


def rewritten(text: str, change: Callable[[str], str]) -> str:
    """Return a text changed by a function, which changes the parts of a generated text as well.

    The name of a place that changes is a plain text afterwards: its local name is not looked up.
    """
    english = change(str(text))
    if english == text:
        return text
    return text.rewritten(english, change) if isinstance(text, Told) else english


def say(template: str, one: str | None = None, **parts: str) -> str:
    """Return a text made from an English template.

    Parameters
    ----------
    template
        English text with ``{names}`` of its parts. Translations are in ``sentences.toml`` under
        this text.
    one
        English template for the case that the part ``n`` is 1.
    **parts
        What is filled in: texts from this module, or else names and quotes, which are not
        translated. A part named ``n`` must be a `Number`; it chooses the plural form.
    """
    n = parts.get("n")
    single = one is not None and isinstance(n, Number) and n.value == 1
    made = _Sentence((one if single and one is not None else template).format_map(parts))
    made.template, made.parts = template, parts
    return made


def listed(items: Sequence[str], style: ListStyle = "and", end: str = "") -> str:
    """Return a list of parts: ``A, B and C``, or parts with a separator.

    Parameters
    ----------
    items
        The parts.
    style
        ``and`` writes "and" before the last part; the other styles only separate.
    end
        Text behind the last part, such as a full stop.
    """
    if not items:
        return ""
    if len(items) == 1 and not end:
        return items[0]
    separator = _SEPARATORS[style]
    if style == "and" and len(items) > 1:
        text = f"{separator.join(items[:-1])} and {items[-1]}"
    else:
        text = separator.join(items)
    made = _Listed(text + end)
    made.items, made.style, made.end = tuple(items), style, end
    return made


def place(name: str, place_id: str | None) -> str:
    """Return the name of a place, with the id by which its local name can be found."""
    made = Place(name)
    made.place_id = place_id
    return made


def number(value: int, words: str | None = None) -> str:
    """Return a number, in English as a word if one is given."""
    made = Number(str(value) if words is None else words)
    made.value = value
    return made


def days(english: str, first: date, last: date, form: DayForm = "long") -> str:
    """Return a day, or the days from the first to the last, with their English text."""
    made = _Days(english)
    made.first, made.last, made.form = first, last, form
    return made


def upper_first(text: str) -> str:
    """Upper-case the first letter, also behind a quotation mark, and leave the rest as it is."""
    head = len(text) - len(text.lstrip(_QUOTES))
    english = text[:head] + text[head : head + 1].upper() + text[head + 1 :]
    return _changed(text, english, is_upper=True)


def lower_first(text: str) -> str:
    """Lower-case the first letter, for a sentence that stands inside another."""
    return _changed(text, text[:1].lower() + text[1:], is_upper=False)


def _changed(text: str, english: str, *, is_upper: bool) -> str:
    if not isinstance(text, Told):
        return english
    if english == text and not is_upper:
        return text
    made = _FirstLetter(english)
    made.text, made.is_upper = text, is_upper
    return made
