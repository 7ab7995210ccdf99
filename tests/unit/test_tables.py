"""Tables of the user: drawn with, coded by, kept apart between runs, and checked."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading

import pytest

import mapgen
from mapgen.coding.english.verb_frames.by_name import FRAMES
from mapgen.command import cli
from mapgen.core.tables.actors import default_table, is_civil
from mapgen.core.tables.folder import MOST_BYTES, check_tables, export_tables, read_tables
from mapgen.core.tables.in_force import (
    TABLE_FILES,
    packaged_text,
    packaged_toml,
    table_rows,
    using,
)
from mapgen.core.tables.interface_texts import interface_texts
from mapgen.core.tables.lexicon import lexicon, packaged_frames, verb_entry
from mapgen.core.tables.sides import Sides
from mapgen.core.tables.style import SchemeColour, colours, in_scheme
from mapgen.core.tables.word_lists import word_list
from mapgen.errors import SettingsError, TablesError
from mapgen.settings import Settings, load_settings

ACTORS = """id,name,short,side,country,kind,aliases,opponents
ruritania:az,Azure Column,Azure,ruritania:az,SY,rebel,Azure Column|Azures,syria:gov
"""
SIDES = """[[side]]
id = "ruritania:az"
name = "Azure Column"
short = "Azures"
phrase = "the Azure Column"
letter = "Z"
shape = "star"
light = { fill = "#123456", line = "#0a1b2c", on = "#fefefe" }
dark = { fill = "#abcdef", line = "#ddeeff", on = "#010203" }
"""
LEXICON = """word,pos,frame,kind,forms,acled,plover,cameo,source
commandeer,verb,gain,control_change,,Non-state actor overtakes territory,ASSAULT,192,mine
"""
TEXT = "The Azure Column commandeered the town of Saraqib on Thursday.\n"


def folder_of(path, **files):
    """Write a folder of tables; a name stands for a file: actors_csv, sides_only_toml."""
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def war(tmp_path):
    return folder_of(tmp_path / "war", actors_csv=ACTORS, sides_toml=SIDES, lexicon_csv=LEXICON)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


ABOUT = {"published_on": "2024-12-06", "country": "SY"}


# What a run does with them


def test_a_party_and_a_verb_of_an_invented_war_are_coded(article, war):
    (claim,) = mapgen.extract(article, tables=war, **ABOUT).claims
    assert (claim.kind, claim.actor.id, claim.actor.side) == (
        "control_change", "ruritania:az", "ruritania:az",
    )  # fmt: skip
    assert [place.name for place in claim.places] == ["Saraqib"]
    # without the tables only the second reader sees the capture, too unsurely to draw it
    bare = mapgen.extract(article, **ABOUT)
    assert bare.claims == ()
    assert "the second reader finds a control change" in bare.sentences[0].left_off


def test_it_is_drawn_with_its_own_colour_and_letter(article, war):
    made = mapgen.build(article, tables=war, **ABOUT)
    page = made.to_html()
    data = json.loads(page.partition('id="mg-data">')[2].partition("</script>")[0])
    side = data["sides"]["az"]
    assert (side["name"], side["letter"], side["shape"]) == ("Azure Column", "Z", "star")
    assert side["light"] == {"fill": "#123456", "line": "#0a1b2c", "on": "#fefefe"}
    assert data["meta"]["generator"]["tables"] == read_tables(war).digest


def test_its_colour_is_in_the_picture(article, war, tmp_path):
    made = mapgen.build(article, tables=war, **ABOUT)
    made.export(tmp_path / "map.svg")
    svg = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "#123456" in svg
    assert ">Azure" in svg


def test_a_palette_reaches_the_style_of_the_page_and_the_picture(article, war, tmp_path):
    palette = '[light]\nsea = "#c0ffee"\nink = "#221100"\n[dark]\nsea = "#001122"\n'
    folder_of(war, style_toml=palette)
    made = mapgen.build(article, tables=war, **ABOUT)
    assert "--sea:#c0ffee;" in made.to_html()
    assert "--sea:#001122;" in made.to_html()
    made.export(tmp_path / "map.svg")
    svg = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "#c0ffee" in svg
    assert "#221100" in svg
    assert colours()["ink"] not in svg


def test_two_runs_in_one_process_do_not_mix(article, war, tmp_path):
    green = SIDES.replace("#123456", "#115511").replace('"Z"', '"Y"')
    other = folder_of(tmp_path / "other", actors_csv=ACTORS, sides_toml=green, lexicon_csv=LEXICON)
    one, two = (mapgen.build(article, tables=t, **ABOUT) for t in (war, other))
    pages = [one.to_html(), two.to_html(), one.to_html()]
    assert pages[0] == pages[2]
    assert ["#123456" in page for page in pages] == [True, False, True]
    assert ["#115511" in page for page in pages] == [False, True, False]
    assert ("commandeer", "verb") not in lexicon()
    assert one.settings.digest() != two.settings.digest()


def test_the_same_tables_in_another_folder_give_the_same_bytes(article, war, tmp_path):
    moved = folder_of(
        tmp_path / "moved", actors_csv=ACTORS, sides_toml=SIDES, lexicon_csv=LEXICON, note_txt="x"
    )
    pages = [mapgen.build(article, tables=t, **ABOUT).to_html() for t in (war, moved)]
    assert pages[0] == pages[1]


def test_workers_of_a_batch_see_them(war, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for n in range(3):
        (articles / f"{n}.txt").write_text(TEXT, encoding="utf-8")
    words = ["extract", str(articles), "--published-on", "2024-12-06", "--country", "SY", "--quiet"]
    outs = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for jobs, out in zip(("1", "2"), outs, strict=True):
        assert cli.main([*words, "--tables", str(war), "--jobs", jobs, "-o", str(out)]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    records = [json.loads(line) for line in outs[1].read_text(encoding="utf-8").splitlines()]
    claims = [record for record in records if record["record"] == "claim"]
    assert [claim["actor"]["id"] for claim in claims] == ["ruritania:az"] * 3


def test_the_command_and_the_settings_file_take_them(article, war, tmp_path, capsysbinary):
    (tmp_path / "settings.toml").write_text('tables = "war"\ncountry = "SY"\n', encoding="utf-8")
    words = ["explain", str(article), "--published-on", "2024-12-06"]
    assert cli.main([*words, "--settings", str(tmp_path / "settings.toml")]) == 0
    assert "Azure Column" in capsysbinary.readouterr().out.decode("utf-8")
    assert load_settings(tmp_path / "settings.toml").tables == read_tables(war)
    assert default_table().by_side("ruritania:az") is None, "the command has put them away"


def test_settings_without_tables_have_the_digest_of_before(war):
    assert Settings(title="x").digest() == "29f1d1bc7e87"
    assert Settings(title="x").updated(tables=war).digest() != Settings(title="x").digest()


def test_a_run_refuses_tables_with_faults(article, tmp_path):
    bad = folder_of(tmp_path / "bad", sides_toml=SIDES.replace("#123456", "navy"))
    with pytest.raises(SettingsError, match=r"sides\.toml, line 8, light\.fill: 'navy'"):
        mapgen.build(article, tables=bad, **ABOUT)
    with pytest.raises(SettingsError, match=r"tables: .*nowhere.*cannot be read"):
        mapgen.build(article, tables=tmp_path / "nowhere", **ABOUT)


def test_hostile_names_stay_text(article, tmp_path):
    name = "</script><script>alert(1)</script>"
    actors = ACTORS.replace(",Azure Column,Azure,", f",{name},{name},")
    sides = SIDES.replace('name = "Azure Column"', f'name = "{name}"')
    sides = sides.replace('"Azures"', f'"{name}"').replace('"the Azure Column"', f'"{name}"')
    war = folder_of(tmp_path / "war", actors_csv=actors, sides_toml=sides, lexicon_csv=LEXICON)
    page = mapgen.build(article, tables=war, **ABOUT).to_html()
    assert "<script>alert(1)" not in page
    assert "alert(1)" in page


# The mechanism


def test_a_row_with_the_same_key_replaces_and_others_add(tmp_path):
    own = ACTORS + "syria:hts,Renamed,Ren,syria:hts,SY,rebel,Renamed Front,syria:gov\n"
    packaged = [row["id"] for row in table_rows("actors.csv")]
    with using(read_tables(folder_of(tmp_path / "t", actors_csv=own))):
        rows = table_rows("actors.csv")
        assert [row["id"] for row in rows] == [*packaged, "ruritania:az"]
        assert default_table().find("the Renamed Front")[0].party.name == "Renamed"
        assert default_table().find("Hayat Tahrir al-Sham") == []
    assert default_table().find("Hayat Tahrir al-Sham")[0].party.id == "syria:hts"


def test_a_file_named_only_stands_in_place_of_the_packaged_table(tmp_path):
    own = ACTORS.replace("syria:gov", "ruritania:az")
    with using(read_tables(folder_of(tmp_path / "t", actors_only_csv=own))):
        assert [party.id for party in default_table().parties] == ["ruritania:az"]


def test_words_are_added_to_a_list_or_replace_it(tmp_path):
    own = '[actors]\nrebel_words = "corsairs"\n'
    rebels = word_list("actors", "rebel_words")
    before = set(rebels)
    with using(read_tables(folder_of(tmp_path / "add", words_toml=own))):
        assert set(rebels) == before | {"corsairs"}
    with using(read_tables(folder_of(tmp_path / "only", words_only_toml=own))):
        assert set(rebels) == {"corsairs"}
        assert "army" in word_list("actors", "state_words"), "a list that is not named stays"
    assert set(rebels) == before


def test_sets_made_of_lists_follow_the_tables(tmp_path):
    from mapgen.places.unlisted import _NO_PART

    own = '[toponyms]\nteam = "moonrovers"\n[actors]\ncivil_words = "knitting"\n'
    tables = read_tables(folder_of(tmp_path / "t", words_toml=own))
    assert "moonrovers" not in _NO_PART
    assert not is_civil({"knitting", "group"})
    with using(tables):
        assert "moonrovers" in _NO_PART
        assert is_civil({"knitting", "group"})
        assert {"moonrovers", "x"} & _NO_PART == {"moonrovers"}
        assert {"x"} - _NO_PART == {"x"}
    assert "moonrovers" not in _NO_PART


def test_patterns_made_of_lists_follow_the_tables(tmp_path):
    from mapgen.coding.english.modality import _untrue_report
    from mapgen.coding.english.quantities import _figure
    from mapgen.places.georeference import _press

    own = (
        '[modality]\nrumours = "whisper"\n[quantities]\npeople_nouns = "moonfolk"\n'
        '[toponyms]\npress = "clarion"\n'
    )
    sentence, figure = "The whisper that it fell was false", "300 moonfolk"

    def seen():
        noun = _figure().search(figure)["noun"]
        return bool(_untrue_report().search(sentence)), noun, "clarion" in _press()

    assert seen() == (False, None, False)
    with using(read_tables(folder_of(tmp_path / "t", words_toml=own))):
        assert seen() == (True, "moonfolk", True)
    assert seen() == (False, None, False)


def test_colours_kept_under_a_name_are_drawn_as_the_tables_have_them(tmp_path):
    ink = SchemeColour.named("ink")
    own = read_tables(folder_of(tmp_path / "t", style_toml='[light]\nink = "#221100"\n'))
    with using(own):
        assert in_scheme(ink) == "#221100"
        assert SchemeColour.named("ink") == ink, "made while other tables are in force"
    assert in_scheme(ink) == colours()["ink"] == ink
    assert in_scheme("#ffffff") == "#ffffff"


def test_interface_texts_are_replaced_one_by_one(tmp_path):
    own = read_tables(folder_of(tmp_path / "t", interface_toml='[fr]\nskip = "Passer"\n'))
    with using(own):
        assert interface_texts("fr")["skip"] == "Passer"
        assert interface_texts("en")["skip"] == "Skip to the evidence"
        assert interface_texts("fr")["zoom_in"] != interface_texts("en")["zoom_in"]


def test_spare_colours_of_the_user_are_used_first(tmp_path):
    spare = (
        '[[spare]]\nlight = { fill = "#102030", line = "#000000", on = "#ffffff" }\n'
        'dark = { fill = "#a0b0c0", line = "#ffffff", on = "#000000" }\n'
    )
    with using(read_tables(folder_of(tmp_path / "t", sides_toml=spare))):
        (side,) = Sides(["text:somebody"])
        assert side.light.fill == "#102030"


def fail_with(tables):
    with using(tables):
        raise ZeroDivisionError


def test_a_run_that_fails_puts_its_tables_away(war):
    with pytest.raises(ZeroDivisionError):
        fail_with(read_tables(war))
    assert ("commandeer", "verb") not in lexicon()


def test_no_module_keeps_what_was_in_force_while_it_was_imported(tmp_path):
    words = "".join(
        f"[{section}]\n" + "".join(f'{name} = "zzmoon"\n' for name in lists)
        for section, lists in packaged_toml("words.toml").items()
    )
    style = "[light]\n" + "".join(
        f'{name} = "#0a0b0c"\n' for name in ("ink", "ink2", "country", "road", "border")
    )
    folder = folder_of(tmp_path / "t", words_toml=words, style_toml=style)
    code = f"""
