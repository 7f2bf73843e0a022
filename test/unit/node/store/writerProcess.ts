// A process of its own that writes a run: node writerProcess.ts <root> <run id> <samples>. It says how many it has added.
import { setTimeout } from 'node:timers/promises';
import { openHistory } from '../../../../src/node/store/history.ts';
import { answered, header, summary, testCase } from './sampleRun.ts';

const [root = '', runId = '', samples = '0'] = process.argv.slice(2);
const history = openHistory(root);
const sink = history.sink();
sink.begin(header(runId));
for (let index = 0; index < Number(samples); index += 1) {
  sink.add(answered(index, { output: `${runId} says ${index}` }), testCase(index));
  if (index % 50 === 49) {
    process.stdout.write(`${index + 1}\n`);
    await setTimeout(1);
  }
}
sink.finish(summary(header(runId)));
history.close();
