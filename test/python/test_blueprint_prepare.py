"""Properties of the generated prepare.py files, on the golden ones: splits for any groups, copying of any bytes."""

import io
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

GOLDEN = Path(__file__).parents[1] / "golden" / "blueprints"


def program(name: str) -> dict[str, Any]:
    return runpy.run_path(str(GOLDEN / name / "prepare.py"))


GROUPS = program("tabular-group")
BLOCKS = program("geospatial-regression")
PHOTOS = program("image-sessions")


@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["district", "gas", "oil"])), min_size=1, max_size=80))
@settings(deadline=None)
def test_no_group_is_torn_and_every_held_out_class_can_be_learnt(rows: list[tuple[int, str]]) -> None:
    table = pd.DataFrame({"room": [f"r{room}" for room, _ in rows], "heating": [label for _, label in rows]})
    in_test = GROUPS["choose_test"](table, np.random.default_rng(0))
    train, test = table[~in_test], table[in_test]
    assert not set(train["room"]) & set(test["room"])
    assert set(test["heating"]) <= set(train["heating"])
    assert len(train) > 0


@given(st.lists(st.integers(1, 9), min_size=20, max_size=60))
@settings(deadline=None)
def test_many_small_groups_reach_the_share(sizes: list[int]) -> None:
    rooms = [f"r{number}" for number, size in enumerate(sizes) for _ in range(size)]
    table = pd.DataFrame({"room": rooms, "heating": "gas"})
    in_test = GROUPS["choose_test"](table, np.random.default_rng(0))
    assert abs(in_test.mean() - 0.25) * len(table) <= max(sizes)


def test_rows_without_a_place_do_not_stop_the_split() -> None:
    places = [f"{47 + number / 100:.2f}" for number in range(40)]
    table = pd.DataFrame({"lat": [*places, "", "n/a"], "lon": "11.0", "rent": "1"})
    in_test = BLOCKS["choose_test"](table, np.random.default_rng(0))
    assert 0 < in_test.sum() < len(table)


@pytest.mark.parametrize("clean", [PHOTOS["without_jpeg_metadata"], PHOTOS["without_png_metadata"]])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_cleaned_in_finite_time(clean: Callable[[bytes], bytes], data: bytes) -> None:
    assert len(clean(data)) <= len(data) + 8


@given(st.integers(1, 20), st.integers(1, 20), st.sampled_from(["L", "RGB"]), st.text(max_size=50))
@settings(deadline=None, max_examples=30)
def test_pictures_decode_to_the_same_pixels(width: int, height: int, mode: str, comment: str) -> None:
    pixels = np.random.default_rng(width).integers(0, 255, (height, width, len(mode)), dtype=np.uint8)
    picture = Image.fromarray(pixels.squeeze(-1) if mode == "L" else pixels, mode)
    chunk = PngImagePlugin.PngInfo()
    chunk.add_itxt("Comment", comment)
    for kind, clean, options in (
        ("JPEG", PHOTOS["without_jpeg_metadata"], {"comment": comment.encode("utf-8", "replace")}),
        ("PNG", PHOTOS["without_png_metadata"], {"pnginfo": chunk}),
    ):
        file = io.BytesIO()
        picture.save(file, kind, **options)
        cleaned = clean(file.getvalue())
        before, after = Image.open(file), Image.open(io.BytesIO(cleaned))
        assert before.tobytes() == after.tobytes()
        assert not {"comment", "Comment"} & set(after.info)
