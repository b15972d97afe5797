"""What the syntax trees of generated files tell, without running them."""

import ast
from pathlib import Path

import pytest
from forge_runtime.probes.structure import read_file
from forge_runtime.probes.structure_names import unbound_names
from forge_runtime.probes.structure_origins import Origins
from forge_runtime.probes.structure_random import unseeded
from forge_runtime.probes.structure_reach import absolute_paths, reaches
from forge_runtime.probes.structure_syntax import functions
from forge_runtime.probes.structure_tables import read_file as read_csv


def names(source: str) -> list[str]:
    return [item["name"] for item in unbound_names(source, ast.parse(source), "x.py")]


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nprint(np.pi)",
        "def f(a, *b, c=1, **d):\n    return a, b, c, d",
        "total = sum(x * y for x in range(3) for y in range(x))",
        "def outer():\n    n = 0\n    def inner():\n        nonlocal n\n        n += 1\n    return inner",
        "def set_it():\n    global late\n    late = 1\ndef use():\n    return late",
        "class A:\n    size = 3\n    def m(self):\n        return self.size, __class__",
        "try:\n    pass\nexcept ValueError as error:\n    print(error)",
        "if __name__ == '__main__':\n    print(__file__)",
        "def f(x):\n    match x:\n        case [a, *rest]:\n            return a, rest",
        "if (n := 3) > 2:\n    print(n)",
        "from os.path import *\nprint(join('a'))",
    ],
)
def test_bound_names_are_no_finding(source: str) -> None:
    assert names(source) == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("def f():\n    return undefined_thing", ["undefined_thing"]),
        ("print(pd.NA)", ["pd"]),
        ("class A:\n    size = 3\n    def m(self):\n        return size", ["size"]),
        ("values = [y for x in range(3)]", ["y"]),
        ("def f():\n    raise Invalid('x')", ["Invalid"]),
    ],
)
def test_names_that_no_scope_binds_are_found(source: str, missing: list[str]) -> None:
    assert names(source) == missing


def draws(source: str) -> list[tuple[int, bool]]:
    tree = ast.parse(source)
    return [(item["line"], item["certain"]) for item in unseeded(tree, Origins(tree))]


@pytest.mark.parametrize(
    "source",
    [
        "import random\nrandom.shuffle([1])",
        "import random as r\nr.Random().random()",
        "import numpy as np\nnp.random.rand(3)",
        "from numpy.random import default_rng\ndefault_rng()",
        "from numpy.random import default_rng\ndefault_rng(None)",
        "from sklearn.model_selection import train_test_split\ntrain_test_split([1])",
        "from sklearn.model_selection import train_test_split\ntrain_test_split([1], random_state=None)",
        "from sklearn.model_selection import KFold\nKFold(5, shuffle=True)",
        "import uuid\nuuid.uuid4()",
        "frame = make()\nframe.sample(frac=0.5)",
    ],
)
def test_draws_without_a_seed_are_certain(source: str) -> None:
    assert draws(source) == [(2, True)]


@pytest.mark.parametrize(
    "source",
    [
        "import random\nrandom.seed(3)\nrandom.shuffle([1])",
        "import numpy as np\nnp.random.default_rng(3).random()",
        "import numpy as np\nnp.random.seed(0)\nnp.random.rand(3)",
        "from sklearn.model_selection import train_test_split\ntrain_test_split([1], random_state=SEED)",
        "from sklearn.model_selection import train_test_split\ntrain_test_split([1], shuffle=False)",
        "from sklearn.model_selection import KFold\nKFold(5)",
        "from sklearn.svm import LinearSVC\nS = {'C': 2, 'random_state': 0}\nLinearSVC(**S)",
        "from sklearn.svm import LinearSVC\nLinearSVC(**{'random_state': SEED})",
        "frame.sample(frac=1, random_state=0)",
        "import random\nrng = random.Random(3)\nrng.sample([1, 2], 1)",
    ],
)
def test_seeded_draws_are_no_finding(source: str) -> None:
    assert draws(source) == []


@pytest.mark.parametrize(
    "settings",
    ["{'C': 2}", "{'random_state': None}", "{'random_state': 0}\nS = {'C': 2}", "settings()", "{**OTHER}"],
)
def test_settings_that_an_estimator_unpacks_must_hold_the_seed(settings: str) -> None:
    found = draws(f"from sklearn.svm import LinearSVC\nS = {settings}\nLinearSVC(**S)")
    assert [certain for _, certain in found] == [False]


