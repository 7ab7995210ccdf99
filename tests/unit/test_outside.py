"""Nothing outside the named folder is read, and a changed cache is noticed by its content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazetteer import Gazetteer, opening
from gazetteer.build import build
from gazetteer.checksum import is_whole
from mapgen.reading.articles import read

TEXT = "Rebels captured {} on Thursday."


def test_a_link_that_leads_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    outside, folder = tmp_path / "private", tmp_path / "articles"
    outside.mkdir()
    (folder / "more").mkdir(parents=True)
    (outside / "secret.txt").write_text(TEXT.format("Bukavu"), "utf-8")
    (folder / "a.txt").write_text(TEXT.format("Goma"), "utf-8")
    (folder / "more" / "b.txt").write_text(TEXT.format("Bunia"), "utf-8")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "more" / "up.txt").symlink_to(Path("../../private/secret.txt"))
    (folder / "inside.txt").symlink_to(folder / "more" / "b.txt")
    (folder / "folder").symlink_to(outside, target_is_directory=True)
    result = read([folder])
    assert sorted(a.text for a in result.articles) == [TEXT.format("Bunia"), TEXT.format("Goma")]
    told = [words for words in result.passed_over if "out of the folder" in words]
    assert [Path(words.split(":")[0]).name for words in told] == ["link.txt", "up.txt"]
    named = read([folder / "link.txt"])
    assert [a.text for a in named.articles] == [TEXT.format("Bukavu")]


def test_a_named_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(TEXT.format("Goma"), "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert len(read([tmp_path / "link"]).articles) == 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "gazetteer.sqlite"
    build(path, countries=frozenset({"LU"}))
    return path


@pytest.mark.parametrize("share", [0.31, 0.5, 0.77, 0.93])
def test_one_changed_bit_is_noticed(
    made: Path, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made.read_bytes()
    assert is_whole(made)
    anew: list[Path] = []
    monkeypatch.setattr("gazetteer.store.compile_anew", lambda path, _: anew.append(path))
    Gazetteer.open(made).close()
    assert anew == []
    at, before = int(len(whole) * share), made.stat()
    try:
        made.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert opening.connect(made) is None
        os.utime(made, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
        assert not is_whole(made)
    finally:
        made.write_bytes(whole)
    os.utime(made, ns=(before.st_atime_ns, before.st_mtime_ns + 2))
    assert is_whole(made)
