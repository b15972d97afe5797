// A generated prepare.py as text: doc string, the imports that its code uses, constants, functions, command line.
import { type PyValue, pyLiteral } from '../shared/python-literal.ts';

/** A part of the program. Functions stand in reading order, without blank lines at their ends. */
export interface Fragment {
  /** Lines `NAME = value`. */
  readonly constants?: readonly string[];
  readonly functions?: readonly string[];
}

/** What the code may use, and the import that brings it. */
const standardImports: readonly [use: RegExp, line: string][] = [
  [/\bcsv\./, 'import csv'],
  [/\bgzip\./, 'import gzip'],
  [/\bhashlib\./, 'import hashlib'],
  [/\bio\./, 'import io'],
  [/\bjson\./, 'import json'],
  [/\bmath\./, 'import math'],
  [/\bos\./, 'import os'],
  [/\bre\./, 'import re'],
  [/\bshutil\./, 'import shutil'],
  [/\bsqlite3\./, 'import sqlite3'],
  [/\bsys\./, 'import sys'],
  [/\bzipfile\./, 'import zipfile'],
  [/\bPath\b/, 'from pathlib import Path'],
];
const packageImports: readonly [use: RegExp, line: string][] = [
  [/\bnp\./, 'import numpy as np'],
  [/\bopenpyxl\./, 'import openpyxl'],
  [/\bpd\./, 'import pandas as pd'],
  [/\bfeather\./, 'from pyarrow import feather'],
  [/\bparquet\./, 'from pyarrow import parquet'],
];

const commandLine = `if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
`;

/** `NAME = literal`, broken over lines when long. */
export function constant(name: string, value: PyValue, comment = ''): string {
  return `${name} = ${pyLiteral(value, name.length + 3)}${comment === '' ? '' : `  # ${comment}`}`;
}

/** A function definition; `lines` are indented by one level. */
export function pyFunction(signature: string, doc: string, lines: readonly string[]): string {
  const body = lines.map((line) => (line === '' ? '' : `    ${line}`));
  return [`def ${signature}:`, `    """${doc}"""`, ...body].join('\n');
}

/** The text of the program. Equal constants and functions of several fragments are written once. */
export function renderProgram(doc: string, fragments: readonly Fragment[]): string {
  const constants = [...new Set(fragments.flatMap((fragment) => fragment.constants ?? []))];
  const functions = [...new Set(fragments.flatMap((fragment) => fragment.functions ?? []))];
  const code = withoutStrings([...functions, commandLine].join('\n'));
  const used = (imports: typeof standardImports) =>
    imports.filter(([use]) => use.test(code)).map(([, line]) => `${line}\n`);
  const imports = [used(standardImports), used(packageImports)].filter((lines) => lines.length > 0);
  const head = [`"""${doc}"""\n`, ...imports.map((lines) => lines.join('')), `${constants.join('\n')}\n`];
  return [head.join('\n'), ...functions.map((text) => `${text}\n`), commandLine].join('\n\n');
}

/** Texts of the dataset may hold anything, also what looks like the use of a module. */
function withoutStrings(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}
