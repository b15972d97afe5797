"""What the syntax tree tells of code that harms, hides or outlives; the clean twin of each stays silent."""

import pytest
from forge_runtime.probes.safety_code import read_code

CLEAN = """
import shutil
import sys
from pathlib import Path
import numpy as np
import pandas as pd
from PIL import Image, ImageFile

Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = True
pd.options.mode.copy_on_write = True

def prepare(raw, public, private):
    out = public / "media"
    table = pd.read_csv(raw / "a.csv")
    table["id"] = range(len(table))
    table.loc[0, "x"] = getattr(table, "name", "")
    values = np.load(raw / "x.npy")
    (out / "a").parent.mkdir(parents=True)
    label = "été"
    if len(table) == 0:
        raise ValueError("no rows, although the table should have some of them")

class Box:
    def fill(self, value):
        self.value = value

if __name__ == "__main__":
    here = Path(__file__).parent
    sys.exit(prepare(*map(Path, sys.argv[1:])))
"""


def kinds(source: str) -> list[str]:
    return [item["kind"] for item in read_code(source)]


def test_ordinary_code_is_silent() -> None:
    assert read_code(CLEAN) == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("import shutil\ndef f(raw):\n    shutil.rmtree(raw)", "deletes"),
        ("from os import remove as r\nr('x')", "deletes"),
        ("def f(p):\n    p.unlink()", "deletes"),
        ("import pandas as pd\npd.DataFrame.merge = None", "patches"),
        ("import numpy as np\nsetattr(np, 'mean', max)", "patches"),
        ("import sys\nsys.modules['pandas'] = None", "patches"),
        ("import sys\nsys.stdout = None", "patches"),
        ("import builtins\nbuiltins.__dict__['float'] = int", "patches"),
        ("import os\nos.environ['X'] = '1'", "patches"),
        ("import threading\nthreading.Thread(target=print, daemon=True).start()", "outlives"),
        ("import atexit\natexit.register(print)", "outlives"),
        ("from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor()", "outlives"),
        ("import sys\ndef f():\n    sys.exit(1)", "exits"),
        ("import os\ndef f():\n    os._exit(0)", "exits"),
        ("def f():\n    raise SystemExit", "exits"),
        ("import os\nname = 'sys' + 'tem'\ngetattr(os, name)('ls')", "hides"),
        ("().__class__.__base__.__subclasses__()", "hides"),
        ("globals()['ev' + 'al']('1')", "hides"),
        ("__builtins__['eval']", "hides"),
        ("import pandas as pd\npd.read_pickle('x')", "unpickles"),
        ("import numpy as np\nnp.load('x', allow_pickle=True)", "unpickles"),
        ("import yaml\nyaml.load(open('x'))", "unpickles"),
        ("import torch\ntorch.load('x')", "unpickles"),
        ("frame.to_pickle('x')", "pickles"),
        ("import base64\nbase64.b64decode('aGk=')", "obscures"),
        ("bytes.fromhex('00')", "obscures"),
        (
            "x = '\\\\x65\\\\x76\\\\x61\\\\x6c\\\\x65\\\\x76\\\\x61\\\\x6c\\\\x65\\\\x76\\\\x61\\\\x6c'".replace(
                "\\\\", "\\"
            ),
            "obscures",
        ),
        ("x = ''.join([chr(101), chr(118), chr(97), chr(108), chr(1), chr(2), chr(3), chr(4)])", "obscures"),
        ("ok = True  # \u202e } if admin", "characters"),
        ("x\u200b = 1", "characters"),
        ("sc\u043ere = 1", "characters"),
        ("def solve(public, submission):\n    return (public.parent / 'private').exists()", "escapes"),
        ("def solve(public, submission):\n    return public / '../private/test_answer.csv'", "escapes"),
        ("from pathlib import Path\ndef solve(public, submission):\n    return Path(__file__)", "escapes"),
    ],
)
def test_a_planted_construct_is_found(source: str, kind: str) -> None:
    assert kind in kinds(source)


def test_a_deletion_is_told_by_the_parameter_that_its_path_comes_from() -> None:
    body = "    out = public / 'x'\n    shutil.rmtree(out)\n    raw.unlink()"
    source = f"import shutil\ndef prepare(raw, public, private):\n{body}"
    assert [(item["line"], item["about"]) for item in read_code(source)] == [(4, "public"), (5, "raw")]


def test_the_script_part_may_exit_and_look_at_its_place() -> None:
    assert kinds("import sys\nif __name__ == '__main__':\n    print(__file__)\n    sys.exit(0)") == []


def test_safe_loaders_are_silent() -> None:
    assert kinds("import yaml, torch\nyaml.load(f, Loader=yaml.SafeLoader)\ntorch.load(f, weights_only=True)") == []


def test_a_long_constant_of_words_is_silent_and_one_without_is_not() -> None:
    words = "x = '" + "many ordinary words in a row " * 20 + "'"
    assert kinds(words) == []
    noise = "".join(chr(33 + (number * 37) % 90) for number in range(300)).replace("'", "a").replace("\\", "b")
    assert kinds(f"x = '{noise}'") == ["obscures"]


def test_a_file_that_does_not_parse_is_searched_for_unseen_characters_alone() -> None:
    assert kinds("def (:\n# \u2066") == ["characters"]
