// Names that the reader made up: `column_3` for the third column of a file without header, or for an empty cell of one.

const madeUp = /^column_\d+$/;

/** Whether a column has no name of its own, so that its name says nothing about it. */
export function isMadeUp(name: string): boolean {
  return madeUp.test(name);
}
