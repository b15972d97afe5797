"""Small learnable tasks in the shape of a package's public data, one for each kind of generated baseline."""

from pathlib import Path

import numpy as np
import pandas as pd
import soundfile
from PIL import Image

TREES = np.array(["ash", "birch", "cedar"], dtype=object)
ROWS, TEST = 400, 100
WORDS = {"ash": "pale flexible timber", "birch": "white peeling bark", "cedar": "fragrant red heartwood"}


def task_data(kind: str, public: Path) -> pd.DataFrame:
    """Write train, test and sample submission of one kind of task; the answers are returned."""
    random = np.random.default_rng(7)
    table = MEDIA[kind](random, public) if kind in MEDIA else TABLES[kind](random)
    targets = [name for name in table.columns if name in ("target", "width", 'height "net"')]
    table.insert(0, "id", random.permutation(len(table)))
    held_out = table.index >= ROWS - TEST
    if kind == "series_to_numbers":
        held_out = table["seen"] > sorted(table["seen"])[-TEST]
    train, test = table[~held_out].sort_values("id"), table[held_out].sort_values("id")
    train.to_csv(public / "train.csv", index=False)
    test.drop(columns=[*targets, "sold"], errors="ignore").to_csv(public / "test.csv", index=False)
    sample = test[["id"]].join(guesses(kind, train[targets], test.index, random))
    sample.to_csv(public / "sample_submission.csv", index=False)
    return test[["id", *targets]].astype(str)


def guesses(kind: str, seen: pd.DataFrame, index: pd.Index, random: np.random.Generator) -> pd.DataFrame:
    """Valid predictions that know nothing."""
    if kind.endswith("_to_probabilities"):
        shares = random.dirichlet(np.ones(3), len(index)).round(4)
        return pd.DataFrame(shares, columns=[f"prob_{name}" for name in TREES], index=index)
    if kind == "rows_to_one_probability":
        return pd.DataFrame({"target": random.random(len(index)).round(3)}, index=index)
    return pd.DataFrame({name: random.choice(seen[name].to_numpy(), len(index)) for name in seen}, index=index)


def rows_of_every_kind(random: np.random.Generator) -> pd.DataFrame:
    """Numbers, categories, dates, texts and places, each odd in its own way, of which a few tell the tree."""
    tree = random.choice(TREES, ROWS, p=[0.5, 0.3, 0.2])
    position = np.array([list(TREES).index(name) for name in tree])
    size = position + random.normal(0, 0.8, ROWS)
    distance, angle = position + 1 + random.normal(0, 0.3, ROWS), random.uniform(0, 2 * np.pi, ROWS)
    return pd.DataFrame(
        {
            "size": np.where(random.random(ROWS) < 0.1, "", size.round(3).astype(str)),
            "empty": "",
            "code": [f"0{number:04d}" for number in random.integers(0, 300, ROWS)],
            "open": np.where(position + random.normal(0, 1, ROWS) > 1, "True", "False"),
            "seen": [f"{day % 28 + 1}.{day % 12 + 1}.2021" if day else "soon" for day in random.integers(0, 300, ROWS)],
            "note": [WORDS[name] if lucky else "" for name, lucky in zip(tree, random.random(ROWS) < 0.2, strict=True)],
            "north": 40 + distance * np.sin(angle),
            "east": distance * np.cos(angle),
            "target": tree,
        }
    )


def labels(random: np.random.Generator) -> pd.DataFrame:
    size, code = random.normal(0, 1, ROWS), random.integers(0, 8, ROWS)
    score = np.sin(2 * size) + (code % 3 == 0) + random.normal(0, 0.3, ROWS)
    tree = TREES[np.digitize(score, [-0.2, 0.8])]
    return pd.DataFrame({"size": size.round(4), "code": [f"c{number}" for number in code], "target": tree})


def levels(random: np.random.Generator) -> pd.DataFrame:
    return labels(random).replace({"target": dict(zip(TREES, ["low", "middle", "high"], strict=True))})


def one_probability(random: np.random.Generator) -> pd.DataFrame:
    table = pd.DataFrame(random.normal(0, 1, (ROWS, 3)).round(4), columns=["size", "north", "east"])
    inside = table["north"] ** 2 + table["east"] ** 2 + table["size"] + random.normal(0, 0.3, ROWS) < 1.5
    return table.assign(target=np.where(inside, "yes", "no"))


def two_numbers(random: np.random.Generator) -> pd.DataFrame:
    table = labels(random).drop(columns="target")
    step = table["code"].str[1:].astype(int) % 3
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(random.integers(0, 700, ROWS), unit="D")
    table["seen"] = days.strftime("%Y-%m-%d")
    table["width"] = (np.exp(table["size"]) * (1 + step) + random.normal(0, 0.1, ROWS)).round(3)
    table['height "net"'] = (table["size"] ** 2 + step + random.normal(0, 0.1, ROWS)).round(3)
    return table


