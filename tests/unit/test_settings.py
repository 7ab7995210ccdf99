"""Settings: conversion, refusal of all faults at once, and a stable digest."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mapgen.command.settings_schema import settings_schema
from mapgen.core.formats import SUFFIXES
from mapgen.errors import InputError, SettingsError
from mapgen.settings import Settings, load_settings, parse_country, parse_day


def test_toml_is_read_with_its_types(tmp_path: Path) -> None:
    file = tmp_path / "run.toml"
    file.write_text(
        'published_on = 2024-03-05\ncountry = "ua"\nquote_chars = 240\n'
        'coarsen_displacement = true\nas_of = "2024-03-07"\ntitle = "The valley"\n',
        encoding="utf-8",
    )
    settings = load_settings(file)
    assert settings.published_on == date(2024, 3, 5)
    assert settings.as_of == date(2024, 3, 7)
    assert settings.country == "UA"
    assert settings.quote_chars == 240
    assert settings.coarsen_displacement == "admin1"
    assert settings.title == "The valley"


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "run.toml"
    file.write_text('colour = "red"\nquote_chars = -1\ncountry = "Syria"\nspeed = 3\n')
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    message = str(caught.value)
    for words in (
        "run.toml",
        "'colour'",
        "'speed'",
        "quote_chars: -1",
        "'Syria' is not a two-letter",
        "Known settings: published_on",
    ):
        assert words in message


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"title = ", "not valid TOML"), (b"title = '\xe9'", "not UTF-8"), (None, "cannot be read")],
)
def test_unreadable_file(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "s.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=words):
        load_settings(file)


def test_baseline_counts_from_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "before.csv").write_text("place\n")
    file = tmp_path / "s.toml"
    file.write_text('baseline = "before.csv"\ncorrections = "before.csv"\n')
    assert load_settings(file).corrections == str(tmp_path / "before.csv")
    assert load_settings(file).baseline == str(tmp_path / "before.csv")
    file.write_text('baseline = "syria-2024-11"\n')
    assert load_settings(file).baseline == "syria-2024-11"


def test_updated_ignores_none_and_checks() -> None:
    settings = Settings(title="A").updated(title=None, published_on="2024-12-06")
    assert (settings.title, settings.published_on) == ("A", date(2024, 12, 6))
    with pytest.raises(SettingsError, match="'6 Dec' is not a day written YYYY-MM-DD"):
        settings.updated(as_of="6 Dec")


def test_digest_changes_with_what_shapes_a_map_only() -> None:
    plain = Settings()
    assert plain.digest() == Settings().digest()
    assert len(plain.digest()) == 12
    for change in (
        {"title": "x"},
        {"baseline": "b"},
        {"corrections": "c.csv"},
        {"as_of": date(2024, 1, 1)},
        {"quote_chars": 9},
        {"language": "fr"},
        {"coarsen_displacement": "admin2"},
        {"roads": "lines.gpkg"},
    ):
        assert replace(plain, **change).digest() != plain.digest()
    assert replace(plain, published_on=date(2024, 1, 1), country="SY").digest() == plain.digest()


def test_formats_are_names_in_a_list_or_a_text_and_do_not_change_the_map() -> None:
    plain = Settings()
    for given in (["geojson", "PNG"], "geojson,png", ".geojson png"):
        assert plain.updated(formats=given).formats == ("geojson", "png")
    assert plain.updated(formats=["kml"]).digest() == plain.digest()
    with pytest.raises(SettingsError, match="formats: 'shp' is not known"):
        plain.updated(formats=["shp"])
    with pytest.raises(SettingsError, match="formats: 7 is not a list of names of formats"):
        plain.updated(formats=7)
    limits = settings_schema()["properties"]["formats"]
    assert (limits["type"], limits["items"]) == ("array", {"enum": list(SUFFIXES)})


def test_days_are_never_guessed() -> None:
    assert parse_day("2024-12-06T23:30:00-05:00") == date(2024, 12, 6)
    assert parse_day("2024-12-06 10:00") == date(2024, 12, 6)
    for text in ("20241206", "2024-W49-5", "2024-13-01", "06/12/2024", "2024-12-06x", "", 20241206):
        with pytest.raises(ValueError, match=r"day|month|format"):
            parse_day(text)
    assert parse_country(" sy ") == "SY"


def test_digest_does_not_know_folders() -> None:
    assert Settings(baseline="a/x.csv").digest() == Settings(baseline="/b/x.csv").digest()
    one, two = Settings(corrections="a/c.csv"), Settings(corrections="/b/c.csv")
    assert one.digest() == two.digest()


def test_a_message_about_an_endless_value_ends():
    told = str(InputError("a.csv", "x" * 100_000, "Shorten it."))
    assert told.startswith("a.csv: xxx")
    assert len(told) < 4100
    assert told.endswith("more characters)")
    assert str(InputError("a.csv", "is empty", "Fill it.")) == "a.csv: is empty. Fill it."
