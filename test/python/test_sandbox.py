"""The trusted half of the sandbox: jobs without namespaces, reports of hostile code, what a job has written."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from forge_runtime import worker as worker_module
from forge_runtime.sandbox.disk import UnreadableTreeError, disk_usage
from forge_runtime.sandbox.joblog import JobLog
from forge_runtime.sandbox.request import BadRequestError, parse_request
from forge_runtime.sandbox.seccomp import build_filter
from forge_runtime.sandbox.supervisor import Supervisor
from forge_runtime.sandbox.verdict import Observation, judge
from hypothesis import given
from hypothesis import strategies as st

HALF = Path(__file__).parents[2] / "src/runtime/python"
LIMITS = {
    "wallSeconds": 10,
    "cpuSeconds": 5,
    "memoryBytes": 300 * 2**20,
    "processes": 12,
    "fileBytes": 5 * 2**20,
    "diskBytes": 20 * 2**20,
    "files": 50,
    "outputBytes": 50_000,
}


def message(folder: Path, **changes: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "name": "execute.script",
        "args": {"mount": "work", "file": "script.py"},
        "mounts": [{"name": "work", "host": str(folder), "access": "write"}],
        "limits": LIMITS,
        "contained": False,
        "logFile": None,
        "scratch": str(folder.parent),
        **changes,
    }


def run_plain(folder: Path, source: str, **limits: float) -> dict[str, Any]:
    """Runs a script without a sandbox, as on a machine that has none."""
    (folder / "script.py").write_text(source)
    done = subprocess.run(
        [sys.executable, "-s", "-P", "-m", "forge_runtime.worker", "once", str(os.getpid())],
        input=json.dumps(message(folder, limits={**LIMITS, **limits})) + "\n",
        env={"PYTHONPATH": str(HALF), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="adopting orphans needs Linux")


@linux_only
@pytest.mark.parametrize(
    ("limit", "source"),
    [
        ("processes", "import os\nwhile True:\n    os.fork()"),
        ("memory", "x = b'x' * 2**29\nimport time; time.sleep(9)"),
        ("wall", "import time\ntime.sleep(60)"),
        ("file", "open('big', 'wb').write(b'x' * 2**24)"),
        ("output", "while True: print('x' * 999)"),
    ],
)
def test_limits_hold_without_a_sandbox_too(work: Path, limit: str, source: str) -> None:
    answer = run_plain(work, source, wallSeconds=2)
    assert (answer["kind"], answer.get("limit")) == ("limit", limit), answer


@linux_only
def test_a_daemon_dies_with_its_job_without_a_sandbox_too(work: Path) -> None:
    source = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        open(os.environ['MOUNT_WORK'] + '/pid', 'w').write(str(os.getpid()))\n"
        "        time.sleep(300)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
        "while not os.path.exists(os.environ['MOUNT_WORK'] + '/pid'): time.sleep(0.01)\n"
        "time.sleep(0.2)\n"
        "RESULT = 1\n"
    )
    assert run_plain(work, source)["kind"] == "done"
    pid = int((work / "pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def python(source: str, argument: str) -> str:
    """What a program of the trusted half prints."""
    return subprocess.run(
        [sys.executable, "-s", "-P", "-c", source, argument],
        env={"PYTHONPATH": str(HALF), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    ).stdout


@linux_only
def test_nothing_of_a_job_runs_on_when_its_supervisor_fails(work: Path) -> None:
    daemon = "import os, time\nif os.fork():\n    print('a line that the full disk does not take', flush=True)\n"
    (work / "script.py").write_text(daemon + "time.sleep(60)")
    told = python(
        "import json, os, sys\n"
        "from forge_runtime.sandbox.processes import linux_children\n"
        "from forge_runtime.sandbox.supervisor import Supervisor\n"
        "try:\n"
        "    Supervisor(json.loads(sys.argv[1])).run()\n"
        "except OSError as error:\n"
        "    print(error.errno, linux_children(os.getpid()))\n",
        json.dumps(message(work, logFile="/dev/full")),
    )
    assert told == f"{errno.ENOSPC} []\n"


@pytest.mark.parametrize("fails", [BrokenPipeError, KeyboardInterrupt])
def test_a_sandbox_is_taken_down_though_nobody_hears_the_answer(
    work: Path, monkeypatch: pytest.MonkeyPatch, fails: type[BaseException]
) -> None:
    closed: list[Supervisor] = []

    def close(supervisor: Supervisor) -> None:
        closed.append(supervisor)

    def fail(*_: object) -> None:
        raise fails

    monkeypatch.setattr(Supervisor, "run", lambda _: {})
    monkeypatch.setattr(Supervisor, "close", close)
    monkeypatch.setattr(worker_module, "write_line", fail)
    with pytest.raises(fails):
        worker_module.supervise(message(work), -1)
    assert len(closed) == 1


def test_a_job_runs_where_pipes_cannot_be_made_without_blocking_as_on_macos(work: Path) -> None:
    (work / "script.py").write_text("RESULT = 5")
    told = python(
        "import json, os, sys\n"
        "if hasattr(os, 'pipe2'):\n"
        "    del os.pipe2\n"
        "from forge_runtime.sandbox.supervisor import Supervisor\n"
        "print(Supervisor(json.loads(sys.argv[1])).run()['value'])\n",
        json.dumps(message(work)),
    )
    assert told == "5\n"


def test_a_plain_job_sees_nothing_of_the_environment_and_its_temporary_folder_goes(work: Path) -> None:
    answer = run_plain(work, "import os, tempfile\nRESULT = [tempfile.gettempdir(), sorted(os.environ)]")
    home, names = answer["value"]
    assert not Path(home).exists()
    assert "PYTHONPATH" not in names
    assert "OMP_NUM_THREADS" in names


def test_an_error_names_the_place_in_the_mount(work: Path) -> None:
    answer = run_plain(work, "def f():\n    raise ValueError('no')\nf()")
    assert [(frame["file"], frame["line"]) for frame in answer["frames"]] == [
        ("work/script.py", 3),
        ("work/script.py", 2),
    ]
    assert (answer["type"], answer["message"]) == ("ValueError", "no")


def test_a_termination_is_a_cancellation_and_ends_the_job(work: Path) -> None:
    (work / "script.py").write_text("import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)")
    log = work.parent / "log"
    worker = subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", "forge_runtime.worker", "once", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(HALF), "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
    )
    assert worker.stdin is not None
    worker.stdin.write(json.dumps(message(work, logFile=str(log))) + "\n")
    worker.stdin.flush()
    deadline = time.monotonic() + 20
    while not (log.exists() and log.read_text().strip()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    worker.send_signal(signal.SIGTERM)
    out, _ = worker.communicate(timeout=10)
    assert json.loads(out)["kind"] == "cancelled"
    with pytest.raises(ProcessLookupError):
        os.kill(int(log.read_text()), 0)


@given(st.binary(max_size=200))
def test_any_bytes_as_a_report_end_as_an_answer(data: bytes) -> None:
    request = parse_request(message(Path("/tmp/work")))
    seen = Observation(exit_code=0, envelope=data, trouble="", crossed=None, cancelled=False, cpu_seconds=0)
    answer = judge(request, seen)
    json.dumps(answer, allow_nan=False)
    assert answer["kind"] in ("done", "raised", "crashed")


@pytest.mark.parametrize(
    "report", [b"[" * 100_000, b'{"kind":"done","value":NaN}', b'{"kind":"done","value":' + b"9" * 9999]
)
def test_reports_that_break_parsers_count_as_crashes(report: bytes) -> None:
    request = parse_request(message(Path("/tmp/work")))
    seen = Observation(exit_code=0, envelope=report, trouble="", crossed=None, cancelled=False, cpu_seconds=0)
    assert judge(request, seen)["kind"] == "crashed"


@pytest.mark.parametrize("name", ["os.system", "execute", "execute.__init__", "probes/../x", "execute.a;b"])
def test_only_jobs_can_be_named(name: str) -> None:
    with pytest.raises(BadRequestError):
        parse_request(message(Path("/tmp/work"), name=name))


@pytest.mark.parametrize("name", ["..", "a/b", "", "-x"])
def test_mount_names_are_plain(name: str) -> None:
    with pytest.raises(BadRequestError):
        parse_request(message(Path("/tmp"), mounts=[{"name": name, "host": "/tmp", "access": "read"}]))


def test_links_are_not_followed_when_the_disk_is_measured(work: Path) -> None:
    (work.parent / "big").write_bytes(b"x" * 10**6)
    (work / "link").symlink_to(work.parent)
    (work / "own").write_bytes(b"x" * 10_000)
    used = disk_usage([str(work)], 10**9, 1000)
    assert used.files == 2
    assert 10_000 <= used.bytes < 100_000


def test_a_tree_too_deep_to_walk_is_told(work: Path) -> None:
    start = Path.cwd()
    try:
        os.chdir(work)
        for _ in range(60):
            Path("d" * 100).mkdir()
            os.chdir("d" * 100)
    finally:
        os.chdir(start)
    with pytest.raises(UnreadableTreeError):
        disk_usage([str(work)], 10**9, 1000)


def test_the_log_keeps_both_ends_and_refuses_links(tmp_path: Path) -> None:
    log = JobLog(str(tmp_path / "log"))
    log.add(b"first\n" + b"x" * 200_000)
    log.add(b"\nlast")
    log.close()
    assert log.text().startswith("first\n")
    assert log.text().endswith("\nlast")
    assert len(log.text()) < 70_000
    assert (tmp_path / "log").stat().st_size == log.size
    (tmp_path / "link").symlink_to(tmp_path / "log")
    with pytest.raises(OSError, match="link"):
        JobLog(str(tmp_path / "link"))


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_jump_of_the_filter_stays_inside_it(machine: str) -> None:
    import struct

    code = list(struct.iter_unpack("=HBBI", build_filter(machine)))
    assert code[-1] == (0x06, 0, 0, 0x7FFF0000)
    for place, (operation, if_true, if_false, _) in enumerate(code):
        if operation & 0x07 == 0x05:
            assert place + 1 + max(if_true, if_false) < len(code)


@linux_only
@pytest.mark.parametrize("host_dies", [True, False])
def test_a_worker_that_still_starts_when_its_host_is_killed_takes_up_no_job(work: Path, *, host_dies: bool) -> None:
    (work / "script.py").write_text("import os\nopen(os.environ['MOUNT_WORK'] + '/done', 'w').close()")
    host = (
        "import os, subprocess, sys\n"
        "command = [sys.executable, '-s', '-P', '-m', 'forge_runtime.worker', 'once', str(os.getpid())]\n"
        "worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=2)\n"
        "worker.stdin.write(sys.stdin.buffer.read())\n"
        "worker.stdin.flush()\n"
        "print(worker.pid, flush=True)\n"
        f"{'os.kill(os.getpid(), 9)' if host_dies else 'worker.wait()'}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", host],
        input=json.dumps(message(work)) + "\n",
        env={"PYTHONPATH": str(HALF), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,  # until the worker has gone too: it holds standard error
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode == 0) is not host_dies, done.stderr
    deadline = time.monotonic() + 10
    while is_running(int(done.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert (work / "done").exists() is not host_dies


def is_running(pid: int) -> bool:
    """Whether a process works on; one that waits to be collected does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(") ")[2][0] not in "ZX"
