"""Reading articles: every format, every refusal, offsets that hold."""

import gzip
import io
import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapgen.reading import articles, formats
from mapgen.reading.articles import detect_language, files_in, paragraph_starts, read

STORY = (
    "Fighters took the mill town of Orsala on Monday, residents said, after the army had left it.\n"
    "Hundreds of families walked west along the river to the camps of Benno, an aid group said."
)


def pdf(*pages: list[tuple[int, int, str]]) -> bytes:
    """Make a PDF file with each line of text at its place (points from the lower left)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 "]
    objects[2] += b"/BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 10 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in page
        ).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF" % table)
    return out.getvalue()


def lines_at(x: int, top: int, *lines: str) -> list[tuple[int, int, str]]:
    return [(x, top - 12 * n, line) for n, line in enumerate(lines)]


def one_refusal(path: Path) -> str:
    result = read([path])
    assert result.articles == ()
    (err,) = result.refused
    assert path.name in str(err)
    return str(err)


# --- plain text ---------------------------------------------------------------------------------


def test_txt_is_unchanged_and_offsets_hold(tmp_path: Path) -> None:
    text = "  Orsala fell.\r\nThe “Old Bridge” held – for now 🙂.\rEnd\n"
    path = tmp_path / "orsala.txt"
    path.write_bytes(text.encode())
    (article,) = read([path]).articles
    assert article.text == text
    assert article.id == "orsala"
    assert [article.text[i] for i in article.paragraphs] == ["O", "T", "E"]
    assert article.published_on is None
    assert article.published_on_basis is None
    assert article.language is None  # too short to tell
    assert len(article.sha256) == 64


def test_txt_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + STORY.encode())
    assert read([path]).articles[0].text == STORY


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "NUL bytes"),
        ("Orsala".encode("utf-16"), "UTF-16"),
        (b"line\nCaf\xe9 in Orsala", "byte 8, in line 2"),
    ],
)
def test_txt_refusals(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    message = one_refusal(path)
    assert words in message
    assert message.count(". ") >= 1  # a reason, and what to do about it


def test_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "MAX_TEXT_BYTES", 50)
    monkeypatch.setattr(formats, "MAX_TEXT_BYTES", 50)
    path = tmp_path / "long.txt"
    path.write_text(STORY)
    assert "larger than" in one_refusal(path)
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps({"text": STORY}) + "\n")
    assert "5 MB" in one_refusal(path)


def test_missing_web_address_and_unknown_kind(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text("x")
    (tmp_path / "plain").write_text("x")
    result = read(
        [tmp_path / "no.txt", "https://example.org/a", tmp_path / "a.rtf", tmp_path / "plain"]
    )
    missing, web, rtf, plain = (str(err) for err in result.refused)
    assert "no.txt: does not exist" in missing
    assert "web address" in web
    assert ".rtf file" in rtf
    assert ".docx" in rtf  # what is read instead
    assert "no ending" in plain


def test_given_date_and_country_fill_gaps_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.md").write_text(f"---\npublished_on: 2024-03-05\ncountry: no\n---\n{STORY}")
    result = read(
        [tmp_path / "a.txt", tmp_path / "b.md"], published_on=date(2024, 4, 1), country="SE"
    )
    a, b = result.articles
    assert (a.published_on, a.published_on_basis, a.country) == (date(2024, 4, 1), "given", "SE")
    assert (b.published_on, b.published_on_basis, b.country) == (date(2024, 3, 5), "printed", "NO")


def test_same_file_twice_is_read_once_and_same_id_made_unique(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for path in (tmp_path / "a.txt", tmp_path / "x" / "a.txt"):
        path.write_text(STORY)
    result = read([tmp_path / "a.txt", tmp_path / "x" / "a.txt", tmp_path / "a.txt"])
    assert [article.id for article in result.articles] == ["a", "a-2"]
    assert any("named a-2" in note for note in result.notes)
    assert any("read once" in note for note in result.notes)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("One.\nTwo.\n\nThree.", [0, 5, 11]),  # short lines with a blank one: wrapped, see below
        ("Long " * 30 + "\n\nTwo " * 30, [0, 152]),
        ("", []),
    ],
)
def test_paragraphs(text: str, starts: list[int]) -> None:
    found = list(paragraph_starts(text))
    if text.startswith("One"):
        assert found == [0, 11]
    else:
        assert found[:2] == starts


# --- Markdown -----------------------------------------------------------------------------------


def test_markdown_front_matter_and_markup(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(
        "---\ntitle: 'Mill town: lost'\nsource: Valley Post\nurl: https://example.org/1\n"
        "published_on: 2024-03-05\npublished_on_basis: inferred\nlanguage: en-GB\n"
        "tags: [war]\n---\n# Mill town: lost\n\n## By the river\n\n"
        "The **army** left [Orsala](http://x.org) on *Monday*.\n"
        "<!-- note -->\n> It was quiet_here_now.\n",
        encoding="utf-8",
    )
    (article,) = read([path]).articles
    assert article.title == "Mill town: lost"
    assert article.source == "Valley Post"
    assert article.url == "https://example.org/1"
    assert (article.published_on, article.published_on_basis) == (date(2024, 3, 5), "inferred")
    assert article.language == "en"
    lines = [line for line in article.text.splitlines() if line]
    assert lines == ["## By the river", "The army left Orsala on Monday.", "It was quiet_here_now."]


def test_wrapped_markdown_is_joined_without_moving_an_offset(tmp_path: Path) -> None:
    body = (
        "## Night\nThe army left Orsala\nlate on Monday, residents\nsaid.\n\n"
        "- first\n- second\n\nBenno\nheld.\n"
    )
    path = tmp_path / "w.md"
    path.write_text(body)
    (article,) = read([path]).articles
    assert article.text.split("\n") == [
        *("## Night", "The army left Orsala late on Monday, residents said."),
        *("", "- first", "- second", "", "Benno held.", ""),
    ]
    assert len(article.text) == len(body)


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("published_on: 2024-13-01", "published_on that is not a date (2024-13-01)"),
        ("published_on: Tuesday", "published_on that is not a date (Tuesday)"),
        ("published_on: 2024-03-01\npublished_on_basis: hearsay", "(hearsay)"),
        ("language: fr", "in a language that no installed coder reads (fr)"),
        ("country: Syria", "not a two-letter code (Syria)"),
        ("title: [a, b]", "title that is not a plain text"),
        ("a: &a [x, x]\nb: [*a, *a]", "aliases"),
        ("title: 'open", "not valid YAML"),
        ("- a\n- b", "not a list of fields"),
        ("title: !!python/object/apply:os.system ['true']", "not valid YAML"),
        ("x: " + "y" * 17_000, "16 KiB"),
        ("x: " + "[" * 5000, "too many lists"),
        ("x: [[[", "not valid YAML"),
    ],
)
def test_markdown_refusals(tmp_path: Path, front: str, words: str) -> None:
    path = tmp_path / "d.md"
    path.write_text(f"---\n{front}\n---\n{STORY}\n")
    assert words in one_refusal(path)


def test_front_matter_without_end(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(f"---\ntitle: x\n{STORY}\n")
    assert "no second ---" in one_refusal(path)


# --- HTML, Word, PDF ----------------------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><head><title>Mill town lost - Valley Post</title>
<meta property="og:title" content="Mill town lost">
<meta property="og:site_name" content="Valley Post">
<meta property="article:published_time" content="2024-03-05T21:10:00+01:00">
<link rel="canonical" href="https://example.org/mill"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World news and weather</a></li></ul></nav>
<article><h1>Mill town lost</h1><p>Fighters took the mill town of Orsala on Monday, residents said,
after the army had left it without a fight in the early hours of the day.</p>
<p>Hundreds of families walked west along the river to the camps of Benno, an aid group said, and
more were on their way as the road to the north stayed closed.</p></article>
<footer><p>Accept cookies. Subscribe to our newsletter.</p></footer></body></html>"""


