"""Define the interface of coders, and find the coders that other packages provide.

A package provides a coder through an entry point in the group ``mapgen.coders``. The name of the
entry point is the value for ``--coder``, and its object is a class that fits `CoderType`.
"""

from __future__ import annotations

import functools
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from mapgen.errors import InputError, SettingsError
from mapgen.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gazetteer import Gazetteer
    from mapgen.model import Article, Claim, SentenceRecord

GROUP = "mapgen.coders"
BUILT_IN = "readers"
"""Name of the built-in coder: the rules and a second reader, for English."""

RULES = "rules"
"""Name of the coder that uses a lexicon and grammar rules alone, for English."""

MODEL = "llm"
"""Name of the coder that asks a language model (needs an extra); see `mapgen.coding.llm`."""

BUILT_IN_LANGUAGES = frozenset({"en"})

NOT_CODED = "the article was not coded: "
"""Start of the reason at the sentences of an article that a coder refused as a whole."""


class Coder(Protocol):
    """Codes articles one at a time, independently of each other."""

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claims of an article, and its sentences with reasons if off the map."""
        ...


class CoderType(Protocol):
    """A class of coders, with the languages that it reads (ISO 639-1)."""

    languages: frozenset[str]

    def __call__(self, gazetteer: Gazetteer, *, parser: str) -> Coder:
        """Return a coder that looks up places in a gazetteer."""
        ...


def code_each(articles: Sequence[Article], coder_of: Callable[[Article], Coder]) -> Extraction:
    """Code articles one at a time, each with its own coder.

    Parameters
    ----------
    articles
        Articles to code.
    coder_of
        Function that returns the coder of an article.

    Returns
    -------
    Extraction
        Articles, sentences and claims in the order of the articles.
    """
    coded = [coder_of(article).code(article) for article in articles]
    return Extraction(
        articles=tuple(articles),
        sentences=tuple(sentence for _, sentences in coded for sentence in sentences),
        claims=tuple(claim for claims, _ in coded for claim in claims),
    )


def refused_by_coder(extraction: Extraction) -> list[InputError]:
    """Return an error for each article that a coder refused as a whole, with the reason."""
    reasons: dict[str, str] = {}
    for sentence in extraction.sentences:
        if (sentence.left_off or "").startswith(NOT_CODED):
            reasons.setdefault(sentence.article, str(sentence.left_off))
    return [
        InputError(name, reason.removeprefix("the article ")) for name, reason in reasons.items()
    ]


@functools.cache
def installed_coders() -> Mapping[str, CoderType]:
    """Return the coders of other installed packages, by name."""
    return {e.name: e.load() for e in sorted(entry_points(group=GROUP), key=lambda e: e.name)}


def languages_read() -> frozenset[str]:
    """Return the languages (ISO 639-1) that the installed coders read."""
    return BUILT_IN_LANGUAGES.union(*(kind.languages for kind in installed_coders().values()))


def coder_for(language: str | None, chosen: str) -> str:
    """Return the name of the coder for an article.

    Parameters
    ----------
    language
        ISO 639-1 code of the article, or None if its language is not known.
    chosen
        Name of the coder that the user chose.

    Returns
    -------
    str
        The chosen coder if it reads the language or if no coder does, else one that does.

    Raises
    ------
    SettingsError
        If no coder with the chosen name is installed.
    """
    installed = installed_coders()
    ours = {BUILT_IN, RULES, MODEL}
    if chosen not in ours and chosen not in installed:
        names = ", ".join([BUILT_IN, RULES, MODEL, *installed])
        msg = f"coder: {chosen!r} is not installed. Installed are: {names}."
        raise SettingsError(msg)
    reads = BUILT_IN_LANGUAGES if chosen in ours else installed[chosen].languages
    if language is None or language in reads:
        return chosen
    others = [BUILT_IN] if language in BUILT_IN_LANGUAGES else []
    others += [name for name, kind in installed.items() if language in kind.languages]
    return others[0] if others else chosen
