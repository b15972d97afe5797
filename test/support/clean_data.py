"""Small raw datasets that make sound tasks, one folder each: python clean_data.py FOLDER [NAME ...].

Each has signal, noise and room above a quick model, and nothing that gives its target away.
"""

import sqlite3
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image, ImageDraw

WORDS = (
    *("rain", "sun", "field", "seed", "plough", "barn", "tractor", "hay", "mill", "fence", "goat", "hen", "market"),
    *("price", "winter", "yard", "river", "stone", "road", "bridge", "lamp", "letter", "song", "table", "window"),
    *("paper", "garden", "street", "cloud", "harbour"),
)


def clinic(folder: Path) -> None:
    """Binary: whether a patient comes back, from measures, habits and a code with leading zeros."""
    random = np.random.default_rng(11)
    rows = 1600
    age, pressure, weight = random.normal(52, 14, rows), random.normal(128, 16, rows), random.normal(76, 13, rows)
    smoker = random.choice(["never", "former", "daily"], rows, p=[0.5, 0.3, 0.2])
    ward = random.choice(["01", "02", "07"], rows)
    risk = 0.05 * (pressure - 128) * np.sign(age - 52) + pd.Series(smoker).map({"never": -1, "former": 0, "daily": 1.6})
    risk += 0.04 * (age - 52)
    returned = risk + random.logistic(0, 1.0, rows) > 0.3
    table = pd.DataFrame(
        {
            "chart": [f"{n:06d}" for n in random.permutation(90_000)[:rows]],
            "age": age.round(1),
            "pressure": pressure.round(1),
            "weight": weight.round(1),
            "smoker": smoker,
            "ward": ward,
            "returned": np.where(returned, "yes", "no"),
        }
    )
    table.loc[random.random(rows) < 0.06, "weight"] = np.nan
    table.to_csv(folder / "visits.csv", index=False)


def forest(folder: Path) -> None:
    """Multiclass: the species of a tree from four measures."""
    random = np.random.default_rng(12)
    rows = 1500
    species = random.choice(["ash", "birch", "cedar", "elm"], rows, p=[0.4, 0.3, 0.2, 0.1])
    shift = pd.Series(species).map({"ash": 0.0, "birch": 1.4, "cedar": 2.8, "elm": 4.2}).to_numpy()
    table = pd.DataFrame(
        {
            "height": (12 + shift + random.normal(0, 1.3, rows)).round(2),
            "girth": (80 - 6 * shift + random.normal(0, 9, rows)).round(1),
            "bark": (3 + np.sin(shift) + random.normal(0, 0.6, rows)).round(2),
            "soil": random.choice(["clay", "loam", "sand"], rows),
            "slope": random.gamma(2, 4, rows).round(1),
            "species": species,
        }
    )
    table.to_csv(folder / "trees.csv", index=False)


def tasting(folder: Path) -> None:
    """Ordinal: a grade from 1 to 5 from what was measured."""
    random = np.random.default_rng(13)
    rows = 1500
    acid, sugar, cask = random.normal(6, 1, rows), random.gamma(3, 2, rows), random.integers(0, 30, rows)
    taste = 0.9 * (acid - 6) - 0.12 * sugar + 0.06 * cask + random.normal(0, 0.55, rows)
    edges = np.quantile(taste, [0.12, 0.35, 0.68, 0.9])
    table = pd.DataFrame(
        {
            "acid": acid.round(2),
            "sugar": sugar.round(2),
            "months in cask": cask,
            "cellar": random.choice(["276400000000010011", "276400000000010029", "276400000000010037"], rows),
            "rating": 1 + np.searchsorted(edges, taste),
        }
    )
    table.to_csv(folder / "tastings.csv", index=False)


def rents(folder: Path) -> None:
    """Regression: the rent of a flat."""
    random = np.random.default_rng(14)
    rows = 1500
    area, floor, year = random.gamma(9, 8, rows), random.integers(0, 9, rows), random.integers(1900, 2021, rows)
    quarter = random.choice(["old town", "harbour", "hills", "station"], rows)
    extra = pd.Series(quarter).map({"old town": 260, "harbour": 120, "hills": 340, "station": 0}).to_numpy()
    rent = 220 + 7.5 * area + 1.6 * (year - 1900) + extra + 22 * np.abs(floor - 4) + random.normal(0, 70, rows)
    rent += np.where(quarter == "hills", 3.0 * area, 0)
    table = pd.DataFrame(
        {
            "area": area.round(1),
            "floor": floor,
            "built": year,
            "quarter": quarter,
            "balcony": random.choice(["yes", "no"], rows),
            "rent": np.maximum(rent, 150).round(2),
        }
    )
    table.to_csv(folder / "flats.csv", index=False)


def letters(folder: Path) -> None:
    """Text: what a message is about, from words that the topics mostly share."""
    random = np.random.default_rng(15)
    topics = random.choice(["farm", "town", "sea"], 1200, p=[0.45, 0.35, 0.2])
    own = {"farm": WORDS[:11], "town": WORDS[9:21], "sea": WORDS[18:]}

    def message(topic: str) -> str:
        count = int(random.integers(9, 22))
        return " ".join(str(random.choice(own[topic] if random.random() < 0.33 else WORDS)) for _ in range(count))

    table = pd.DataFrame({"message": [message(topic) for topic in topics], "topic": topics})
    table.to_csv(folder / "letters.csv", index=False)


