// The table of faults as a page for readers.
import type { FaultCase } from './fault-case.ts';

const head = `# How a call to a language model ends

Written from the tables of tests in \`test/unit/models/faults\`; do not edit. "Tokens" says what is charged for each
request: what the server reported, nothing where it refused or was not reached, or \`reserved\`: the most that the request may
have used, because nobody knows better. Waits that a server asks for are obeyed up to five minutes.

| the server | the call ends as | requests | tokens |
|---|---|---|---|
`;

export function faultsDocument(cases: readonly FaultCase[]): string {
  const rows = cases.map(({ title, end }) => {
    const code = end.code === undefined ? '' : ` (\`${end.code}\`)`;
    return `| ${cell(title)} | ${end.outcome}${code} | ${end.requests} | ${end.charged.join(', ')} |`;
  });
  return `${head}${rows.join('\n')}\n`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
