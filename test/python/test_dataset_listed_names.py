"""Names of columns from a document beside a file without header."""

from pathlib import Path

import pytest
from dataset_support import codes, only_table, profile_of, rows_of

DATA = "1.5,2.5,30,red\n2.5,3.5,41,blue\n3.5,1.5,52,red\n"
NUMBERED = """1. Title: Stones
2. Sources: a river
3. Remarks: none
4. Attributes:

   1. length (mm)
   2. weight: as found, in the open
      1 = light
      2 = heavy
   3. days since the stone was found by the author
   4. Colour (of 2 kinds)

5. Missing values: none
"""


def names_of(folder: Path, document: str, data: str = DATA) -> list[str]:
    profile = profile_of(folder, {"stones.csv": data, "stones.names": document})
    table = only_table(profile)
    names: list[str] = table["source"]["columns"]
    assert ("NAMES_FROM_DOCUMENT" in codes(profile)) == (names[0] != "column_1" and not table["source"]["header"])
    assert len(rows_of(folder, table)) == table["rows"]
    return names


def test_a_numbered_list_names_the_columns(tmp_path: Path) -> None:
    assert names_of(tmp_path, NUMBERED) == [
        "length (mm)",
        "weight",
        "days since the stone was found by the",
        "Colour",
    ]


@pytest.mark.parametrize(
    "items",
    [
        ["1: length", "2: weight", "3, 4: mark"],
        ["Column 1. length", "Column 2. weight", "Column 3. mark", "Column 4. mark"],
        ["1) Id number", "2) length", "3) weight", "4) mark", "5) mark"],
    ],
)
def test_one_name_may_stand_for_several_columns_and_an_identifier_may_be_left_out(
    tmp_path: Path, items: list[str]
) -> None:
    document = "\n".join(["Variables in order", *(f"  {item}" for item in items)])
    assert names_of(tmp_path, document) == ["length", "weight", "mark", "mark_2"]


def test_a_file_of_names_in_the_form_of_c45_names_attributes_and_the_class(tmp_path: Path) -> None:
    document = "| Stones: a remark\nred, blue.\n\nlength: continuous.\nweight: continuous.\nage: 30, 41, 52.\n"
    assert names_of(tmp_path, document) == ["length", "weight", "age", "class"]


@pytest.mark.parametrize(
    "document",
    [
        NUMBERED.replace("   4. Colour (of 2 kinds)\n", ""),
        NUMBERED.replace("5. Missing", "   5. price\n5. Missing"),
        "1. Title: a\n2. Source: b\n3. Uses: c\n4. Remarks: d\n",
        "yes, no.\nlength: continuous.\n",
    ],
)
def test_a_list_of_another_length_or_of_something_else_names_nothing(tmp_path: Path, document: str) -> None:
    assert names_of(tmp_path, document) == ["column_1", "column_2", "column_3", "column_4"]


def test_a_header_is_kept(tmp_path: Path) -> None:
    assert names_of(tmp_path, NUMBERED, "a,b,c,d\n" + DATA) == ["a", "b", "c", "d"]
