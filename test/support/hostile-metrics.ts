// Graders that attack whoever runs them. Each is the body of `evaluate`; some have more at the top of the file.

export interface HostileMetric {
  readonly name: string;
  /** Lines before the functions. */
  readonly top?: string;
  /** What evaluate does before it returns the share of right answers, indented by four blanks. */
  readonly body: string;
  /** Another value to return. */
  readonly returns?: string;
}

const each = (name: string, body: string, more: Partial<HostileMetric> = {}): HostileMetric => ({
  name,
  body,
  ...more,
});

export const hostileMetrics: readonly HostileMetric[] = [
  each('forks', '    import os\n    if os.fork() == 0:\n        import time\n        time.sleep(600)'),
  each('forks without end', '    import os\n    while True:\n        os.fork()'),
  each(
    'reads the home folder',
    "    import os\n    os.listdir(os.path.expanduser('~'))\n    open('/etc/passwd').read()",
  ),
  each('prints a gigabyte', "    import os\n    for _ in range(1000):\n        os.write(1, b'x' * 1_000_000)"),
  each('never ends', '    while True:\n        pass'),
  each(
    'never ends and catches everything',
    '    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass',
  ),
  each('deletes its folder', '    import shutil\n    shutil.rmtree(__file__.rsplit("/", 1)[0])'),
  each('exits', '    import sys\n    sys.exit(0)'),
  each('exits at once', '    import os\n    os._exit(0)'),
  each('kills itself', '    import os\n    os.kill(os.getpid(), 9)'),
  each('kills its parent', '    import os\n    os.kill(os.getppid(), 9)\n    os.kill(1, 9)\n    os.kill(-1, 9)'),
  each(
    'patches pandas',
    '    pd.DataFrame.equals = lambda *_: True\n    pd.DataFrame.copy = lambda self, *_, **__: self',
  ),
  each('raises BaseException', '    raise BaseException("no")'),
  each('returns a numpy number', '', { returns: 'np.float64(0.5)' }),
  each('returns NaN', '', { returns: 'float("nan")' }),
  each('returns a complex number', '', { returns: 'complex(1, 1)' }),
  each('returns an object that lies', '', {
    top: 'class Liar(float):\n    def __float__(self):\n        return 1.0\n    def __eq__(self, other):\n        return True\n    __hash__ = float.__hash__\n',
    returns: 'Liar(0.1)',
  }),
  each('recurses', '    return evaluate(submission, answers)'),
  each('takes eight gigabytes', "    held = [b'x' * 2**26 for _ in range(128)]"),
  each(
    'starts a daemon thread',
    '    import threading, time\n    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()',
  ),
  each('writes to its own file', '    open(__file__, "a").write("#")'),
  each(
    'closes its output',
    '    import sys, os\n    sys.stdout.close()\n    for number in range(64):\n        try:\n            os.close(number)\n        except OSError:\n            pass',
  ),
  each('leaves an exit handler', '    import atexit, time\n    atexit.register(time.sleep, 600)'),
  each('empties the table of modules', '    import sys\n    sys.modules.clear()'),
  each('forges its report', '    import os\n    os.write(3, b\'{"kind": "done", "value": {}}\')\n    os._exit(0)'),
];

/** The source of a grader that attacks. */
export function hostileSource({ top = '', body, returns }: HostileMetric): string {
  return `"""A grader that attacks."""
import numpy as np
import pandas as pd

${top}
class InvalidSubmissionError(Exception):
    """Cannot be scored."""


def validate_submission(submission, answers):
    if list(submission.columns) != ["id", "kind"]:
        raise InvalidSubmissionError("The columns must be id and kind.")
    if sorted(submission["id"].astype(str)) != sorted(answers["id"].astype(str)):
        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")
    if not submission["kind"].isin(["heavy", "light"]).all():
        raise InvalidSubmissionError("The column kind must hold heavy or light.")


def evaluate(submission, answers):
    validate_submission(submission, answers)
${body}
    given = dict(zip(submission["id"].astype(str), submission["kind"]))
    right = [given[key] == kind for key, kind in zip(answers["id"].astype(str), answers["kind"])]
    return ${returns ?? 'float(np.mean(right))'}
`;
}
