// A baseline as the cells of a notebook: its script, cut at its functions, with a heading over each.

export interface Cell {
  readonly kind: 'markdown' | 'code';
  readonly text: string;
}

/** The cells; the last one calls `solve` on `publicData` and a new temporary folder. */
export function notebookCells(script: string, title: string, publicData: string): Cell[] {
  const { about, body } = withoutDocstring(script.replace(/\r\n/g, '\n'));
  const blocks = blocksOf(body).filter((block) => !/^if __name__\b/.test(block));
  const cells: Cell[] = [{ kind: 'markdown', text: about === '' ? `# ${title}` : `# ${title}\n\n${about}` }];
  for (const block of blocks) {
    const [, name] = /^(?:async )?(?:def|class) (\w+)/m.exec(/^(@|async def|def|class)/.test(block) ? block : '') ?? [];
    if (name !== undefined) cells.push({ kind: 'markdown', text: `## \`${name}\`\n\n${docstringOf(block)}`.trimEnd() });
    cells.push({ kind: 'code', text: block });
  }
  return [
    ...cells,
    { kind: 'markdown', text: '## Run\n\nThe submission goes to a new temporary folder.' },
    { kind: 'code', text: runCell(publicData) },
  ];
}

function runCell(publicData: string): string {
  return [
    'from pathlib import Path',
    'from tempfile import mkdtemp',
    '',
    `public = Path(${JSON.stringify(publicData)})`,
    'submission = Path(mkdtemp()) / "submission.csv"',
    'solve(public, submission)',
    'print(submission)',
    'print("".join(submission.open(encoding="utf-8").readlines()[:6]))',
  ].join('\n');
}

function withoutDocstring(script: string): { about: string; body: string } {
  const [whole, , about] = /^\s*("""|''')([\s\S]*?)\1\s*\n/.exec(script) ?? [];
  return whole === undefined
    ? { about: '', body: script }
    : { about: (about ?? '').trim(), body: script.slice(whole.length) };
}

function docstringOf(block: string): string {
  const [, , about] = /:\s*\n\s+("""|''')([\s\S]*?)\1/.exec(block) ?? [];
  return (about ?? '').replace(/\n\s+/g, '\n').trim();
}

/** Stretches of top-level code: each function or class with its decorators, and what stands between them. */
function blocksOf(body: string): string[] {
  const blocks: string[][] = [[]];
  let quotes: string | null = null;
  let inDefinition = false;
  for (const line of body.split('\n')) {
    const outside = quotes === null;
    quotes = openQuotes(line, quotes);
    if (outside && /^[^\s#)\]}]/.test(line)) {
      const defines = /^(@|async def |def |class |if __name__)/.test(line);
      const decorated = blocks.at(-1)?.every((before) => before.startsWith('@') || before.trim() === '') ?? false;
      if ((defines || inDefinition) && !decorated) blocks.push([]);
      inDefinition = defines;
    }
    blocks.at(-1)?.push(line);
  }
  return blocks.map((lines) => lines.join('\n').trim()).filter((block) => block !== '');
}

/** The kind of triple quotation marks that are open after a line. */
function openQuotes(line: string, open: string | null): string | null {
  let state = open;
  for (const [mark] of line.matchAll(/"""|'''/g)) {
    if (state === null) state = mark;
    else if (state === mark) state = null;
  }
  return state;
}
