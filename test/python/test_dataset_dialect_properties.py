"""Any table, written in any dialect, is read back as it was: same rows, same values."""

import csv
import io
import tempfile
from pathlib import Path

from dataset_support import only_table, profile_of, rows_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# Control characters apart; they are covered by the tests on junk.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)
NUMBERS = st.one_of(st.integers(-(10**6), 10**12).map(str), st.floats(-1e6, 1e6).map(lambda x: f"{x:.3f}"))
DELIMITERS = st.sampled_from([",", ";", "\t", "|"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of a row number, a number and one to three texts."""
    texts = draw(st.integers(1, 3))
    count = draw(st.integers(6, 25))
    return [
        [str(i), draw(NUMBERS), *(draw(TEXT.map(str.strip).filter(lambda t: t != "")) for _ in range(texts))]
        for i in range(count)
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), DELIMITERS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_a_quoted_table_is_read_back(rows: list[list[str]], delimiter: str, end: str, quoting: int) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]  # a csv constant
    names = ["row", "value", *(f"text_{i}" for i in range(len(rows[0]) - 2))]
    writer.writerow(names)
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        table = only_table(profile_of(Path(folder), {"t.csv": written.getvalue()}))
        assert [c["name"] for c in table["columns"]] == names
        assert table["rows"] == len(rows)
        assert rows_of(Path(folder), table) == rows


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_table_without_quoting_is_read_back(rows: list[list[str]], codec: str) -> None:
    plain = [[cell.replace("\t", " ").replace("|", "/").replace(";", ":") for cell in row] for row in rows]
    # A mark that opens a field in the middle of the file; read as a quote it would swallow the next rows.
    plain[2][-1] = '"' + plain[2][-1].replace('"', "")
    content = "row\tvalue" + "".join(f"\ttext_{i}" for i in range(len(rows[0]) - 2)) + "\n"
    content += "".join("\t".join(row) + "\n" for row in plain)
    with tempfile.TemporaryDirectory() as folder:
        table = only_table(profile_of(Path(folder), {"t.tsv": content.encode(codec)}))
        assert table["rows"] == len(rows)
        assert rows_of(Path(folder), table) == plain


@settings(max_examples=60, deadline=None)
@given(
    st.binary(min_size=1, max_size=3000),
    st.sampled_from(
        ["csv", "json", "jsonl", "parquet", "sqlite", "xlsx", "zip", "gz", "arff", "txt", "png", "wav", "feather"]
    ),
)
def test_no_bytes_make_the_profile_fail(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = profile_of(Path(folder), {f"junk.{ending}": content})
        assert profile["files"] == 1
