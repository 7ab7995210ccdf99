"""The formats of articles, and the table of them in the documentation."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from mapgen.reading.articles import read
from mapgen.reading.columns import NAMES, plain_name
from mapgen.reading.day_forms import days_meant
from mapgen.reading.formats import FORMATS, InputFile, InputFormat, endings, format_of

DOCS = Path(__file__).parents[2] / "docs"
STORY = "The army said that rebels captured the town of Rastan on Thursday after two days of war."


def rows_of_the_table() -> list[list[str]]:
    lines = (DOCS / "inputs.md").read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("| format |"))
    rows = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_table_of_formats_lists_what_is_read_and_nothing_else() -> None:
    told = {row[0]: tuple(re.findall(r"`(\.[\w.]+)`", row[1])) for row in rows_of_the_table()}
    assert told == {kind.name: kind.endings for kind in FORMATS}


def test_each_format_says_what_is_read_and_how_the_day_is_found() -> None:
    for row in rows_of_the_table():
        assert len(row) == 4, row[0]
        assert all(len(cell) > 2 for cell in row), row[0]


@pytest.mark.parametrize("ending", endings())
def test_every_ending_leads_to_a_format_or_a_refusal_that_names_the_file(
    ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"\x00\x01\x02")
    result = read([path])
    assert result.articles == ()
    assert str(path) in str(result.refused[0])
    assert "a kind that mapgen does not read" not in str(result.refused[0]) or all(
        kind.is_it is not None for kind in FORMATS if ending in kind.endings
    )


def test_formats_that_share_an_ending_are_told_apart_by_how_they_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_: InputFile):
        return iter(())

    chat = InputFormat(
        name="Chat", endings=(".txt",), read=none, is_it=lambda head: head.startswith(b"[1/")
    )
    monkeypatch.setattr("mapgen.reading.formats.FORMATS", (*FORMATS, chat))
    for head, name in ((b"[1/2/24] A: hello", "Chat"), (b"Hello", "Plain text")):
        kind = format_of(Path("a.TXT"), head)
        assert kind is not None
        assert kind.name == name
    assert format_of(Path("a.rtf"), b"{\\rtf1") is None


def text_of(heading: str) -> str:
    """Return the part of the documentation below a heading."""
    text = (DOCS / "inputs.md").read_text("utf-8")
    return text.partition(f"{heading}\n")[2].partition("\n#")[0]


def test_the_columns_in_the_table_are_those_that_are_recognised() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", text_of("## Tables of articles"), re.MULTILINE)
    assert {field for field, _ in rows} == set(NAMES)
    for field, told in rows:
        listed = re.split(r", if they | and the like|, unless they |, or a |: a ", told)[0]
        names = [plain_name(re.sub(r" \(.*?\)", "", name)) for name in listed.split(", ")]
        assert set(names) <= set(NAMES[field]), field
        # the best one first, as they are tried
        assert sorted(names, key=NAMES[field].index)[0] == names[0], field


def test_the_days_in_the_documentation_are_read_as_it_says() -> None:
    told = re.findall(r"`([^`]*\d[^`]*)`", text_of("### Days").partition("\n\n`04/12/2024`")[0])
    assert len(told) > 9
    for written in told:
        assert date(2024, 12, 4) in days_meant(written).values(), written
    assert set(days_meant("04/12/2024").values()) == {date(2024, 12, 4), date(2024, 4, 12)}
    assert list(days_meant("13/12/2024").values()) == [date(2024, 12, 13)]
