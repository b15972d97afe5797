// An element of the tree: the same object for the same row over all refreshes, as the editor wants it.
import type { Row } from './row.ts';

export class TreeNode {
  row: Row;

  constructor(row: Row) {
    this.row = row;
  }
}

/** The row that a menu entry of the Tasks view was chosen on. */
export function rowOf(clicked: unknown): Row | undefined {
  return clicked instanceof TreeNode ? clicked.row : undefined;
}
