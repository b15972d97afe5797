// The process that holds a local engine: a fault of native code ends it and not the door. It lives as long as its parent
// keeps its standard input open, and says on standard output where it listens.
import path from 'node:path';
import { describeError } from '../../task/errors.ts';
import { loadEngine } from './engine.ts';
import { serveEngine } from './server.ts';

const [packages = '', file = '', threads = '1', contextSize = '8192'] = process.argv.slice(2);

process.stdin.on('end', () => process.exit(0)).resume();
loadEngine({ packages, file, threads: Number(threads), contextSize: Number(contextSize) })
  .then((engine) => serveEngine(engine, path.basename(file)))
  .then(
    ({ url }) => process.stdout.write(`${JSON.stringify({ url })}\n`),
    (error: unknown) => {
      process.stdout.write(`${JSON.stringify({ error: describeError(error) })}\n`);
      process.exitCode = 1;
      process.stdin.destroy();
    },
  );
