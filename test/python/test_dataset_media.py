"""Collections of images, sounds and texts, and where their labels are written."""

import io
import os
from pathlib import Path

import numpy as np
import soundfile
from dataset_support import codes, profile_of
from PIL import Image


def png(seed: int, size: tuple[int, int] = (16, 12)) -> bytes:
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def wav(seed: int, seconds: float) -> bytes:
    sound = np.random.default_rng(seed).normal(0, 0.1, int(8000 * seconds))
    buffer = io.BytesIO()
    soundfile.write(buffer, sound, 8000, format="WAV")
    return buffer.getvalue()


def test_folders_name_the_classes_of_images(tmp_path: Path) -> None:
    files = {f"photos/{label}/{i}.png": png(i + 100 * n) for n, label in enumerate(["cat", "dog"]) for i in range(6)}
    (media,) = profile_of(tmp_path, {**files, "README.md": "x"})["media"]
    assert (media["id"], media["kind"], media["count"]) == ("photos", "image", 12)
    assert media["labels"] == [
        {"from": "folder", "level": 1, "classes": [{"label": "cat", "count": 6}, {"label": "dog", "count": 6}]}
    ]
    assert media["image"]["sizes"] == [{"size": "16x12", "count": 12}]
    assert media["extensions"] == [{"extension": ".png", "count": 12}]


def test_folders_of_official_parts_are_no_classes(tmp_path: Path) -> None:
    files = {
        f"{part}/{label}/{i}.png": png(1000 * p + 100 * n + i)
        for p, part in enumerate(["train", "val", "test"])
        for n, label in enumerate(["cat", "dog"])
        for i in range(4)
    }
    (media,) = profile_of(tmp_path, files)["media"]
    assert [(p["part"], p["folder"], p["count"]) for p in media["parts"]] == [
        ("test", "test", 8),
        ("train", "train", 8),
        ("validation", "val", 8),
    ]
    assert [(source["from"], source.get("level")) for source in media["labels"]] == [("folder", 2)]


def test_prefixes_of_file_names_are_classes_and_running_numbers_are_not(tmp_path: Path) -> None:
    files = {f"{word}_{i:03d}.wav": wav(i, 0.05) for word in ("clap", "snare", "kick") for i in range(8)}
    (media,) = profile_of(tmp_path, files)["media"]
    assert [(source["pattern"], len(source["classes"])) for source in media["labels"]] == [("^([^_]+)_", 3)]
    assert media["audio"]["sampleRates"] == [{"rate": 8000, "count": 24}]


def test_several_parts_of_a_name_are_ranked_words_first(tmp_path: Path) -> None:
    files = {
        f"{digit}_{speaker}_{take}.wav": wav(digit * 31 + take, 0.02)
        for digit in range(4)
        for speaker in ("jo", "kim", "lee")
        for take in range(30)
    }
    (media,) = profile_of(tmp_path, files)["media"]
    classes = [sorted(c["label"] for c in source["classes"]) for source in media["labels"]]
    assert classes[:2] == [["jo", "kim", "lee"], ["0", "1", "2", "3"]]
    assert len(classes) == 2, "the take is a running number"


def test_a_table_that_names_the_files_labels_them(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"img/{i:04d}.png": png(i) for i in range(12)}
    rows = "".join(f"{i:04d},{'sick' if i % 3 else 'well'},{20 + i}\n" for i in range(12))
    profile = profile_of(tmp_path, {**files, "labels.csv": f"image,state,age\n{rows}"})
    (media,), (table,) = profile["media"], profile["tables"]
    assert table["columns"][0]["mediaPaths"] == {"collection": "img", "matched": 12}
    assert media["labels"][0] == {
        "from": "table",
        "table": "labels.csv",
        "pathColumn": "image",
        "column": "state",
        "classes": [{"label": "sick", "count": 8}, {"label": "well", "count": 4}],
    }


def test_rows_that_speak_of_parts_of_the_files_are_no_labels_of_the_files(tmp_path: Path) -> None:
    boxes = "".join(f"{at // 3}.png,{['red', 'white', 'small'][at % 3]},{at}\n" for at in range(60))
    files: dict[str, str | bytes] = {"boxes.csv": f"image,cell,left\n{boxes}"}
    profile = profile_of(tmp_path, files | {f"pictures/{at}.png": png(at) for at in range(20)})
    (media,) = profile["media"]
    assert media["labels"] == []


def test_broken_and_repeated_files_are_found(tmp_path: Path) -> None:
    files = {f"{i}.png": png(i, (64, 64)) for i in range(8)}
    files["copy.png"] = files["3.png"]
    files["cut.png"] = files["4.png"][:2000]
    files["text.png"] = b"this is no image"
    profile = profile_of(tmp_path, files)
    (media,) = profile["media"]
    assert (media["count"], media["duplicates"], media["brokenCount"]) == (11, 1, 2)
    assert {broken["path"] for broken in media["broken"]} == {"cut.png", "text.png"}
    assert "BROKEN_MEDIA" in codes(profile)
    assert all(str(tmp_path) not in problem["message"] for problem in profile["problems"])


def test_a_sound_that_is_cut_off_is_broken(tmp_path: Path) -> None:
    files = {f"a{i}.wav": wav(i, 0.1) for i in range(6)}
    files["cut.wav"] = b"RIFF\x24\x00\x00\x00WAVEfmt "
    (media,) = profile_of(tmp_path, files)["media"]
    assert [broken["path"] for broken in media["broken"]] == ["cut.wav"]


def test_folders_of_text_files_are_a_collection(tmp_path: Path) -> None:
    files = {
        f"{mood}/{i}.txt": f"I {mood} this film, number {i}.\nReally." for mood in ("love", "hate") for i in range(8)
    }
    profile = profile_of(tmp_path, {**files, "README.txt": "Reviews."})
    (media,) = profile["media"]
    assert (media["kind"], media["count"], media["text"]["encoding"]) == ("text", 16, "utf-8")
    assert media["labels"][0]["from"] == "folder"
    assert profile["tables"] == []


def test_masks_are_a_collection_of_their_own(tmp_path: Path) -> None:
    files = {f"{folder}/{i}.png": png(i) for folder in ("images", "masks") for i in range(6)}
    profile = profile_of(tmp_path, files)
    assert sorted(media["id"] for media in profile["media"]) == ["images", "masks"]


def test_the_profile_does_not_depend_on_times_or_order(tmp_path: Path) -> None:
    files = {f"{label}/{i}.png": png(i) for label in "ab" for i in range(6)}
    first = profile_of(tmp_path, files)
    for path in tmp_path.rglob("*.png"):
        os.utime(path, (1, 1))
    assert profile_of(tmp_path) == first
