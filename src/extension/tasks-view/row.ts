// A row of the Tasks view as data: built without an editor, shown by the provider, printed by the tests.

export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

/** A line of a tooltip: plain text, escaped where it is shown. */
export interface TooltipLine {
  readonly label: string;
  readonly value: string;
}

/** What a click does. */
export type RowAction =
  | { readonly kind: 'open'; readonly file: string; readonly line: number; readonly endLine: number }
  | { readonly kind: 'command'; readonly id: string };

export interface Row {
  /** Stays the same over refreshes, so that the selection and what is expanded survive. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** Tells menus what the row is. */
  readonly context: string;
  readonly tooltip: readonly TooltipLine[];
  /** What a screen reader says. */
  readonly spoken: string;
  readonly action?: RowAction;
  /** Folder of the task that the row is or belongs to. */
  readonly task?: string;
  /** Key of the run that the row is or belongs to. */
  readonly run?: string;
  /** File or folder that the row stands for. */
  readonly resource?: string;
  readonly isExpanded?: boolean;
  /** Absent on a leaf. */
  readonly children?: readonly Row[];
  /** Folder whose entries are listed when the row is expanded. */
  readonly lists?: string;
}
