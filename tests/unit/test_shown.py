"""Whatever leaves the program has passed through `shown`, so that nothing forgets to protect."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import pytest
from situation_kit import RIVALS, Desk, FakeAtlas, place

import mapgen
from mapgen.claims.claims_file import claims_to_lines
from mapgen.command import cli
from mapgen.core.formats import REPORTS, SUFFIXES
from mapgen.drawing.figure import MOVING, STILLS
from mapgen.merging.events import situation_of
from mapgen.model import Actor, Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation.hidden_names import HiddenNames
from mapgen.situation.shown import Shown, shown

TOWNS = ("Bero", "Caro")  # of one province, with names of one length
DAYS = ("2031-05-01", "2031-05-10")
NOT_WRITTEN = {"at", "sources"}  # makes another situation; counts articles and names no place


def told_of(town):
    """People fled a town that nothing else happened in; another town was taken."""
    desk, key = Desk().article("one"), f"t:{town.lower()}"
    desk.say("one", "The Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS)
    desk.say(
        "one",
        f"Thousands fled {town} for Dumo.",
        Kind.DISPLACEMENT,
        place(key, Role.ORIGIN),
        place("t:dumo", Role.DESTINATION),
        figure=(2000, 9999, "Thousands"),
    )
    desk.say(
        "one",
        f"Residents could flee {town} again.",
        Kind.DISPLACEMENT,
        place(key, Role.ORIGIN),
        status=Status.HYPOTHETICAL,
    )
    return desk.extraction()


def settings_for(town, level):
    return Settings(country="SD", coarsen_displacement=level, title=f"Thousands leave {town}")


def situation(town, level):
    chosen = settings_for(town, level)
    made = situation_of(told_of(town), title=chosen.title)
    return mapgen.Situation(
        **{f.name: getattr(made, f.name) for f in fields(made)}, settings=chosen
    )


def _file(town, level, folder, kind):
    path = folder / f"map.{kind}"
    situation(town, level).export(path)
    return _read(folder)


def _read(folder):
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))


def _framed(name, *args):
    def written(town, level, _folder):
        frame = getattr(situation(town, level), name)(*args)
        return frame.to_csv()

    return written


def _saved(town, level, folder):
    situation(town, level).save(folder / "map.html")
    return _read(folder)


def _folium(town, level, _folder):
    page = situation(town, level).to_folium().to_html()
    return re.sub(r"\b(\w+_)[0-9a-f]{32}\b", r"\1", page)  # folium names its parts by chance


def _command(name, *words, page=False):
    def written(town, level, folder):
        inside = folder / "in"
        inside.mkdir()
        claims, chosen = inside / "claims.jsonl", inside / "settings.toml"
        claims.write_text("\n".join(claims_to_lines(told_of(town))) + "\n", encoding="utf-8")
        made = settings_for(town, level)
        text = f'title = "{made.title}"\ncountry = "SD"\n'
        text += f'coarsen_displacement = "{level}"\n' if level else ""
        chosen.write_text(text, encoding="utf-8")
        out = folder / "out"
        out.mkdir()
        given = [w.replace("OUT", str(out)) for w in words]
        if page:
            given = [str(out / "map.html"), *given]
            situation(town, level).save(out / "map.html")
        else:
            given = [str(claims), "--settings", str(chosen), *given]
        assert cli.main([name, *given]) == 0
        return _read(out)

    return written


WRITERS = {
    "to_html": lambda town, level, _: situation(town, level).to_html(),
    "_repr_html_": lambda town, level, _: situation(town, level)._repr_html_(),
    "save": _saved,
    "figure": lambda town, level, _: bytes(situation(town, level).figure(dpi=50, size="column")),
    "to_folium": _folium,
    "to_geodataframe": _framed("to_geodataframe"),
    "flows": _framed("flows"),
    "claims": _framed("claims"),
    "off_map": _framed("off_map"),
    "diff": _framed("diff", *DAYS),
    "control": _framed("control"),
    "areas": _framed("areas"),
    "front_line": _framed("front_line"),
    **{
        f"export {kind}": lambda town, level, folder, kind=kind: _file(town, level, folder, kind)
        for kind in SUFFIXES
    },
    "export": lambda town, level, folder: _file(town, level, folder, "geojson"),
    **{f"report {end}": _command("report", "-o", f"OUT/report{end}") for end in REPORTS},
    **{
        f"figure {end}": _command("figure", "--size", "column", "--dpi", "50", "-o", f"OUT/f.{end}")
        for end in (*STILLS, *MOVING)
        if end not in {"mp4", "webm"}  # the frames of gif and webp, through a program of others
    },
    "render": _command("render", "-o", "OUT/map.html"),
    "build": None,  # as render, after reading: see test_coarsen
    "report": _command("report", "-o", "OUT/report.md"),
    "embed": _command("embed", "-o", "OUT/embed.txt", page=True),
    "story": _command("story", "--draft", "-o", "OUT/story.md"),
    "explain": _command("explain"),
    "explain --json": _command("explain", "--json"),
}
NOTHING_OF_FLIGHT = {"control", "areas", "front_line"}
NOT_MADE_OF_ONE_SITUATION = {  # commands whose output is the analyst's raw data, or no situation
    "places",
    "completion",
    "extract",
    "locator",
    "doctor",
    "schema",
    "tables",
    "corrections",  # merges tables of corrections
    "watch",  # makes the page of build
    "fetch",
}


@pytest.fixture(autouse=True)
def _small_gazetteer(monkeypatch):
    @contextmanager
    def opened(*_):
        yield FakeAtlas()

    monkeypatch.setattr("mapgen.api._gazetteer", opened)
    monkeypatch.setattr(cli, "_gazetteer", opened)


@pytest.mark.parametrize("name", [name for name, writer in WRITERS.items() if writer])
def test_no_writer_lets_one_tell_which_town_of_a_province_people_fled(name, tmp_path, capsys):
    written = {}
    for level in (None, "admin1"):
        for town in TOWNS:
            folder = tmp_path / f"{level} {town}"
            folder.mkdir()
            capsys.readouterr()
            made = WRITERS[name](town, level, folder)
            written[level, town] = made or capsys.readouterr().out
            assert written[level, town]
    one, other = (written["admin1", town] for town in TOWNS)
    assert one == other
    plain = [written[None, town] for town in TOWNS]
    assert (plain[0] == plain[1]) is (name in NOTHING_OF_FLIGHT)


def test_every_writer_is_in_the_list():
    methods = {
        name
        for name, value in vars(mapgen.Situation).items()
        if inspect.isfunction(value) and (name == "_repr_html_" or not name.startswith("_"))
    }
    assert methods - NOT_WRITTEN <= set(WRITERS)
    assert {f"export {kind}" for kind in SUFFIXES} <= set(WRITERS)
    parser = cli._parser()
    (commands,) = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    assert set(commands.choices) - NOT_MADE_OF_ONE_SITUATION <= set(WRITERS)


def test_what_may_be_shown_cannot_be_made_by_hand_or_given_other_events():
    made = situation_of(told_of("Bero"))
    drawn = shown(made, FakeAtlas(), settings_for("Bero", "admin1"))
    parts = {f.name: getattr(drawn, f.name) for f in fields(drawn)}
    with pytest.raises(TypeError, match="makes what may be shown"):
        Shown(key=object(), **parts)
    with pytest.raises((TypeError, ValueError)):
        Shown(**parts)
    with pytest.raises((TypeError, ValueError)):
        replace(drawn, situation=made)
    with pytest.raises(ValueError, match="not added"):
        drawn.narrowed(made.events)  # as told: these name the town
    few = drawn.narrowed(drawn.situation.events[:1])
    assert few.situation.events == drawn.situation.events[:1]


def test_the_raw_claims_do_not_travel_with_what_may_be_shown():
    made = situation("Bero", "admin1")
    carrying = replace(made, coded=told_of("Bero"))
    drawn = shown(carrying, FakeAtlas(), carrying.settings)
    assert "Bero" not in repr(drawn.situation)
    assert "Bero" not in repr(drawn.settings)


def test_no_function_that_draws_or_writes_takes_a_situation():
    home = Path(mapgen.__file__).parent
    found = []
    for room in ("drawing", "export"):
        for path in (home / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                    words = [ast.unparse(a.annotation) for a in given if a.annotation]
                    found += [f"{path}: {node.name}"] * any("Situation" in w for w in words)
                called = node.func if isinstance(node, ast.Call) else None
                name = getattr(called, "id", getattr(called, "attr", None))
                found += [f"{path}: {name}"] * (name in {"shown", "Shown", "coarsened"})
    assert found == []


HIDDEN = HiddenNames.of(
    ["Bero", "Béro", "بيرو", "Беров", "贝罗", "Tell Ma'ar", "Am", "Idlib"], shown=["Idlib", "North"]
)


@pytest.mark.parametrize(
    "title",
    [
        "Thousands leave Bero",
        "BÉRO IS EMPTY",
        "What Bero's people say",
        "من ينزح من بيرو",
        "الخرطوم وبيرو",
        "Жители покидают Берова",
        "贝罗的居民逃离",
        "After Tell-Maar",
        "Nobody stays in Am",
    ],
)
def test_a_title_with_a_hidden_name_is_known_in_any_script(title):
    assert HIDDEN.are_in(title)


@pytest.mark.parametrize(
    "title",
    [
        "The north empties",
        "North of the river",
        "Idlib fills with people",  # an area on the map is called so too
        "Sombrero makers strike",
        "In the camp at Alba",
        "أين يذهب الناس",
        "Жители покидают Альбу",
        "居民逃离",
        "Tell them more",
    ],
)
def test_a_title_without_a_hidden_name_stays(title):
    assert not HIDDEN.are_in(title)


def test_the_user_is_told_of_a_title_left_out_and_keeps_one_that_names_nothing_hidden(
    tmp_path, capsys
):
    claims, out = tmp_path / "claims.jsonl", tmp_path / "map.html"
    claims.write_text("\n".join(claims_to_lines(told_of("Bero"))) + "\n", encoding="utf-8")

    def rendered(title, *more):
        assert cli.main(["render", str(claims), "--title", title, *more, "-o", str(out)]) == 0
        return out.read_text(encoding="utf-8"), capsys.readouterr().err

    coarse = ("--coarsen-displacement", "admin1")
    page, said = rendered("Thousands leave Bero", *coarse)
    assert "Bero" not in page
    assert "warning: title: it names a place that coarsen_displacement hides" in said
    page, said = rendered("The north empties", *coarse)
    assert "<title>The north empties" in page
    assert "warning" not in said
    page, said = rendered("Thousands leave Bero")
    assert "<title>Thousands leave Bero" in page
    assert "warning" not in said


def test_no_digest_of_settings_can_be_used_to_test_for_a_hidden_name():
    made, digests = situation_of(told_of("Bero")), set()
    for name in ("Bero", "Caro"):  # a name of a file too
        chosen = Settings(coarsen_displacement="admin1", corrections=f"{name.lower()}.csv")
        drawn = shown(made, FakeAtlas(), replace(chosen, title=f"{name} empties"))
        digests.add(drawn.settings.digest())
        hidden = name == "Bero"
        assert (drawn.settings.title is None) is hidden
        assert (drawn.settings.corrections == "a file") is hidden
    assert len(digests) == 2
    assert shown(made, FakeAtlas(), Settings(title="Bero empties")).settings.title == "Bero empties"


def test_a_movement_inside_one_area_has_no_line():
    coarse, plain = situation("Bero", "admin1").flows(), situation("Bero", None).flows()
    assert len(coarse) == len(plain) == 1
    assert coarse.geometry.iloc[0] is None
    assert coarse["method"].iloc[0] is None
    assert plain.geometry.iloc[0].geom_type == "LineString"


def test_a_party_named_only_in_general_words_has_a_name_on_the_map():
    desk = Desk().article("one")
    for words, town in (("separatist fighters", "Alba"), ("separatist forces", "Bero")):
        slug = words.replace(" ", "-")
        actor = Actor(id=f"text:{slug}", name=words, side=f"sd:{slug}")
        key = place(f"t:{town.lower()}")
        desk.say("one", f"{words} took {town}.", Kind.CONTROL_CHANGE, key, actor=actor)
    made = shown(situation_of(desk.extraction()), FakeAtlas(), Settings(country="SD"))
    (side,) = {e.actor.side for e in made.situation.events if e.actor}
    assert side == "sd:rebels"
    assert made.sides.phrase(side) == "separatist fighters"
