"""Every format that is read, and what prepare.py will read from the same source."""

import gzip
import io
import json
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from dataset_support import codes, column, only_table, profile_of, rows_of

CSV = "id,x\n1,0.5\n2,1.5\n3,2.5\n"
RECORDS = [{"id": i, "size": i / 2, "tag": {"name": f"t{i}", "ok": i > 1}, "list": [1, 2]} for i in range(1, 5)]


def test_json_lists_are_flattened_with_dots(tmp_path: Path) -> None:
    table = only_table(profile_of(tmp_path, {"t.json": json.dumps(RECORDS)}))
    assert table["source"]["recordPath"] == []
    assert [c["name"] for c in table["columns"]] == ["id", "size", "tag.name", "tag.ok", "list"]
    assert rows_of(tmp_path, table)[0] == ["1", "0.5", "t1", "false", "[1, 2]"]


def test_the_list_of_records_is_found_inside_a_document(tmp_path: Path) -> None:
    document = {"meta": {"n": 4, "authors": [{"name": "A"}]}, "data": {"items": RECORDS}}
    table = only_table(profile_of(tmp_path, {"t.json": json.dumps(document)}))
    assert table["source"]["recordPath"] == ["data", "items"]
    assert len(rows_of(tmp_path, table)) == 4


def test_json_lines_with_a_bad_line_keep_the_others(tmp_path: Path) -> None:
    lines = [json.dumps({"a": i, "b": "x"}) for i in range(5)]
    lines[2] = '{"a": 2, "b": '
    profile = profile_of(tmp_path, {"t.jsonl": "\n".join(lines) + "\n\n"})
    assert only_table(profile)["rows"] == 4
    assert "BAD_JSON_LINES" in codes(profile)
    assert [row[0] for row in rows_of(tmp_path, only_table(profile))] == ["0", "1", "3", "4"]


def test_json_lines_under_the_name_json_are_recognised(tmp_path: Path) -> None:
    table = only_table(profile_of(tmp_path, {"t.json": "\n".join(json.dumps(r) for r in RECORDS)}))
    assert table["source"]["format"] == "json-lines"


def test_geojson_points_become_coordinates(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "id": f"p{i}",
            "geometry": {"type": "Point", "coordinates": [10.5 + i, 50.25]},
            "properties": {"mag": i},
        }
        for i in range(3)
    ]
    table = only_table(
        profile_of(tmp_path, {"t.geojson": json.dumps({"type": "FeatureCollection", "features": features})})
    )
    assert [c["name"] for c in table["columns"]] == ["longitude", "latitude", "id", "mag"]
    assert rows_of(tmp_path, table)[1] == ["11.5", "50.25", "p1", "1"]


@pytest.mark.parametrize("ending", ["parquet", "feather"])
def test_columnar_files_are_spelled_as_prepare_reads_them(tmp_path: Path, ending: str) -> None:
    frame = pd.DataFrame(
        {
            "whole": [1, 2, None],
            "part": [0.5, 1e-7, 2.0],
            "text": ["007", None, "a"],
            "day": pd.to_datetime(["2020-01-01"] * 3),
        }
    )
    getattr(frame, f"to_{ending}")(tmp_path / f"t.{ending}")
    table = only_table(profile_of(tmp_path))
    assert table["rows"] == 3
    assert [top["value"] for top in column(table, "whole")["top"]] == ["1", "2"]
    assert column(table, "whole")["missing"] == 1
    assert column(table, "text")["top"][0]["value"] == "007"
    assert column(table, "day")["kind"] == "datetime"
    assert rows_of(tmp_path, table)[1] == ["2", "1e-07", "", "2020-01-01 00:00:00"]


def test_every_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "people"
    sheet.append(["A report"])
    sheet.append(["name", "age", "since"])
    for i in range(5):
        sheet.append([f"n{i}", 20 + i, datetime(2020, 1, i + 1)])
    book.create_sheet("empty")
    other = book.create_sheet("cities")
    other.append(["city", "n"])
    other.append(["Rome", 1.5])
    other.append(["Oslo", 2.0])
    book.save(tmp_path / "t.xlsx")
    profile = profile_of(tmp_path)
    assert [(table["id"], table["rows"]) for table in profile["tables"]] == [("t.xlsx#people", 5), ("t.xlsx#cities", 2)]
    people, cities = profile["tables"]
    assert people["source"]["skipLines"] == 1
    assert column(people, "since")["kind"] == "datetime"
    assert rows_of(tmp_path, people)[0][:2] == ["n0", "20"]
    assert rows_of(tmp_path, cities)[1] == ["Oslo", "2"]
    assert "EMPTY_SHEET" in codes(profile)


