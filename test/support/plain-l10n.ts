// English words without an editor.
import type { L10n } from '../../src/extension/l10n.ts';

export const plainL10n: L10n = {
  t: (message, ...values) => message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)])),
};
