"""Commands, options, files and targets: documented if they exist, existing if documented."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

import mapgen

CLI = {"mapgen": "mapgen.command.cli", "gazetteer": "gazetteer.cli"}
ROOT = Path(__file__).parents[1]
SKIPPED = {".venv", "node_modules", ".git", "output", "build", "dist"}
DOCUMENTS = sorted(p for p in ROOT.rglob("*.md") if not SKIPPED & set(p.relative_to(ROOT).parts))
COMMANDS = (ROOT / "README.md", ROOT / "docs" / "commands.md")
PROGRAMS = ("mapgen", "gazetteer")


def help_of(program: str, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as stop:
        import_module(CLI[program]).main([*words, "--help"])
    assert stop.value.code == 0
    return capsys.readouterr().out


def subcommands(text: str) -> list[str]:
    braces = re.search(r"\{([a-z,]+)\}", text)
    if braces:
        return braces[1].split(",")
    return re.findall(r"^    ([a-z]+)\s{2,}", text, flags=re.MULTILINE)


def shell_lines(document: Path) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", document.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    examples = re.findall(r"`((?:mapgen|gazetteer) [^`|]*)`", document.read_text("utf-8"))
    return [line for block in blocks for line in block.splitlines() if line.strip()] + examples


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_command_and_option_is_documented(
    program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = "\n".join(document.read_text("utf-8") for document in COMMANDS)
    top = help_of(program, capsys)
    names = subcommands(top)
    assert names, top
    for name in names:
        assert re.search(rf"`(?:{program} )?{name}\b", told), f"{program} {name}"
        shown = help_of(program, capsys, name)
        for option in sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", shown)) - {"--help"}):
            assert re.search(rf"{option}(?![a-z-])", told), f"{program} {name} {option}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_documented_option_exists(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = help_of(program, capsys)
    shown += "".join(help_of(program, capsys, name) for name in subcommands(shown))
    section = (ROOT / "docs" / "commands.md").read_text("utf-8").split(f"\n## {program}\n")[1]
    section = section.split("\n## ")[0]
    for option in set(re.findall(r"`(?:-o`, `)?(--[a-z-]+)", section)):
        assert re.search(rf"{option}(?![a-z-])", shown), option


def test_commands_in_documents_parse() -> None:
    seen = 0
    for document in COMMANDS:
        for line in shell_lines(document):
            words = shlex.split(line, comments=True)
            program = Path(words[0]).name
            if program not in PROGRAMS or len(words) == 1 or "..." in line or words[1] == "--help":
                continue
            parser = import_module(CLI[program])._parser()
            if words[1] == "--version":
                continue
            try:
                parser.parse_args(words[1 : words.index("|")] if "|" in words else words[1:])
            except SystemExit:
                pytest.fail(f"{document.name}: {line}")
            seen += 1
    assert seen >= 10


def test_make_targets_in_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {"map", "test", "clean", "help", "types-js"} <= targets
    for document in DOCUMENTS:
        text = document.read_text("utf-8")
        asked = re.findall(r"(?:^|`)make ([a-z-]+)(?=`|\s+#)", text, re.MULTILINE)
        assert set(asked) <= targets, document.name


def test_python_in_readme_fits_the_interface() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    tree = ast.parse(code)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    build = next(c for c in calls if ast.unparse(c.func) == "mapgen.build")
    known = inspect.signature(mapgen.build).parameters
    assert {k.arg for k in build.keywords} <= set(known)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "situation":
            assert hasattr(mapgen.Situation, node.attr), node.attr


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_linked_files_exist(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_named_files_exist(document: Path) -> None:
    if document.name == "CHANGELOG.md":
        return
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    for name in re.findall(
        r"`((?:mapgen|gazetteer|seeds|tests|docs|tools|bench)/[\w./*-]*)`", text
    ):
        assert list(ROOT.glob(name.rstrip("/"))), name