def database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """
            CREATE TABLE "order" (
                order_id INTEGER PRIMARY KEY, "cust omer" INTEGER REFERENCES customer, total REAL
            );
            CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT, photo BLOB);
            CREATE TABLE nobody (a);
            """
        )
        connection.executemany("INSERT INTO customer VALUES (?, ?, ?)", [(i, f"c{i}", b"\x00\xff") for i in range(5)])
        connection.executemany('INSERT INTO "order" VALUES (?, ?, ?)', [(i, i % 5, i / 4) for i in range(20)])
    connection.close()


def test_a_database_gives_its_tables_and_declared_relations(tmp_path: Path) -> None:
    database(tmp_path / "shop.db")
    profile = profile_of(tmp_path)
    assert {table["id"]: table["rows"] for table in profile["tables"]} == {"shop.db#customer": 5, "shop.db#order": 20}
    assert profile["relations"] == [
        {
            "from": {"table": "shop.db#order", "column": "cust omer"},
            "to": {"table": "shop.db#customer", "column": "id"},
            "kind": "many-to-one",
            "declared": True,
        }
    ]
    assert "EMPTY_TABLE" in codes(profile)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["shop.db"], "no journal is written beside the database"


def test_arff_attributes_and_missing_values(tmp_path: Path) -> None:
    head = "% made up\n@relation r\n@attribute 'sepal length' numeric\n@ATTRIBUTE class {a,'b c'}\n"
    content = head + "@data\n5.1,a\n?,'b c'\n4.7,a\n"
    table = only_table(profile_of(tmp_path, {"t.arff": content}))
    assert [c["name"] for c in table["columns"]] == ["sepal length", "class"]
    assert column(table, "sepal length")["missing"] == 1
    assert rows_of(tmp_path, table)[1] == ["", "b c"]


def test_gzip_and_zip_members_are_read_in_place(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/a.csv", CSV)
        archive.writestr("__MACOSX/data/._a.csv", "junk")
        archive.writestr("b.jsonl", '{"k": 1}\n{"k": 2}\n')
        archive.writestr("photo.bmp", b"BM")
    profile = profile_of(tmp_path, {"t.csv.gz": gzip.compress(CSV.encode()), "t.zip": buffer.getvalue()})
    assert [(t["id"], t["rows"]) for t in profile["tables"]] == [
        ("t.csv.gz", 3),
        ("t.zip#data/a.csv", 3),
        ("t.zip#b.jsonl", 2),
    ]
    assert [t["source"]["compression"] for t in profile["tables"]] == ["gzip", "zip", "zip"]
    assert [len(rows_of(tmp_path, table)) for table in profile["tables"]] == [3, 3, 2]
    assert "ARCHIVE_MEMBERS" in codes(profile)


def test_a_single_file_is_a_dataset(tmp_path: Path) -> None:
    from forge_runtime.dataset.profile import run

    (tmp_path / "t.csv").write_text(CSV)
    (tmp_path / "other.csv").write_text(CSV)
    profile = run({"name": "t.csv"}, {"raw": tmp_path / "t.csv"})
    assert profile["files"] == 1
    assert only_table(profile)["source"]["path"] == "t.csv"


def test_documents_are_told_apart_from_data(tmp_path: Path) -> None:
    files = {"README.md": "# Birds\n", "LICENSE": "MIT", "data_dictionary.txt": "x: size", "t.csv": CSV}
    profile = profile_of(tmp_path, files)
    kinds = {document["path"]: document["kind"] for document in profile["documents"]}
    assert kinds == {"LICENSE": "licence", "README.md": "readme", "data_dictionary.txt": "other"}
    assert len(profile["tables"]) == 1


def test_file_names_state_official_parts(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, {"train.csv": CSV, "X_test.csv": CSV, "val-set.csv": CSV, "contest.csv": CSV})
    assert {t["id"]: t["part"] for t in profile["tables"]} == {
        "X_test.csv": "test",
        "contest.csv": None,
        "train.csv": "train",
        "val-set.csv": "validation",
    }
