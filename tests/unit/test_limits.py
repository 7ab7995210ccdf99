"""No input takes endless time or memory: limits are checked while reading, faults are counted."""

from __future__ import annotations

import argparse
import gzip
import io
import json
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapgen.claims.claims_file import claims_from_lines, read_claims
from mapgen.command.messages import ReadingProgress
from mapgen.core.bounded import KEPT, Faults
from mapgen.core.progress import reporting
from mapgen.errors import FormatError, SettingsError
from mapgen.merging.baseline import read_baseline
from mapgen.merging.given_areas import read_given_areas
from mapgen.reading import articles as reading
from mapgen.reading import read_tables
from mapgen.reading.articles import read
from mapgen.reading.html_tables import with_rows
from mapgen.reading.html_text import text_of_html
from mapgen.reading.passages import paragraphs, reading_text
from mapgen.reading.tag_bounds import MOST_ATTRIBUTES, bounded
from mapgen.settings import load_settings
from tests.unit.coding_kit import extract, gazetteer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("sign", ['"', "_", "=", "(", "£", "’", "🙂", '"_'])
def test_a_long_run_of_signs_takes_no_time(sign: str) -> None:
    text = f"Rebels captured Goma. {sign * (20_000 // len(sign))}\n\nRebels captured Bunia."
    start = time.process_time()
    made = extract(text, "CD")
    assert time.process_time() - start < 30
    assert [c.places[0].surface for c in made.claims] == ["Goma", "Bunia"]


@pytest.mark.parametrize(
    "line",
    [
        " " * 60_000 + "Rebels captured Goma.",
        "Rebels captured Goma." + " " * 60_000 + "x",
        "x" + " " * 60_000 + "= ",
        "a = " * 20_000,
        "a: " * 60_000,
        "A: " * 60_000 + "x",
        "# " * 40_000,
        "- " * 40_000,
        "." * 60_000 + "x",
        ". " * 40_000 + "x",
        "A " * 40_000,
        "14:10 " * 20_000,
        "GOMA, " * 20_000,
        "(AP) " * 20_000,
        "(" * 30_000 + "x",
    ],
    ids=lambda line: repr(line[:6]),
)
def test_a_line_without_end_takes_no_time_to_cut(line: str) -> None:
    start = time.process_time()
    text = reading_text(line, ())
    assert len(text) == len(line)
    paragraphs(text)
    assert time.process_time() - start < 10


def test_a_line_of_a_usual_length_is_read() -> None:
    made = extract(f"Rebels captured Goma.\n\n{'=' * 40}\n\nRebels captured Bunia.", "CD")
    assert [c.places[0].surface for c in made.claims] == ["Goma", "Bunia"]


_MANY = " ".join(f"a{n}=1" for n in range(200_000))
_TALE = "<p>Rebels captured Goma on Thursday, the army said.</p>"