def test_html_main_text_and_metadata(tmp_path: Path) -> None:
    path = tmp_path / "mill.html"
    path.write_text(PAGE)
    (article,) = read([path]).articles
    assert article.title == "Mill town lost"
    assert article.source == "Valley Post"
    assert article.url == "https://example.org/mill"
    assert (article.published_on, article.published_on_basis) == (date(2024, 3, 5), "printed")
    assert article.text.startswith("Fighters took the mill town of Orsala on Monday")
    assert "camps of Benno" in article.text
    for junk in ("cookies", "weather", "<p>"):
        assert junk not in article.text
    assert len(article.paragraphs) == 2


def test_html_date_is_not_guessed_from_the_text(tmp_path: Path) -> None:
    path = tmp_path / "mill.html"
    undated = PAGE.replace('<meta property="article:published_time"', "<meta name='x'")
    path.write_text(undated.replace("on Monday", "on 3 May 2019").replace("21:10", ""))
    assert read([path]).articles[0].published_on is None


def test_html_without_article(tmp_path: Path) -> None:
    path = tmp_path / "menu.html"
    path.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    assert "no article text" in one_refusal(path)


def test_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Mill town lost", 0)
    for line in STORY.split("\n"):
        document.add_paragraph(line)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Orsala", "lost"
    path = tmp_path / "mill.docx"
    document.save(str(path))
    (article,) = read([path]).articles
    assert article.title == "Mill town lost"
    assert article.text == STORY + "\nOrsala lost"
    path.write_bytes(b"PK\x03\x04 not a zip")
    assert "Word file" in one_refusal(path)


