// Licence and source of a dataset, as far as the documents beside the data tell.
import type { DatasetProfile } from '../../dataset/profile.ts';

/** Longest line that is quoted from a document. */
const quotedLength = 200;
const unknown = 'unknown';

/** Ways in which documents name a licence, most telling first, with the usual short name. */
const licences: readonly [pattern: RegExp, name: (found: string) => string][] = [
  [/\bCC0(?:[ -]1\.0)?\b|Creative Commons (?:Zero|CC0)/i, () => 'CC0-1.0'],
  [/\bCC[ -]BY(?:[ -](?:SA|NC|ND))*(?:[ -]\d\.\d)?\b/i, (found) => found.toUpperCase().replace(/ /g, '-')],
  [/\bApache(?: Software)?(?: License)?,?\s+(?:Version\s+)?2\.0\b/i, () => 'Apache-2.0'],
  [/\bMIT License\b|Permission is hereby granted, free of charge/i, () => 'MIT'],
  [/\bBSD[ -]([23])[ -]Clause\b/i, (found) => `BSD-${found.includes('2') ? 2 : 3}-Clause`],
  [/\bOpen Database License\b|\bODbL\b/i, () => 'ODbL-1.0'],
  [/\bGNU (?:Lesser )?General Public License\b|\bL?GPL-?v?[23]\b/i, (found) => found.replace(/\s+/g, ' ')],
  [/\bpublic domain\b/i, () => 'public domain'],
];

/** A short licence name and the document that states it, or "unknown". */
export function licenceOf({ documents }: DatasetProfile): string {
  const licencesFirst = [...documents].sort((a, b) => Number(b.kind === 'licence') - Number(a.kind === 'licence'));
  for (const { path, kind, text } of licencesFirst) {
    for (const [pattern, name] of licences) {
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) return `${name(found)} (${path})`;
    }
    const first = kind === 'licence' ? text.split('\n').find((line) => line.trim() !== '') : undefined;
    if (first !== undefined) return `${oneLine(first)} (${path})`;
  }
  return unknown;
}

/** A line of the documents that says where the data come from, else their first address, or "unknown". */
export function sourceOf({ documents }: DatasetProfile): string {
  const readmes = documents.filter((document) => document.kind !== 'licence');
  for (const { text } of readmes) {
    const line = /^\W*(?:data )?(?:source|origin|citation|reference)s?\b\W+(\S.{10,})$/im.exec(text)?.[1];
    if (line !== undefined) return oneLine(line);
  }
  for (const { text } of readmes) {
    const address = /https?:\/\/[^\s)>\]"'`]+/.exec(text)?.[0];
    if (address !== undefined) return oneLine(address.replace(/[.,;]$/, ''));
  }
  return unknown;
}

function oneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return plain.length <= quotedLength ? plain : `${plain.slice(0, quotedLength - 1)}…`;
}
