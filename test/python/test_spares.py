"""Cells that are made ahead: what they hold on to, and what happens where none can be made."""

import os
import sys
from pathlib import Path

import pytest
from forge_runtime.sandbox import cgroup

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
