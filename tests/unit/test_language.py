"""Paragraphs, sentences and what is not read; offsets survive all of it."""

from __future__ import annotations

import pytest
from coding_kit import claim, claims, extract

from mapgen.errors import SettingsError
from mapgen.model import Kind
from mapgen.reading.line_wrapping import paragraph_starts
from mapgen.reading.passages import load_parser, paragraphs, reading_text

WRAPPED = (
    "Rebels captured Deir\nez-Zor on Monday, and thousands\nof people fled from the town\n"
    "to Raqqa, the United\nNations said.\n\nIn Tartus nothing\nmoved.\n"
)


def test_a_wrapped_text_is_read_in_sentences() -> None:
    found = extract(WRAPPED)
    assert [s.text.split("\n")[0] for s in found.sentences] == [
        "Rebels captured Deir",
        "In Tartus nothing",
    ]
    (taken, fled) = found.claims
    assert [p.surface for p in taken.places] == ["Deir ez-Zor"]
    assert fled.quote == "thousands\nof people fled from the town\nto Raqqa"
    assert fled.attribution is not None
    assert fled.attribution.name == "United Nations"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(end: str) -> None:
    text = WRAPPED.replace("\n", end)
    assert [c.quote.split() for c in claims(text)] == [c.quote.split() for c in claims(WRAPPED)]


def test_a_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    text = "Rebels captured\nPalmyra was quiet."
    assert [p.start for p in paragraphs(reading_text(text, ()))] == [0, 16]


def test_reading_text_keeps_every_offset_and_list_items() -> None:
    text = "One line\nand its rest:\n- first\n- second\n\nAnother."
    read = reading_text(text, paragraph_starts(text))
    assert len(read) == len(text)
    assert read == "One line and its rest:\n- first\n- second\n\nAnother."


@pytest.mark.parametrize(
    "line",
    [
        "DAMASCUS, Syria (AP) — ",
        "DAMASCUS, Dec 5 (Reuters) - ",
        "Beirut (AFP) – ",
        "AL-BAB, Syria — ",
        "IDLIB - ",
    ],
)
def test_the_dateline_is_no_part_of_the_sentence(line: str) -> None:
    found = claim(f"{line}Rebels captured Palmyra on Monday.", Kind.CONTROL_CHANGE)
    assert found.quote == "Rebels captured Palmyra on Monday"


def test_capitals_before_a_hyphen_are_no_dateline() -> None:
    (p,) = paragraphs("NATO-led forces captured Palmyra.")
    assert p.start == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Photo: rebels captured Palmyra on Monday.", "picture or licence credit"),
        ("Rebels captured Palmyra. All rights reserved.", "picture or licence credit"),
        ("READ MORE: Rebels captured Palmyra on Monday", "pointer to another article"),
        ("[See also: Rebels captured Palmyra on Monday]", "pointer to another article"),
        ("» Related stories | Rebels captured Palmyra", "pointer to another article"),
        ("# Rebels captured Palmyra.", "heading"),
        ("Rebels Capture Palmyra", "heading"),
    ],
)
def test_credits_and_headings_are_listed_but_not_coded(line: str, reason: str) -> None:
    found = extract(line)
    assert found.claims == ()
    assert [s.left_off for s in found.sentences] == [reason]


def test_a_parser_that_is_not_installed_is_named() -> None:
    with pytest.raises(SettingsError, match="no_such_parser"):
        load_parser("no_such_parser")


def test_a_line_of_names_with_a_sentence_end_inside_is_no_heading() -> None:
    line = "Rebels captured Rastan and Talbisseh on Thursday. Syria"
    assert [p.skip for p in paragraphs(line)] == [None]


def test_the_sign_of_a_hashtag_is_a_space() -> None:
    assert (
        reading_text("Rebels took #Rastan, no. #1 & #2.", ()) == "Rebels took  Rastan, no. #1 & #2."
    )
