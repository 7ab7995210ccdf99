"""Judge from the words around a name whether it names a place.

"Jackson" may be a town, a person or part of the name of a company. Spans of names come in. They get
features, which are 0, 1 or small numbers, each with a weight in ``data/toponym_weights.csv``. The
logistic function of the weighted sum is the sureness, from 0 to 1, that the span names a place.
The weights were fitted by ``tools/fit_weights.py``. No feature depends on a particular name.
"""

from __future__ import annotations

import csv
import functools
import gzip
import math
import re
from collections import Counter, defaultdict
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.namesake_choice import inside, weight_of
from gazetteer.spelling import without_possessive
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from gazetteer.namesake_choice import Choice
    from mapgen.places.toponyms import Span, Words

KIND_AFTER = word_list("toponyms", "kind_after")
ORGANISATION = word_list("toponyms", "organisation")
FORCE = word_list("toponyms", "force")
TEAM = word_list("toponyms", "team")
STREET = word_list("toponyms", "street")
TITLES = word_list("toponyms", "titles")
HONORIFIC_NEXT = word_list("toponyms", "honorific_next")
PLACED_AT = word_list("toponyms", "placed_at")
OTHER_PREPOSITIONS = word_list("toponyms", "other_prepositions")
SAYING = word_list("toponyms", "saying")
DIRECTIONS = word_list("toponyms", "directions")
KIND_OF = word_list("toponyms", "kind_of")
PART_OF = word_list("toponyms", "part_of")
AFFECTING = word_list("toponyms", "affecting")
RAIDS = word_list("toponyms", "raids")
NOT_PLACES = word_list("toponyms", "not_places")
_COMPOUND_AFTER = word_list("toponyms", "compound_after")
_GIVEN_SHARE = 0.002
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+(?: \w+)?)?\s*(?:\([A-Z]|[—–]|--| - )")
_SMALL = 0.5
_FAR = 0.1
_CODE = 3
_WIDE = frozenset({"CONT", "OCN", "SEA", "RGN", "RGNH", "GULF", "STRT", "PEN", "MTS", "DSRT"})


def _packed(name: str) -> list[str]:
    """Return the lines of a gzipped text file of the package."""
    packed = resources.files("mapgen").joinpath("data", name).read_bytes()
    return gzip.decompress(packed).decode("utf-8").split("\n")[:-1]


@functools.cache
def common_words() -> frozenset[str]:
    """Return common English words that are not names, in lower case."""
    return frozenset(_packed("common_words.txt.gz"))


@functools.cache
def _shares(name: str) -> dict[str, float]:
    """Return the percentage of people by name, from a file of the package."""
    rows = (line.split() for line in _packed(name))
    return {row[0]: float(row[1]) for row in rows}


def given_name(word: str) -> float:
    """Return the percentage of people with a given name (lower case), 0 if it is not listed."""
    return _shares("given_names.txt.gz").get(word, 0.0)


def surname(word: str) -> float:
    """Return the percentage of people with a surname (lower case), 0 if it is not listed."""
    return _shares("surnames.txt.gz").get(word, 0.0)


def _is_given(word: str) -> bool:
    """Return whether a word before a name is a given name: "In Shire" is no person called In."""
    return given_name(word) > _GIVEN_SHARE and word not in PLACED_AT | OTHER_PREPOSITIONS


@functools.cache
def _table() -> list[dict[str, str]]:
    """Return the rows of the packaged table of weights."""
    text = resources.files("mapgen").joinpath("data/toponym_weights.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@functools.cache
def first_weights() -> dict[str, float]:
    """Return the weight of each feature for judging a name before it is resolved."""
    return {row["feature"]: float(row["before"]) for row in _table()}


@functools.cache
def last_weights() -> dict[str, float]:
    """Return the weight of each feature for judging a name after it is resolved."""
    return {row["feature"]: float(row["after"]) for row in _table()}


def sureness(features: dict[str, float], table: dict[str, float] | None = None) -> float:
    """Return how surely a name with the given features names a place.

    Parameters
    ----------
    features
        Value of each feature.
    table
        Weight of each feature; by default those for resolved names.

    Returns
    -------
    float
        From 0 to 1: the logistic function of the weighted sum and the bias.
    """
    weighed = last_weights() if table is None else table
    total = sum(weighed.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-(total + weighed.get("bias", 0.0))))


class _Around:
    """Facts about a whole text that the features of its names depend on."""

    def __init__(self, words: Words, spans: list[Span]) -> None:
        self.words = words
        self.lower = Counter(m.group(0) for m in words.found if m.group(0)[0].islower())
        self.longest: dict[int, Span] = {}
        self.ending: dict[int, list[Span]] = defaultdict(list)
        for span in spans:
            self.longest.setdefault(span.first, span)
            self.ending[span.last].append(span)
        self.persons = self._persons()

    def _persons(self) -> set[str]:
        """Return the words that follow a given name, a title or an initial."""
        found = set()
        for i in range(len(self.words.found) - 1):
            first, second, gap = self.words.word(i), self.words.word(i + 1), self.words.gap(i)
            if not (first[0].isupper() and second[0].isupper()) or gap not in {" ", ". "}:
                continue
            is_given = gap == " " and _is_given(first.lower())
            if is_given or first.lower() in TITLES or (gap == ". " and len(first) == 1):
                found.add(without_possessive(second))
        return found


def fill(words: Words, spans: list[Span]) -> None:
    """Fill in the features of names that do not depend on how the names are resolved.

    Parameters
    ----------
    words
        Words of the text.
    spans
        Spans of the text, sorted by first word, longer ones first; their ``features`` are set.
    """
    around = _Around(words, spans)
    for span in spans:
        span.features = {k: float(v) for k, v in _own(around, span).items()}
        span.features.update({k: float(v) for k, v in _before(around, span).items()})
        span.features.update({k: float(v) for k, v in _after(around, span).items()})
    _in_document(spans)


def _own(around: _Around, span: Span) -> dict[str, float]:
    """Return the features of a name that depend on the name itself and its candidates."""
    best = max(span.namesakes, key=weight_of)
    weight, kind, word = weight_of(best), best.feature, span.surface.casefold()
    single = span.last - span.first == 1
    opens = around.words.opens_sentence(span.first)
    common = single and word in common_words()
    return {
        "importance": weight,
        "importance_squared": weight * weight,
        "is_country": kind == "PCLI",
        "is_province": kind == "ADM1",
        "is_district": kind == "ADM2",
        "is_airport": kind in {"AIRP", "AIRB"},
        "is_wide": kind in _WIDE,
        "is_capital": kind == "PPLC",
        "unknown_population": kind == "PPL" and not best.population,
        "other_spelling": not span.is_loose and all(n.level != "exact" for n in span.namesakes),
        "other_articles": not span.is_loose and best.level == "articles",
        "loose_spelling": span.is_loose,
        "listed_site": span.is_site,
        "namesakes": math.log(len(span.namesakes)),
        "several_words": not single,
        "common_word": common,
        "common_opening": common and opens,
        "opens_sentence": opens and single,
        "lower_elsewhere": single and around.lower[word] > 0,
        "capitals": span.surface.isupper() and len(span.surface) > _CODE,
        "short": len(span.surface) <= _CODE,
        "given_name": single and given_name(word) > _GIVEN_SHARE,
        "given_share": math.log1p(100 * given_name(word)) if single else 0.0,
        "surname": math.log1p(1000 * surname(word)) if single else 0.0,
        "person_elsewhere": single and span.surface in around.persons,
    }


class _Neighbour(NamedTuple):
    """The word before or after a name, and how the two are joined."""

    word: str
    low: str  # lower case, without "'s"
    gap: str  # the characters between the two
    joined: bool  # by spaces or a hyphen

    @property
    def capital(self) -> bool:
        """Whether the word is joined to the name and begins with a capital."""
        return self.joined and self.word[:1].isupper()


def _before(around: _Around, span: Span) -> dict[str, float]:
    """Return the features of a name that depend on the words before it."""
    words, i = around.words, span.first
    word, gap = words.word(i - 1), words.gap(i - 1) if i else "\n"
    low = without_possessive(word).casefold()
    before = _Neighbour(word, low, gap, joined=gap in {" ", "-", "  "})
    opens = i > 0 and words.opens_sentence(i - 1)
    # the weights are added up in this order
    return {
        **_name_before(before, opens=opens),
        **_small_word_before(before, words.word(i - 2).casefold()),
        **_place_before(around, span, before),
    }


def _name_before(before: _Neighbour, *, opens: bool) -> dict[str, float]:
    """Return features for a given name, a title or part of a longer name before a name."""
    word, low, gap = before.word, before.low, before.gap
    capital = before.capital and not word.isupper()
    is_owner = low != word.casefold()  # "Somalia's" is no part of the name behind it
    named = capital and not is_owner and low not in NOT_PLACES | DIRECTIONS
    return {
        "after_given_name": capital and _is_given(low),
        "after_initial": len(word) == 1 and word.isupper() and gap in {". ", " "},
        "after_title": gap in {" ", ". "} and word[:1].isupper() and low in TITLES,
        "after_title_small": gap == " " and word[:1].islower() and low in TITLES,
        "after_capital": named and not opens,
        "after_capital_opening": named and opens,
        "after_honorific": capital and low in HONORIFIC_NEXT,
        "after_hyphen": gap == "-",
    }


def _small_word_before(before: _Neighbour, second: str) -> dict[str, float]:
    """Return features for the preposition or article before a name; ``second`` precedes it."""
    low, joined = before.low, before.joined
    return {
        "placed_at": joined and low in PLACED_AT,
        "other_preposition": joined and low in OTHER_PREPOSITIONS,
        "from_to": joined and low in {"from", "to"},
        "of": joined and low == "of",
        "the": joined and low == "the",
        "direction": joined and low in DIRECTIONS,
        "kind_of": joined and low == "of" and second in KIND_OF,
        "part_of": joined and low in {"of", "with", "around"} and second in PART_OF,
        "affected": joined
        and before.word[:1].islower()
        and (low in AFFECTING or (low in {"against", "on"} and second in RAIDS)),
        "kind_before": joined and low in KIND_OF,
    }


def _place_before(around: _Around, span: Span, before: _Neighbour) -> dict[str, float]:
    """Return features for another place before a name: "Homs, Syria", "Homs and Hama"."""
    i, text = span.first, around.words.text
    earlier = around.ending.get(i, []) if re.fullmatch(r"\.?,\s?", before.gap) else []
    is_area = any(n.feature in {"ADM1", "PCLI"} for n in span.namesakes[:3])
    held = any(inside(n, span.namesakes) for e in earlier for n in e.namesakes)
    listed = before.low in {"and", "or"} and i > 1 and bool(around.ending.get(i - 1))
    return {
        "in_brackets": text[span.start - 1 : span.start] == "(",
        "after_place": bool(earlier),
        "container": is_area and held,
        "after_place_and": listed,
    }


def _after(around: _Around, span: Span) -> dict[str, float]:
    """Return the features of a name that depend on the words after it."""
    words, j = around.words, span.last
    word, text = words.word(j), words.text
    if _is_taken_behind(words, j):
        span.features["affected"] = 1.0
    gap = text[span.end : words.found[j].start()] if j < len(words.found) else "\n"
    low = without_possessive(word).casefold()
    after = _Neighbour(word, low, gap, joined=gap in {" ", "-"})
    # the weights are added up in this order
    return {
        **_word_after(after, is_given=bool(span.features["given_name"])),
        **_sign_after(around, span, gap),
    }


def _is_taken_behind(words: Words, j: int) -> bool:
    """Whether word j on tells what befell a name: "X, which they overran"."""
    if words.gap(j - 1) != ", " or words.word(j) != "which":
        return False  # "X was captured" may be a person
    return any(words.word(k) in AFFECTING for k in range(j + 1, j + 7))


def _word_after(after: _Neighbour, *, is_given: bool) -> dict[str, float]:
    """Return features for the word after a name, such as a surname, "Company" or "district"."""
    low, gap, capital = after.low, after.gap, after.capital
    other = capital and low not in KIND_AFTER | ORGANISATION | FORCE | TEAM | STREET | NOT_PLACES
    based = gap == "-" and low in _COMPOUND_AFTER
    return {
        "before_capital": other,
        "given_before_capital": other and is_given,
        "before_honorific": after.joined and low in HONORIFIC_NEXT,
        "before_organisation": capital and low in ORGANISATION,
        "before_force": capital and low in FORCE,
        "before_team": capital and low in TEAM,
        "before_street": capital and low in STREET,
        "before_kind": after.joined and after.word[:1].islower() and low in KIND_AFTER,
        "before_kind_capital": capital and low in KIND_AFTER,
        "before_based": based,
        "before_hyphen": gap == "-" and not based,
        "before_saying": gap == " " and low in SAYING,
    }


def _sign_after(around: _Around, span: Span, gap: str) -> dict[str, float]:
    """Return features for the signs after a name: "Homs's", "Homs, Syria", "HOMS (Reuters)"."""
    text = around.words.text
    follower = around.longest.get(span.last) if re.fullmatch(r",\s?", gap) else None
    possessive = text[span.end : span.end + 2] in {"'s", "’s"}
    opens_line = span.start == 0 or text[span.start - 1] == "\n"
    number = re.match(r"\s\d", text[span.end : span.end + 2]) is not None
    return {
        "possessive": possessive,
        "possessive_small": possessive and span.features["importance"] < _SMALL,
        "before_place": follower is not None,
        "in_stated": follower is not None
        and any(inside(n, follower.namesakes) for n in span.namesakes),
        "dateline": opens_line and _DATELINE.match(text, span.end) is not None,
        "before_number": span.last - span.first == 1 and number,
    }


_AT_HOME = 0.5  # least share of the places of an article that lie in the country of a name
_PLACED = ("placed_at", "in_stated", "dateline", "kind_of")
_TITLED = ("after_given_name", "after_title", "after_initial")


def _has(span: Span, *features: str) -> bool:
    """Return whether a span has any of the given features."""
    return any(span.features[name] for name in features)


def _in_document(spans: list[Span]) -> None:
    """Fill in the features that depend on other mentions of a name and on overlapping spans."""
    mentions: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        mentions[span.surface].append(span)
    reach: dict[int, int] = {}
    for span in spans:  # in order of first word, longer ones first
        for i in range(span.first, span.last):
            reach.setdefault(i, span.last)
    for same in mentions.values():
        placed, titled = [_has(s, *_PLACED) for s in same], [_has(s, *_TITLED) for s in same]
        n_placed, n_titled = sum(placed), sum(titled)
        for span, is_placed, is_titled in zip(same, placed, titled, strict=True):
            span.features["placed_elsewhere"] = float(n_placed > is_placed)
            span.features["titled_elsewhere"] = float(n_titled > is_titled)
            span.features["mentions"] = math.log(len(same))
    spans_by_first: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        spans_by_first[span.first].append(span)
    for span in spans:
        span.features["nested"] = float(
            any(
                o.last >= span.last and o.last - o.first > span.last - span.first
                for k in range(max(0, span.last - 6), span.first + 1)
                for o in spans_by_first.get(k, ())
            )
        )


def add_resolution(span: Span, choice: Choice) -> None:
    """Add the features that depend on how a name was resolved.

    A name whose place lies near the other places of the article is more likely to name a place.

    Parameters
    ----------
    span
        Span of the name; its ``features`` are changed in place.
    choice
        Place that was chosen for the name.
    """
    span.features["resolved_surely"] = choice.probability
    span.features["near_others"] = choice.near
    span.features["in_country_of_others"] = choice.country_share
    span.features["in_given_country"] = float(choice.in_given_country)
    if span.features["affected"] and choice.country_share > _AT_HOME:
        span.features["common_word"] = 0.0  # "captured Sake" is of the town, not of a drink
    weight = span.features["importance"]
    span.features["far_small"] = float(
        weight < _SMALL
        and not choice.is_alone
        and not choice.in_given_country
        and choice.country_share < _FAR
        and choice.near < _FAR
    )
