import { describe, expect, it } from 'vitest';
import { type GenerateOptions, type ModelClient, ModelError } from '../../../../src/engine/model/modelClient.ts';
import { withStreamFallback } from '../../../../src/engine/model/streamFallback.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

const signal = new AbortController().signal;
const refusal = new ModelError('bad-request', 'lab answered 400: this model does not support streaming');

async function ask(error: unknown, options: Partial<GenerateOptions> = {}, before = '') {
  const streamed: boolean[] = [];
  let refused = 0;
  const client: ModelClient = {
    async generate(_request, { onDelta }) {
      streamed.push(onDelta !== undefined);
      if (before !== '') onDelta?.(before);
      if (onDelta) throw error;
      return { output: 'whole' } as never;
    },
  };
  const asking = withStreamFallback(client, () => {
    refused += 1;
  }).generate(modelRequest(), { signal, onDelta: () => {}, ...options });
  const result = await asking.then(
    ({ output }) => output,
    (failure: unknown) => failure,
  );
  return { result, streamed, refused };
}

describe('a server that refuses to stream', () => {
  it('is asked once more for the whole answer', async () => {
    expect(await ask(refusal)).toEqual({ result: 'whole', streamed: [true, false], refused: 1 });
  });

  it.each([
    ['another bad request', new ModelError('bad-request', 'lab answered 400: no such parameter'), ''],
    ['a failure of the server', new ModelError('server', 'lab answered 500: stream broke'), ''],
    ['a stream that had begun', refusal, 'Hel'],
    ['no ModelError at all', new Error('stream'), ''],
  ])('%s is not asked for again', async (_name, error, before) => {
    expect(await ask(error, {}, before)).toEqual({ result: error, streamed: [true], refused: 0 });
  });

  it('is not asked for again once the run was stopped, nor where no stream was wanted', async () => {
    expect(await ask(refusal, { signal: AbortSignal.abort() })).toMatchObject({ result: refusal, streamed: [true] });
    expect(await ask(refusal, { onDelta: undefined })).toEqual({ result: 'whole', streamed: [false], refused: 0 });
  });
});
