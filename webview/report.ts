// The page of the report panel. Every text comes from datasets or models, so it only ever becomes textContent.
import type { Figure } from '../src/verify/figures/figure.ts';
import { divider, registerControls } from './controls.ts';
import { element, section } from './element.ts';
import { figureView } from './figures.ts';
import { type Content, messageSchema, type Request } from './messages.ts';
import { findings, matrix, overview } from './sections.ts';

declare function acquireVsCodeApi(): { postMessage(message: Request): void; setState(state: unknown): void };
const editor = acquireVsCodeApi();
const ask = (request: Request): void => editor.postMessage(request);

let content: Content | undefined;
let figures: { figures: readonly Figure[]; note: string } | undefined;
let stale = '';

function draw(): void {
  const main = document.getElementById('report');
  if (main === null || content === undefined) return;
  const { words } = content;
  const { ladder, timeline } = content;
  const data = figures?.figures.map((figure) => figureView(figure, words)) ?? [];
  const note = figures === undefined ? words.measuring : figures.note;
  keepingFocus(main, [
    stale === '' ? '' : element('p.stale', stale),
    overview(content, ask),
    divider(),
    matrix(content, ask),
    findings(content, ask),
    section(
      'baselines',
      words.baselines,
      ladder === null ? element('p', words.noBaselines) : figureView(ladder, words),
    ),
    section('data', words.data, note === '' ? null : element('p', note), element('div.figures', ...data)),
    section('run', words.run, timeline === null ? element('p', words.noRun) : figureView(timeline, words)),
  ]);
}

/** Draws anew; what had the focus and is still there keeps it, and tables stay open. */
function keepingFocus(main: HTMLElement, parts: readonly (Element | string)[]): void {
  const active = document.activeElement;
  const key = active instanceof HTMLElement ? active.dataset['key'] : undefined;
  const open = [...main.querySelectorAll('details[open] > summary')].map((summary) => summary.getAttribute('data-key'));
  main.replaceChildren(...parts);
  for (const summary of main.querySelectorAll('summary'))
    if (open.includes(summary.getAttribute('data-key'))) summary.parentElement?.setAttribute('open', '');
  if (key !== undefined) main.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** Said by screen readers when there is time. */
function announce(text: string): void {
  const news = document.getElementById('news');
  if (news !== null) news.textContent = text;
}

registerControls();
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const parsed = messageSchema.safeParse(event.data);
  if (!parsed.success) return;
  const message = parsed.data;
  switch (message.type) {
    case 'report': {
      const { title, verdict, counts, words, folder } = message.content;
      if (content !== undefined) announce(`${title}: ${words[verdict]}, ${counts}`);
      content = message.content;
      editor.setState({ folder });
      break;
    }
    case 'figures':
      figures = message;
      break;
    case 'stale':
      if (message.note !== stale) announce(message.note);
      stale = message.note;
      break;
  }
  draw();
});
ask({ type: 'ready' });