def signs(folder: Path) -> None:
    """Images: noisy drawings of four shapes, in a folder each."""
    random = np.random.default_rng(16)
    for number in range(640):
        shape = ["arrow", "cross", "disc", "square"][number % 4]
        size, x, y = int(random.integers(14, 24)), int(random.integers(2, 22)), int(random.integers(2, 22))
        picture = Image.new("L", (48, 48), int(random.integers(60, 140)))
        pen, ink = ImageDraw.Draw(picture), int(random.integers(150, 230))
        if shape == "disc":
            pen.ellipse((x, y, x + size, y + size), fill=ink)
        elif shape == "square":
            pen.rectangle((x, y, x + size, y + size), fill=ink)
        elif shape == "cross":
            pen.line((x, y, x + size, y + size), fill=ink, width=5)
            pen.line((x, y + size, x + size, y), fill=ink, width=5)
        else:
            pen.polygon([(x, y), (x + size, y + size // 2), (x, y + size)], fill=ink)
        noisy = np.asarray(picture, dtype=float) + random.normal(0, 38, (48, 48))
        (folder / shape).mkdir(exist_ok=True)
        name = f"p{int(random.integers(0, 10**9)):09d}.png"
        Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(folder / shape / name)


def birds(folder: Path) -> None:
    """Audio: calls of three kinds under noise, in a folder each."""
    random = np.random.default_rng(17)
    rate, seconds = 8000, 0.5
    time = np.arange(int(rate * seconds)) / rate
    for number in range(420):
        kind = ["chirp", "trill", "whistle"][number % 3]
        pitch = random.uniform(500, 1500)
        if kind == "chirp":
            tone = np.sin(2 * np.pi * (pitch * time + 900 * time**2))
        elif kind == "trill":
            tone = np.sin(2 * np.pi * pitch * time) * np.sign(np.sin(2 * np.pi * random.uniform(9, 16) * time))
        else:
            tone = np.sin(2 * np.pi * pitch * time)
        heard = 0.35 * tone + random.normal(0, random.uniform(0.25, 0.7), len(time))
        (folder / kind).mkdir(exist_ok=True)
        name = f"r{int(random.integers(0, 10**9)):09d}.wav"
        with wave.open(str(folder / kind / name), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes((heard.clip(-1, 1) * 30_000).astype("<i2").tobytes())


def river(folder: Path) -> None:
    """Forecasting: the daily level of a river, with weather that is known later than it."""
    random = np.random.default_rng(18)
    days = 1500
    season = np.sin(2 * np.pi * np.arange(days) / 365.25)
    rain = np.maximum(random.gamma(0.6, 6, days) * (1.2 + season) - 1.5, 0)
    level = np.zeros(days)
    for day in range(days):
        before = level[day - 1] if day else 120.0
        level[day] = 0.82 * before + 20 + 12 * season[day] + 1.7 * rain[day] + random.normal(0, 6)
    table = pd.DataFrame(
        {
            "date": pd.date_range("2019-01-01", periods=days).strftime("%Y-%m-%d"),
            "rain": rain.round(1),
            "warmth": (11 - 9 * season + random.normal(0, 3, days)).round(1),
            "level": level.round(1),
        }
    )
    table.to_csv(folder / "river.csv", index=False)


def shop(folder: Path) -> None:
    """Relational: what an order will cost to deliver, from the order, its customer and its lines."""
    random = np.random.default_rng(19)
    customers, orders = 220, 1500
    regions = random.choice(["coast", "plain", "mountain"], customers)
    people = [(n, str(regions[n]), int(random.integers(1, 6))) for n in range(customers)]
    cost = {"coast": 6.0, "plain": 3.0, "mountain": 14.0}
    bought, lines = [], []
    for number in range(orders):
        customer = int(random.integers(0, customers))
        count = int(random.integers(1, 7))
        weights = random.gamma(2, 2, count).round(2)
        lines += [(number, float(w), str(random.choice(["tool", "book", "toy"]))) for w in weights]
        region = str(regions[customer])
        fee = cost[region] + (1.9 if region == "coast" else 0.7) * weights.sum() + random.normal(0, 2.2)
        bought.append((number, customer, str(random.choice(["web", "phone"])), round(max(fee, 1.0), 2)))
    with sqlite3.connect(folder / "shop.sqlite") as base:
        base.execute("CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, region TEXT, tier INTEGER)")
        base.execute(
            "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers(customer_id), "
            "channel TEXT, delivery_fee REAL)"
        )
        base.execute("CREATE TABLE lines (order_id INTEGER REFERENCES orders(order_id), weight REAL, category TEXT)")
        base.executemany("INSERT INTO customers VALUES (?, ?, ?)", people)
        base.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", bought)
        base.executemany("INSERT INTO lines VALUES (?, ?, ?)", lines)
    base.close()


DATASETS: dict[str, Callable[[Path], None]] = {
    write.__name__: write for write in (clinic, forest, tasting, rents, letters, signs, birds, river, shop)
}


def main(folder: Path, names: list[str]) -> None:
    for name in names or DATASETS:
        (folder / name).mkdir(parents=True)
        DATASETS[name](folder / name)
        (folder / name / "README.md").write_text(f"# {name}\n\nInvented for tests.\n\nLicence: CC0-1.0\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
