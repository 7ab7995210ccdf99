"""Read the few lines of YAML in a story file, and remember where each value stands.

The text of a front matter or of a map block comes in; its fields go out, each a list of values with
their lines. Values stay as they are written, so that a day or a number is not changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

MAX_CHARS = 16_384  # more than any block needs; limits the cost of a hostile one
_MAX_BRACKETS = 100  # nested lists take the scanner of YAML quadratic time


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it is written, with the line of the story file on which it stands."""

    text: str
    line: int


@dataclass(slots=True)
class Faults:
    """The faults of a story file, each with its line, which are reported together."""

    name: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, problem: str) -> None:
        """Add a fault.

        Parameters
        ----------
        line
            Line of the story file, from 1.
        problem
            A whole sentence.
        """
        self.found.append((line, problem))

    def __str__(self) -> str:
        """Return one line for each fault, in the order of the file."""
        return "\n".join(f"{self.name}, line {line}: {why}" for line, why in sorted(self.found))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a block: its values, and whether they are written as a list."""

    line: int
    values: tuple[Value, ...]
    is_list: bool


def read_fields(text: str, first_line: int, faults: Faults) -> dict[str, Field]:
    """Return the fields of a block by their names.

    Parameters
    ----------
    text
        YAML: names with a value or a list of values.
    first_line
        Line of the story file on which the text begins, from 1.
    faults
        Takes the faults that are found.
    """
    if len(text) > MAX_CHARS or sum(text.count(c) for c in "[{") > _MAX_BRACKETS:
        faults.add(first_line, "These lines are too many. A few fields are enough.")
        return {}
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as err:
        mark = getattr(err, "problem_mark", None)
        line = first_line + (mark.line if mark is not None else 0)
        why = getattr(err, "problem", None) or "they cannot be read"
        faults.add(line, f"These lines are not fields such as “day: 2025-01-11” ({why}).")
        return {}
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        faults.add(first_line, "These lines are not fields such as “day: 2025-01-11”.")
        return {}
    found: dict[str, Field] = {}
    for key, value in node.value:
        line = first_line + key.start_mark.line
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name in found:
            faults.add(line, f"“{name}” stands twice.")
            continue
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if not all(isinstance(part, yaml.ScalarNode) for part in parts):
            faults.add(line, f"“{name}” takes a value, or a list of values.")
            continue
        values = [Value(part.value.strip(), first_line + part.start_mark.line) for part in parts]
        told = tuple(v for v in values if v.text)
        found[name] = Field(line, told, isinstance(value, yaml.SequenceNode))
    return found
