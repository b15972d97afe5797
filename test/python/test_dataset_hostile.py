"""Folders that nobody tidied up: a profile tells what is wrong and goes on."""

import gzip
import io
import os
import sqlite3
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from dataset_support import codes, only_table, profile_of, rows_of

CSV = "id,x\n1,0.5\n2,1.5\n"


def test_every_bad_file_is_told_and_the_good_one_is_read(tmp_path: Path) -> None:
    frame = io.BytesIO()
    pd.DataFrame({"a": range(1000)}).to_parquet(frame)
    with sqlite3.connect(tmp_path / "cut.sqlite") as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [(f"{i:0200d}",) for i in range(2000)])
    connection.close()
    whole = (tmp_path / "cut.sqlite").read_bytes()
    profile = profile_of(
        tmp_path,
        {
            "good.csv": CSV,
            "empty.csv": "",
            "header.csv": "a,b,c\n",
            "blank.csv": "\n\n\n",
            "cut.parquet": frame.getvalue()[:-100],
            "cut.sqlite": whole[: len(whole) // 2],
            "noise.csv": os.urandom(20_000),
            "bad.json": '{"a": [1, 2',
            "scalar.json": "42",
            "deep.json": "[" * 100_000,
            "bad.jsonl": "nothing\nhere\n",
            "bad.arff": "@relation x\n",
            "sparse.arff": "@relation x\n@attribute a numeric\n@data\n{0 1}\n",
            "old.xls": b"\xd0\xcf\x11\xe0" + bytes(600),
            "locked.xlsx": b"\xd0\xcf\x11\xe0" + bytes(600),
            "fake.xlsx": "not a workbook",
            "cut.csv.gz": gzip.compress(CSV.encode() * 1000)[:-30],
            "bad.zip": b"PK\x03\x04 nothing else",
            "model.pkl": b"\x80\x04.",
            "film.mp4": b"\x00\x00",
            "notes.xyz": "?",
        },
    )
    assert only_table(profile)["id"] == "good.csv"
    told = {problem["path"]: problem["code"] for problem in profile["problems"]}
    assert told == {
        "empty.csv": "EMPTY_FILE",
        "header.csv": "HEADER_ONLY",
        "blank.csv": "EMPTY_FILE",
        "cut.parquet": "BAD_PARQUET",
        "cut.sqlite": "BAD_SQLITE",
        "noise.csv": "BINARY",
        "bad.json": "BAD_JSON",
        "scalar.json": "JSON_SHAPE",
        "deep.json": "BAD_JSON",
        "bad.jsonl": "BAD_JSON",
        "bad.arff": "BAD_ARFF",
        "sparse.arff": "SPARSE_ARFF",
        "old.xls": "UNSUPPORTED",
        "locked.xlsx": "PROTECTED",
        "fake.xlsx": "BAD_EXCEL",
        "cut.csv.gz": "BAD_ARCHIVE",
        "bad.zip": "BAD_ARCHIVE",
        "model.pkl": "UNSUPPORTED",
        "film.mp4": "UNSUPPORTED",
        "notes.xyz": "UNKNOWN_KIND",
    }
    assert all(problem["remedy"] and problem["message"].endswith((".", "…")) for problem in profile["problems"])


def test_an_archive_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0," * 60_000_000)
    bomb = gzip.compress(b"1,2\n" * 40_000_000)
    profile = profile_of(tmp_path, {"bomb.zip": buffer.getvalue(), "bomb.csv.gz": bomb, "good.csv": CSV})
    told = {problem["path"]: problem["code"] for problem in profile["problems"]}
    assert told == {"bomb.zip#bomb.csv": "ARCHIVE_BOMB", "bomb.csv.gz": "ARCHIVE_BOMB"}
    assert only_table(profile)["id"] == "good.csv"


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("secret.csv", CSV)
    content = bytearray(buffer.getvalue())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1  # the bit that says "encrypted"
    assert codes(profile_of(tmp_path, {"t.zip": bytes(content)})) == {"PROTECTED"}


def test_links_are_not_followed_and_loops_are_told(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "loop").symlink_to("..")
    (tmp_path / "passwd.csv").symlink_to("/etc/passwd")
    profile = profile_of(tmp_path, {"inner/good.csv": CSV})
    assert codes(profile) == {"SYMLINK", "SYMLINK_LOOP"}
    assert only_table(profile)["id"] == "inner/good.csv"
    assert profile["files"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "-rf.csv",
        "two\nlines.csv",
        'it\'s "quoted".csv',
        "a,b;c.csv",
        "ünïcode.csv",
        "%s{0}.csv",
        " .csv",
        "x'; DROP TABLE t0; --.csv",
    ],
)
def test_odd_names_are_read(tmp_path: Path, name: str) -> None:
    # Large enough for the engine, whose SQL holds the path.
    content = CSV + "".join(f"{i},{i / 3:.30f}\n" for i in range(3, 160_000))
    table = only_table(profile_of(tmp_path, {name: content}))
    assert table["source"]["path"] == name
    assert table["rows"] == 159_999


def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.csv"
    with open(raw, "wb") as file:  # noqa: PTH123  a path of bytes
        file.write(CSV.encode())
    profile = profile_of(tmp_path, {"good.csv": CSV})
    assert codes(profile) == {"NAME_ENCODING"}
    assert only_table(profile)["id"] == "good.csv"


def test_odd_column_names_and_values_stay_text(tmp_path: Path) -> None:
    content = '"a""b",x\'); DROP TABLE t0; --,"new\nline"\n1,\'; SELECT 1,z\n2,\x1b[31m,y\n'
    table = only_table(profile_of(tmp_path, {"t.csv": content}))
    assert [c["name"] for c in table["columns"]] == ['a"b', "x'); DROP TABLE t0; --", "new line"]
    assert rows_of(tmp_path, table) == [["1", "'; SELECT 1", "z"], ["2", "\x1b[31m", "y"]]


def test_hidden_files_and_leftovers_count_but_are_not_read(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, {".git/config": "x", ".hidden.csv": CSV, "__MACOSX/t.csv": CSV, "t.csv": CSV})
    assert profile["files"] == 4
    assert only_table(profile)["id"] == "t.csv"


def test_nul_bytes_and_broken_utf8_do_not_stop_the_reader(tmp_path: Path) -> None:
    content = b"id,x\n1,a\xff\n2,b\x00c\n" + b"3,d\n" * 200
    assert only_table(profile_of(tmp_path, {"t.csv": content}))["rows"] == 202


def test_very_wide_tables_are_measured_in_narrow_parts(tmp_path: Path) -> None:
    width = 450  # from 400 on a table is cut into parts
    lines = [",".join(f"g{i}" for i in range(width))]
    lines += [",".join(str((i * row) % 97) for i in range(width)) for row in range(1, 30)]
    lines.append(lines[-1])
    profile = profile_of(tmp_path, {"wide.csv": "\n".join(lines) + "\n"})
    table = only_table(profile)
    assert (table["rows"], len(table["columns"]), table["duplicateRows"]) == (30, width, 1)
    assert table["columns"][449]["distinct"] == len({(449 * row) % 97 for row in range(1, 30)})
    assert [len(row) for row in table["sample"]] == [width] * 5


def test_the_dataset_is_left_as_it_was(tmp_path: Path) -> None:
    files = {"a.csv": CSV, "b/c.json": '[{"a": 1}, {"a": 2}]'}
    profile_of(tmp_path, files)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    profile_of(tmp_path)
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before
