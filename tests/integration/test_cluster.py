"""Coding on a Dask cluster: the same bytes as one process, also when a worker is killed."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from distributed import Client, LocalCluster
from distributed.config import config

from gazetteer import Gazetteer
from mapgen.command import batch, cluster
from mapgen.command.cli import main
from mapgen.command.cluster import ClusterError, code_one, coding_on
from mapgen.reading.articles import Reading, read_each
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapgen.model import Article

# Dask's own handle of a process that was killed is cleared away late, when its loop may be closed.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <finalize object:pytest.PytestUnraisableExceptionWarning"
)
HERE = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
TOWNS = ("Rastan", "Talbisseh", "Hama", "Homs", "Palmyra", "Idlib")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "articles.jsonl"
    rows = [
        {"id": f"{town}-{n}", "text": f"Rebels captured {town} on Thursday, the army said."}
        for n in range(1, 6)
        for town in TOWNS
    ]
    file.write_text("\n".join(json.dumps({**row, "country": "SY"}) for row in rows))
    return file


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, **HERE) as made:
        yield made
    gc.collect()  # here, and not in the middle of a test of something else


def ids(lines: Path) -> list[str]:
    return [article.id for article in read_each([lines], Reading())]


def test_a_worker_killed_in_mid_run_loses_nothing(
    lines: Path, workers: LocalCluster, tmp_path: Path
) -> None:
    settings = Settings()
    with Gazetteer.open() as gazetteer:
        alone = list(batch._here(read_each([lines], Reading()), gazetteer, settings))
        code = coding_on(workers.scheduler_address, gazetteer, settings)
        coded = code(read_each([lines], Reading()))
        together = [next(coded) for _ in range(3)]
        os.kill(workers.workers[0].pid, signal.SIGKILL)
        together += coded
    assert together == alone
    assert [article.id for article, _ in together] == ids(lines)
    claims = [line for _, told in together for line in told if '"record": "claim"' in line]
    assert len(claims) == len(together)

    one, many = tmp_path / "one.jsonl", tmp_path / "many.jsonl"
    assert main(["extract", str(lines), "-o", str(one)]) == 0
    address = ["--scheduler", workers.scheduler_address]
    assert main(["extract", str(lines), "-o", str(many), *address]) == 0
    assert many.read_bytes() == one.read_bytes()


def test_an_article_that_ends_its_workers_is_refused_and_no_other(
    lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fatal(article: Article, *_: object) -> list[str]:  # goes to the workers by value
        if article.id == "Hama-2":
            os._exit(9)
        return [article.id]

    monkeypatch.setattr(cluster, "code_one", fatal)
    monkeypatch.setattr(cluster, "about", lambda *_: {})
    monkeypatch.setitem(config["distributed"]["scheduler"], "allowed-failures", 0)
    code = coding_on("local", None, Settings(), jobs=1)  # type: ignore[arg-type]
    coded = list(code(read_each([lines], Reading())))
    assert [article.id for article, _ in coded] == ids(lines)
    refused = [str(told) for _, told in coded if not isinstance(told, list)]
    assert len(refused) == 1
    assert refused[0].startswith("Hama-2: could not be coded (its workers were killed")


def test_a_worker_with_another_gazetteer_refuses(lines: Path) -> None:
    article = next(iter(read_each([lines], Reading())))
    with Gazetteer.open() as gazetteer:
        asked = batch.about(gazetteer, Settings())
    with pytest.raises(ClusterError, match="another gazetteer, parser than this machine"):
        code_one(article, Settings(), {**asked, "gazetteer": "x", "parser": "y"})


def test_what_is_wrong_with_a_cluster_is_told(
    lines: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_S", 1)
    command = ["extract", str(lines), "--scheduler"]
    assert main([*command, "tcp://127.0.0.1:9"]) == 2
    assert "tcp://127.0.0.1:9: cannot be reached" in capsys.readouterr().err
    assert main([*command, "nowhere://x"]) == 2
    assert "nowhere://x: cannot be reached" in capsys.readouterr().err
    # its finalizer would lock Dask for good if it came while another client starts
    left = [found for found in gc.get_objects() if isinstance(found, Client)]
    assert [client.status for client in left if client.status != "closed"] == []
    assert main([*command, "tcp://127.0.0.1:9", "--jobs", "2"]) == 2
    assert "has its own workers" in capsys.readouterr().err
    with LocalCluster(n_workers=0, **HERE) as idle:
        assert main([*command, idle.scheduler_address]) == 2
    assert "the cluster has no worker" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main([*command, "local"]) == 2
    assert "pip install 'mapgen[distributed]'" in capsys.readouterr().err
