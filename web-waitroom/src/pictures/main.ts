import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createLifecycle } from '@shopfast/kit/lifecycle';
import { stopRequested } from '@shopfast/sandbox/system/stop-requested';
import { openWholeSystem } from '../browser/whole-system.fixture.ts';
import { measurePage, writeFigures } from './figures.ts';
import { takePictures } from './scenes.ts';

const docs = new URL('../../../docs/', import.meta.url);
const say = (line: string) => console.error(`· ${line}`);

/** Takes the README's pictures from a real system, and measures the waiting page on a slow phone. */
const lifecycle = createLifecycle();
let exitCode = 0;
void stopRequested().then(async () => {
  await lifecycle.close();
  process.exit(130);
});
try {
  say('starting the system');
  const whole = await openWholeSystem({ shopRoom: 'launch' });
  lifecycle.onClose('system', () => whole.close());
  const folder = fileURLToPath(new URL('pictures/', docs));
  mkdirSync(folder, { recursive: true });
  await takePictures(whole, folder, say);
  const figures = await measurePage(whole, say);
  writeFigures(figures, fileURLToPath(new URL('page-figures.md', docs)));
} catch (error) {
  console.error(`The pictures could not be taken.\n${error instanceof Error ? error.stack : error}`);
  exitCode = 1;
}
await lifecycle.close();
process.exit(exitCode);
