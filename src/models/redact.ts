// Keys never reach a log, an event, an artifact or an error message: what servers echo is washed first.

/** Shapes of secrets, whoever they belong to. */
const shapes: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [redacted]'],
  // Vendors' keys: sk-…, sk-proj-…, gsk_…, AIza…, hf_…, xai-…, with the stars of a shortened one.
  [/\b(?:sk|rk|pk|gsk|hf|xai|or)[-_][\w*-]{8,}/g, '[redacted]'],
  [/\bAIza[\w-]{20,}/g, '[redacted]'],
  [/((?:api|access|secret)[-_]?(?:key|token)["']?\s*[:=]\s*["']?)[^\s"'&,}]{6,}/gi, '$1[redacted]'],
  [/([?&](?:key|token|api[-_]?key|sig)=)[^&\s"']+/gi, '$1[redacted]'],
  [/(\bhttps?:\/\/)[^\s/@]+@/gi, '$1[redacted]@'],
];

/** Shorter ones would blot out ordinary words; no provider has such keys. */
const shortestSecret = 6;

/** The text without these secrets and without anything that has the shape of one. */
export function redact(text: string, secrets: readonly (string | null | undefined)[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret && secret.length >= shortestSecret) clean = clean.replaceAll(secret, '[redacted]');
  }
  for (const [shape, replacement] of shapes) clean = clean.replace(shape, replacement);
  return clean;
}
