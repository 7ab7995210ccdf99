"""The day of publication is read where an article prints it, and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pypdf
import pytest
from docx import Document

from mapgen.reading.articles import read
from mapgen.reading.printed_day import printed_day, printed_without_year

FILES = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize(
    "text",
    [
        "GOMA, Congo, Feb 16, 2025 (AFP) - Rebels entered the city.",
        "Rebels enter the city\n\n16 February 2025\n\nGOMA - Fighters walked in.",
        "Rebels enter the city\nPublished: 16th February, 2025 at 10:15\nFighters walked in.",
        "SITUATION REPORT | Sunday 16 February 2025\n\nNORTH KIVU. Fighters walked in.",
        "2025-02-16\nFighters walked in.",
        "The road to Goma\n\nGOMA, 16 February 2025. The fall of the city took a day.",
        "Goma live\n\nSunday, 16 February 2025. All times local (GMT+2).\n\n21:40 They came.",
        "North Kivu, situation report 4\n16/02/2025\nFighters walked in.",
        "Flash update (as of 2025/02/16 10:30)\nFighters walked in.",
        "Lage in Nord-Kivu\n16.02.2025\nFighters walked in.",
        "Rebels in Goma\nBy Jane Doe, The Courier, GOMA, Congo, February 16, 2025\n\nThey came.",
        "Goma live\nLive blog by J. Doe and A. Roe, The Courier, 16 February 2025\nThey walked in.",
        "Goma\nCompiled by the desk, NAIROBI, 16 February 2025 (covers 9-15 February)\nThey came.",
        "Goma\nReport No. 7, Lakes Forum, GOMA, 16 February 2025 (as of 12 May 2024)\nIt fell.",
        "Goma\nOffice for Aid in the Lakes (OAL), Goma, 16 February 2025\nIt fell.",
        "Goma\nCompiled by J. Doe, The Courier, Goma and Kigali, Sunday 16 February 2025\nIt fell.",
        "North Kivu\n16-Feb-2025\nFighters walked in.",
        "North Kivu\n2025-02-16T10:30:00Z\nFighters walked in.",
        "North Kivu\n2025/02/16 10:30\nFighters walked in.",
        "DRC: North Kivu and South Kivu situation report no. 12 (As of 16 February 2025)\nGoma.",
        "Situation report\n\nHIGHLIGHTS\n\nFighters walked in.\nThe army left.\nIt rained.\n"
        "People fled.\nGoma fell.\n\nKEY FIGURES (data as of 16/02/2025)\n12,400 people displaced",
        "Situation report 4\nReporting period: 1 February 2025 - 16 February 2025\nGoma fell.",
        "By Jane Doe in Goma and Ben Roe in Uvira, Sunday 16 February 2025 at 10:30 am\nGoma fell.",
        "Goma fell\n(16 February 2025) Fighters walked in.",
        "Situation report 4\n04/02/2025\nUpdated: 16/02/2025\nGoma fell.",
        "Digest\n\nWeek of 9-15 February 2025. Published Sunday 16 February 2025.\n\nGoma fell.",
        "The week in Kivu, 9-15 February 2025\nPublished 16 February 2025\nGoma fell.",
        "Weekly\nAssessment, 25 January - 1 February 2025. Published 16 February 2025.\nIt fell.",
        "Kivu live: rebels in Goma, army out of Sake – Sunday 16 February 2025\n\n09:15 They came.",
        "Who holds what: the roads round Goma, as we know, Sunday 16 February 2025, noon\n\nOk.",
        "What we know of the fighting in and round Goma | Sunday, February 16, 2025\nThey came.",
    ],
)
def test_a_printed_day_is_read(text: str) -> None:
    day = date(2025, 2, 4) if "04/02/2025" in text else date(2025, 2, 16)
    assert printed_day(text) == day


def test_the_title_says_as_of_when_it_is() -> None:
    assert printed_day("Goma fell.", "Flash update (As of 16 February 2025)") == date(2025, 2, 16)
    assert printed_day("Goma fell.", "What happened on 16 February 2025") is None


@pytest.mark.parametrize(
    ("line", "month", "day"),
    [
        ("GOMA, Feb 14 (Reuters) - M23 rebels entered Goma.", 2, 14),
        ("GOMA, Congo, Feb. 14 (AP) — M23 rebels entered Goma.", 2, 14),
        ("KYIV/LVIV, 29 February (Interfax) -- Russian forces took a village.", 2, 29),
        ("Goma, Friday, 14 February: rebels entered the town.", 2, 14),
        ("Published: 14 February, 10:30", 2, 14),
        ("Friday, February 14", 2, 14),
    ],
)
def test_a_day_without_a_year_is_told_apart(line: str, month: int, day: int) -> None:
    found = printed_without_year(f"Rebels enter the city\n{line}\nThe army left.")
    assert found is not None
    assert (found.month, found.day) == (month, day)


@pytest.mark.parametrize(
    "line",
    [
        "On Monday, Feb 14 - a holiday - rebels entered Goma.",
        "GOMA, Feb 14, 2025 (AFP) - Rebels entered the city.",
        "Rebels entered Goma on Feb 14 (a Friday) - and left.",
        "Feb 30 (Reuters) - Rebels entered Goma.",
        "GOMA, Feb 30 (Reuters) - Rebels entered Goma.",
    ],
)
def test_what_is_no_day_without_a_year(line: str) -> None:
    assert printed_without_year(line) is None


DATELINE = "GOMA, Feb 14 (Reuters) - M23 rebels captured Goma on Thursday."


@pytest.mark.parametrize(
    ("name", "text", "given", "day", "basis"),
    [
        ("goma-2025-02-15.txt", DATELINE, None, date(2025, 2, 14), "printed"),
        ("20250101 archive.txt", DATELINE, None, date(2024, 2, 14), "printed"),
        ("a.txt", f"{DATELINE}\n© 2025 Thomson Reuters", None, date(2025, 2, 14), "printed"),
        ("a.txt", f"{DATELINE}\n(c) 2024\nCopyright 2025", None, None, None),
        ("a.txt", DATELINE, date(2025, 2, 17), date(2025, 2, 14), "given"),
        (
            "a.txt",
            DATELINE.replace("Feb 14", "Dec 31"),
            date(2025, 1, 2),
            date(2024, 12, 31),
            "given",
        ),
        ("a.txt", DATELINE, date(2025, 9, 1), date(2025, 9, 1), "given"),
        ("a.txt", DATELINE, None, None, None),
        ("a.txt", "Goma falls\n04/02/2025\nM23 rebels captured Goma.", None, None, None),
    ],
)
def test_the_year_of_a_day_is_that_of_the_file(
    tmp_path: Path, name: str, text: str, given: date | None, day: date | None, basis: str | None
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    result = read([tmp_path / name], published_on=given)
    (article,) = result.articles
    assert (article.published_on, article.published_on_basis) == (day, basis)
    told = " ".join(result.notes)
    assert ("say which is meant with --published-on" in told) == (day is None)
    assert ("Feb 14 has no year" in told) == (day is None and text.startswith("GOMA"))
    assert ("04/02/2025 can be read in two ways" in told) == ("04/02/2025" in text)


def test_word_files_and_pdfs_say_when_they_were_made(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph(
        "GOMA, Feb 14 (Reuters) - M23 rebels captured Goma on Thursday, it said."
    )
    own = document.core_properties
    own.author, own.modified = "Jane Doe", datetime(2025, 2, 16, tzinfo=UTC)
    document.save(str(tmp_path / "a.docx"))
    own.author = "python-docx"  # of its template, which is years old
    document.save(str(tmp_path / "b.docx"))
    made = pypdf.PdfWriter(clone_from=FILES / "reports" / "dateline.pdf")
    made.add_metadata({"/CreationDate": "D:20250216083000+02'00'"})
    made.write(tmp_path / "c.pdf")
    days = [article.published_on for article in read([tmp_path]).articles]
    assert days == [date(2025, 2, 14), None, date(2025, 2, 14)]


@pytest.mark.parametrize(
    "text",
    [
        "The war began on 15 March 2011 and has not ended.",
        "Rebels entered the city on Sunday.",
        "Situation report 4\n04/02/2025\nFighters walked in.",  # of April, or of February
        "Situation report 4\n32.02.2025\nFighters walked in.",
        "On 31 June 2025 nothing happened.",
        "Goma\nThe town was taken by rebels, and retaken, on 16 February 2025",
        "Goma fell to the rebels of M23 in the night to Sunday 16 February 2025\nThey came.",
        "What happened in Goma and Sake in the week before 16 February 2025\nThey came.",
        "Live\nThey came from the hills, as they had on a day none forgot, Sunday 16 February 2025",
        "Goma\nMen who fled Sake, a town near Goma, told of the night of 16 February 2025",
        "Fighters walked in. Troops had left it on February 16, 2025, residents said.",
    ],
)
def test_a_day_told_of_is_none(text: str) -> None:
    assert printed_day(text) is None


def test_the_day_of_a_sheet_saved_as_a_page(tmp_path: Path) -> None:
    """LibreOffice saves a sheet as one table, whose first rows are its title and period."""
    rows = (
        ("Population movements, Cabo Delgado", "", ""),
        ("Reporting period: 1 - 14 February 2025", "", ""),
        ("Place of origin", "Place of displacement", "Individuals"),
        ("Muidumbe", "Mueda", "1050"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    (tmp_path / "a.html").write_text(f"<html><body><table>{cells}</table></body></html>")
    assert read([tmp_path / "a.html"]).articles[0].published_on == date(2025, 2, 14)


@pytest.mark.parametrize(
    "head", ["OUAGADOUGOU, 14 February\n2025", "14 February\r\n2025", "Djibo, February 14,\n2025"]
)
def test_a_day_that_a_narrow_column_wraps(head: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{head}\n\nRain fell over the capital.\n", newline="")
    assert read([tmp_path / "a.txt"]).articles[0].published_on == date(2025, 2, 14)