def test_a_page_with_a_tag_of_200_000_attributes_is_refused_at_once(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<article><h1>Goma</h1>{_TALE * 3}<p {_MANY}>Bunia fell.</p></article>")
    start = time.process_time()
    [refusal] = read([page]).refused
    assert "has a tag with more than 1,000 attributes" in str(refusal)
    page.write_text(f'<div class="page_header">K</div><div {_MANY}></div>'
                    '<div class="message default clearfix" id="message2"></div>')  # fmt: skip
    assert "has a tag with more than 1,000 attributes" in str(read([page]).refused[0])
    assert time.process_time() - start < 20


def test_words_in_a_tag_of_200_000_attributes_are_left_out(tmp_path: Path) -> None:
    body = f"{_TALE}<p {_MANY}>Rebels captured Bunia.</p>"
    start = time.process_time()
    assert text_of_html(body) == "Rebels captured Goma on Thursday, the army said."
    rows = tmp_path / "a.jsonl"
    rows.write_text(json.dumps({"text": body}) + "\n" + json.dumps({"text": _TALE}))
    assert ["Bunia" in a.text for a in read([rows]).articles] == [False, False]
    feed = tmp_path / "a.xml"
    items = f"<item><description><![CDATA[{body}]]></description></item>"
    items += f"<item {_MANY}><title>Sake fell.</title></item>"
    feed.write_text(f'<rss version="2.0"><channel>{items}</channel></rss>')
    result = read([feed])
    assert [a.text[:15] for a in result.articles] == ["Rebels captured", "Sake fell."]
    assert "Bunia" not in result.articles[0].text
    assert "2 tags with more than 1,000 attributes" in result.notes[0]
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    ("tag", "n"),
    [
        ("<p {}>x", 1),
        ("<P\n{}", 1),
        ("<!-- <p {}> --><p>", 0),
        ("<script>if (a<b {})</script><p>", 0),
        ("<p a='{}'>", 0),
        ("<p>{}</p>", 0),
    ],
)
def test_attributes_are_counted_as_browsers_do(tag: str, n: int) -> None:
    for one in ("a=1 ", "a ", "a/", "a = '>' ", 'a=">"', '="x" ', 'a"b ', "<a "):
        if not (n == 0 and one[0] in "<='") and not ("'" in one and "='{}'" in tag):
            assert bounded(tag.format(one * (MOST_ATTRIBUTES + 9)))[1] == n, one
            assert bounded(tag.format(one * 9)) == (tag.format(one * 9), 0)


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<a b",
        '<a b="',
        "<a b='",
        "<a\tb=",
        "<a/b=",
        "<!--",
        "<script>",
        '<a b=c"',
        '="',
        "&#",
    ],
)
def test_five_million_signs_of_markup_take_a_second(piece: str) -> None:
    start = time.process_time()
    bounded(piece * (5_000_000 // len(piece)))
    assert time.process_time() - start < 20


def test_rows_that_are_all_the_same_take_linear_time() -> None:
    rows = [["Goma", "5"]] * 40_000
    start = time.process_time()
    text, tables = with_rows("| Goma | 5 |\n" * 40_000, [("IDPs", rows, rows)])
    assert len(tables[0][1]) == 40_000
    assert text.count("Goma") == 40_000
    assert time.process_time() - start < 20


def test_empty_lines_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_tables, "MAX_EMPTY_LINES", 1000)
    file = tmp_path / "a.jsonl.gz"
    row = json.dumps({"text": "Rebels captured Goma."}).encode()
    file.write_bytes(gzip.compress(row + b"\n" * 900 + row + b"\n" * 5000 + row, mtime=0))
    result = read([file])
    assert len(result.articles) == 2
    assert "1,000 empty lines" in str(result.refused[0])


def test_many_articles_in_a_claims_file_take_linear_time() -> None:
    whole: dict[str, Any] = {"record": "article", "sha256": "", "paragraphs": []} | dict.fromkeys(
        ("title", "source", "url", "published_on", "published_on_basis", "language")
    )
    lines = [json.dumps(whole | {"id": f"a{n}"}) for n in range(20_000)]
    start = time.process_time()
    assert len(claims_from_lines(lines).articles) == 20_000
    with pytest.raises(FormatError, match="two articles have the id 'a7'"):
        claims_from_lines([*lines, lines[7]])
    assert time.process_time() - start < 30


@pytest.mark.parametrize("key", ["id", "title", "source", "url"])
def test_a_field_without_end_is_refused(tmp_path: Path, key: str) -> None:
    long = "Goma " * 1000
    rows = [{"text": "Rebels captured Goma.", key: long}, {"text": "Rebels captured Bunia."}]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    result = read([file])
    assert [a.text for a in result.articles] == ["Rebels captured Bunia."]
    assert f"has a {key} of more than" in str(result.refused[0])
    table = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"text": ["Rebels captured Goma."] * 4, key: [long, "x", long, None]}), table
    )
    result = read([table])
    assert len(result.articles) == 2
    assert all(f"has a {key} of more than" in str(err) for err in result.refused)


