"""Windows hold every marked span once, between its signs, with the words around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.coding.second_reader.candidates import beside
from mapgen.coding.second_reader.marked import (
    SIGNS,
    MarkedText,
    Span,
    SpanKind,
    windows,
    with_ages,
)
from mapgen.coding.second_reader.wordpiece import Vocabulary

LETTERS = [chr(c) for c in range(97, 123)]
VOCABULARY = Vocabulary(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *SIGNS, *LETTERS, *(f"##{c}" for c in LETTERS)]
)
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_each_span_is_judged_once_between_its_signs(
    told: list[list[str]], data: st.DataObject
) -> None:
    text, sentences, spans = "", [], []
    for words in told:
        start = len(text)
        for word in words:
            if data.draw(st.booleans()):
                kind = data.draw(st.sampled_from(list(SpanKind)))
                spans.append(Span(len(text), len(text) + len(word), kind))
            text += word + " "
        sentences.append((start, len(text) - 1))
    made = list(windows(MarkedText(text, tuple(sentences), tuple(spans)), VOCABULARY, 40))
    assert [s for w in made for s in w.spans] == spans
    for window in made:
        for span, first, last in zip(window.spans, window.first, window.last, strict=True):
            inside = list(window.pieces[first + 1 : last])
            assert inside == VOCABULARY.pieces(text[span.start : span.end])


def test_a_window_has_words_of_the_sentences_around_it() -> None:
    text = "ab cd. ef gh. ij kl."
    marked = MarkedText(text, ((0, 6), (7, 13), (14, 20)), (Span(7, 9, SpanKind.PLACE),))
    (window,) = windows(marked, VOCABULARY, 1)
    signs = {VOCABULARY.sign(s) for s in SIGNS} | {VOCABULARY.start, VOCABULARY.end}
    assert [n for n in window.pieces if n not in signs] == VOCABULARY.pieces(text)
    assert window.pieces[window.before] == VOCABULARY.sign(SIGNS[-2])


def test_sentences_without_spans_make_no_window() -> None:
    assert not list(windows(MarkedText("ab cd.", ((0, 6),), ()), VOCABULARY))


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2024, "in 2016 (years ago) and 2023 (last year) and 2024 (this year)"),
        (None, "in 2016 and 2023 and 2024"),
    ],
)
def test_years_are_told_by_their_age(year: int | None, told: str) -> None:
    assert with_ages("in 2016 and 2023 and 2024", year) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("took Sake on 2024-12-04, he said", "took Sake on 4 December, he said"),
        ("took Sake on 2024/12/04.", "took Sake on 4 December."),
        ("took Sake on 04.12.2024.", "took Sake on 4 December."),
        ("took Sake on 2012-11-20.", "took Sake on 20 November 2012 (years ago)."),
        ("took Sake on 2023.11.20.", "took Sake on 20 November 2023 (last year)."),
        ("rounds of 2024-13-04", "rounds of 2024 (this year)-13-04"),
        ("version 1.2024.5 and 10/12", "version 1.2024 (this year).5 and 10/12"),
    ],
)
def test_days_in_figures_are_told_in_words(words: str, told: str) -> None:
    assert with_ages(words, 2024) == told


def test_names_that_no_gazetteer_knows_are_judged_too() -> None:
    text = "On Monday gunmen took Umm Sinjil and al-Dawra. The town was quiet, said Mr Aziz."
    found = beside(text, [(0, 46), (47, len(text))], [])
    assert [(text[s.start : s.end], s.kind) for s in found] == [
        ("Umm Sinjil", SpanKind.NAME),
        ("al-Dawra", SpanKind.NAME),
        ("The town", SpanKind.PLACE),
        ("Aziz", SpanKind.NAME),
    ]


def test_what_is_known_is_not_found_again() -> None:
    text = "M23 took Sake and Bweremana."
    found = beside(text, [(0, len(text))], [(0, 3), (9, 13)])
    assert [text[s.start : s.end] for s in found] == ["Bweremana"]
