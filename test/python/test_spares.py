"""Cells that are made ahead: what they hold on to, and what happens where none can be made."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from forge_runtime import worker_spares, worker_zygote
from forge_runtime.sandbox import cgroup, mounts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="cells are made of what only Linux has")


def test_a_group_that_was_left_under_the_same_id_bounds_the_next_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cgroup, "_PIDS_V1", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    left = tmp_path / f"mle-forge-{os.getpid()}"
    left.mkdir()
    cgroup.ProcessCage().limit(5)
    assert int((left / "pids.max").read_text()) > 5


def no_fork() -> NoReturn:
    raise BlockingIOError("no process left")


def test_a_fork_that_fails_shows_as_an_end_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", no_fork)
    front, zygote = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    before = sorted(Path("/proc/self/fd").iterdir())
    made = worker_spares.make_supervisor(front, ready=True)
    front.shutdown(socket.SHUT_WR)
    worker_zygote.Zygote(zygote).serve()
    assert signal.SIGTERM not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert not made.lives()
    assert os.read(made.answers, 1) == b""
    made.give(b"nobody listens")
    made.let_go()
    os.close(made.answers)
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_a_zygote_that_has_died_is_asked_in_vain() -> None:
    front, zygote = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    zygote.close()
    made = worker_spares.make_supervisor(front, ready=False)
    made.end(signal.SIGTERM)
    made.drop()


def test_an_environment_made_anew_is_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "venv"
    folder.mkdir()
    monkeypatch.setattr(mounts, "interpreter_folders", lambda: {str(folder): str(folder)})
    machine = worker_spares.Machine()
    before = machine.mark()
    assert machine.mark() == before
    folder.rename(tmp_path / "old")
    folder.mkdir()
    assert machine.mark() != before


def bind(source: Path, place: Path) -> None:
    subprocess.run(["mount", "--bind", source, place], check=True, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
def test_a_mount_in_the_place_of_another_is_another_machine_though_the_table_reads_the_same(tmp_path: Path) -> None:
    source, place = tmp_path / "source", tmp_path / "place"
    source.mkdir()
    place.mkdir()
    try:
        bind(source, place)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine lets nobody mount")
    try:
        machine = worker_spares.Machine()
        before = machine.mark()
        subprocess.run(["umount", place], check=True)
        source.rmdir()
        source.mkdir()
        bind(source, place)
        assert machine.mark() != before
        assert machine.mark() == machine.mark()
    finally:
        subprocess.run(["umount", place], check=True)
