"""Hostile input ends in what was read or in one refusal: kept cases and some new ones."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import sys
import zipfile
import zlib
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapgen.errors import InputError
from mapgen.reading import guarded
from mapgen.reading.articles import read

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "data" / "hostile"


@pytest.fixture(scope="module")
def fuzz() -> Any:
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "bench" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


def test_cases_that_once_failed(fuzz: Any) -> None:
    tally = fuzz.run_all(fuzz.kept(KEPT))
    assert sum(tally.outcomes.values()) == len(list(KEPT.iterdir())) > 0
    assert tally.failures == []


def test_each_kind_of_fault_has_kinds_of_cases(fuzz: Any) -> None:
    assert len(fuzz.KINDS_OF_FAULTS) == 11
    for kinds in fuzz.KINDS_OF_FAULTS.values():
        assert set(kinds) <= set(fuzz.MAKERS)
    assert set(fuzz.WEIGHTS) <= set(fuzz.MAKERS)
    parts = [fuzz.drawn_kind(Random(n), tuple(fuzz.MAKERS)) for n in range(3_000)]
    assert set(parts) == set(fuzz.MAKERS)
    assert parts.count("page") > parts.count("site")


def test_the_tests_that_the_promises_name_exist() -> None:
    told = (ROOT / "SECURITY.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", told))
    written = " ".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 30
    assert [name for name in sorted(named) if f"def {name}(" not in written] == []
    files = set(re.findall(r"`((?:tests|mapgen|bench)/[\w/]+\.\w+)`", told))
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == []


def test_generated_cases(fuzz: Any) -> None:
    light = tuple(
        kind for kind in fuzz.MAKERS if kind not in {"gz", "docx", "parquet", "table_xlsx"}
    )
    tally = fuzz.run_all((str(n), fuzz.case(9, n, light)) for n in range(200))
    assert tally.failures == []
    assert sum(n for outcome, n in tally.outcomes.items() if outcome.endswith(" read")) > 40


@given(
    st.binary(max_size=400),
    st.sampled_from([".txt", ".md", ".csv", ".json", ".jsonl", ".jsonl.gz", ".parquet"]),
)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    file = tmp_path / f"any{suffix}"
    file.write_bytes(data)
    result = read([file])
    assert result.articles or result.refused
    assert all(file.name in str(refusal) for refusal in result.refused)


def _pdf_packing(packed: bytes, filters: bytes, n_pages: int = 1) -> bytes:
    """Return a file of pages that all show the same packed commands."""
    kids = b" ".join(b"%d 0 R" % (n + 5) for n in range(n_pages))
    head = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Kids[" + kids + b"]/Count %d>>\nendobj\n" % n_pages
    head += b"3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 999 999]/Contents 4 0 R"
    page += b"/Resources<</Font<</F1 3 0 R>>>>>>"
    for n in range(n_pages):
        head += b"%d 0 obj\n%s\nendobj\n" % (n + 5, page)
    body = b"4 0 obj\n<</Length %d/Filter[%s]>>\nstream\n" % (len(packed), filters)
    return head + body + packed + b"\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_a_pdf_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    packed = zlib.compress(zlib.compress(b" " * 1_500_000_000, 1), 9)
    file = tmp_path / "bomb.pdf"
    file.write_bytes(_pdf_packing(packed, b"/FlateDecode/FlateDecode"))
    result = read([file])
    assert not result.articles
    assert len(result.refused) == 1
    assert "bomb.pdf" in str(result.refused[0])


def test_a_page_that_takes_too_long_is_refused_and_many_that_take_long_are_read(
    tmp_path: Path,
) -> None:
    words = b"BT /F1 10 Tf 50 700 Td (Rebels captured the town of Rastan on Thursday.) Tj ET\n"
    slow = zlib.compress(words + b"q Q " * 4_000_000)
    file = tmp_path / "slow.pdf"
    file.write_bytes(_pdf_packing(slow, b"/FlateDecode"))
    (refusal,) = read([file]).refused
    assert "takes more than 3 seconds and 1 more a page to read" in str(refusal)

    long = zlib.compress(words + b"q Q " * 12_000)  # twice the bound on a fast machine
    file.write_bytes(_pdf_packing(long, b"/FlateDecode", 60))
    started = sum(os.times()[:4])
    guarded._CHILD.close()  # its time is counted when it has ended
    (article,) = read([file]).articles
    guarded._CHILD.close()
    assert sum(os.times()[:4]) - started > guarded.CPU_SECONDS, "too easy to tell anything"
    assert article.text.count("Rastan") == 60


def test_a_zip_bomb_in_docx_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 250_000_000)
    file = tmp_path / "bomb.docx"
    file.write_bytes(out.getvalue())
    (refusal,) = read([file]).refused
    assert "unpacks to more than 200 MB" in str(refusal)


def test_after_a_reader_died_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "cpu_limit", lambda *_: 1)
    page = tmp_path / "slow.html"
    page.write_text("<article>" + "<p>Rebels took the town of Rastan on Thursday.</p>" * 150_000)
    (refusal,) = read([page]).refused
    assert "takes more than" in str(refusal) or "cannot be read" in str(refusal)
    monkeypatch.undo()
    page.write_text("<article><h1>Homs</h1><p>" + "Rebels took the town of Rastan. " * 9 + "</p>")
    (article,) = read([page]).articles
    assert "Rastan" in article.text


def test_a_module_among_the_articles_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded._CHILD.close()
    (tmp_path / "yaml.py").write_text("raise SystemExit('run from the working folder')")
    page = tmp_path / "a.html"
    page.write_text("<article><h1>Homs</h1><p>" + "Rebels took the town of Rastan. " * 9 + "</p>")
    monkeypatch.chdir(tmp_path)
    (article,) = read([page]).articles
    assert article.id == "a"


def test_links_to_devices_and_to_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text("Rebels took Rastan.")
    result = read([tmp_path])
    assert [article.id for article in result.articles] == ["a"]
    assert sorted(Path(told.split(":")[0]).name for told in result.passed_over) == [
        "gone.txt",
        "zero.txt",
    ]
    assert isinstance(read([tmp_path / "zero.txt"]).refused[0], InputError)