import pkgutil, sys, importlib, mapgen
from mapgen.core.tables.folder import read_tables
from mapgen.core.tables.in_force import using
with using(read_tables({str(folder)!r})):
    for module in pkgutil.walk_packages(mapgen.__path__, "mapgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
n = 0
for name, module in sorted(sys.modules.items()):
    for key, value in vars(module).items() if name.startswith("mapgen") else ():
        n += 1
        if key != "__builtins__" and ("zzmoon" in repr(value) or "#0a0b0c" in repr(value)):
            print(name, key)
assert n > 1000, n
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_a_thread_begins_with_the_packaged_tables(war):
    found = []
    with using(read_tables(war)):
        thread = threading.Thread(target=lambda: found.append(("commandeer", "verb") in lexicon()))
        thread.start()
        thread.join()
        assert ("commandeer", "verb") in lexicon()
    assert found == [False]
    assert ("commandeer", "verb") not in lexicon()


def test_tables_travel_to_other_processes(war):
    settings = Settings().updated(tables=war)
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert pickle.loads(pickle.dumps(settings)).tables.text("sides.toml") == SIDES


def test_rules_find_the_verbs_they_ask_for_in_a_lexicon_without_them(tmp_path):
    with using(read_tables(folder_of(tmp_path / "t", lexicon_only_csv=LEXICON))):
        assert set(lexicon()) == {("commandeer", "verb")}
        assert verb_entry("seek").frame == "seek"
    with pytest.raises(KeyError):
        verb_entry("commandeer")


# Checking


def test_the_packaged_tables_have_no_faults(tmp_path, capsysbinary):
    assert cli.main(["tables", "export", str(tmp_path / "mine")]) == 0
    assert sorted(p.name for p in (tmp_path / "mine").iterdir()) == sorted(TABLE_FILES)
    written = (tmp_path / "mine" / "actors.csv").read_text(encoding="utf-8")
    assert written == packaged_text("actors.csv")
    assert cli.main(["tables", "check", str(tmp_path / "mine")]) == 0
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert b"no fault." in captured.err
    with using(read_tables(tmp_path / "mine")):
        assert colours()["ink"] == "#1f2328"
        assert len(lexicon()) > 200
    with pytest.raises(TablesError, match=r"has actors\.csv, .* already"):
        export_tables(tmp_path / "mine")


def test_frames_of_the_lexicon_are_those_that_have_rules():
    assert {frame for _, frame in packaged_frames()} == set(FRAMES)


FAULTS = [
    (
        "actors_csv",
        "id,nmae,side,kind,aliases\n",
        "actors.csv, line 1, nmae: is not a known column",
    ),
    ("actors_csv", "id,side,kind,aliases\n", "actors.csv, line 1, name: is missing"),
    (
        "actors_csv",
        ACTORS + ACTORS.splitlines()[1] + "\n",
        "line 3, id: 'ruritania:az' is in line 2",
    ),
    (
        "actors_csv",
        ACTORS.replace("syria:gov", "syria:gvo"),
        "opponents: 'syria:gvo' is not a known side",
    ),
    (
        "actors_csv",
        ACTORS.replace(",rebel,", ",rabble,"),
        "line 2, kind: 'rabble' is not a kind of party",
    ),
    (
        "actors_csv",
        ACTORS.replace("Azures", "HTS"),
        "line 2, aliases: 'HTS' is a name of syria:hts already",
    ),
    ("actors_csv", ACTORS.replace(",SY,", ",Syria,"), "line 2, country: 'Syria' is not a country"),
    (
        "actors_csv",
        ACTORS.replace("\nrur", "\n,rur"),
        "the row has 9 cells, and the table 8 columns",
    ),
    (
        "lexicon_csv",
        LEXICON.replace(",gain,", ",grab,"),
        "line 2, frame: 'grab' is not the frame of a verb",
    ),
    (
        "lexicon_csv",
        LEXICON.replace("control_change", "control"),
        "line 2, kind: 'control' is not a kind",
    ),
    (
        "lexicon_csv",
        LEXICON.replace("commandeer", "took"),
        "line 2, word: 'took' is a form of 'take'",
    ),
    ("lexicon_csv", LEXICON.replace("verb", "adverb"), "line 2, pos: 'adverb' is not verb or noun"),
    ("sides_toml", '[[side]\nid = "x"\n', "sides.toml, line 1: is not valid TOML"),
    ("sides_toml", SIDES.replace('letter = "Z"\n', ""), "sides.toml, line 1, letter: is missing"),
    ("sides_toml", SIDES.replace('"Z"', '"ZZ"'), "line 6, letter: 'ZZ' is not one letter or digit"),
    ("sides_toml", SIDES.replace("star", "blob"), "line 7, shape: 'blob' is not a known shape"),
    (
        "sides_toml",
        SIDES.replace("#fefefe", "#223355"),
        "line 8, light.on: the letter on the fill has a contrast of 1.0",
    ),
    (
        "sides_toml",
        SIDES.replace("ruritania:az", "ruritania:ax"),
        "line 2, id: 'ruritania:ax' is not a known side",
    ),
    ("sides_toml", SIDES + SIDES, "line 11, id: 'ruritania:az' stands above already"),
    (
        "words_toml",
        '[actors]\nrebbel_words = "x"\n',
        "words.toml, line 2, rebbel_words: is not a known key",
    ),
    (
        "words_toml",
        '[actors]\nrebel_words = "a.*|("\n',
        "line 2, rebel_words: 'a.*|(' is not a word",
    ),
    (
        "style_toml",
        '[light]\nsea = "url(http://x)"\n',
        "style.toml, line 2, sea: 'url(http://x)' is not a colour",
    ),
    (
        "style_toml",
        '[light]\nshadow = "0}body{x:y"\n',
        "line 2, shadow: '0}body{x:y' is not a colour",
    ),
    (
        "style_toml",
        '[light]\nink = "#dddddd"\n',
        "line 2, ink: ink on paper has a contrast of 1.4 in light",
    ),
    ("interface_toml", '[en]\ndirection = "\\" onload=x"\n', "line 2, direction: "),
    ("interface_toml", '[en]\nmap_of = "{land}"\n', "line 2, map_of: {land} is never filled in"),
    ("actor_csv", ACTORS, "actor.csv: is not the name of a table"),
    ("actors_only_csv", ACTORS, "actors.only.csv: stands beside actors.csv"),
    ("words_toml", "#" * (MOST_BYTES + 1), "words.toml: has more than 1,000,000 bytes"),
]


@pytest.mark.parametrize(("file", "text", "told"), FAULTS)
def test_each_fault_is_named_with_its_place(file, text, told, tmp_path, capsysbinary):
    folder = folder_of(tmp_path / "t", actors_csv=ACTORS)
    folder_of(folder, **{file: text})
    assert cli.main(["tables", "check", str(folder)]) == 1
    lines = capsysbinary.readouterr().out.decode("utf-8").splitlines()
    named = [line for line in lines if told in line]
    assert named, lines
    assert all(line.endswith((".", ")")) for line in lines)


def test_every_fault_is_named_at_once(tmp_path):
    folder = folder_of(
        tmp_path / "t",
        actors_csv=ACTORS.replace(",rebel,", ",rabble,"),
        sides_toml=SIDES.replace("star", "blob").replace('"Z"', '"ZZ"'),
        style_toml='[light]\nsea = "blue"\n[dark]\nseaa = "#000000"\n',
    )
    found = [(fault.file, fault.row, fault.column) for fault in check_tables(folder)]
    assert found == [
        ("actors.csv", 2, "kind"),
        ("sides.toml", 6, "letter"),
        ("sides.toml", 7, "shape"),
        ("style.toml", 2, "sea"),
        ("style.toml", 4, "seaa"),
    ]


def test_what_is_no_folder_of_tables_is_told(tmp_path, capsysbinary):
    assert cli.main(["tables", "check", str(tmp_path / "none")]) == 2
    assert b"cannot be read (No such file or directory)" in capsysbinary.readouterr().err
    (tmp_path / "empty").mkdir()
    assert cli.main(["tables", "check", str(tmp_path / "empty")]) == 1
    assert b"has no table. Add one of actors.csv" in capsysbinary.readouterr().out


def test_bytes_that_are_no_text_are_told(tmp_path):
    (tmp_path / "actors.csv").write_bytes(b"id,name\n\xff\xfe,x\n")
    (fault,) = check_tables(tmp_path)
    assert str(fault) == "actors.csv: is not UTF-8 text. Save it as UTF-8."
