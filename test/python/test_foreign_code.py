"""What is told of foreign code without running it: columns, keys, examples, swallowed exceptions, raw files removed."""

import ast

import pytest
from forge_runtime.probes.foreign_code import methods, removed
from forge_runtime.probes.foreign_words import blocks, column_lists, column_words, key_words
from forge_runtime.probes.structure_origins import Origins
from forge_runtime.probes.structure_reach import absolute_paths
from forge_runtime.probes.structure_swallow import swallowed


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("shutil.rmtree(raw)", True),
        ("rmtree(raw)", True),
        ("(raw / 'a.zip').unlink()", False),
        ("folder = raw / 'images'\n    shutil.rmtree(folder)", False),
        ("os.remove(os.path.join(raw, 'a.csv'))", False),
        ("shutil.move(raw / 'a.csv', public)", False),
    ],
)
def test_removing_from_the_raw_folder_is_told(body: str, whole: bool) -> None:
    tree = ast.parse(f"def prepare(raw, public, private):\n    {body}\n")
    assert [item["whole"] for item in removed(tree)] == [whole]


@pytest.mark.parametrize(
    "body",
    [
        "shutil.rmtree(public / 'old')",
        "shutil.copy(raw / 'a.csv', public)",
        "names = ['a']\n    names.remove('a')",
        "table = table.rename(columns={'a': 'b'})",
    ],
)
def test_what_leaves_the_raw_folder_alone_is_not_told(body: str) -> None:
    assert removed(ast.parse(f"def prepare(raw, public, private):\n    {body}\n")) == []


@pytest.mark.parametrize(
    ("handler", "does"),
    [
        ("except:\n    pass", "pass"),
        ("except BaseException:\n    score = 0", "go on"),
        ("except Exception:\n    return None", "return None"),
        ("except Exception:\n    return", "return None"),
    ],
)
def test_a_handler_that_swallows_everything_is_told(handler: str, does: str) -> None:
    source = "def f():\n    try:\n        g()\n" + "".join(f"    {line}\n" for line in handler.split("\n"))
    assert [item["does"] for item in swallowed(ast.parse(source))] == [does]


@pytest.mark.parametrize(
    "handler",
    [
        "except ValueError:\n    pass",
        "except:\n    raise RuntimeError('no score')",
        "except Exception as error:\n    print(error)\n    return None",
    ],
)
def test_a_handler_that_is_narrow_raises_or_tells_is_not(handler: str) -> None:
    source = "def f():\n    try:\n        g()\n" + "".join(f"    {line}\n" for line in handler.split("\n"))
    assert swallowed(ast.parse(source)) == []


def test_a_piece_after_a_variable_starts_no_absolute_path() -> None:
    tree = ast.parse("a = f'{raw}/data/x'\nb = raw + '/input/y'\nc = f'/kaggle/{name}'\nd = '/home/me'\n")
    assert [item["line"] for item in absolute_paths(tree, Origins(tree))] == [3, 4]


def test_methods_come_without_self() -> None:
    found = methods(ast.parse("class M(Base):\n    def evaluate(self, y_true, y_pred):\n        pass\n"))
    assert found == [{"owner": "M", "name": "evaluate", "line": 2, "parameters": ["y_true", "y_pred"]}]


CODE = """
CLASSES = ["calm", "windy", "storm"]
def grade(submission, answers):
    a = submission.sort_values("buoy")
    b = answers.merge(a, on="buoy")
    return helper(b, target_column="height")
"""


def test_columns_keys_and_lists_are_read_from_the_code() -> None:
    assert key_words([CODE]) == ["buoy"]
    assert column_words([CODE])["height"] == 3
    assert column_lists([CODE, "not python ("]) == [("calm", "windy", "storm")]


def test_the_example_whose_header_the_code_knows_is_the_submission() -> None:
    text = "Costs, in euro\nbuoy,height\n\n12,0.5\n13,1.25\netc.\n\nwidth,weight\n1,2\n"
    (block,) = blocks(text, column_words([CODE + "x['buoy']"]))
    assert block.header == ("buoy", "height")
    assert block.rows == (("12", "0.5"), ("13", "1.25"))


@pytest.mark.parametrize("text", ["", ",,,\n,,,", "a,b", "`" * 1000, "x,y\n" * 500, "é,\x00\n1,2"])
def test_descriptions_of_any_kind_are_read(text: str) -> None:
    assert isinstance(blocks(text, column_words(["x['a'], x['x']"])), list)
