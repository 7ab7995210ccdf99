"""``mapgen figure`` and the formats of a settings file, from one article to files."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

import mapgen
from mapgen.command import cli
from mapgen.core.files import OutputError
from mapgen.settings import load_settings

ARTICLE = (
    "---\npublished_on: 2024-12-06\nsource: Harbour Post\n---\n"
    "HTS fighters captured Talbisseh on Tuesday 3 December, residents said.\n"
)


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    article = folder / "one.md"
    article.write_text(ARTICLE, encoding="utf-8")
    out = folder / "claims.jsonl"
    assert cli.main(["extract", str(article), "--country", "SY", "--quiet", "-o", str(out)]) == 0
    return out


def test_it_draws_a_claims_file_and_an_article_alike(claims, tmp_path, capsys):
    out = tmp_path / "new" / "one.svg"
    assert cli.main(["figure", str(claims), "--size", "column", "-o", str(out)]) == 0
    said = capsys.readouterr().err
    assert f"Wrote {out}." in said
    assert "1 claim from 1 article" in said
    assert ">Talbisseh<" in out.read_text("utf-8"), "spelled as the article does"
    again = tmp_path / "two.svg"
    words = ["figure", str(claims.with_name("one.md")), "--country", "SY", "--quiet"]
    assert cli.main([*words, "--size", "column", "-o", str(again)]) == 0
    assert capsys.readouterr().err == ""
    assert again.read_bytes() == out.read_bytes()


def test_size_dots_and_days_are_obeyed(claims, tmp_path):
    out = tmp_path / "one.png"
    words = ["figure", str(claims), "--quiet", "--size", "column", "-o", str(out)]
    assert cli.main([*words, "--dpi", "72"]) == 0
    with Image.open(out) as image:
        assert image.size == (255, 396)
    drawn = tmp_path / "days.svg"
    words = ["figure", str(claims), "--quiet", "--size", "a5", "-o", str(drawn)]
    assert cli.main([*words, "--dates", "2024-12-01,2024-12-06"]) == 0
    told = drawn.read_text("utf-8")
    assert ">1 Dec 2024<" in told
    assert told.count(">Talbisseh<") == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "one.bmp"], "pictures end in .png, .svg, .pdf, .gif, .webp, .mp4, .webm"),
        (["-o", "one.png", "--size", "a3"], "'a3' is not a size of pictures"),
        (["-o", "one.png", "--dpi", "9"], "is not a whole number from 50 to 600"),
        (["-o", "one.png", "--dates", "1 May"], "'1 May' is not a day written YYYY-MM-DD"),
        (["-o", "one.png", "--dates", "1999-01-01"], "1999-01-01 is not from 2024-11-29 to"),
    ],
)
def test_what_cannot_be_drawn_is_told_and_nothing_is_written(
    claims, tmp_path, monkeypatch, capsys, words, told
):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["figure", str(claims), *words]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_formats_of_a_settings_file_are_written_and_an_option_wins(claims, tmp_path, capsys):
    settings = tmp_path / "run.toml"
    settings.write_text('formats = ["geojson"]\n', encoding="utf-8")
    words = ["render", str(claims), "--settings", str(settings)]
    assert cli.main([*words, "-o", str(tmp_path / "a" / "map.html")]) == 0
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == ["map.geojson", "map.html"]
    features = json.loads((tmp_path / "a" / "map.geojson").read_text("utf-8"))["features"]
    assert [f["properties"]["place"] for f in features if f["geometry"]] == ["Talbisseh"]
    assert cli.main([*words, "--formats", "kml", "-o", str(tmp_path / "b" / "map.html")]) == 0
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == ["map.html", "map.kml"]
    pages = {(tmp_path / name / "map.html").read_bytes() for name in "ab"}
    assert len(pages) == 1, "what is written beside a map does not change the map"
    assert cli.main([*words, "-o", "-"]) == 2
    assert "Name a file with -o" in capsys.readouterr().err
    settings.write_text('formats = ["shp"]\n', encoding="utf-8")
    assert cli.main([*words, "-o", str(tmp_path / "c.html")]) == 2
    assert "run.toml: formats: 'shp' is not known" in capsys.readouterr().err


def test_in_python_a_situation_saves_formats_and_shows_itself_as_a_picture(claims, tmp_path):
    settings = tmp_path / "run.toml"
    settings.write_text('formats = "csv"\n', encoding="utf-8")
    article = claims.with_name("one.md")
    situation = mapgen.build(article, country="SY", settings=load_settings(settings))
    situation.save(tmp_path / "out" / "map.html")
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert names == ["map.csv", "map.events.csv", "map.html", "map.sources.csv"]
    with pytest.raises(OutputError, match="is the name of another kind of file"):
        situation.save(tmp_path / "map.csv")
    picture = situation.figure(size="column", dpi=60)
    assert picture._repr_png_() == picture
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert image.size == (212, 330)
    with pytest.raises(ValueError, match="'a3' is not a size"):
        situation.figure(size="a3")
