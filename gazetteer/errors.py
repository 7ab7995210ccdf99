"""Errors that the gazetteer raises on purpose."""

from __future__ import annotations


class GazetteerError(Exception):
    """The gazetteer, or a file it is made from, cannot be used.

    Parameters
    ----------
    name
        The file or folder concerned.
    problem
        What is wrong with it, in a clause ("is empty").
    advice
        What the user can do about it, a sentence; may be empty.
    """

    def __init__(self, name: str, problem: str, advice: str = "") -> None:
        self.name = name
        self.problem = problem
        self.advice = advice
        super().__init__(f"{name}: {problem}." + (f" {advice}" if advice else ""))
