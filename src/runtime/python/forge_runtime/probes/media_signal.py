"""Job: whether the labels of a media collection can be told from content, from file names or from sizes.

Measures a bounded sample: a content model on the proposed and on a random split, what number, order, size and length of
a file tell alone, and how far files with neighbouring numbers resemble each other (recording sessions).
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from forge_runtime.probes.signal_goal import Goal
from forge_runtime.probes.signal_media_features import Floats, audio_features, image_features, surroundings, text_of
from forge_runtime.probes.signal_media_files import MediaFile, collected
from forge_runtime.probes.signal_models import boosted, constant, linear_text, single
from forge_runtime.probes.signal_scores import Prediction, paired_gain, score
from forge_runtime.probes.signal_sessions import numbering, session_length
from forge_runtime.probes.signal_splits import Rows, split

FILES = 1500


def _described(files: list[MediaFile], media: str, encoding: str) -> tuple[list[MediaFile], Floats, pd.DataFrame]:
    """Content features and attributes of the files that can be read."""
    kept: list[MediaFile] = []
    content: list[Floats] = []
    attributes: list[dict[str, Any]] = []
    for file in files:
        extra: dict[str, Any]
        try:
            if media == "text":
                features, extra = np.zeros(1), {"text": text_of(file.path, encoding)}
            else:
                features, extra = image_features(file.path) if media == "image" else audio_features(file.path)
        except (OSError, RuntimeError, ValueError, SyntaxError):  # a file that cannot be decoded is measured by nobody
            continue
        kept.append(file)
        content.append(features)
        attributes.append({"bytes": file.path.stat().st_size, **extra})
    return kept, np.array(content), pd.DataFrame(attributes).astype(str)


def _content(x: Floats, goal: Goal, parts: tuple[Rows, Rows], media: str, seed: int) -> Prediction:
    """A support vector machine for pictures, a random forest for sounds."""
    (train, test), y, classes = parts, goal.y, len(goal.classes)
    scaler = StandardScaler().fit(x[train])
    if media == "image":
        model: Any = SVC(C=10, decision_function_shape="ovr", random_state=seed)
    else:
        model = RandomForestClassifier(300, random_state=seed, n_jobs=1)
    model.fit(scaler.transform(x[train]), y[train])
    probability = np.zeros((len(test), classes))
    known = model.classes_.astype(np.int64)
    if media == "image":
        margin = model.decision_function(scaler.transform(x[test]))
        margin = np.column_stack([-margin, margin]) if margin.ndim == 1 else margin
        shares = np.exp(margin - margin.max(axis=1, keepdims=True))
        probability[:, known] = shares / shares.sum(axis=1, keepdims=True)
    else:
        probability[:, known] = model.predict_proba(scaler.transform(x[test]))
    return Prediction(probability.argmax(axis=1).astype(float), probability)


def _split_scores(
    goal: Goal, x: Floats, plan: dict[str, Any], *, metrics: list[str], media: str, seed: int
) -> dict[str, Any]:
    train, test = split(goal.frame, goal.labels, plan)
    classes = len(goal.classes)
    counts = np.bincount(goal.y[test].astype(np.int64), minlength=classes)
    support = [{"label": label, "count": int(n)} for label, n in zip(goal.classes, counts, strict=True)]
    result = {"name": plan["name"], "train": len(train), "test": len(test), "support": support}
    if min(len(train), len(test)) < 20 or len(np.unique(goal.y[train])) < 2:
        return {**result, "scores": []}
    y, truth = goal.y[train], goal.y[test]
    frames = goal.frame.iloc[train], goal.frame.iloc[test]
    names = [c for c in goal.frame.columns if c in ("bytes", "width", "height", "seconds", "channels", "rate")]
    scores = []
    for metric in metrics:
        if media == "text":
            model = linear_text(frames[0], y, frames[1], ["text"], classes=classes, metric=metric)
        else:
            model = _content(x, goal, (train, test), media, seed)
        if model is None:
            continue
        floor = constant(y, len(test), classes, metric)
        traits = [{"name": name, "kind": "number"} for name in names]
        shape = boosted(frames[0], y, frames[1], traits, classes=classes, metric=metric, seed=seed)
        scores.append(
            {
                "metric": metric,
                "constant": score(metric, truth, floor, classes),
                "model": score(metric, truth, model, classes),
                "modelName": "content",
                "gain": paired_gain(metric, truth, model, floor, classes=classes, seed=seed),
                "single": {
                    "feature": "file size and format",
                    "score": score(metric, truth, shape, classes),
                    "modelGain": paired_gain(metric, truth, model, shape, classes=classes, seed=seed),
                },
                "naive": None,
            }
        )
    return {**result, "scores": scores}


def _name_leaks(goal: Goal, seed: int) -> list[dict[str, Any]]:
    """Accuracy from the file number, its last digit, and the label of the file before by number."""
    if goal.frame["number"].eq("").mean() > 0.2:
        return []
    ordered = goal.frame["number"].pipe(pd.to_numeric, errors="coerce").sort_values(kind="stable").index
    before = goal.labels.loc[ordered].shift(1, fill_value="").reindex(goal.labels.index)
    plan = {"kind": "stratified", "together": {"key": "none"}, "time": None, "testFraction": 0.3, "seed": seed}
    train, test = split(goal.frame, goal.labels, plan)
    classes = len(goal.classes)
    found = []
    options = (
        ("file number", goal.frame["number"], "number"),
        ("last digit of the file number", goal.frame["number"].str[-1:], "category"),
        ("label of the file before, by number", before, "category"),
    )
    floor = score("accuracy", goal.y[test], constant(goal.y[train], len(test), classes, "accuracy"), classes)
    for name, column, kind in options:
        frame = pd.DataFrame({name: column})
        told = single(
            frame.iloc[train],
            goal.y[train],
            frame.iloc[test],
            {"name": name, "kind": kind},
            classes=classes,
            metric="accuracy",
            seed=seed,
        )
        found.append({"clue": name, "constant": floor, "score": score("accuracy", goal.y[test], told, classes)})
    return found


def _goal(files: list[MediaFile], attributes: pd.DataFrame, classes: list[str]) -> Goal:
    frame = attributes.assign(
        name=[f.name for f in files], number=["" if f.number is None else str(f.number) for f in files]
    )
    labels = pd.Series([f.label for f in files], dtype=object)
    codes = {label: float(i) for i, label in enumerate(classes)}
    return Goal(frame, labels, np.array([codes[f.label] for f in files]), classes, np.arange(len(files)))


def measure(root: Path, candidate: dict[str, Any], seed: int) -> dict[str, Any]:
    """All measurements of one labelled collection."""
    source = candidate["source"]
    files = collected(root, source)
    counts = pd.Series([f.label for f in files], dtype=object).value_counts()
    classes = candidate["classes"] or sorted(counts.index)
    files = [f for f in files if f.label in set(classes)]
    all_numbers = [f for f in files if f.number is not None]
    if len(files) > FILES:
        chosen = np.sort(np.random.default_rng(seed).permutation(len(files))[:FILES])
        files = [files[i] for i in chosen]
    files, content, attributes = _described(files, source["media"], candidate["encoding"])
    result: dict[str, Any] = {
        "id": candidate["id"],
        "rows": int(counts.reindex(classes).fillna(0).sum()),
        "classes": [{"label": label, "count": int(counts.get(label, 0))} for label in classes],
    }
    if len(files) < 40:
        return {**result, "names": [], "session": None, "splits": []}
    goal = _goal(files, attributes, classes)
    session = None
    if source["media"] == "image" and len(all_numbers) >= 0.8 * len(files):
        session = session_length(numbering(all_numbers), lambda file: surroundings(file.path))
    splits = []
    for plan in candidate["splits"]:
        if plan["together"]["key"] == "name-run":
            if session is None:
                continue
            run = plan["together"]["length"] or session["run"]
            keys = goal.frame["number"].pipe(pd.to_numeric, errors="coerce").floordiv(run).astype(str)
            grouped = Goal(goal.frame.assign(__run=keys), goal.labels, goal.y, goal.classes, goal.places)
            together = {"key": "columns", "columns": ["__run"]}
            splits.append(
                _split_scores(
                    grouped,
                    content,
                    {**plan, "together": together},
                    metrics=candidate["metrics"],
                    media=source["media"],
                    seed=seed,
                )
            )
        else:
            splits.append(
                _split_scores(goal, content, plan, metrics=candidate["metrics"], media=source["media"], seed=seed)
            )
    return {**result, "names": _name_leaks(goal, seed), "session": session, "splits": splits}


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """`args` has seed and candidates; the mount `dataset` is the raw dataset."""
    return {"candidates": [measure(paths["dataset"], candidate, args["seed"]) for candidate in args["candidates"]]}
