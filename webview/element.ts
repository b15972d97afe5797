// Building the page. Texts only ever become text nodes and attributes that hold no code.

type Child = string | Element | null;

/** An element that holds texts and other elements; `name.first.second` gives it classes. */
export function element(selector: string, ...children: readonly Child[]): HTMLElement {
  const [name = 'div', ...classes] = selector.split('.');
  const made = document.createElement(name);
  if (classes.length > 0) made.className = classes.join(' ');
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The same element with an attribute. */
export function having<Made extends Element>(made: Made, attributes: Readonly<Record<string, string>>): Made {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A part of the page under a heading of the second level, which names it for screen readers. */
export function section(id: string, heading: string, ...children: readonly Child[]): HTMLElement {
  const title = having(element('h2', heading), { id: `${id}-heading` });
  return having(element('section', title, ...children), { id, 'aria-labelledby': title.id });
}

/** A table whose first column names the rows. */
export function table(caption: string, header: readonly string[], rows: readonly (readonly (string | Element)[])[]) {
  const head = header.map((name) => having(element('th', name), { scope: 'col' }));
  const body = rows.map(([first = '', ...rest]) =>
    element('tr', having(element('th', first), { scope: 'row' }), ...rest.map((cell) => element('td', cell))),
  );
  return element(
    'div.wide',
    element('table', element('caption', caption), element('thead', element('tr', ...head)), element('tbody', ...body)),
  );
}

/** A text with `{0}`, `{1}` filled in. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
