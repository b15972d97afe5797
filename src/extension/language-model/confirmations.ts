// What a person is asked before a tool runs code or shows values to a model. Texts hold paths as they are: the caller
// escapes them.
import path from 'node:path';
import type { L10n } from '../l10n.ts';

export interface Confirmation {
  readonly title: string;
  readonly message: string;
}

/** Null where nothing runs and nothing but names and counts is shown. `out` is where forged tasks go. */
export function confirmationOf(l10n: L10n, tool: string, input: object, out: string): Confirmation | null {
  const text = (key: string): string => String(Reflect.get(input, key) ?? '');
  switch (tool) {
    case 'inspect_dataset':
      if (Reflect.get(input, 'examples') !== true) return null;
      return {
        title: l10n.t('Show example values of {0} to the model?', path.basename(text('dataset'))),
        message: l10n.t('Up to three values of each column of {0} become part of the conversation.', text('dataset')),
      };
    case 'forge_tasks':
      return {
        title: l10n.t('Forge tasks from {0}?', path.basename(text('dataset'))),
        message: l10n.t(
          'The dataset {0} is only read; tasks go to {1}. Generated code runs in the sandbox. This takes minutes.',
          text('dataset'),
          text('out') || out,
        ),
      };
    case 'verify_task':
      return {
        title: l10n.t('Verify {0}?', path.basename(text('task'))),
        message: l10n.t(
          'The code of the task {0} runs in the sandbox, and its report is refreshed. Findings quote values of the data.',
          text('task'),
        ),
      };
    case 'grade_submission':
      return {
        title: l10n.t('Grade {0}?', path.basename(text('submission'))),
        message: l10n.t(
          'The grader of the task {0} runs in the sandbox on {1}. The model learns the score.',
          text('task'),
          text('submission'),
        ),
      };
    default:
      return null;
  }
}
