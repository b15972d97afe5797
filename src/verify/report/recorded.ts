// The report that a package carries. It may come from elsewhere: bounded, a regular file, checked by its schema.
import path from 'node:path';
import { layout } from '../../task/layout.ts';
import { reportSchema, type VerificationReport } from '../contract.ts';
import { readRegularFile } from '../package/regular-file.ts';

const maxReportBytes = 50_000_000;

/** The report in the task; null when there is none that follows the schema. */
export async function recordedReport(folder: string): Promise<VerificationReport | null> {
  const file = await readRegularFile(path.join(folder, layout.report), maxReportBytes);
  if (file.kind !== 'file') return null;
  try {
    const parsed = reportSchema.safeParse(JSON.parse(file.content.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // torn, or no JSON
  }
}
