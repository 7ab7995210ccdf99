"""Make scripts with which bash, zsh and fish complete commands and options.

The scripts are generated from the parser. They complete one level of commands, their options and
file names, so no library is needed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True, slots=True)
class _Command:
    """A command with its options and the words allowed after it."""

    name: str
    summary: str
    options: tuple[tuple[str, str, bool], ...]  # spelling, help text, whether it takes a value
    words: tuple[str, ...]  # allowed arguments; if empty, file names


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return the completion script for a shell.

    Parameters
    ----------
    parser
        Parser with one level of commands.
    shell
        ``bash``, ``zsh`` or ``fish``.

    Returns
    -------
    str
        Source of the script.

    Raises
    ------
    ValueError
        If the shell is not supported.
    """
    makers = {"bash": _bash, "zsh": _zsh, "fish": _fish}
    if shell not in makers:
        message = f"{shell!r} is none of {', '.join(makers)}"
        raise ValueError(message)
    return makers[shell](parser.prog, list(_commands(parser)))


def _commands(parser: argparse.ArgumentParser) -> Iterator[_Command]:
    for action in parser._actions:  # argparse has no public way to list them
        if not isinstance(action, argparse._SubParsersAction):
            continue
        summaries = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, command in action.choices.items():
            own = command._actions
            yield _Command(
                name=name,
                summary=summaries.get(name, ""),
                options=tuple(
                    (written, (a.help or "").replace("%%", "%"), a.nargs != 0)
                    for a in own
                    for written in a.option_strings
                ),
                words=tuple(
                    str(word)
                    for a in own
                    if not a.option_strings and a.choices
                    for word in a.choices
                ),
            )


def _bash(prog: str, commands: list[_Command]) -> str:
    cases = "".join(
        f"    {c.name}) options={_quoted(' '.join(o for o, _, _ in c.options))}"
        f" words={_quoted(' '.join(c.words))} ;;\n"
        for c in commands
    )
    names = " ".join(c.name for c in commands)
    return f"""# completes {prog} in bash; made by `{prog} completion bash`
_{prog}() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" options="--help --version" words={_quoted(names)}
  COMPREPLY=()
  if (( COMP_CWORD > 1 )); then
    options="" words=""
    case "${{COMP_WORDS[1]}}" in
{cases}    esac
  fi
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}}
complete -F _{prog} {prog}
"""


def _zsh(prog: str, commands: list[_Command]) -> str:
    listed = " ".join(_quoted(f"{c.name}:{_colons(c.summary)}") for c in commands)
    cases = ""
    for c in commands:
        specs = [
            f"{written}[{_brackets(_colons(told))}]{':value:_files' if takes else ''}"
            for written, told, takes in c.options
        ]
        specs.append(f"*:argument:({' '.join(c.words)})" if c.words else "*:file:_files")
        joined = " \\\n        ".join(_quoted(spec) for spec in specs)
        cases += f"    {c.name}) _arguments -s \\\n        {joined} ;;\n"
    return f"""#compdef {prog}
# completes {prog} in zsh; made by `{prog} completion zsh`
_{prog}() {{
  local -a commands
  commands=({listed})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
{cases}  esac
}}
_{prog} "$@"
"""


def _fish(prog: str, commands: list[_Command]) -> str:
    lines = [f"# completes {prog} in fish; made by `{prog} completion fish`"]
    lines += [
        f"complete -c {prog} -n __fish_use_subcommand -f -a {c.name} -d {_quoted(c.summary)}"
        for c in commands
    ]
    for c in commands:
        seen = f"complete -c {prog} -n '__fish_seen_subcommand_from {c.name}'"
        if c.words:
            lines.append(f"{seen} -f -a {_quoted(' '.join(c.words))}")
        for written, told, takes in c.options:
            kind = "-l" if written.startswith("--") else "-s"
            value = " -r" if takes else ""
            lines.append(f"{seen} {kind} {written.lstrip('-')}{value} -d {_quoted(told)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Quote help text for a shell, with typographic apostrophes and without backslashes."""
    return "'" + text.replace("'", "’").replace("\\", "") + "'"


def _colons(text: str) -> str:
    return text.replace(":", ";")


def _brackets(text: str) -> str:
    return text.replace("[", "(").replace("]", ")")
