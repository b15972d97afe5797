// docs/checks.md, written from the catalogue; the code of a finding links to its anchor there.
import type { Check } from './check.ts';
import type { Family } from './contract.ts';

export const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  STR: 'Structure',
  PRE: 'Preparation',
  LEK: 'Leakage',
  MET: 'Metric contract',
  STA: 'Statistics',
  REV: 'Reviews',
  EXE: 'Execution',
  ADV: 'Adversaries',
  SEC: 'Safety',
};

/** The page as Markdown: a table of all checks, then one section per check with the anchor `#<code in lower case>`. */
export function renderChecksDoc(catalogue: readonly Check[]): string {
  const families = [...new Set(catalogue.map(({ family }) => family))];
  const sections = families.map((family) => {
    const checks = catalogue.filter((check) => check.family === family).sort((a, b) => (a.code < b.code ? -1 : 1));
    return `## ${family}: ${FAMILY_TITLES[family]}\n\n${checks.map(section).join('\n')}`;
  });
  const rows = [...catalogue]
    .sort((a, b) => families.indexOf(a.family) - families.indexOf(b.family) || (a.code < b.code ? -1 : 1))
    .map(({ code, severity, title }) => `| [${code}](#${code.toLowerCase()}) | ${severity} | ${asText(title)} |`);
  return `# Checks

<!-- Written from the catalogue in src/verify; UPDATE_GOLDEN=1 node --test test/unit/verify/engine-docs.test.ts rewrites it. -->

A check proves one sentence. An **error** keeps a task from being accepted, a **warning** is what a competent host would
want to know, **information** is polish. A finding may weigh less than its check where the text says so. A finding is
accepted in writing by an entry of \`suppressions\` in task.json: \`{"code": ..., "file": ..., "reason": ...}\`.
A check that could not be completed is a finding of its own severity, for nothing was proved.

| code | severity | what it proves |
|---|---|---|
${rows.join('\n')}

${sections.join('\n')}`;
}

function section({ code, severity, title, why, measured, remedy }: Check): string {
  return `### ${code}

**${asText(title)}** (${severity})

*Why.* ${asText(why)}

*Measured.* ${asText(measured)}

*Remedy.* ${asText(remedy)}
`;
}

/** Catalogue texts are plain; what Markdown or HTML would take as markup outside of code spans is escaped. */
function asText(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replace(/[*_|]/g, '\\$&')))
    .join('');
}
