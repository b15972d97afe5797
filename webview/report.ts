// The page of the report panel. Every text comes from datasets or models, so it only ever becomes textContent.
import * as z from 'zod/mini';
import { button, registerControls } from './controls.ts';

const contentSchema = z.object({
  title: z.string(),
  summary: z.string(),
  verdict: z.enum(['accepted', 'rejected']),
  metric: z.string(),
  split: z.string(),
  rows: z.string(),
  ladder: z.array(z.object({ name: z.string(), score: z.number(), ci95: z.tuple([z.number(), z.number()]) })),
  findings: z.array(
    z.object({ code: z.string(), severity: z.string(), message: z.string(), file: z.string(), line: z.number() }),
  ),
});
type Content = z.infer<typeof contentSchema>;
const messageSchema = z.object({ type: z.literal('report'), content: contentSchema });

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };
const editor = acquireVsCodeApi();

/** An element that holds a text or other elements. */
function element(tag: string, ...children: (string | HTMLElement)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

function facts(content: Content): HTMLElement {
  const list = element('dl');
  for (const [name, value] of [
    ['Metric', content.metric],
    ['Split', content.split],
    ['Rows (train / test)', content.rows],
  ] as const) {
    list.append(element('dt', name), element('dd', value));
  }
  return list;
}

function ladder(content: Content): HTMLElement {
  const format = (value: number) => value.toPrecision(4);
  const rows = content.ladder.map((rung) =>
    element(
      'tr',
      element('th', rung.name),
      element('td', format(rung.score)),
      element('td', `${format(rung.ci95[0])} to ${format(rung.ci95[1])}`),
    ),
  );
  const head = element('tr', element('th', 'Baseline'), element('th', 'Score'), element('th', '95 % interval'));
  return element('table', element('thead', head), element('tbody', ...rows));
}

function findings(content: Content): HTMLElement {
  if (content.findings.length === 0) return element('p', 'No findings.');
  const items = content.findings.map((finding) => {
    const place = button(`${finding.file}:${finding.line + 1}`, () =>
      editor.postMessage({ type: 'open', file: finding.file, line: finding.line }),
    );
    return element('li', `${finding.severity} ${finding.code}: ${finding.message} `, place);
  });
  return element('ul', ...items);
}

function show(content: Content): void {
  const main = document.getElementById('report');
  main?.replaceChildren(
    element('h1', content.title),
    element('p', content.summary),
    element('p', element('strong', content.verdict)),
    facts(content),
    element('h2', 'Baseline ladder'),
    ladder(content),
    element('h2', 'Findings'),
    findings(content),
  );
}

registerControls();
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = messageSchema.safeParse(event.data);
  if (message.success) show(message.data.content);
});
editor.postMessage({ type: 'ready' });
