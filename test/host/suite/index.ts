// Loaded by the extension host through extensionTestsPath; mocha's report goes to the file that the driver reads.
import path from 'node:path';
import Mocha from 'mocha';

export async function run(): Promise<void> {
  const output = process.env['MOCHA_REPORT'];
  if (output === undefined) throw new Error('MOCHA_REPORT is not set');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'json', reporterOptions: { output } });
  const chosen = process.env['MOCHA_GREP'];
  if (chosen !== undefined) mocha.grep(new RegExp(chosen));
  mocha.addFile(path.join(import.meta.dirname, 'host-suite.cjs'));
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve()));
  });
}
