// A generated prepare.py: imports, constants and functions in the order in which a person would read them.
import { type PyValue, pyLiteral } from '../shared/python-literal.ts';

/** A part of the program: what it needs and what it says. */
export interface Fragment {
  /** Import lines, merged and sorted over all fragments. */
  readonly imports?: readonly string[];
  readonly constants?: readonly (readonly [name: string, value: PyValue])[];
  /** Python functions, each without trailing blank lines. */
  readonly functions?: readonly string[];
}

const standard = new Set([
  'csv',
  'gzip',
  'hashlib',
  'io',
  'json',
  'os',
  're',
  'shutil',
  'sqlite3',
  'struct',
  'zipfile',
]);

/** The text of the program. */
export function renderProgram(doc: string, fragments: readonly Fragment[]): string {
  const imports = [...new Set(fragments.flatMap((fragment) => fragment.imports ?? []))];
  const isStandard = (line: string) => standard.has(line.split(' ')[1]?.split('.')[0] ?? '');
  const plainFirst = (a: string, b: string) =>
    Number(a.startsWith('from')) - Number(b.startsWith('from')) || (a < b ? -1 : 1);
  const own = [...imports.filter(isStandard), 'from pathlib import Path'].sort(plainFirst);
  const others = [...imports.filter((line) => !isStandard(line)), 'import numpy as np', 'import pandas as pd'];
  const constants = fragments
    .flatMap((fragment) => fragment.constants ?? [])
    .map(([name, value]) => `${name} = ${pyLiteral(value, name.length + 3)}`);
  const functions = [...new Set(fragments.flatMap((fragment) => fragment.functions ?? []))];
  const head = [`"""${doc}"""`, own.join('\n'), [...new Set(others)].sort(plainFirst).join('\n'), constants.join('\n')];
  return `${head.filter((part) => part !== '').join('\n\n')}\n\n\n${functions.join('\n\n\n')}\n\n\n${main}`;
}

const main = `if __name__ == "__main__":
    import sys

    prepare(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
`;
