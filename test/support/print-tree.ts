// The Tasks view as text: a test of it reads like a picture.
import type { Row } from '../../src/extension/tasks-view/row.ts';

/** One line per row: icon, label, description. Collapsed rows are printed with what they hold. */
export function printTree(rows: readonly Row[], indent = ''): string {
  return rows
    .map((row) => {
      const mark = row.children === undefined && row.lists === undefined ? ' ' : row.isExpanded ? 'v' : '>';
      const description = row.description === '' ? '' : `  ${row.description}`;
      return `${indent}${mark} (${row.icon.id}) ${row.label}${description}\n${printTree(row.children ?? [], `${indent}  `)}`;
    })
    .join('');
}
