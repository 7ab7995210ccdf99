"""What codes an article, behind one method; coders for more languages are installed beside mapgen.

A package offers a coder by an entry point of the group ``mapgen.coders``: its name is what
``--coder`` takes, its object a class that fits `CoderType`.
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
BUILT_IN = "rules"
"""The name of the coder of this package: a lexicon and grammar rules, for English."""

MODEL = "llm"
"""The name of the coder that asks a language model, see `mapgen.coding.llm`; it needs an extra."""

BUILT_IN_LANGUAGES = frozenset({"en"})

NOT_CODED = "the article was not coded: "
"""How the reason begins at the sentences of an article that a coder refused as a whole."""


class Coder(Protocol):
    """Codes articles one at a time; what it says of one may not depend on another."""

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claims of an article, and each sentence with why it is off the map."""
        ...


class CoderType(Protocol):
    """A class of coders: which languages it reads (ISO 639-1), and how one is made."""

    languages: frozenset[str]

    def __call__(self, gazetteer: Gazetteer, *, parser: str) -> Coder:
        """Return a coder that looks places up in a gazetteer."""
        ...


def code_each(articles: Sequence[Article], coder_of: Callable[[Article], Coder]) -> Extraction:
    """Code articles one by one, each by its coder; claims stand in the order of the articles."""
    coded = [coder_of(article).code(article) for article in articles]
    return Extraction(
        articles=tuple(articles),
        sentences=tuple(sentence for _, sentences in coded for sentence in sentences),
        claims=tuple(claim for claims, _ in coded for claim in claims),
    )


def refused_by_coder(extraction: Extraction) -> list[InputError]:
    """Return the articles that a coder refused as a whole, each with the reason."""
    reasons: dict[str, str] = {}
    for sentence in extraction.sentences:
        if (sentence.left_off or "").startswith(NOT_CODED):
            reasons.setdefault(sentence.article, str(sentence.left_off))
    return [
        InputError(name, reason.removeprefix("the article ")) for name, reason in reasons.items()
    ]


@functools.cache
def installed_coders() -> Mapping[str, CoderType]:
    """Return the coders that other packages brought, by name."""
    return {e.name: e.load() for e in sorted(entry_points(group=GROUP), key=lambda e: e.name)}


def languages_read() -> frozenset[str]:
    """Return the languages (ISO 639-1) for which a coder is installed."""
    return BUILT_IN_LANGUAGES.union(*(kind.languages for kind in installed_coders().values()))


def coder_for(language: str | None, chosen: str) -> str:
    """Return the name of the coder for an article: the chosen one where it reads the language.

    Parameters
    ----------
    language
        ISO 639-1 code of the article, or None where its language is not known.
    chosen
        Name of the coder the user chose.

    Raises
    ------
    SettingsError
        If no coder of the chosen name is installed.
    """
    installed = installed_coders()
    ours = {BUILT_IN, MODEL}
    if chosen not in ours and chosen not in installed:
        names = ", ".join([BUILT_IN, MODEL, *installed])
        msg = f"coder: {chosen!r} is not installed. Installed are: {names}."
        raise SettingsError(msg)
    reads = BUILT_IN_LANGUAGES if chosen in ours else installed[chosen].languages
    if language is None or language in reads:
        return chosen
    others = [BUILT_IN] if language in BUILT_IN_LANGUAGES else []
    others += [name for name, kind in installed.items() if language in kind.languages]
    return others[0] if others else chosen