def test_pdf_columns_hyphens_and_page_furniture(tmp_path: Path) -> None:
    left = [
        "Fighters took the mill town of",
        "Orsala on Monday, after the gov-",
        "ernment army had left it to the",
    ]
    right = ["rebel-", "held hills. Families fled to Deir el-", "Benno, an aid group said."]
    pages = [
        [
            (250, 815, "Valley Post"),
            (60, 760, f"Mill town lost, part {n}, as the army goes back over the river"),
            *lines_at(60, 740, *left),
            *lines_at(320, 740, *right),
            (290, 20, f"Page {n} of 3"),
        ]
        for n in (1, 2, 3)
    ]
    path = tmp_path / "mill.pdf"
    path.write_bytes(pdf(*pages))
    (article,) = read([path]).articles
    lines = article.text.split("\n")
    assert lines[0] == "Mill town lost, part 1, as the army goes back over the river"
    assert "the government army had left it to the rebel-held hills." in article.text
    assert "fled to Deir el-Benno, an aid group said." in article.text
    assert "Valley Post" not in article.text
    assert "Page" not in article.text


def test_pdf_pages_begin_where_their_first_words_stand(tmp_path: Path) -> None:
    first = lines_at(
        60, 700, "Fighters took the mill town of Orsala on Monday.", "Families went to"
    )
    second = lines_at(60, 700, "the camps of Benno, an aid group said.", "The road was closed.")
    third = lines_at(60, 700, "Nothing was heard from the hills on Tuesday.")
    path = tmp_path / "mill.pdf"
    path.write_bytes(pdf(first, second, [(60, 20, "Page 3")], third))
    (article,) = read([path]).articles
    starts = article.pages
    assert len(starts) == 4
    assert starts[0] == 0
    assert article.text[starts[1] :].startswith("the camps of Benno")
    assert article.text[starts[3] :].startswith("Nothing was heard")
    assert starts[2] == starts[3], "a page without text begins where the next one does"


def test_pdf_paragraphs_by_indent_and_columns_with_level_gaps(tmp_path: Path) -> None:
    page = [
        *lines_at(60, 740, "The first column begins here and", "tells of Orsala at some length."),
        *lines_at(60, 700, "Then a second paragraph of it", "tells of the road to Benno."),
        *lines_at(320, 740, "The second column is read after", "the first, to its very end."),
        *lines_at(320, 700, "It closes with a line of its own", "about the weather that night."),
    ]
    path = tmp_path / "two.pdf"
    path.write_bytes(pdf(page))
    assert read([path]).articles[0].text.split("\n") == [
        "The first column begins here and tells of Orsala at some length.",
        "Then a second paragraph of it tells of the road to Benno.",
        "The second column is read after the first, to its very end.",
        "It closes with a line of its own about the weather that night.",
    ]


def test_pdf_refusals(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([]))
    assert "it is a scan" in one_refusal(path)
    path.write_bytes(b"not a pdf at all")
    assert "PDF file" in one_refusal(path)


# --- many articles in a file --------------------------------------------------------------------


def test_jsonl_refuses_a_broken_line_and_keeps_the_rest(tmp_path: Path) -> None:
    rows = [
        {"id": "one", "text": STORY, "published_on": "2024-03-05", "source": "Post"},
        {"text": STORY},
    ]
    content = "\n".join([json.dumps(rows[0]), '{"text": "torn', "", json.dumps(rows[1]), "[1]", ""])
    content += (
        '{"id": "x"}\n{"text": 5}\n{"text": "half \\ud800"}\n{"text": "x", "id": "\\ud800"}\n'
    )
    path = tmp_path / "many.jsonl"
    path.write_text(content)
    result = read([path])
    assert [article.id for article in result.articles] == ["one", "many-3"]
    assert result.articles[0].text == STORY
    assert result.articles[0].published_on == date(2024, 3, 5)
    messages = [str(err) for err in result.refused]
    assert "many.jsonl line 2: is not valid JSON" in messages[0]
    assert "line 5: is not a JSON object" in messages[1]
    assert "line 6: has no text" in messages[2]
    assert "line 7: has a text that is not a string" in messages[3]
    assert "lone surrogate" in messages[4]
    assert "lone surrogate" in messages[5]


def test_jsonl_gz_and_torn_gz(tmp_path: Path) -> None:
    whole = gzip.compress((json.dumps({"id": "z", "text": STORY}) + "\n").encode())
    path = tmp_path / "m.jsonl.gz"
    path.write_bytes(whole)
    assert [article.id for article in read([path]).articles] == ["z"]
    path.write_bytes(b"no gzip")
    assert "cannot be read any further" in one_refusal(path)


