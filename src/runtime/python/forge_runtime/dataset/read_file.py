"""Chooses the reader of a file by its name and its first bytes."""

from pathlib import Path

from forge_runtime.dataset.archives import Unpacked, unpack_gzip, unpack_zip
from forge_runtime.dataset.database import Database
from forge_runtime.dataset.inventory import DataFile
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.read_arff import read_arff
from forge_runtime.dataset.read_columnar import read_arrow, read_parquet
from forge_runtime.dataset.read_delimited import read_delimited
from forge_runtime.dataset.read_excel import read_excel
from forge_runtime.dataset.read_json import read_json, read_json_lines
from forge_runtime.dataset.read_sqlite import read_sqlite
from forge_runtime.dataset.tables import Origin, StoredTable

DELIMITED = frozenset({".csv", ".tsv", ".tab", ".psv", ".ssv"})
MAYBE_DELIMITED = frozenset({".txt", ".data", ".dat", ".test", ".train", ".names", ""})
JSON = frozenset({".json", ".geojson"})
JSON_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
SQLITE = frozenset({".sqlite", ".sqlite3", ".db", ".db3", ".s3db"})
EXCEL = frozenset({".xlsx", ".xlsm"})
ARROW = frozenset({".arrow", ".feather", ".ipc"})
PLAIN = DELIMITED | JSON | JSON_LINES | frozenset({".arff", ".parquet", ".pq"}) | ARROW | EXCEL | SQLITE
TABLE_ENDINGS = PLAIN | frozenset({".gz", ".zip"})
UNSUPPORTED = {
    ".xls": "Save it as .xlsx or CSV.",
    ".ods": "Save it as .xlsx or CSV.",
    ".rar": "Unpack the archive and give the folder.",
    ".7z": "Unpack the archive and give the folder.",
    ".tar": "Unpack the archive and give the folder.",
    ".tgz": "Unpack the archive and give the folder.",
    ".bz2": "Unpack it, or compress it with gzip.",
    ".xz": "Unpack it, or compress it with gzip.",
    ".zst": "Unpack it, or compress it with gzip.",
    ".sav": "Export it as CSV.",
    ".dta": "Export it as CSV.",
    ".sas7bdat": "Export it as CSV.",
    ".rds": "Export it as CSV.",
    ".rdata": "Export it as CSV.",
    ".mat": "Export it as CSV.",
    ".h5": "Export the tables as CSV or Parquet.",
    ".hdf5": "Export the tables as CSV or Parquet.",
    ".npy": "Export it as CSV or Parquet.",
    ".npz": "Export it as CSV or Parquet.",
    ".pkl": "A pickle can run code and is not opened. Export it as CSV or Parquet.",
    ".pickle": "A pickle can run code and is not opened. Export it as CSV or Parquet.",
    ".joblib": "A pickle can run code and is not opened. Export it as CSV or Parquet.",
    ".xml": "Export the records as CSV or JSON.",
    ".pdf": "Export the data as CSV, or the text as .txt.",
    ".docx": "Save the text as .txt.",
}
SQLITE_MAGIC = b"SQLite format 3\0"
PARQUET_MAGIC = b"PAR1"


def read_tables(file: DataFile, database: Database, scratch: Path, problems: Problems) -> list[StoredTable]:
    """The tables of one file. Raises UnreadableError when the file as a whole cannot be read."""
    extension = file.extension
    if extension == ".gz":
        unpacked = unpack_gzip(file.location, file.name, scratch)
        try:
            return _read_unpacked(unpacked, Origin(file.path, "gzip"), database, scratch, problems)
        finally:
            unpacked.location.unlink(missing_ok=True)
    if extension == ".zip":
        tables: list[StoredTable] = []
        for unpacked in unpack_zip(file.location, file.path, PLAIN, scratch, problems):
            try:
                origin = Origin(file.path, "zip", unpacked.member)
                tables += _read_unpacked(unpacked, origin, database, scratch, problems)
            except UnreadableError as error:
                problems.add_error(f"{file.path}#{unpacked.member}", error)
        return tables
    if extension in UNSUPPORTED:
        raise UnreadableError("UNSUPPORTED", f"Files of the kind {extension} are not read.", UNSUPPORTED[extension])
    return _read(file.location, extension, Origin(file.path), database=database, scratch=scratch, problems=problems)


def _read_unpacked(
    unpacked: Unpacked, origin: Origin, database: Database, scratch: Path, problems: Problems
) -> list[StoredTable]:
    extension = "." + unpacked.name.rsplit(".", 1)[-1].lower() if "." in unpacked.name else ".csv"
    if extension in SQLITE | EXCEL:
        raise UnreadableError("UNSUPPORTED", f"{extension} inside an archive is not read.", "Unpack the archive.")
    if extension == ".tar":
        raise UnreadableError("UNSUPPORTED", "Tar archives are not read.", "Unpack the archive and give the folder.")
    return _read(unpacked.location, extension, origin, database=database, scratch=scratch, problems=problems)


def _read(
    file: Path, extension: str, origin: Origin, *, database: Database, scratch: Path, problems: Problems
) -> list[StoredTable]:
    with file.open("rb") as stream:
        magic = stream.read(16)
    if not magic:
        raise UnreadableError("EMPTY_FILE", "The file is empty.", "Copy it again from its source.")
    if extension in SQLITE or magic == SQLITE_MAGIC:
        return read_sqlite(file, origin, database, problems)
    if extension in EXCEL:
        return read_excel(file, origin, database, problems)
    if extension in (".parquet", ".pq") or magic[:4] == PARQUET_MAGIC:
        return [read_parquet(file, origin, database)]
    if extension in ARROW:
        return [read_arrow(file, origin, database)]
    if extension == ".arff":
        return [read_arff(file, origin, database, scratch, problems)]
    if extension in JSON:
        return [read_json(file, origin, database, scratch, problems)]
    if extension in JSON_LINES:
        return [read_json_lines(file, origin, database, scratch, problems)]
    named = extension in DELIMITED
    return [read_delimited(file, origin, database, scratch, problems, named=named)]
