// The small Python program that a debugger starts: it calls one function of a task on copies of its data.

/** Calls `evaluate` on a submission, as the grader does; identifiers and labels stay text. */
const grade = `"""Grades one submission of a task under the debugger."""
import importlib.util
import sys
from pathlib import Path

import pandas as pd

metric_file, submission_file, answers_file = (Path(argument) for argument in sys.argv[1:4])
text_columns = dict.fromkeys(sys.argv[4:], str)
spec = importlib.util.spec_from_file_location("metric", metric_file)
metric = importlib.util.module_from_spec(spec)
sys.modules["metric"] = metric
spec.loader.exec_module(metric)
submission = pd.read_csv(submission_file, dtype=text_columns, keep_default_na=not text_columns)
answers = pd.read_csv(answers_file, dtype=text_columns, keep_default_na=not text_columns)
metric.validate_submission(submission, answers)
print("score:", metric.evaluate(submission, answers))
`;

/** Calls `prepare` with a copy of the raw dataset and two new folders. */
const prepare = `"""Builds a task under the debugger."""
import importlib.util
import sys
from pathlib import Path

prepare_file, raw, public, private = (Path(argument) for argument in sys.argv[1:5])
spec = importlib.util.spec_from_file_location("prepare", prepare_file)
module = importlib.util.module_from_spec(spec)
sys.modules["prepare"] = module
spec.loader.exec_module(module)
public.mkdir(parents=True)
private.mkdir(parents=True)
module.prepare(raw, public, private)
print("built in", public.parent)
`;

export const drivers = { grade, prepare } as const;