def test_claims_are_not_articles(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"record": "article", "id": "a"}\n{"record": "claim"}\n')
    assert "mapgen render" in one_refusal(path)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    table = pa.table(
        {
            "id": ["a", "b", None],
            "text": [STORY, None, STORY],
            "published_on": [date(2024, 3, 5), None, None],
            "other": [1, 2, 3],
        }
    )
    pq.write_table(table, path)
    result = read([path])
    assert [(a.id, a.published_on) for a in result.articles] == [
        ("a", date(2024, 3, 5)),
        ("m-3", None),
    ]
    assert "row 2: has no text" in str(result.refused[0])
    pq.write_table(pa.table({"cases": ["x"], "deaths": [1]}), path)
    refused = one_refusal(path)
    assert "no column with the text of articles (it has cases, deaths)" in refused
    assert "--columns text=COLUMN" in refused
    path.write_bytes(b"PAR1")
    assert "Parquet" in one_refusal(path)


# --- folders, standard input, language ----------------------------------------------------------


def test_folder_is_sorted_and_names_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.txt").write_text(STORY)
    for name in ("b.txt", "a.txt", "README.md", "LICENSE", "MUST_SHOW.md", "pic.png", "sub/c.md"):
        (tmp_path / name).write_text(STORY)
    (tmp_path / "empty.txt").write_text("")
    result = read([tmp_path])
    assert [article.id for article in result.articles] == ["a", "b", "c"]
    assert result.refused == ()  # only what the user named is refused
    told = "\n".join(result.passed_over)
    for name in ("README.md", "LICENSE", "MUST_SHOW.md", "pic.png", ".git", "empty.txt: is empty"):
        assert name in told
    assert len(result.passed_over) == 6


def test_folder_without_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    result = read([tmp_path])
    assert "has no article in it (1 skipped)" in str(result.refused[0])
    assert len(result.passed_over) == 1


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (STORY, ["stdin"]),
        (json.dumps({"id": "j", "text": STORY}) + "\n", ["j"]),
        (f"---\ntitle: T\n---\n{STORY}", ["stdin"]),
    ],
)
def test_standard_input(data: str, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    (article,) = read(["-"]).articles
    assert [article.id] == ids
    assert article.text == STORY


def test_language_is_judged_only_when_sure(tmp_path: Path) -> None:
    french = "Les combattants ont pris la ville lundi, selon des habitants qui fuyaient. " * 4
    names = "Aleppo, Hama, Homs, Damascus, Idlib, Raqqa, Deir ez-Zor, Latakia, Tartus, " * 4
    assert detect_language(STORY * 2) == "en"
    assert detect_language(french) == "fr"
    assert detect_language(french[:150]) is None
    assert detect_language(names) is None
    path = tmp_path / "f.txt"
    path.write_text(french)
    assert "in a language that no installed coder reads (fr)" in one_refusal(path)


def test_a_file_name_that_is_not_utf8_gives_an_id_that_can_be_written(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text(STORY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (article,) = read([path]).articles
    assert article.id == "caf\ufffd"


@pytest.mark.parametrize(
    "hostile",
    ["[" * 400_000, "![" * 200_000, "**a " * 100_000, "<!--" * 100_000, "\r\n " * 100_000],
    ids=["brackets", "pictures", "bold", "comments", "lines"],
)
def test_markdown_takes_no_quadratic_time(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "d.md"
    path.write_bytes((hostile + "\n" + STORY).encode())
    began = time.process_time()
    read([path])
    assert time.process_time() - began < 30


def test_a_baseline_among_the_articles_is_passed_over_in_silence_and_only_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("Rebels captured Goma on Thursday.", "utf-8")
    held = "place,actor,as_of\nGoma,M23,2025-01-27\n"
    for name in ("baseline.csv", "other.csv"):
        (tmp_path / name).write_text(held, "utf-8")
    without = read([tmp_path])
    assert ["baseline.csv" in told or "other.csv" in told for told in without.passed_over] == [
        True,
        True,
    ]
    result = read([tmp_path], baseline=str(tmp_path / "." / "baseline.csv"))
    assert [a.id for a in result.articles] == ["a"]
    assert len(result.passed_over) == 1
    assert "other.csv: has no column with the text" in result.passed_over[0]
    named = read([tmp_path / "baseline.csv"], baseline=str(tmp_path / "baseline.csv"))
    assert "has no column with the text" in str(named.refused[0])  # the user named it: told
    assert [p.name for p in files_in(tmp_path, baseline=str(tmp_path / "baseline.csv"))] == [
        "a.txt",
        "other.csv",
    ]
