"""Our files, opened in GDAL, LibreOffice, librsvg, poppler and xmllint, and checked by content."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from mapgen.command import cli
from mapgen.core.tables.sides import Sides

pytestmark = pytest.mark.interop

ROOT = Path(__file__).parents[2]
SEEDS = (str(ROOT / "seeds"), "--baseline", str(ROOT / "seeds" / "baseline.csv"))
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
NEAR = 8  # difference in one channel that smoothing may make


@pytest.fixture(scope="module")
def office(tool, run, tmp_path_factory):
    """Return a function that opens a file in LibreOffice and saves it in another format."""
    program, folder = tool("soffice"), tmp_path_factory.mktemp("office")

    def saved(path, kind):
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        words = ["--headless", "--convert-to", kind, "--outdir", folder]
        if path.suffix == ".csv":  # comma, quotation marks, UTF-8, as its dialogue proposes
            words.insert(1, "--infilter=CSV:44,34,76,1")
        run(program, home, *words, path)
        return folder / f"{path.stem}.{kind}"

    return saved


def rows_of(fods):
    """Return the cells of a flat OpenDocument table, as text with their types."""
    table = []
    for row in ET.parse(fods).iter(f"{TABLE}table-row"):
        cells = []
        for cell in row.iter(f"{TABLE}table-cell"):
            kind = cell.get(f"{OFFICE}value-type")
            text = cell.get(f"{OFFICE}value") or "".join(cell.itertext()).strip()
            cells += [(text, kind)] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 99)
        table.append(cells)
    return table


def test_gdal_reads_every_layer_of_the_geopackage_in_silence(made, tool, run):
    told = run(tool("ogrinfo"), "-so", "-al", made / "map.gpkg", merged=True)
    assert "Warning" not in told
    assert "ERROR" not in told
    counts = dict(re.findall(r"Layer name: (\w+)\n(?:.*\n)*?Feature Count: (\d+)", told))
    assert (counts["control"], counts["flows"], counts["totals"]) == ("69", "1", "1")
    assert int(counts["base_borders"]) > 0
    names = re.findall(r"Layer name: (\w+)", told)
    assert names.index("control") < names.index("areas") < names.index("base_land")


def test_the_validator_of_geoparquet_finds_no_fault(made, tool, run):
    told = run(tool("geoparquet-validator"), "check", made / "map.parquet")
    assert "FAIL" not in told
    for part in ("core", "covering", "distribution"):
        assert re.search(rf"=> {part}: [1-9]\d* pass, 0 fail", told), part


def test_gdal_reads_geojson_and_kml_with_the_same_towns(made, tool, run):
    where = "layer = 'control' AND place = 'Hama'"
    told = run(tool("ogrinfo"), "-al", "-where", where, made / "map.geojson", merged=True)
    assert "Feature Count: 1" in told
    assert "HTS-led rebels" in told
    run(tool("xmllint"), "--noout", made / "map.kml")
    told = run(tool("ogrinfo"), "-al", made / "map.kml", "Who holds what", merged=True)
    assert "ERROR" not in told
    assert re.search(r"Name \(String\) = Hama\b", told)


def test_a_spreadsheet_program_keeps_names_and_numbers(made, office):
    head, tags, *rows = rows_of(office(made / "map.csv", "fods"))
    names = [text for text, _ in head]
    assert names[0] == "layer"  # the byte order mark is no part of the name
    assert tags[names.index("latitude")][0] == "#geo+lat"
    where = names.index("place")
    (hama,) = [r for r in rows if len(r) > where and (r[0][0], r[where][0]) == ("control", "Hama")]
    assert hama[names.index("holder_name")][0] == "HTS-led rebels"
    latitude, kind = hama[names.index("latitude")]
    assert (round(float(latitude), 4), kind) == (35.1318, "float")
    assert "“" in hama[names.index("quotes")][0]


def test_acled_columns_open_in_a_spreadsheet_program(made, office):
    head, *rows = rows_of(office(made / "map.events.csv", "fods"))
    names = [text for text, _ in head]
    assert (names[0], names[30]) == ("event_id_cnty", "timestamp")
    where = names.index("location")
    towns = {row[where][0] for row in rows if len(row) > where}
    assert {"Aleppo", "Hama"} <= towns


def pages_of(pdf, tool, run):
    """Return the text of each page of a PDF."""
    return run(tool("pdftotext"), "-layout", pdf, "-").split("\f")[:-1]


def test_the_report_for_word_is_one_page(office, tool, run, tmp_path):
    path = tmp_path / "report.docx"
    assert cli.main(["report", *SEEDS, "-o", str(path)]) == 0
    (page,) = pages_of(office(path, "pdf"), tool, run)
    text = " ".join(page.split())
    assert text.count("What 2 reports say about fighting in Syria") == 1, "no double headline"
    for words in ("What changed hands", "People on the move", "Method", "GeoNames (CC BY 4.0)"):
        assert words in text


def test_a_long_report_for_word_repeats_the_heads_of_its_tables(office, tool, run, tmp_path):
    article = tmp_path / "long.md"
    article.write_text(_long_article(), encoding="utf-8")
    path = tmp_path / "report.docx"
    assert cli.main(["report", str(article), "-o", str(path)]) == 0
    pages = pages_of(office(path, "pdf"), tool, run)
    assert 2 < len(pages) <= 4
    assert "What changed hands" not in pages[0], "title, summary and picture"
    heads = sum(bool(re.search(r"^\s*Place\s+Before\s+Now", p, re.MULTILINE)) for p in pages)
    heads += sum(bool(re.search(r"^\s*Who\s+From\s+To", p, re.MULTILINE)) for p in pages)
    assert heads >= 3, "a table that goes on has its head again"
    assert all(len(page.split()) > 20 for page in pages[1:])


def _long_article():
    towns = "Bara|El Obeid|Babanusa|Kadugli|Dilling|En Nahud|El Fasher|Nyala|Geneina|Zalingei|Kutum"
    towns += "|Mellit|Khartoum|Omdurman|Wad Madani|Sennar|Singa|Dongola|Atbara|Kassala|Gedaref"
    towns += "|Port Sudan|Rabak|Kosti|Er Rahad|Umm Ruwaba|Abu Zabad|Al Fulah"
    listed = towns.split("|")
    parts = ["---\ntitle: A long week in Sudan\npublished_on: 2025-12-02\ncountry: SD\n---"]
    for i, town in enumerate(listed):
        who = "The Rapid Support Forces captured" if i % 2 else "The Sudanese army recaptured"
        goal = listed[(i + 5) % len(listed)]
        parts.append(
            f"{who} {town} on Monday, residents said. Some {i + 2},000 people fled {town} to "
            f"{goal}, the UN said."
        )
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("way", ["picture", "shapes"])
def test_slides_open_with_title_map_and_tables(way, office, tool, run, tmp_path):
    path = tmp_path / "report.pptx"
    command = ["report", *SEEDS, "--slide-map", way, "-o", str(path)]
    assert cli.main(command) == 0
    pdf = office(path, "pdf")
    pages = [" ".join(page.split()) for page in pages_of(pdf, tool, run)]
    assert len(pages) == 6
    assert pages[0].startswith("What 2 reports say about fighting in Syria")
    assert pages[1].startswith("The map: ")
    assert ("Rastan" in pages[1]) == (way == "shapes"), "shapes have words, a picture has none"
    assert "Aleppo" in pages[2]
    assert "GeoNames (CC BY 4.0)" in pages[5]
    run(tool("pdftoppm"), "-r", "40", "-png", "-f", "2", "-l", "2", pdf, tmp_path / "map")
    (png,) = tmp_path.glob("map*.png")
    with Image.open(png) as image:
        assert len(image.convert("RGB").getcolors(1 << 24)) > 50, "a map is drawn"


def test_the_picture_as_svg_is_drawn_by_librsvg(made, tool, run, tmp_path):
    png = tmp_path / "map.png"
    run(tool("rsvg-convert"), "--width", "1200", "-o", png, made / "map.svg")
    image = Image.open(png).convert("RGB")
    fill = Sides(["syria:hts"], []).get("syria:hts").light.fill
    wanted = tuple(int(fill[i : i + 2], 16) for i in (1, 3, 5))
    counted = image.getcolors(1 << 24)
    close = sum(
        n for n, c in counted if max(abs(a - b) for a, b in zip(c, wanted, strict=True)) <= NEAR
    )
    assert close > 100


def test_the_picture_as_pdf_has_searchable_names(made, tool, run):
    text = run(tool("pdftotext"), made / "map.pdf", "-")
    assert {"Aleppo", "Hama", "Homs"} <= set(re.findall(r"\w+", text))
