"""What `explain` says of a sentence with a word of conflict from which nothing was coded."""

from __future__ import annotations

import pytest
from coding_kit import extract

from mapgen.situation.evidence import _is_plain

MISSING = [
    ("The army announced a curfew in Goma after the shelling.", "CD",
     "does not tie “shelling” to Goma"),
    ("Goma's airport stays closed because of fighting nearby.", "CD",
     "does not tie “fighting” to Goma"),
    ("The fighting made bread dear.", "SY", "no place is named beside “fighting”"),
    ("Shelling and blackouts kept schools shut.", "UA", "no place is named beside “Shelling”"),
    ("Traders in Nyala and Zalingei speak of raids.", "SD",
     "does not tie “raids” to Nyala and Zalingei"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "words"), MISSING)
def test_what_is_missing_is_said(text: str, country: str, words: str) -> None:
    [sentence] = extract(text, country).sentences
    assert words in str(sentence.left_off)


PLAIN = [
    ("Bread became dear in Homs.", "SY"),
    ("The governor of Homs met traders in Hama.", "SY"),
]


@pytest.mark.parametrize(("text", "country"), PLAIN)
def test_a_sentence_without_such_a_word_reports_nothing(text: str, country: str) -> None:
    off = str(extract(text, country).sentences[0].left_off)
    assert "tie" not in off
    assert "beside" not in off


def test_the_page_does_not_list_sentences_of_which_nothing_was_coded() -> None:
    [sentence] = extract("Shelling kept the schools of Homs shut.", "SY").sentences
    assert _is_plain(str(sentence.left_off))
