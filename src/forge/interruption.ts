// A run that loses its process is neither cancelled nor failed: its journal just stops, and any later process may go on.
import { ForgeError } from '../task/errors.ts';

/** Reason of an abort by a process that is going away. The run's journal then keeps no end. */
export const interrupted = new ForgeError(
  'INTERRUPTED',
  'The run lost its process.',
  'Resume it: what was done is kept.',
  'cancelled',
);
