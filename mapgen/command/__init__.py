"""The command line: words of a person become calls.

Arguments come in; files, messages and an exit code go out.
"""

__all__ = [
    "cli",
]
