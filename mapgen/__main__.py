"""``python -m mapgen``."""

from __future__ import annotations

import sys

from mapgen.command.cli import main

if __name__ == "__main__":
    sys.exit(main())
