"""Small raw datasets in formats that only Python writes: python raw_data.py FOLDER writes all of them."""

import sqlite3
import struct
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import soundfile
from PIL import Image, PngImagePlugin
from pyarrow import Table, feather, parquet

ROWS = 60


def records() -> list[dict[str, object]]:
    """Rows with a code, a whole number, a fraction, a truth value, a gap and a label."""
    return [
        {
            "code": f"{number:04d}",
            "count": number,
            "share": number / 8,
            "known": number % 3 == 0,
            "gap": None if number % 5 == 0 else f"g{number % 2}",
            "label": "ab"[number % 2],
        }
        for number in range(ROWS)
    ]


def write_excel(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet 'one'"
    sheet.append(["A title that is no data"])
    sheet.append([])
    sheet.append([*records()[0], "day"])
    for number, record in enumerate(records()):
        sheet.append([*record.values(), datetime(2024, 1, 1) + timedelta(days=number)])
    book.save(folder / "book.xlsx")


def write_columnar(folder: Path) -> None:
    table = Table.from_pylist(records())
    parquet.write_table(table, folder / "table.parquet")
    feather.write_feather(table, folder / "table.arrow")


def write_sqlite(folder: Path) -> None:
    with sqlite3.connect(folder / "shop.sqlite") as database:
        database.execute('CREATE TABLE "Order" (OrderId INTEGER, CustomerId INTEGER, Paid REAL, Label TEXT)')
        database.execute("CREATE TABLE Customer (CustomerId INTEGER, City TEXT, CountryId INTEGER)")
        database.execute("CREATE TABLE Country (CountryId INTEGER, Name TEXT)")
        database.execute("CREATE TABLE Line (OrderId INTEGER, Price REAL, Item TEXT)")
        database.executemany(
            'INSERT INTO "Order" VALUES (?, ?, ?, ?)', [(n, n % 20, n / 4, "ab"[n % 2]) for n in range(ROWS)]
        )
        database.executemany("INSERT INTO Customer VALUES (?, ?, ?)", [(n, f"city {n}", n % 3) for n in range(20)])
        database.executemany("INSERT INTO Country VALUES (?, ?)", [(0, "AT"), (1, "BE"), (2, None)])
        # Order 0 has no lines at all; order 1 one line of 0.1, order 2 two lines of 0.1 and 0.2, and so on.
        lines = [(n, (k + 1) / 10, f"item {k % 2}") for n in range(ROWS) for k in range(n % 4)]
        database.executemany("INSERT INTO Line VALUES (?, ?, ?)", lines)
    database.close()


def write_zip(folder: Path) -> None:
    frame = pd.DataFrame(records()).assign(code=lambda rows: "é" + rows["code"])
    with zipfile.ZipFile(folder / "data.zip", "w") as archive:
        archive.writestr("inner/table.csv", frame.to_csv(index=False, sep=";").encode("cp1252"))
    frame.to_csv(folder / "table.csv.gz", index=False)


def write_images(folder: Path) -> None:
    random = np.random.default_rng(0)
    for number in range(ROWS):
        label = "cat" if number % 2 else "dog"
        (folder / "images" / label).mkdir(parents=True, exist_ok=True)
        picture = Image.fromarray(random.integers(0, 255, (8, 8, 3), dtype=np.uint8))
        path = folder / "images" / label / f"IMG_{number:03d}"
        if number % 4 < 2:
            exif = Image.Exif()
            exif[0x010E] = f"this is a {label}"
            picture.save(path.with_suffix(".JPG"), exif=exif, comment=label.encode(), quality=90)
        else:
            text = PngImagePlugin.PngInfo()
            text.add_text("Title", f"this is a {label}")
            picture.save(path.with_suffix(".png"), pnginfo=text)
    # The same picture twice, and once under another label.
    first = folder / "images" / "cat" / "IMG_001.JPG"
    (folder / "images" / "cat" / "IMG_901.JPG").write_bytes(first.read_bytes())
    second = folder / "images" / "cat" / "IMG_005.JPG"
    (folder / "images" / "dog" / "IMG_905.JPG").write_bytes(second.read_bytes())
    (folder / "images" / "cat" / ".hidden.png").write_bytes(b"no picture")


def write_sounds(folder: Path) -> None:
    (folder / "sounds").mkdir()
    for number in range(ROWS):
        label = "high" if number % 2 else "low"
        wave = np.sin(np.arange(800) * (0.5 if number % 2 else 0.1) + number).astype(np.float32)
        kind = "WAV" if number % 4 < 2 else "FLAC"
        with soundfile.SoundFile(
            folder / "sounds" / f"{label}_{number}.{kind.lower()}", "w", 8000, 1, "PCM_16", format=kind
        ) as file:
            file.title = f"this is {label}"
            file.write(wave)


def write_texts(folder: Path) -> None:
    for number in range(ROWS):
        label = "pos" if number % 2 else "neg"
        path = folder / "texts" / label / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f'Caf\xe9 number {number},\r\nsaid "{label}".\n'.encode("cp1252"))
    (folder / "texts" / "README.txt").write_text("Not one of them.")


def chunk_names(path: Path) -> list[str]:
    """Names of the chunks of a RIFF file, for tests that look inside."""
    data, start, names = path.read_bytes(), 12, []
    while start + 8 <= len(data):
        name, size = struct.unpack("<4sI", data[start : start + 8])
        names.append(name.decode())
        start += 8 + size + size % 2
    return names


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for write in (write_excel, write_columnar, write_sqlite, write_zip, write_images, write_sounds, write_texts):
        place = folder / write.__name__.removeprefix("write_")
        place.mkdir()
        write(place)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
