import { build } from './build.ts';
import { formatCount, sum, type Count } from './count.ts';
import { runMocha } from './runMocha.ts';
import { testVscode } from './testVscode.ts';

/** `npm test`: builds, runs every test there is, and ends with the line that sums them up. */
async function main(): Promise<void> {
  const built = await step('Build', buildOnce);
  const unit = await step('Unit tests', () => runMocha(['test/**/*.test.ts', '--ignore', 'test/vscode/**']));
  // Without a build there is nothing for VS Code to load.
  const editor = built.failed > 0 ? built : await step('Tests in VS Code', testVscode);
  const total = sum([unit, editor]);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(`\n${formatCount(total)}`);
}

async function buildOnce(): Promise<Count> {
  await build();
  return { passed: 0, failed: 0 };
}

/** A step that breaks off is a failure, not the end: the others may still tell something. */
async function step(title: string, action: () => Promise<Count>): Promise<Count> {
  console.log(`\n== ${title}`);
  const start = Date.now();
  let count: Count;
  try {
    count = await action();
  } catch (error) {
    console.log(error);
    count = { passed: 0, failed: 1 };
  }
  console.log(`== ${title}: ${formatCount(count)} (${Math.round((Date.now() - start) / 1000)} s)`);
  return count;
}

void main();
