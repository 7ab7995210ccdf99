"""The commands from end to end: what they write, what they say, how they fail."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import folium
import pytest

import mapgen
from gazetteer import Gazetteer
from mapgen import pipeline
from mapgen.command import cli
from mapgen.core import files
from mapgen.errors import NoInputError, SettingsError
from mapgen.model import Article, Claim, Extraction, Kind, SentenceRecord, Situation, Status
from mapgen.settings import Settings
from mapgen.situation.explain import explain

ROOT = Path(__file__).parents[2]
FIRST = (
    "Rebel fighters captured Maarat al-Numan in northern Syria on Monday, residents said.\n"
    "Thousands of people fled from the town to Idlib, according to the Syrian Observatory for "
    "Human Rights (SOHR).\n"
    "Government forces could retake Saraqib within days, a diplomat said.\n"
)
SECOND = (
    "The Syrian army bombed Khan Shaykhun on Tuesday, a monitor said.\n"
    "Rebels seized Maarat al-Numan, state television reported.\n"
)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    front = "---\ntitle: Second\npublished_on: 2024-12-04\n---\n"
    (folder / "second.md").write_text(front + SECOND, encoding="utf-8")
    return folder


def run(*words: str | Path) -> int:
    return cli.main([str(word) for word in words])


def piped(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mapgen", *words], input=stdin, capture_output=True, check=False
    )


def data_of(page: str) -> dict[str, Any]:
    block = re.search(r'<script[^>]*id="mg-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert block
    data: dict[str, Any] = json.loads(block[1])
    return data


# --- the map ------------------------------------------------------------------------------------


def test_build_makes_a_map_and_says_where(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder" / "map.html"
    assert run("build", articles, "--published-on", "2024-12-03", "--country", "SY", "-o", out) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1] == f"Open {out} in a browser."
    assert "\r" not in told.err  # no progress in a pipe
    data = data_of(out.read_text(encoding="utf-8"))
    taken = [sign for sign in data["signs"] if sign["type"] == "control"]
    assert ["Maarat", 35.6] in [[s["name"][:6], round(s["lat"], 1)] for s in taken]
    assert data["meta"]["articles"]["first"]["published_on"] == "2024-12-03"
    assert data["meta"]["articles"]["first"]["basis"] == "given"
    assert data["meta"]["articles"]["second"]["basis"] == "printed"
    off = json.dumps(data["off"])
    assert "could retake Saraqib" in off
    assert not any("Saraqib" in sign.get("name", "") for sign in taken)


def test_extract_and_render_give_the_same_bytes_as_build(articles: Path, tmp_path: Path) -> None:
    one, two, three = tmp_path / "1.html", tmp_path / "2.html", tmp_path / "3.html"
    options = ["--published-on", "2024-12-03", "--country", "SY", "--quiet"]
    built = piped("build", str(articles), *options, "-o", str(one))
    assert built.returncode == 0, built.stderr.decode()
    assert built.stderr == b""
    claims = piped("extract", str(articles), *options)
    assert claims.returncode == 0
    drawn = piped("render", "-", "-o", str(two), stdin=claims.stdout)
    assert drawn.returncode == 0, drawn.stderr.decode()
    assert one.read_bytes() == two.read_bytes()
    assert run("build", articles, *options, "-o", three) == 0
    assert one.read_bytes() == three.read_bytes()


def test_each_map_option_changes_the_map(articles: Path, tmp_path: Path) -> None:
    claims, out = tmp_path / "claims.jsonl", tmp_path / "map.html"
    assert run("extract", articles, "--country", "SY", "-o", claims) == 0

    def drawn(*options: str) -> dict[str, Any]:
        assert run("render", claims, *options, "-o", out) == 0
        return data_of(out.read_text(encoding="utf-8"))

    plain = drawn()
    assert plain["meta"]["as_of"] == "2024-12-04"
    assert drawn("--title", "A title of mine")["meta"]["title"] == "A title of mine"
    assert drawn("--as-of", "2024-12-09")["meta"]["as_of"] == "2024-12-09"
    based = drawn("--baseline", "syria-2024-11")
    assert based["meta"]["generator"]["settings"] != plain["meta"]["generator"]["settings"]
    assert any(place["base"] for place in based["places"])
    assert not any(place["base"] for place in plain["places"])
    settings = tmp_path / "run.toml"
    settings.write_text('title = "From the file"\nas_of = 2024-12-08\n')
    both = drawn("--settings", str(settings), "--as-of", "2024-12-09")
    assert both["meta"]["title"] == "From the file"
    assert both["meta"]["as_of"] == "2024-12-09"  # command-line options override it


def test_corrections_change_the_map_and_what_no_longer_matches_is_said(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims, table = tmp_path / "claims.jsonl", tmp_path / "corrections.csv"
    assert run("extract", articles, "--country", "SY", "-o", claims) == 0
    before = claims.read_bytes()
    records = [json.loads(line) for line in before.splitlines()]
    bombed = next(r for r in records if r["record"] == "claim" and r["kind"] == "strike")
    table.write_text(
        "target_type,target_id,action,field,value,by,why,on\n"
        f'claim,{bombed["id"]},set,place,"Khan Shaykhun -> Saraqib, SY",'
        "A. Analyst,other footage,2024-12-05\n"
        "claim,gone,reject,,,A. Analyst,a duplicate,2024-12-05\n",
        encoding="utf-8",
    )
    one, two = tmp_path / "1.html", tmp_path / "2.html"
    capsys.readouterr()
    assert run("render", claims, "--corrections", table, "--quiet", "-o", one) == 0
    assert capsys.readouterr().err == (
        "warning: Correction had no effect: row 3 (reject of claim gone, by A. Analyst on "
        "2024-12-05): no claim, event or place has this id.\n"
    )
    assert claims.read_bytes() == before
    data = data_of(one.read_text(encoding="utf-8"))
    (strike,) = [sign for sign in data["signs"] if sign["type"] == "strike"]
    assert (strike["name"], round(strike["lat"], 1)) == ("Saraqib", 35.9)
    (card,) = [card for card in data["cards"] if card["decisions"]]
    assert card["decisions"] == [
        "Place changed from Khan Shaykhun to Saraqib by A. Analyst on 5 December 2024: "
        "other footage"
    ]
    assert bombed["id"] in card["quotes"][0]["claims"]
    assert any("claim gone" in warning for warning in data["meta"]["warnings"])
    options = ("--corrections", table, "--country", "SY")
    assert run("build", articles, *options, "--quiet", "-o", two) == 0
    assert one.read_bytes() == two.read_bytes()
    assert run("build", articles, "--corrections", table, "-o", table) == 2
    assert "would be written over" in capsys.readouterr().err
    table.write_text("target_type,target_id\n", encoding="utf-8")
    assert run("render", claims, "--corrections", table, "-o", one) == 2
    assert "corrections.csv: column action is missing" in capsys.readouterr().err


def test_python_interface(articles: Path, tmp_path: Path) -> None:
    situation = mapgen.build([articles], published_on="2024-12-03", country="SY", title="T")
    assert isinstance(situation, mapgen.Situation)
    assert situation.settings == Settings(published_on=date(2024, 12, 3), country="SY", title="T")
    assert situation.as_of == date(2024, 12, 4)
    situation.save(tmp_path / "api" / "map.html")
    assert (
        run(
            *("build", articles, "--published-on", "2024-12-03", "--country", "SY", "--title", "T"),
            *("-o", tmp_path / "cli.html"),
        )
        == 0
    )
    saved = (tmp_path / "api" / "map.html").read_bytes()
    assert saved == (tmp_path / "cli.html").read_bytes()
    shown = situation._repr_html_()
    assert shown.startswith('<iframe srcdoc="')
    assert "<script" not in shown
    assert isinstance(situation.to_folium(), folium.Map)
    claims = mapgen.extract(str(articles / "second.md")).claims
    assert {claim.article for claim in claims} == {"second"}


def test_python_interface_names_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match=r"nix\.txt: does not exist"):
        mapgen.build([tmp_path / "nix.txt"])
    with pytest.raises(SettingsError, match="'6 Dec' is not a day"):
        mapgen.build([tmp_path], published_on="6 Dec")


# --- claims, places, explanation ----------------------------------------------------------------


def test_extract_writes_claims_with_offsets_that_hold(
    articles: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("extract", articles / "first.txt", "--country", "SY") == 0
    records = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert {record["record"] for record in records} == {"article", "sentence", "claim"}
    claims = [record for record in records if record["record"] == "claim"]
    for claim in claims:
        assert FIRST[claim["start"] : claim["end"]] == claim["quote"]
        for place in claim["places"]:
            assert FIRST[place["start"] : place["end"]] == place["surface"]
    taken = [claim for claim in claims if claim["kind"] == "control_change"]
    assert any("Maarat al-Numan" in claim["quote"] for claim in taken)
    (fled,) = [claim for claim in claims if claim["kind"] == "displacement"]
    assert (fled["quantity"]["low"], fled["quantity"]["high"]) == (1000, 9999)
    assert fled["status"] == "claimed"


def test_places(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "toponyms.jsonl"
    assert run("places", articles / "first.txt", "--country", "SY", "-o", out) == 0
    (line,) = out.read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert record["article"] == "first"
    found = {t["surface"]: t for t in record["toponyms"]}
    assert found["Idlib"]["country"] == "SY"
    assert found["Idlib"]["lat"] == pytest.approx(35.93, abs=0.1)
    for toponym in record["toponyms"]:
        assert FIRST[toponym["start"] : toponym["end"]] == toponym["surface"]
    assert "Traceback" not in capsys.readouterr().err


def test_explain_says_the_same_of_articles_and_of_claims(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = tmp_path / "claims.jsonl"
    assert run("extract", articles, "--country", "SY", "-o", claims) == 0
    assert run("explain", articles, "--country", "SY") == 0
    of_articles = capsys.readouterr().out
    assert run("explain", claims) == 0
    assert capsys.readouterr().out == of_articles
    assert "Maarat al-Numan" in of_articles
    assert "control change" in of_articles
    assert "said to be possible, not to have happened" in " ".join(of_articles.split())
    assert max(len(line) for line in of_articles.splitlines()) <= 100


def test_explain_as_json_names_the_row_that_made_a_claim(
    articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("explain", articles, "--country", "SY", "--json") == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    claims = [claim for sentence in told for claim in sentence["claims"]]
    taken = next(c for c in claims if c["kind"] == "control_change" and c["kept_off"] is None)
    assert taken["lexicon"]["frame"].startswith(("gain", "fall", "lose"))
    assert (taken["lexicon"]["plover"], taken["lexicon"]["cameo"]) == ("ASSAULT", "192")
    kept = [c for c in claims if c["status"] == "hypothetical"]
    assert kept
    assert {c["kept_off"] for c in kept} == {"said to be possible, not to have happened"}


def test_explain_without_claims_and_with_edits() -> None:
    claim = Claim(
        id="c",
        article="a",
        start=0,
        end=5,
        quote="It is",
        kind=Kind.CLASH,
        status=Status.NEGATED,
    )
    sentence = SentenceRecord(article="a", start=10, end=14, text="Why?", left_off="a question")
    extraction = Extraction(
        articles=(Article(id="a", text=""),), sentences=(sentence,), claims=(claim,)
    )
    empty = replace(extraction, sentences=(), claims=())
    with Gazetteer.open() as places:
        told, of_empty = (
            "\n".join(explain(pipeline.shown_reading(made, places, Settings())))
            for made in (extraction, empty)
        )
    assert "== a: no day of publication is known" in told
    assert "[10-14] Why?\n  - left off the map: a question" in told
    assert "clash, negated (kept off the map: denied" in told  # its sentence was taken out
    assert "No sentence was found" in of_empty


# --- what goes wrong ----------------------------------------------------------------------------


@pytest.fixture
def fake_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the stages, so that only the command itself is tested."""

    class NoGazetteer:
        def __enter__(self) -> "NoGazetteer":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def info(self) -> dict[str, str]:
            return {}

    monkeypatch.setattr(cli, "_gazetteer", lambda _: NoGazetteer())
    monkeypatch.setattr(
        pipeline,
        "extract",
        lambda articles, *_: Extraction(articles=tuple(articles), sentences=(), claims=()),
    )
    monkeypatch.setattr(
        pipeline,
        "situate",
        lambda extraction, *_: Situation(
            as_of=None, as_of_basis=None, title=None, extraction=extraction
        ),
    )
    monkeypatch.setattr(
        pipeline, "page", lambda made: f"map of {made.situation.extraction.articles}"
    )


