"""The process that passes messages on: whose end is the end of a job, and whose is not."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from forge_runtime import worker_front, worker_spares

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there a zygote is used")


@dataclass
class Served:
    """A front with one job, whose supervisor and zygote are pretended: their ends of the socket and of the pipe."""

    front: worker_front.Front
    zygote: socket.socket
    zygote_pid: int
    mouth: int
    told: int

    def answers(self) -> list[object]:
        """What the front says until it ends."""
        self.front.serve()
        return [json.loads(line) for line in os.read(self.told, 1000).splitlines()]


@pytest.fixture
def served() -> Iterator[Served]:
    front, zygote = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    answers, mouth = os.pipe()
    _, orders = os.pipe()
    told, channel = os.pipe()
    messages, _ = os.pipe()
    standard_input = os.dup(0)
    os.dup2(messages, 0)
    process = subprocess.Popen(["sleep", "60"])
    try:
        made = worker_front.Front(channel, front, process.pid)
        made.watch(worker_front.Running(7, worker_spares.SupervisorProcess(1, orders, answers, (), front)))
        yield Served(made, zygote, process.pid, mouth, told)
    finally:
        process.kill()
        process.wait()
        os.dup2(standard_input, 0)
        os.close(standard_input)
        os.set_blocking(0, True)


def test_the_end_of_the_zygote_is_not_taken_for_that_of_a_job(served: Served) -> None:
    # As when the kernel ends the zygote, and with it every process below it.
    os.close(served.mouth)
    served.zygote.close()
    assert served.answers() == [{"ready": True}]


def test_nor_is_it_while_what_was_just_forked_still_holds_its_socket(served: Served) -> None:
    os.kill(served.zygote_pid, signal.SIGKILL)
    os.close(served.mouth)
    assert served.answers() == [{"ready": True}]
    served.zygote.close()


def test_a_supervisor_that_dies_alone_is_the_end_of_its_job(served: Served) -> None:
    os.close(served.mouth)
    # Nothing else ends the front, which has the answer by then.
    threading.Timer(1, served.zygote.close).start()
    ready, crashed = served.answers()
    assert ready == {"ready": True}
    assert crashed == {"id": 7, "kind": "crashed", "reason": "its supervisor died", "log": "", "usage": None}
