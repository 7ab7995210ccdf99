"""Parse the command line and run its commands.

Arguments come in; files, messages and an exit code go out.
"""

__all__ = [
    "cli",
]