@pytest.mark.usefixtures("fake_stages")
def test_some_refused_is_exit_1_with_reasons(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (articles / "photo.png").write_bytes(b"x")
    (tmp_path / "empty.txt").write_text("")
    out = tmp_path / "map.html"
    assert run("build", articles, tmp_path / "empty.txt", tmp_path / "nix.txt", "-o", out) == 1
    told = capsys.readouterr().err
    assert "empty.txt: is empty" in told
    assert "nix.txt: does not exist" in told
    assert "skipped: " in told
    assert "photo.png" in told
    assert out.exists()
    assert run("build", articles, tmp_path / "empty.txt", "-o", out, "--quiet") == 1
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1  # a refusal is said even so
    assert "empty.txt" in told
    assert run("build", articles, "-o", out, "--quiet") == 0  # passed over is not refused
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("fake_stages")
def test_nothing_read_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.html"
    assert run("build", tmp_path / "nix.txt", "-o", out) == 2
    told = capsys.readouterr().err
    assert "no article could be read" in told
    assert "nix.txt: does not exist" in told
    assert not out.exists()


@pytest.mark.usefixtures("fake_stages")
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_older_map_survives_a_failed_write(
    articles: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
) -> None:
    out = tmp_path / "out" / "map.html"
    assert run("build", articles, "-o", out) == 0
    before = out.read_bytes()

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr(files.os, "fsync", fail)
    code = run("build", articles / "first.txt", "-o", out)
    assert code == (2 if isinstance(failure, OSError) else 130)
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["map.html"]  # nothing left behind
    told = capsys.readouterr().err.splitlines()[-1]
    assert ("No space left on device" in told) or ("interrupted" in told)


@pytest.mark.usefixtures("fake_stages")
def test_outputs_that_cannot_be(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = articles / "first.txt"
    for out, words in (
        (tmp_path, "is a folder"),
        (first / "map.html", "is not a folder"),
        (first, "is an input and would be written over"),
    ):
        assert run("build", first, "-o", out) == 2
        assert words in capsys.readouterr().err
    assert first.read_text(encoding="utf-8") == FIRST


@pytest.mark.usefixtures("fake_stages")
def test_output_keeps_links_and_permissions(articles: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.html"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.html"
    link.symlink_to(real)
    assert run("build", articles, "-o", link) == 0
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("map of")
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("fake_stages")
def test_standard_input_and_output(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST.encode())))
    assert run("build", "-", "-o", "-", "--quiet") == 0
    assert b"Maarat al-Numan" in capsysbinary.readouterr().out


@pytest.mark.usefixtures("fake_stages")
def test_interruption_is_exit_130_without_traceback(
    articles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "extract", interrupted)
    assert run("extract", articles) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_wrong_settings_and_claims_are_exit_2(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "run.toml"
    settings.write_text("colour = 1\n")
    assert run("build", articles, "--settings", settings, "-o", tmp_path / "m.html") == 2
    assert "unknown setting 'colour'" in capsys.readouterr().err
    assert run("build", articles, "--country", "Syria", "-o", tmp_path / "m.html") == 2
    assert "'Syria' is not a two-letter country code" in capsys.readouterr().err
    claims = tmp_path / "claims.jsonl"
    claims.write_text('{"record": "article", "id": 5}\n')
    assert run("render", claims, "-o", tmp_path / "m.html") == 2
    assert "line 1, id: 5 is not a text" in capsys.readouterr().err


def test_unknown_parser_and_baseline_are_exit_2(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("extract", articles, "--parser", "no_such_parser", "-o", tmp_path / "c") == 2
    assert "no_such_parser" in capsys.readouterr().err
    assert run("build", articles, "--baseline", "atlantis", "-o", tmp_path / "m.html") == 2
    assert "atlantis" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_traceback(articles: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as stdout:
        done = subprocess.run(
            [sys.executable, "-m", "mapgen", "places", str(articles)],
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


# --- help ---------------------------------------------------------------------------------------


def test_help_version_and_no_heavy_import() -> None:
    script = (
        "import sys, mapgen.command.cli\n"
        "try: mapgen.command.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'geopandas', 'folium', 'pandas', 'trafilatura', 'shapely', 'numpy'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for command in ("build", "places", "extract", "render", "explain"):
        assert re.search(rf"^    {command} ", done.stdout, re.MULTILINE)
    version = piped("--version")
    assert version.stdout.decode().strip() == f"mapgen {mapgen.__version__}"
    assert f'version = "{mapgen.__version__}"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize("command", ["build", "places", "extract", "render", "explain"])
def test_each_command_has_help_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(command, "--help")
    assert stop.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "example: mapgen " in told
    assert f"mapgen {command}" in told


def test_public_names() -> None:
    assert sorted(mapgen.__all__) == ["Situation", "__version__", "build", "extract", "locator"]
    for name in mapgen.__all__:
        assert getattr(mapgen, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nix'"):
        mapgen.nix  # noqa: B018


def test_country_decides_between_namesakes(tmp_path: Path) -> None:
    text = tmp_path / "port.txt"
    text.write_text("Fighters took the port of Tripoli on Monday, residents said.\n")
    out = tmp_path / "t.jsonl"
    for code in ("LB", "LY"):
        assert run("places", text, "--country", code, "-o", out) == 0
        (toponym,) = json.loads(out.read_text(encoding="utf-8"))["toponyms"]
        assert (toponym["surface"], toponym["country"]) == ("Tripoli", code)


def test_quotes_are_as_short_as_asked_for(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.html"
    given = ["--country", "SY", "--published-on", "2024-12-03"]
    assert run("build", articles, *given, "--quote-chars", "30", "-o", out) == 0
    data = data_of(out.read_text(encoding="utf-8"))
    shown = [q["text"] for card in data["cards"] for q in card["quotes"]]
    shown += [item["text"] for group in data["off"] for item in group["items"]]
    assert len(shown) > 3
    assert all(len(text) <= 31 for text in shown)
    assert any(text.endswith("…") for text in shown)
    assert "according to the Syrian Observatory" not in json.dumps(data)
    assert run("build", articles, *given, "--quote-chars", "few", "-o", out) == 2


def test_routes_follow_the_users_roads(articles: Path, tmp_path: Path) -> None:
    roads = tmp_path / "roads.geojson"
    round_about = [[36.668, 35.643], [36.5, 35.75], [36.633, 35.931]]
    line = {"type": "LineString", "coordinates": round_about}
    feature = {"type": "Feature", "properties": {"ref": "Z9"}, "geometry": line}
    roads.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8"
    )
    lines, out, again = tmp_path / "c.jsonl", tmp_path / "map.html", tmp_path / "again.html"
    assert run("extract", articles, "--country", "SY", "-o", lines) == 0
    assert run("build", articles, "--country", "SY", "--roads", roads, "-o", out) == 0
    assert run("render", lines, "--roads", roads, "-o", again) == 0
    assert out.read_bytes() == again.read_bytes()
    data = data_of(out.read_text(encoding="utf-8"))
    (arrow,) = [s for s in data["signs"] if s["type"] == "displacement"]
    assert arrow["method"] == "likely"
    assert [35.75, 36.5] in arrow["path"]
    assert "Roads: roads.geojson, given by the user" in data["meta"]["credits"]


def test_a_roads_file_that_is_none_is_named(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "map.html"
    assert run("build", articles, "--roads", tmp_path / "no.gpkg", "-o", out) == 2
    assert "no.gpkg: is not a file of roads" in capsys.readouterr().err
    assert not out.exists()
