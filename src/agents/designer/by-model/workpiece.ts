// The draft that a Designer works on, with what is known of it: built, checked and climbed, or changed since.
import type { PackageDraft } from '../../../blueprints/blueprint.ts';
import type { Finding } from '../../../task/findings.ts';
import { layout } from '../../../task/layout.ts';
import type { Bench } from '../../bench.ts';
import { DraftFiles } from '../../tools/draft-files.ts';
import { ownFindings } from './findings-text.ts';
import { type ManifestFacts, readManifestFile } from './manifest-file.ts';

/** What a Designer writes. */
export const designedFiles: readonly string[] = [
  layout.manifest,
  layout.description,
  layout.prepare,
  layout.metric,
  ...['sample', 'constant', 'simple', 'strong'].map((name) => `${layout.baselines}/${name}.py`),
];

export type Built = { readonly ok: true } | { readonly ok: false; readonly problem: string };

export class Workpiece {
  readonly files: DraftFiles;
  readonly #bench: Bench;
  readonly #facts: Omit<ManifestFacts, 'scripts'>;
  #draft: PackageDraft | null = null;
  #built = -1;
  #checked = -1;
  #climbed = -1;

  constructor(bench: Bench, facts: Omit<ManifestFacts, 'scripts'>, start: Readonly<Record<string, string>>) {
    this.files = new DraftFiles(designedFiles, start);
    this.#bench = bench;
    this.#facts = facts;
  }

  /** The draft as it was built last and is still; null when it was not, or was changed since. */
  get draft(): PackageDraft | null {
    return this.#built === this.files.version ? this.#draft : null;
  }

  /** What still stands between the draft and its end; null when nothing does. */
  unfinished(): string | null {
    if (this.draft === null) return 'The files were changed since the last good build: build first.';
    if (this.#checked !== this.files.version)
      return 'The last check found errors, or is older than the files: check first.';
    if (this.#climbed !== this.files.version)
      return 'The last climb found errors, or is older than the files: climb first.';
    return null;
  }

  async build(): Promise<Built> {
    const missing = this.files.missing();
    if (missing.length > 0) return { ok: false, problem: `Not written yet: ${missing.join(', ')}.` };
    const { [layout.manifest]: text = '', ...files } = this.files.all();
    const scripts = Object.entries(files).flatMap(([file, content]) => (file.endsWith('.py') ? [content] : []));
    const read = readManifestFile(text, { ...this.#facts, scripts });
    if (read.kind === 'invalid') return { ok: false, problem: read.problem };
    const draft: PackageDraft = { manifest: read.manifest, files };
    const version = this.files.version;
    const { problem } = await this.#bench.build(draft, this.#facts.proposal.rows.raw);
    if (problem !== null) return { ok: false, problem: `prepare.py failed: ${problem}` };
    this.#draft = draft;
    this.#built = version;
    return { ok: true };
  }

  /** The findings of the families that need no solver. */
  async check(): Promise<readonly Finding[]> {
    const findings = await this.#bench.check(['STR', 'SEC', 'PRE', 'LEK', 'MET', 'REV']);
    if (!ownFindings(findings).some(isError)) this.#checked = this.files.version;
    return findings;
  }

  async climb(): ReturnType<Bench['climb']> {
    const climbed = await this.#bench.climb();
    if (!ownFindings(climbed.findings).some(isError)) this.#climbed = this.files.version;
    return climbed;
  }
}

export function isError(finding: Finding): boolean {
  return finding.severity === 'error' && finding.suppressed === undefined;
}
