// The figures as HTML that stands alone: drawn as in the editor, on a document that is only data.
import type { Figure, Plotted } from '../figures/figure.ts';
import { html } from './escape.ts';

/** A section with all figures; empty without one. Drawing code is loaded at the first use: few runs need it. */
export async function figuresHtml(figures: readonly Figure[]): Promise<string> {
  if (figures.length === 0) return '';
  const [{ parseHTML }, { drawFigure }] = await Promise.all([import('linkedom'), import('../figures/plots.ts')]);
  // Its type is a browser's window, which the core and the editor do not know.
  const document = Reflect.get(parseHTML('<!DOCTYPE html><html><body></body></html>'), 'document');
  const body = figures.map((figure) => {
    const inner = isPlotted(figure)
      ? figure.table.rows.length === 0
        ? ''
        : drawFigure(figure, document).outerHTML + table(figure)
      : samples(figure);
    return `<figure><h3>${html(figure.title)}</h3><figcaption class="soft">${html(figure.summary)}</figcaption>${inner}</figure>`;
  });
  return `<section><h2>Figures</h2>\n${body.join('\n')}</section>`;
}

function isPlotted(figure: Figure): figure is Plotted {
  return figure.kind !== 'pictures' && figure.kind !== 'texts';
}

function table({ title, table: { header, rows } }: Plotted): string {
  const head = header.map((name) => `<th scope="col">${html(name)}</th>`).join('');
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((cell) => `<td>${html(cell)}</td>`).join('');
    return `<tr><th scope="row">${html(first)}</th>${cells}</tr>`;
  });
  const content = `<thead><tr>${head}</tr></thead>\n<tbody>${body.join('\n')}</tbody>`;
  return `<details><summary>As a table: ${html(title)}</summary><div class="wide"><table>${content}</table></div></details>`;
}

function samples(figure: Exclude<Figure, Plotted>): string {
  if (figure.kind === 'texts') {
    const items = figure.texts.map(({ label, text }) => `<li><b>${html(label)}</b> ${html(text)}</li>`);
    return `<ul>${items.join('\n')}</ul>`;
  }
  const items = figure.pictures.map(({ source, label, size: [width, height] }) => {
    const alt = `${html(label)}, original ${width} by ${height} pixels`;
    return `<li><img src="${html(source)}" alt="${alt}"/><span aria-hidden="true">${html(label)}</span></li>`;
  });
  return `<ul class="pictures">${items.join('\n')}</ul>`;
}