def test_an_estimator_without_a_seed_may_draw() -> None:
    assert draws("from sklearn.ensemble import RandomForestClassifier as F\nF(n_estimators=3)") == [(2, False)]


def kinds(source: str) -> list[str]:
    tree = ast.parse(source)
    return [item["kind"] for item in reaches(tree, Origins(tree))]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import socket", "network"),
        ("from urllib.request import urlopen", "network"),
        ("import subprocess as s", "processes"),
        ("import os\nos.system('ls')", "processes"),
        ("from os import environ\nprint(environ)", "environment"),
        ("import os\nprint(os.environ['X'])", "environment"),
        ("import time\ntime.time()", "clock"),
        ("from datetime import datetime\ndatetime.now()", "clock"),
        ("exec('1')", "dynamic code"),
        ("import pickle", "dynamic code"),
        ("from pathlib import Path\nPath('a').symlink_to('b')", "symbolic links"),
        ("import pandas as pd\npd.read_csv('x.csv')", "files"),
    ],
)
def test_what_a_file_reaches_for_is_named(source: str, kind: str) -> None:
    assert kind in kinds(source)


def test_harmless_imports_and_the_script_part_reach_for_nothing() -> None:
    assert kinds("from urllib.parse import quote\nimport math, json, re") == []
    assert kinds("import sys\ndef main():\n    open('x')\nif __name__ == '__main__':\n    open(sys.argv[1])") == []


def paths(source: str) -> list[str]:
    tree = ast.parse(source)
    return [item["text"] for item in absolute_paths(tree, Origins(tree))]


def test_absolute_paths_are_found_and_other_strings_are_not() -> None:
    assert paths("a = '/home/me/x.csv'\nb = 'C:\\\\data'\nc = '~/x'") == ["/home/me/x.csv", "C:\\data", "~/x"]
    assert paths("open('/x')") == ["/x"]
    assert paths("a = 'file:///home/me/x.db'\nb = f'file:{raw}?mode=ro'") == ["file:///home/me/x.db"]
    assert paths("'''/home/me is only mentioned'''\na = '/'\nb = '/m'\nc = 'm/s'\nd = r'\\d+'") == []


def test_signatures_list_what_a_caller_must_give() -> None:
    (found,) = functions(ast.parse("def solve(public, submission, depth=3, *, fast):\n    return 1"))
    assert found["parameters"] == ["public", "submission", "depth"]
    assert found["required"] == ["public", "submission", "fast"]


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"x = 1\ny = (\n", 2), (b"return 3\n", 1), (b"ok = 1\n\xff\n", 2), (b"a = '\0'", 1), (b"(" * 5000, 1)],
)
def test_a_file_that_does_not_compile_has_its_place(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "x.py"
    path.write_bytes(content)
    found = read_file(path)
    assert found["syntax"]["line"] == line
    assert found["functions"] == []


@pytest.mark.parametrize(
    ("content", "key", "value"),
    [
        (b"id,a\n1,2\n", "rows", 1),
        (b'id,a\n1,"two\nlines"\n2,x\n', "rows", 2),
        (b"\xef\xbb\xbfid,a\n1,2\n", "byteOrderMark", True),
        (b"id,a\r\n1,2\r\n", "carriageReturns", True),
        (b"id,a,a\n1,2,3\n", "duplicateColumns", ["a"]),
        (b",a\n0,1\n", "unnamedColumns", 1),
        (b"id,a\n1,2\n3\n", "ragged", [{"line": 3, "fields": 1}]),
        (b"id,a\n1,\xe9\n", "undecodable", {"line": 2, "byte": 0xE9, "column": 2}),
        (b"id,a\n1,\0\n", "nulLine", 2),
    ],
)
def test_the_text_of_a_table_is_described(tmp_path: Path, content: bytes, key: str, value: object) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert read_csv(path)[key] == value


@pytest.mark.parametrize(
    ("test", "certain"),
    [
        ("dev", False),
        ("quick", False),
        ("slow", True),
        ("limit > 0", False),
        ("limit is not None", False),
        ("not dev", True),
        ("on", True),
        ("n", True),
    ],
)
def test_a_draw_that_is_off_by_default_is_not_certain(test: str, certain: bool) -> None:
    head = "def prepare(n, dev=False, limit=-1, on=True):\n    quick = False\n    slow = False\n    slow = on\n"
    source = f"{head}    if {test}:\n        n = n.sample(n=100)\n"
    tree = ast.parse(source)
    assert [item["certain"] for item in unseeded(tree, Origins(tree))] == [certain]
