"""Tries mutants of graders: python mutation_trials.py FOLDER < request, one line of JSON for each mutant.

FOLDER holds packages of a metric each. The request names `packages`, and `share`: the part of the mutants to take; or
it holds `mutants` of an earlier answer. Each mutant is tried in a process of its own, forked from one that has the
libraries loaded. With `brief` the dearer half of the trials is left out, since most mutants fall in the first.
"""

from __future__ import annotations

import ast
import difflib
import json
import multiprocessing
import multiprocessing.pool
import os
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src/runtime/python"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import mutants as grammar
from forge_runtime.probes import metric_contract

Json = dict[str, Any]

WORKERS = 2
SEED = 5


def jobs(folder: Path, names: list[str], share: float) -> Iterator[Json]:
    """What to try: each untouched metric once, then its mutants or a seeded sample of them. What several metrics have
    in common word for word is mutated in the first of them."""
    draw = random.Random(SEED)  # noqa: S311  a sample, no secret
    known: set[tuple[str, str]] = set()
    for name in names:
        source = (folder / name / "metric.py").read_text(encoding="utf-8")
        yield {"package": name, "operator": "none", "line": 0, "source": source, "folder": str(folder)}
        for mutant in grammar.mutants(source):
            change = _changed_part(source, mutant.source)
            if change not in known and draw.random() < share:
                yield {"package": name, "folder": str(folder), **vars(mutant)}
            known.add(change)


def _changed_part(source: str, mutant: str) -> tuple[str, str]:
    """The definitions at the top of a file that differ, before and after."""
    before, after = ([ast.unparse(node) for node in ast.parse(text).body] for text in (source, mutant))
    return "\n".join(t for t in before if t not in after), "\n".join(t for t in after if t not in before)


def _leave_out_the_dear_half() -> None:
    """What is not measured finds nothing: a brief trial reports a part of the faults, and no other ones."""
    metric_contract._noise = lambda _contract: []
    metric_contract._growth = lambda _contract: None


def attempt(job: Json) -> Json:
    """The trials of a mutant, from a process that may be killed, fork or change its libraries."""
    receiver, sender = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_tried, args=(job, sender))
    child.start()
    sender.close()
    answer = receiver.recv() if receiver.poll(90) else {"ended": "limit"}
    child.join(5)
    if child.is_alive():
        child.kill()
    return {key: job[key] for key in ("package", "operator", "line", "source")} | answer


def _tried(job: Json, sender: Any) -> None:
    original = Path(job["folder"]) / job["package"]
    base = Path(tempfile.mkdtemp(prefix="mutant-"))
    try:
        sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  closed with the process
        shutil.copytree(original, base / "task")
        (base / "task/metric.py").write_text(job["source"], encoding="utf-8")
        trials = metric_contract.run({}, {"package": base / "task"})
        before = _plain((original / "metric.py").read_text(encoding="utf-8"))
        change = list(difflib.unified_diff(before, job["source"].splitlines(), lineterm="", n=0))[2:]
        sender.send({"trials": trials, "diff": "\n".join(change)})
    except BaseException:  # noqa: BLE001  whatever ends a mutant is its result
        sender.send({"ended": "crashed", "why": traceback.format_exc()[-600:]})
    finally:
        shutil.rmtree(base, ignore_errors=True)
        os._exit(0)


def _plain(source: str) -> list[str]:
    """The lines of a file as the mutants are written: without comments and in one style."""
    return ast.unparse(ast.parse(source)).splitlines()


def main() -> None:
    request = json.load(sys.stdin)
    folder = Path(sys.argv[1])
    if request.get("brief"):
        _leave_out_the_dear_half()
    if "mutants" in request:
        work: Iterator[Json] = ({**mutant, "folder": str(folder)} for mutant in request["mutants"])
    else:
        work = jobs(folder, request["packages"], float(request["share"]))
    out = sys.stdout
    with multiprocessing.pool.ThreadPool(WORKERS) as pool:
        for answer in pool.imap(attempt, work):
            out.write(json.dumps(answer) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
