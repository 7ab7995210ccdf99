"""Define the error that the gazetteer raises on purpose."""

from __future__ import annotations


class GazetteerError(Exception):
    """The gazetteer, or a file that it is made from, cannot be used.

    Parameters
    ----------
    name
        Name of the file, folder or service.
    problem
        The problem, as a clause ("is empty").
    advice
        A sentence that says what the user can do; may be empty.
    """

    def __init__(self, name: str, problem: str, advice: str = "") -> None:
        self.name = name
        self.problem = problem
        self.advice = advice
        super().__init__(f"{name}: {problem}." + (f" {advice}" if advice else ""))