def texts(random: np.random.Generator) -> pd.DataFrame:
    """Words that tell the tree, half of them misspelt so that only runs of characters give them away."""
    tree, filler = random.choice(TREES, ROWS), ["the", "old", "one", "by", "our", "river", "stood", "for", "years"]
    notes = []
    for name in tree:
        word = list(random.choice(WORDS[name].split()))
        if random.random() < 0.7:
            place = random.integers(1, len(word))
            word[place:place] = random.choice(list("xqzvjk"))
        other = random.choice(WORDS[random.choice(TREES)].split()) if random.random() < 0.15 else ""
        notes.append(" ".join([*random.permutation(filler)[:5], "".join(word), other]))
    return pd.DataFrame({"note": notes, "target": tree})


def images(random: np.random.Generator, public: Path) -> pd.DataFrame:
    """Stripes whose direction tells the tree, at any offset, in pictures of different sizes."""
    tree, files = random.choice(TREES, ROWS), []
    (public / "media").mkdir()
    for row, name in enumerate(tree):
        side = int(random.integers(40, 90))
        down, right = np.mgrid[:side, :side] / side
        angle = list(TREES).index(name) * np.pi / 3 + random.normal(0, 0.15)
        wave = np.sin(30 * (right * np.cos(angle) + down * np.sin(angle)) + random.uniform(0, 6))
        grey = np.clip(128 + 60 * wave + random.normal(0, 30, (side, side)), 0, 255).astype(np.uint8)
        path = Path("media") / f"{row}.png"
        Image.fromarray(grey).convert(["L", "RGB", "RGBA", "P"][row % 4]).save(public / path)
        files.append(path.as_posix())
    return pd.DataFrame({"file": files, "target": tree})


def sounds(random: np.random.Generator, public: Path) -> pd.DataFrame:
    """Tones whose course over time tells the tree: rising, falling or level; some are very short, some stereo."""
    tree, files = random.choice(TREES, ROWS), []
    (public / "media").mkdir()
    for row, name in enumerate(tree):
        count = 1000 if row % 50 == 0 else int(random.integers(4000, 9000))
        course = {"ash": 1.0, "birch": -1.0, "cedar": 0.0}[name] * np.linspace(-0.7, 0.7, count)
        pitch = random.uniform(400, 1200) * 2**course
        tone = np.sin(2 * np.pi * np.cumsum(pitch) / 8000) * 0.3 + random.normal(0, 0.05, count)
        path = Path("media") / f"{row}.wav"
        soundfile.write(public / path, np.stack([tone, tone], axis=1) if row % 2 else tone, 8000)
        files.append(path.as_posix())
    return pd.DataFrame({"file": files, "target": tree})


def sounds_of_digits(random: np.random.Generator, public: Path) -> pd.DataFrame:
    """The same under names that look like numbers."""
    return sounds(random, public).replace({"target": dict(zip(TREES, "012", strict=True))})


def series(random: np.random.Generator) -> pd.DataFrame:
    """Three years of two daily series with a trend, a yearly wave and an effect that is known in advance."""
    days = np.arange(3 * 365)
    seen = (pd.Timestamp("2019-01-01") + pd.to_timedelta(days, unit="D")).strftime("%Y-%m-%d")
    parts = []
    for code, level in (("a", 100), ("b", 40)):
        size, noise = random.integers(0, 2, len(days)), random.normal(0, 4, len(days))
        value = level + days * 0.02 + level * 0.2 * np.sin(2 * np.pi * days / 365.25) + 15 * size + noise
        parts.append(pd.DataFrame({"seen": seen, "code": code, "size": size, "target": value.round(2)}))
    table = pd.concat(parts, ignore_index=True)
    return table.assign(sold=table["target"] * 2)


def lists(random: np.random.Generator) -> pd.DataFrame:
    """Each group of rows has favourites, and a number tells one more."""
    group, size = random.integers(0, 5, ROWS), random.integers(0, 3, ROWS)
    favourites = [random.permutation(40) for _ in range(5)]
    chosen = [
        " ".join(f"i{item}" for item in {*favourites[g][np.minimum(random.geometric(0.2, 3) - 1, 39)], 50 + s})
        for g, s in zip(group, size, strict=True)
    ]
    return pd.DataFrame({"code": [f"g{number}" for number in group], "size": size, "target": chosen})


TABLES = {
    "rows_to_labels": rows_of_every_kind,
    "rows_to_probabilities": labels,
    "rows_to_one_probability": one_probability,
    "rows_to_levels": levels,
    "rows_to_numbers": two_numbers,
    "text_to_labels": texts,
    "series_to_numbers": series,
    "rows_to_lists": lists,
}
MEDIA = {"image_to_labels": images, "audio_to_labels": sounds_of_digits, "audio_to_probabilities": sounds}
KINDS = [*TABLES, *MEDIA]
