"""Take the settings of a run from the settings file and the options of the command line."""

# ruff: noqa: PLC0415  modules load when their command runs, so that `mapgen --help` is fast

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from mapgen.settings import Settings


def settings_of(args: argparse.Namespace) -> Settings:
    """Return the settings from the file, overridden by command-line options.

    The tables of the settings are in force until the command ends.

    Parameters
    ----------
    args
        Parsed arguments.

    Raises
    ------
    SettingsError
        If the file or an option has a wrong value.
    """
    from mapgen.core.tables.in_force import using
    from mapgen.settings import Settings, load_settings

    settings = load_settings(args.settings) if args.settings else Settings()
    given = {field.name: getattr(args, field.name, None) for field in fields(Settings)}
    settings = settings.with_options(given)
    args.of_run.enter_context(using(settings.tables))
    return settings
