"""Set paragraphs on the sheet, wrapped by measured width and with an opening in bold.

Plain text and a `Face` come in; a `TextBlock` knows its lines and height, and draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapgen.drawing.figure.marks import INK
from mapgen.drawing.figure.typeface import one_line, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.figure.surface import Surface

_LEADING = 1.36  # distance between lines, in multiples of the size


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """The typeface of a paragraph; ``size`` is in points."""

    size: float
    colour: str = INK
    weight: str = "normal"
    family: str = "sans"

    def width(self, text: str) -> float:
        """Return the width of a line in points."""
        return text_width(text, self.size, family=self.family, weight=self.weight)

    @property
    def line_height(self) -> float:
        """Distance between lines in points."""
        return self.size * _LEADING


class TextBlock:
    """A paragraph, broken into lines.

    Parameters
    ----------
    text
        Plain text.
    face
        Typeface of the text.
    width
        Greatest width of a line in points.
    lead
        Words in bold before the text.
    most
        Greatest number of lines, 0 for no limit. A text that is cut ends with an ellipsis.
    """

    def __init__(
        self, text: str, face: Face, width: float, *, lead: str = "", most: int = 0
    ) -> None:
        self.face = face
        self._bold = Face(size=face.size, colour=face.colour, weight="bold", family=face.family)
        self._space = face.width("a a") - face.width("aa")
        self._lead = one_line(lead)
        indent = self._bold.width(self._lead) + self._space if self._lead else 0.0
        self.lines = self._wrapped(one_line(text), width, indent)
        if most and len(self.lines) > most:
            last = self.lines[most - 1]
            while last and face.width(last + " …") > width:
                last = last.rpartition(" ")[0] or last[:-1]
            self.lines = [*self.lines[: most - 1], f"{last.rstrip(' ,;:')} …"]
        if self._lead and not self.lines:  # the lead alone is a text too
            self.lines = [""]
        self._indent = indent

    def _wrapped(self, text: str, width: float, indent: float) -> list[str]:
        """Break a text into lines; the first line is indented by the width of the lead."""
        lines, line, room = [], "", width - indent
        for word in _breakable(text, self.face, width):
            longer = f"{line} {word}" if line else word
            if line and self.face.width(longer) > room:
                lines.append(line)
                line, room = word, width
            else:
                line = longer
        return [*lines, line] if line else lines

    @property
    def height(self) -> float:
        """Height of the paragraph in points."""
        return len(self.lines) * self.face.line_height

    def draw(self, canvas: Surface, x: float, y: float) -> None:
        """Draw the paragraph.

        Parameters
        ----------
        canvas
            Sheet to draw on.
        x, y
            Top left corner in points of the sheet.
        """
        base = y + self.face.size
        style: dict[str, Any] = {"colour": self.face.colour, "family": self.face.family}
        if self._lead and self.lines:
            ink = {**style, "colour": INK}
            canvas.text(x, base, self._lead, self.face.size, weight="bold", **ink)
        for i, line in enumerate(self.lines):
            left = x + (self._indent if i == 0 else 0.0)
            if line:
                canvas.text(left, base, line, self.face.size, weight=self.face.weight, **style)
            base += self.face.line_height


def _breakable(text: str, face: Face, width: float) -> list[str]:
    """Split a text into words, and words wider than a line into pieces."""
    found = []
    for word in text.split():
        rest = word
        while face.width(rest) > width and len(rest) > 1:
            n = next((i for i in range(len(rest) - 1, 1, -1) if face.width(rest[:i]) <= width), 1)
            found.append(rest[:n])
            rest = rest[n:]
        found.append(rest)
    return found


def total_height(paragraphs: Sequence[TextBlock], gap: float) -> float:
    """Return the height of several paragraphs.

    Parameters
    ----------
    paragraphs
        The paragraphs.
    gap
        Space after each paragraph in points.

    Returns
    -------
    float
        Height in points.
    """
    return sum(p.height + gap for p in paragraphs)
