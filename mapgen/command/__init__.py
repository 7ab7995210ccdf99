"""The command line: words of a person become calls.

Arguments come in; files, messages and an exit code go out.
"""

__all__ = [
    "batch",
    "cli",
    "cluster",
    "completion",
    "doctor",
    "options",
    "settings_schema",
    "tool_options",
    "tools",
]
