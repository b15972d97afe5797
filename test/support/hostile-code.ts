// Attacks that a prepare.py or a solver may try; each is the body of its function, indented by four blanks.

export interface HostileBody {
  readonly name: string;
  readonly body: string;
}

export const hostileBodies: readonly HostileBody[] = [
  { name: 'never ends', body: '    while True:\n        pass' },
  {
    name: 'never ends and catches everything',
    body: '    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass',
  },
  { name: 'forks without end', body: '    import os\n    while True:\n        os.fork()' },
  {
    name: 'prints a gigabyte',
    body: "    import os\n    for _ in range(1000):\n        os.write(1, b'x' * 1_000_000)",
  },
  { name: 'exits', body: '    import sys\n    sys.exit(0)' },
  { name: 'exits at once', body: '    import os\n    os._exit(0)' },
  {
    name: 'kills all it can',
    body: '    import os\n    for process in (os.getppid(), 1, -1):\n        os.kill(process, 9)',
  },
  { name: 'takes eight gigabytes', body: "    held = [b'x' * 2**26 for _ in range(128)]" },
  { name: 'raises BaseException', body: '    raise BaseException("no")' },
];

/** A prepare.py that attacks. */
export function hostilePrepare(body: string): string {
  return `def prepare(raw, public, private):\n${body}\n`;
}

/** A solver that attacks. */
export function hostileSolver(body: string): string {
  return `def solve(public, submission):\n${body}\n`;
}
