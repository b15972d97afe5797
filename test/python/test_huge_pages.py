"""Large pages change the speed of a fork and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest
from forge_runtime import huge_pages

SCRIPT = """
import os, sys
from forge_runtime import huge_pages
huge_pages.lay_together()
before = [str(number) * 3 for number in range(200_000)]
joined = huge_pages.join()
reader, writer = os.pipe()
if os.fork() == 0:
    before[7] = "changed in the child"
    os.write(writer, before[199_999].encode())
    os._exit(0)
os.wait()
assert os.read(reader, 100) == b"199999" * 3
assert before[7] == "777"
print(joined)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there")
def test_a_process_of_large_pages_forks_and_computes_as_any_other() -> None:
    half = Path(huge_pages.__file__).parents[1]
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(half)}
    )
    assert int(told.stdout) >= 0


def test_elsewhere_nothing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    huge_pages.lay_together()
    assert huge_pages.join() == 0
