"""The texts that train the second reader keep their form and hold what they should."""

from __future__ import annotations

import pytest

from training import check
from training.marked_texts import TEXTS, Example, MarkError, examples, parsed


@pytest.fixture(scope="module")
def found() -> list[Example]:
    return [e for path in sorted(TEXTS.glob("*.txt")) for e in examples(path)]


def test_no_text_contradicts_or_copies_another(found: list[Example]) -> None:
    assert list(check.contradictions(found)) == []
    assert list(check.near_copies(found)) == []


def test_no_text_is_known_to_the_measuring_sets(found: list[Example]) -> None:
    assert list(check.leaks(found, check.measuring_texts())) == []


def test_there_is_enough_of_each_kind(found: list[Example]) -> None:
    told = check.counts(found)
    assert told["examples"] >= 6_000
    assert told["that did not happen or not now"] >= 1_500
    assert told["conflicts"] >= 40
    assert told["styles"] == 12


def test_a_copied_sentence_is_found() -> None:
    one, marks = parsed("Rebels took [Sinjil:C] on Monday, the mayor said by telephone.", 2024)
    two, other = parsed("Rebels took [Sinjil:CX] on Monday, the mayor said by telephone.", 2024)
    pair = [
        Example(one, marks, "a.txt", 1, "war", "agency", 1, one.text),
        Example(two, other, "a.txt", 2, "war", "agency", 2, two.text),
    ]
    assert [c.split(":")[0] for c in check.contradictions(pair)] == [
        "a.txt, line 2, contradicts a.txt, line 1,"
    ]
    assert len(list(check.near_copies(pair))) == 1
    leaked = "It is said that rebels took Sinjil on Monday, the mayor said by telephone from there."
    assert not list(check.leaks(pair, ["Rebels took Sinjil on Monday."]))
    assert len(list(check.leaks(pair, [leaked]))) == 0  # eleven words are no leak


@pytest.mark.parametrize("body", ["took [Sinjil:C", "took [Sinjil:XX]", "<900:C> fled"])
def test_a_broken_mark_is_named(body: str) -> None:
    with pytest.raises(MarkError):
        parsed(body, 2024)


def test_marks_are_told_by_offset() -> None:
    marked, told = parsed("<900:F1> left [Alba:O1] || for [Bero:D1,HOST].", 2024)
    assert marked.text == "900 left Alba for Bero."
    assert {marked.text[s.start : s.end]: told[s.start].labels for s in marked.spans} == {
        "900": {"F": "1"},
        "Alba": {"O": "1"},
        "Bero": {"D": "1", "HOST": ""},
    }
