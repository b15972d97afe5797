"""Delimited text in the forms that publishers write it."""

from pathlib import Path

import pytest
from dataset_support import codes, column, only_table, profile_of, rows_of

ROWS = "name,age,city\nAnn,31,Oslo\nBob,25,Rome\nCy,47,Bonn\n"


def test_a_plain_file_has_a_header_and_typed_columns(tmp_path: Path) -> None:
    table = only_table(profile_of(tmp_path, {"people.csv": ROWS}))
    assert table["rows"] == 3
    assert table["source"]["header"] is True
    assert [(c["name"], c["kind"]) for c in table["columns"]] == [
        ("name", "text"),
        ("age", "integer"),
        ("city", "text"),
    ]


@pytest.mark.parametrize(
    ("delimiter", "ending"), [(",", "csv"), (";", "csv"), ("\t", "tsv"), ("|", "csv"), ("\t", "txt")]
)
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str, ending: str) -> None:
    table = only_table(profile_of(tmp_path, {f"t.{ending}": ROWS.replace(",", delimiter)}))
    assert table["source"]["delimiter"] == delimiter
    assert rows_of(tmp_path, table)[1] == ["Bob", "25", "Rome"]


@pytest.mark.parametrize(
    ("codec", "stated"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_the_encoding_is_found_on_all_bytes(tmp_path: Path, codec: str, stated: str) -> None:
    # The only letter that tells the encoding stands behind everything that a sample would see.
    content = "name,n\n" + "".join(f"row,{i}\n" for i in range(20_000)) + "Müller,5\n"
    table = only_table(profile_of(tmp_path, {"t.csv": content.encode(codec)}))
    assert table["source"]["encoding"] == stated
    assert rows_of(tmp_path, table)[-1] == ["Müller", "5"]
    assert [c["name"] for c in table["columns"]] == ["name", "n"]


def test_windows_and_old_macintosh_line_ends_are_read(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, {"a.csv": ROWS.replace("\n", "\r\n"), "b.csv": ROWS.replace("\n", "\r")})
    assert [table["rows"] for table in profile["tables"]] == [3, 3]
    assert column(profile["tables"][0], "city")["top"][0]["value"] == "Bonn"


def test_quoted_fields_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    content = 'id,text\n1,"a, b"\n2,"say ""hi"""\n3,"two\nlines"\n4,"crlf\r\ninside"\n'
    table = only_table(profile_of(tmp_path, {"t.csv": content}))
    assert table["source"]["quote"] == '"'
    assert [row[1] for row in rows_of(tmp_path, table)] == ["a, b", 'say "hi"', "two\nlines", "crlf\r\ninside"]
    assert table["raggedCount"] == 0


def test_stray_quotation_marks_do_not_swallow_rows(tmp_path: Path) -> None:
    lines = [f"ham\tmessage number {i}" for i in range(300)]
    lines[50] = 'spam\t"never closed'
    lines[90] = 'ham\tends with a mark"'
    lines[290] = 'ham\t"late one'
    profile = profile_of(tmp_path, {"t.tsv": "\n".join(lines) + "\n"})
    table = only_table(profile)
    assert table["rows"] == 300
    assert table["source"]["quote"] == ""
    assert rows_of(tmp_path, table)[50] == ["spam", '"never closed']
    assert "STRAY_QUOTES" in codes(profile)


def test_a_stray_mark_far_behind_the_sample_is_still_found(tmp_path: Path) -> None:
    lines = [f"{'ham' if i % 3 else 'spam'}\tmessage number {i} with some more words in it" for i in range(40_000)]
    lines[30_000], lines[30_007] = 'ham\t"open', 'ham\tclose"'
    table = only_table(profile_of(tmp_path, {"t.tsv": "\n".join(lines) + "\n"}))
    assert table["rows"] == 40_000


def test_a_table_without_a_header_gets_numbered_names(tmp_path: Path) -> None:
    table = only_table(profile_of(tmp_path, {"iris.data": "5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,3.4,virginica\n"}))
    assert table["source"]["header"] is False
    assert table["rows"] == 3
    assert [c["name"] for c in table["columns"]] == ["column_1", "column_2", "column_3"]


def test_years_as_column_names_are_a_header(tmp_path: Path) -> None:
    table = only_table(profile_of(tmp_path, {"t.csv": "country,2019,2020,2021\nChad,1.5,2.5,3.5\nMali,2.5,1.5,0.5\n"}))
    assert [c["name"] for c in table["columns"]] == ["country", "2019", "2020", "2021"]


def test_titles_and_comments_before_the_header_are_skipped(tmp_path: Path) -> None:
    content = "# measured in May\nStation report\n\n" + ROWS
    table = only_table(profile_of(tmp_path, {"t.csv": content}))
    assert [c["name"] for c in table["columns"]] == ["name", "age", "city"]
    assert rows_of(tmp_path, table)[0] == ["Ann", "31", "Oslo"]


def test_duplicate_and_blank_header_names_become_unique(tmp_path: Path) -> None:
    table = only_table(profile_of(tmp_path, {"t.csv": "a,a,,b\n1,2,3,x\n4,5,6,y\n"}))
    assert [c["name"] for c in table["columns"]] == ["a", "a_2", "column_3", "b"]


def test_ragged_lines_are_counted_and_listed(tmp_path: Path) -> None:
    content = "a,b,c\n" + "1,2,3\n" * 20 + "1,2\n" + "1,2,3,4\n" + "1,2,3\n"
    profile = profile_of(tmp_path, {"t.csv": content})
    table = only_table(profile)
    assert table["raggedLines"] == [{"line": 22, "fields": 2}, {"line": 23, "fields": 4}]
    assert table["raggedCount"] == 2
    assert table["rows"] == 22, "the short line is kept, the long one is not"
    assert len(rows_of(tmp_path, table)) == 22
    assert "RAGGED_LINES" in codes(profile)


def test_a_header_that_leaves_out_the_row_names_is_completed(tmp_path: Path) -> None:
    table = only_table(
        profile_of(tmp_path, {"t.csv": 'mpg,cyl,hp\n"Mazda",21.0,6,110\n"Fiat",32.4,4,66\n"Opel",30.1,4,70\n'})
    )
    assert [c["name"] for c in table["columns"]] == ["row_name", "mpg", "cyl", "hp"]
    assert rows_of(tmp_path, table)[1] == ["Fiat", "32.4", "4", "66"]


def test_one_column_of_text_with_commas_stays_one_column(tmp_path: Path) -> None:
    content = "review\nGood, really\nBad\nNice, cheap, fast\nNo, never, ever, again\n"
    table = only_table(profile_of(tmp_path, {"t.csv": content}))
    assert table["rows"] == 4
    assert rows_of(tmp_path, table)[2] == ["Nice, cheap, fast"]


def test_prose_in_a_text_file_is_no_table(tmp_path: Path) -> None:
    content = "It was late, and cold.\nNobody came.\nThen, at last, a knock, a voice, a light.\nWell, then.\n"
    assert profile_of(tmp_path, {"story.txt": content})["tables"] == []


def test_large_and_small_files_give_the_same_rows(tmp_path: Path) -> None:
    rows = "".join(f'{i},"text, {i} ""q""{chr(10) if i % 5 == 0 else ""}",{i / 7:.4f},\n' for i in range(120_000))
    table = only_table(profile_of(tmp_path, {"t.csv": "id,text,number,empty\n" + rows}))
    assert table["rows"] == 120_000
    assert column(table, "id")["sorted"] == "ascending"
    assert column(table, "text")["distinct"] == 120_000
    assert column(table, "empty")["kind"] == "empty"
    assert rows_of(tmp_path, table)[5][1] == 'text, 5 "q"\n'


def test_blanks_separate_columns_when_every_line_agrees(tmp_path: Path) -> None:
    rows = "".join(f"{i} {i / 2} {i % 3}\n" for i in range(20))
    table = only_table(profile_of(tmp_path, {"t.dat": f"id x class\n{rows}"}))
    assert table["source"]["delimiter"] == " "
    assert [c["name"] for c in table["columns"]] == ["id", "x", "class"]


def test_columns_lined_up_with_blanks_are_told(tmp_path: Path) -> None:
    rows = "".join(f" {i:5.1f}   {i / 2:7.3f}  {i % 3}\n" for i in range(200))
    assert codes(profile_of(tmp_path, {"housing.data": rows})) == {"SPACE_PADDED"}


def test_numbers_in_many_text_files_are_no_collection_of_texts(tmp_path: Path) -> None:
    files = {f"part{i}.txt": "".join(f"{k},{k * i},{k + i}\n" for k in range(30)) for i in range(12)}
    profile = profile_of(tmp_path, files)
    assert (profile["media"], len(profile["tables"])) == ([], 12)


def test_blanks_after_all_delimiters_are_no_part_of_values(tmp_path: Path) -> None:
    rows = "".join(f"{i}, Private, {'<=50K' if i % 2 else '>50K'}\n" for i in range(30)) + "30, ?,\n"
    table = only_table(profile_of(tmp_path, {"t.csv": rows}))
    assert table["source"]["skipBlanks"] is True
    assert {entry["value"] for entry in table["columns"][2]["top"]} == {"<=50K", ">50K"}
    assert rows_of(tmp_path, table)[1] == ["1", "Private", "<=50K"]
    assert table["columns"][1]["missingCodes"] == [{"value": "?", "count": 1}]


@pytest.mark.parametrize("line", ["a, b,{0}\n", '{0}, "x, y"\n', "{0},x y\n"])
def test_blanks_after_some_delimiters_belong_to_the_values(tmp_path: Path, line: str) -> None:
    table = only_table(profile_of(tmp_path, {"t.csv": "".join(line.format(i) for i in range(30))}))
    assert "skipBlanks" not in table["source"]


def test_single_quotation_marks_around_a_column_are_no_part_of_its_values(tmp_path: Path) -> None:
    rows = "".join(f"{i / 8},{i % 5},'{-1 if i % 3 else 1}'\n" for i in range(40))
    table = only_table(profile_of(tmp_path, {"t.csv": rows}))
    assert table["source"]["quote"] == "'"
    assert {row[2] for row in rows_of(tmp_path, table)} == {"-1", "1"}