def test_a_title_repeated_in_a_small_table_takes_no_memory(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    titles = pa.array(["x" * 2_000_000] * 500)
    pq.write_table(pa.table({"text": ["Rebels captured Goma."] * 500, "title": titles}), file)
    assert file.stat().st_size < 1_000_000
    start = time.process_time()
    tracemalloc.start()
    result = read([file])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert result.articles == ()
    assert peak < 50_000_000
    assert time.process_time() - start < 30


def test_refusals_are_counted_and_ten_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = json.dumps({"text": "Rebels captured Goma."})
    file.write_text(f"{good}\n" + "no JSON\n" * 5000, "utf-8")
    for inputs in ([file], [tmp_path]):
        result = read(inputs)
        told = [*map(str, result.refused), *result.passed_over]
        assert len(result.articles) == 1
        assert len(told) == KEPT + 1
        assert "4,990 more" in told[-1]


def test_faults_count_all_and_keep_ten() -> None:
    faults: list[str] = Faults()
    faults += [f"fault {n}" for n in range(7)]
    faults.extend(f"fault {n}" for n in range(7, 500_000))
    faults.append("last")
    assert len(faults) == 500_001
    assert list(faults) == [f"fault {n}" for n in range(KEPT)]
    assert bool(faults)
    assert not Faults()


def test_features_without_end_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    file.write_text('{"type":"FeatureCollection","features":[' + "{}," * 200_000 + "{}]}", "utf-8")
    tracemalloc.start()
    with pytest.raises(FormatError, match=r"and 799,\d{3} more") as told:
        read_given_areas(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
    assert len(str(told.value)) < 3000


@pytest.mark.parametrize("size", [30_000_000])
def test_files_beside_the_articles_have_limits(tmp_path: Path, size: int) -> None:
    for name, reader in {
        "a.toml": load_settings,
        "a.csv": lambda p: read_baseline(p, gazetteer()),
        "a.geojson": read_given_areas,
    }.items():
        file = tmp_path / name
        with file.open("wb") as stream:
            stream.truncate(size)
        tracemalloc.start()
        with pytest.raises((SettingsError, FormatError, ValueError), match=r"larger than \d+ MB"):
            reader(file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 3_000_000, name


class _Endless(io.RawIOBase):
    """A stream without end, which tells how much of it was read."""

    def __init__(self, piece: bytes) -> None:
        self.piece, self.n_read = piece, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        n = min(len(buffer), 1 << 16)
        start = self.n_read % len(self.piece)
        data = (self.piece * (n // len(self.piece) + 2))[start : start + n]
        buffer[:n] = data
        self.n_read += n
        if self.n_read > 100_000_000:
            pytest.fail("read on and on")
        return n


def _on_stdin(monkeypatch: pytest.MonkeyPatch, raw: io.RawIOBase) -> None:
    stdin = type("Stdin", (), {"buffer": io.BufferedReader(raw)})()
    monkeypatch.setattr("sys.stdin", stdin)


def test_standard_input_is_checked_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = _Endless(b"Rebels captured Goma. ")
    _on_stdin(monkeypatch, raw)
    [refusal] = read(["-"]).refused
    assert "more than 5 MB" in str(refusal)
    assert raw.n_read < 2 * reading.MAX_TEXT_BYTES


def test_rows_on_standard_input_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [json.dumps({"id": f"a{n}", "text": "Rebels captured Goma."}) for n in range(3000)]
    _on_stdin(monkeypatch, io.BytesIO("\ufeff\n\n".encode() + "\n".join(rows).encode()))  # type: ignore[arg-type]
    assert [a.id for a in read(["-"]).articles] == [f"a{n}" for n in range(3000)]


def test_a_claims_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = _Endless(b'{"record": "article", ')
    _on_stdin(monkeypatch, raw)
    with pytest.raises(FormatError, match="line 1 is longer than"):
        read_claims("-")


def test_a_long_article_reports_how_far_it_is() -> None:
    told: list[float] = []
    text = "\n\n".join(
        f"Rebels captured Goma on {n} March." for n in range(1, 29) for _ in range(9)
    )
    with reporting(told.append):
        extract(text, "CD")
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 3
    assert any(0.2 < share < 0.8 for share in told)


def test_progress_has_an_end_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("mapgen.command.messages.time.monotonic", lambda: clock[0])
    shown = ReadingProgress(argparse.Namespace(quiet=True), [1000, 3000])
    shown(1.0)
    clock[0] = 100.0
    shown(1 / 3)
    assert shown.words == "Reading article 2 of 2: 50%, 1:40 left"
