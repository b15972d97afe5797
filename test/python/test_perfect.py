"""The submission that knows every answer."""

import json
from pathlib import Path

import pandas as pd
from forge_runtime.execute import perfect


def test_it_holds_what_each_prediction_column_is_about(tmp_path: Path) -> None:
    package, work = tmp_path / "package", tmp_path / "work"
    (package / "data/private").mkdir(parents=True)
    work.mkdir()
    columns = [
        {"name": "p_yes", "dtype": "probability", "of": {"column": "y", "class": "yes"}},
        {"name": "p_no", "dtype": "probability", "of": {"column": "y", "class": "no"}},
    ]
    manifest = {"submission": {"id_column": "id", "columns": columns}, "target": {"columns": ["y"]}}
    (package / "task.json").write_text(json.dumps(manifest))
    (package / "data/private/test_answer.csv").write_text("id,y\n007,yes\n008,no\n")
    assert perfect.run({}, {"package": package, "work": work}) == {"rows": 2}
    frame = pd.read_csv(work / "submission.csv", dtype=str)
    assert frame.to_dict("list") == {"id": ["007", "008"], "p_yes": ["1.0", "0.0"], "p_no": ["0.0", "1.0"]}
