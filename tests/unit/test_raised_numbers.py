"""Numbers of footnotes in PDF and Word files stand apart from the name before them."""

from __future__ import annotations

import io

import pytest
from docx import Document

from mapgen.core.clean_text import raised
from mapgen.model import Kind
from mapgen.reading.read_pdf import read_pdf
from mapgen.reading.read_word import read_docx
from tests.unit.coding_kit import extract
from tests.unit.test_articles import lines_at, pdf


def parts_of(marked: str) -> list[tuple[str, bool]]:
    """Return the parts of a text, and whether each stands raised: "Goma{1} fell"."""
    parts = []
    for n, chunk in enumerate(marked.replace("}", "{").split("{")):
        if chunk:
            parts.append((chunk, n % 2 == 1))
    return parts


def in_pdf(marked: str) -> str:
    shown = ""
    for words, is_raised in parts_of(marked):
        look = "/F1 6 Tf 4 Ts" if is_raised else "/F1 10 Tf 0 Ts"
        shown += f") Tj {look} ({words}"
    return read_pdf("a.pdf", pdf([(60, 740, shown)])).text


def in_word(marked: str) -> str:
    document = Document()
    paragraph = document.add_paragraph()
    for words, is_raised in parts_of(marked):
        paragraph.add_run(words).font.superscript = is_raised or None
    stream = io.BytesIO()
    document.save(stream)
    return read_docx("a.docx", stream.getvalue()).text


@pytest.mark.parametrize("reader", [in_pdf, in_word])
@pytest.mark.parametrize(
    ("country", "marked", "towns"),
    [
        ("UA", "Russian forces captured Bakhmut{1} and Soledar{2} on Thursday.", 2),
        ("UA", "Russian forces did not capture Bakhmut{1} on Thursday.", 0),
        ("CD", "M23 rebels captured Goma{12}, Sake{3,4} and Bukavu on Thursday.{5}", 3),
        ("CD", "M23 rebels may capture Goma{12} soon.", 0),
        ("SD", "The RSF captured El Fasher{a} on Thursday.", 1),
        ("SD", "The RSF denied that it captured El Fasher{a} on Thursday.", 0),
        ("MM", "Rebels captured Lashio{1} on Thursday, the 5{th} day of fighting.", 1),
        ("MM", "Rebels will not capture Lashio{1}.", 0),
        ("YE", "Houthi fighters captured Taiz{7} and 40 km{2} of desert.", 1),
        ("YE", "Houthi fighters vowed to capture Taiz{7}.", 0),
    ],
)
def test_a_name_before_a_raised_number_is_read(
    reader: object, country: str, marked: str, towns: int
) -> None:
    text = reader(marked)  # type: ignore[operator]
    drawn = [
        place.surface
        for claim in extract(text, country).claims
        if claim.kind is Kind.CONTROL_CHANGE and claim.status.is_current
        for place in claim.places
    ]
    assert len(set(drawn)) == towns, (text, drawn)
    assert all(name in marked for name in drawn)


@pytest.mark.parametrize("reader", [in_pdf, in_word])
def test_raised_signs_stay_in_the_text(reader: object) -> None:
    text = reader("Goma{12}, Sake{3,4}, 40 km{2}, the 5{th} day, Ituri{b} and H2O fell.")  # type: ignore[operator]
    assert text == "Goma¹², Sake³,⁴, 40 km², the 5th day, Ituriᵇ and H2O fell."


def test_only_numbers_and_single_letters_are_raised() -> None:
    assert [raised(words) for words in ("7", "1, 2", "c", "th", "1234", "", "*", "e")] == [
        "⁷",
        "¹,²",
        "ᶜ",
        "th",
        "1234",
        "",
        "*",
        "e",
    ]


BODY = (
    "he rebels captured Goma on Thursday and",
    "the army left it for the hills, where they",
    "stayed for days and waited for news of it.",
)


@pytest.mark.parametrize("is_last", [False, True])
@pytest.mark.parametrize(
    ("cap", "first", "read"),
    [
        ("T", "he rebels captured Goma on Thursday and", "The rebels captured"),
        ("A", "convoy of the army left Goma as it fell and", "A convoy of the army"),
        ("A", "rmy units held Goma on Thursday and then", "Army units held Goma"),
        ("O", "n Thursday rebels captured Goma at dawn", "On Thursday"),
    ],
)
def test_a_drop_cap_begins_its_word(cap: str, first: str, read: str, *, is_last: bool) -> None:
    lines = [*lines_at(84, 740, first, BODY[1]), *lines_at(60, 716, BODY[2])]
    big = (60, 728, f") Tj /F1 28 Tf ({cap}")
    page = [*lines, big] if is_last else [big, *lines]
    text = read_pdf("a.pdf", pdf(page)).text
    assert text.startswith(read)
    assert text.endswith("waited for news of it.")


def test_running_heads_of_two_pages_are_left_out() -> None:
    pages = [
        [
            (250, 815, f"Valley Post, issue {n}"),
            *lines_at(60, 740, f"Part {n} of the story tells of Goma and of nothing else."),
            (60, 20, "Printed on the fifth of May"),
        ]
        for n in (1, 2)
    ]
    text = read_pdf("a.pdf", pdf(*pages)).text
    assert text.split("\n") == [
        "Part 1 of the story tells of Goma and of nothing else.",
        "Part 2 of the story tells of Goma and of nothing else.",
    ]
    assert "Valley Post" in read_pdf("a.pdf", pdf(pages[0])).text
