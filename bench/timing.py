"""Measure the CPU time, its spread and the memory of commands in comparison with a peer.

A command comes in. Its cost goes out, as a row of a table and of the history. CPU time is compared
rather than wall-clock time, since it depends less on other processes. The load of the machine is
printed as well, because a high load increases even CPU time.
"""

from __future__ import annotations

import csv
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

HISTORY = Path(__file__).with_name("history.csv")
COLUMNS = (
    "date",
    "version",
    "python",
    "figure",
    "articles",
    "cpu_s",
    "cpu_s_low",
    "cpu_s_high",
    "clock_s",
    "peak_mb",
    "ratio_to_peer",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds and wall-clock seconds of the runs of a command, and its peak memory."""

    name: str
    n_articles: int
    cpu_s: tuple[float, ...]
    clock_s: tuple[float, ...]
    peak_mb: float

    @property
    def median_s(self) -> float:
        """The median of the CPU seconds."""
        return statistics.median(self.cpu_s)


def measure(
    name: str, command: Sequence[str], *, times: int, n_articles: int = 0, warm: bool = True
) -> Cost:
    """Run a command several times and measure its cost.

    Parameters
    ----------
    name
        Name of the row in the table.
    command
        Command and its arguments.
    times
        Number of measured runs.
    n_articles
        Number of articles that the command reads.
    warm
        Whether to run the command once before, to warm the caches.

    Raises
    ------
    SystemExit
        If the command fails.
    """
    cpu, clock, peak = [], [], 0.0
    for turn in range(0 if warm else 1, times + 1):
        start = time.perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            message = f"{' '.join(command)} ended with {child.returncode}"
            raise SystemExit(message)
        if turn:
            cpu.append(used.ru_utime + used.ru_stime)
            clock.append(time.perf_counter() - start)
            kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
            peak = max(peak, kilobytes / 1000)
    return Cost(name, n_articles, tuple(cpu), tuple(clock), peak)


def heading() -> str:
    """Return the load of the machine and the header of the table."""
    load = ", ".join(f"{v:.1f}" for v in os.getloadavg())
    return (
        f"load {load}; {os.cpu_count()} processors; Python {platform.python_version()}\n"
        f"{'':<34}{'CPU s':>8}{'spread':>16}{'clock s':>9}{'MB':>7}{'x peer':>8}"
    )


def line(cost: Cost, peer: Cost) -> str:
    """Return a row of the table; its last column is the ratio of the medians."""
    spread = f"{min(cost.cpu_s):.2f}-{max(cost.cpu_s):.2f}"
    return (
        f"{cost.name:<34}{cost.median_s:>8.2f}{spread:>16}{statistics.median(cost.clock_s):>9.2f}"
        f"{cost.peak_mb:>7.0f}{cost.median_s / peer.median_s:>8.2f}"
    )


def record(costs: Sequence[tuple[Cost, Cost]], path: Path = HISTORY) -> None:
    """Append costs, each with that of its peer, to the history."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        if new:
            rows.writerow(COLUMNS)
        for cost, peer in costs:
            rows.writerow(
                (
                    datetime.now(UTC).date().isoformat(),
                    __version__,
                    platform.python_version(),
                    cost.name,
                    cost.n_articles,
                    f"{cost.median_s:.2f}",
                    f"{min(cost.cpu_s):.2f}",
                    f"{max(cost.cpu_s):.2f}",
                    f"{statistics.median(cost.clock_s):.2f}",
                    f"{cost.peak_mb:.0f}",
                    f"{cost.median_s / peer.median_s:.2f}",
                )
            )
