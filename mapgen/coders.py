"""Define the interface of coders, and find the coders that other packages provide.

A package provides a coder through an entry point in the group ``mapgen.coders``. The name of the
entry point is the value for ``--coder``, and its object is a class that fits `CoderType`.
"""

from __future__ import annotations

import functools
import sqlite3
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from mapgen.core.clean_articles import cleaned, restored
from mapgen.errors import (
    REPORT,
    InputError,
    MapgenError,
    SettingsError,
    told_fault,
)
from mapgen.model import Extraction, SentenceRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gazetteer import Gazetteer
    from mapgen.model import Article, Claim

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


FAILED = "fault of mapgen: "
"""Start of the rest of the reason if the program failed on the article."""


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
        Articles, sentences and claims in the order of the articles. An article on which its coder
        fails is left off as a whole, with the reason.
    """
    coded = [_coded(article, coder_of(article)) for article in articles]
    return Extraction(
        articles=tuple(articles),
        sentences=tuple(sentence for _, sentences in coded for sentence in sentences),
        claims=tuple(claim for claims, _ in coded for claim in claims),
    )


def _coded(article: Article, coder: Coder) -> tuple[list[Claim], list[SentenceRecord]]:
    """Code one article; if the program fails on it, return one sentence with the reason."""
    try:
        read, told = cleaned(article)
        return restored(article, told, *coder.code(read))
    except (MapgenError, sqlite3.DatabaseError):  # these concern every article
        raise
    except Exception as err:  # noqa: BLE001  reported as a refusal of the article
        why = f"{NOT_CODED}{FAILED}{told_fault(err)}"
    whole = SentenceRecord(
        article=article.id, start=0, end=len(article.text), text=article.text, left_off=why
    )
    return [], [whole]


def failed_on(extraction: Extraction) -> list[InputError]:
    """Return an error for each article on which the program failed, and for no other."""
    return [err for err in refused_by_coder(extraction) if FAILED in err.problem]


def refused_by_coder(extraction: Extraction) -> list[InputError]:
    """Return an error for each article that a coder refused as a whole, with the reason."""
    reasons: dict[str, str] = {}
    for sentence in extraction.sentences:
        if (sentence.left_off or "").startswith(NOT_CODED):
            reasons.setdefault(sentence.article, str(sentence.left_off))
    return [
        InputError(name, reason.removeprefix("the article "), REPORT if FAILED in reason else "")
        for name, reason in reasons.items()
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
