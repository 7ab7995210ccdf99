"""Two conflicts in one folder give a warning that nobody overlooks, and two maps with --split."""

from __future__ import annotations

import json
import re

import pytest

from mapgen.command import cli

SUDAN = (
    "The Rapid Support Forces captured Babanusa on 1 December. About 10 million people are "
    "displaced in Sudan, the United Nations said."
)
UKRAINE = (
    "Russian forces captured Rodynske on 1 December. More than 3.7 million people are displaced "
    "in Ukraine, the IOM said."
)
CHAD = "The Rapid Support Forces attacked Tine in Chad on 2 December."
QUIET = "Ministers met in Kyiv on Sunday and talked about the harvest."


@pytest.fixture
def folder(tmp_path):
    def write(**texts):
        articles = tmp_path / "articles"
        articles.mkdir()
        for name, text in texts.items():
            page = f"---\npublished_on: 2025-12-02\n---\n{text}\n"
            (articles / f"{name}.md").write_text(page, encoding="utf-8")
        return articles

    return write


def build(folder, *options):
    out = folder.parent / "map.html"
    code = cli.main(["build", str(folder), "--coder", "rules", "-o", str(out), *options])
    return code, {p.name: data(p) for p in sorted(folder.parent.glob("*.html"))}


def data(path):
    block = re.search(r'id="mg-data">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    return json.loads(block[1])


def test_each_conflict_has_its_map_and_its_own_figures(folder):
    code, maps = build(folder(a=SUDAN, b=UKRAINE), "--split")
    assert code == 0
    assert sorted(maps) == ["map-sudan.html", "map-ukraine.html"]
    told = json.dumps(maps["map-ukraine.html"])
    assert "3.7 million" in told
    assert "10 million" not in told
    assert "Babanusa" not in told
    assert maps["map-sudan.html"]["meta"]["country"] == "Sudan"
    assert list(maps["map-sudan.html"]["meta"]["articles"]) == ["a"]
    leads = [lead for lead, _ in maps["map-sudan.html"]["meta"]["summary"]]
    assert "Separate conflicts." not in leads


def test_without_split_the_map_warns_before_anything_else(folder):
    _, maps = build(folder(a=SUDAN, b=UKRAINE))
    lead, words = maps["map.html"]["meta"]["summary"][0]
    assert lead == "Separate conflicts."
    assert "(Sudan; Ukraine)" in words
    assert "Do not read their figures together" in words


def test_one_party_in_two_countries_is_one_map(folder):
    _, maps = build(folder(a=SUDAN, c=CHAD), "--split")
    assert sorted(maps) == ["map.html"]


def test_an_article_without_an_event_goes_with_the_country_it_names(folder):
    _, maps = build(folder(a=SUDAN, b=UKRAINE, q=QUIET), "--split")
    assert sorted(maps["map-ukraine.html"]["meta"]["articles"]) == ["b", "q"]
    assert sorted(maps["map-sudan.html"]["meta"]["articles"]) == ["a"]


def test_an_article_that_belongs_to_none_is_named(folder, capsys):
    _, maps = build(folder(a=SUDAN, b=UKRAINE, x="The orchestra played well on Sunday."), "--split")
    assert all("x" not in m["meta"]["articles"] for m in maps.values())
    assert "Article x is in no map" in capsys.readouterr().err


def test_split_needs_a_file(folder, capsys):
    articles = folder(a=SUDAN)
    assert cli.main(["build", str(articles), "--coder", "rules", "-o", "-", "--split"]) == 2
    assert "--split can write several files" in capsys.readouterr().err
