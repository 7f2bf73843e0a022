import { describe, expect, it } from 'vitest';
import { readHistory } from '../../../../src/node/store/history.ts';
import { manualClock } from './manualClock.ts';
import { answered, header, summary, testCase } from './sampleRun.ts';
import { closing, newHistory, rawDatabase, thrownCode } from './temporaryRoot.ts';

describe('samples are written', () => {
  it('after a moment', () => {
    const clock = manualClock();
    const { sink, stored } = begun(clock);
    sink.add(answered(0), testCase(0));
    clock.advance(24);
    expect(stored()).toBe(0);
    clock.advance(1);
    expect(stored()).toBe(1);
    sink.add(answered(1), testCase(1));
    clock.advance(25);
    expect(stored()).toBe(2);
  });

  it('a hundred at a time when they come fast', () => {
    const { sink, stored } = begun(manualClock());
    for (let index = 0; index < 250; index += 1) sink.add(answered(index), testCase(index));
    expect(stored()).toBe(200);
  });

  it('when the run finishes', () => {
    const { sink, stored, reader } = begun(manualClock());
    for (let index = 0; index < 3; index += 1) sink.add(answered(index), testCase(index));
    sink.finish(summary(header('run-1')));
    expect(stored()).toBe(3);
    expect(reader.run('run-1')?.status).toBe('finished');
  });

  it('when the history is closed, and the run is then interrupted', () => {
    const { sink, stored, reader, history } = begun(manualClock());
    sink.add(answered(0), testCase(0));
    history.close();
    expect(stored()).toBe(1);
    expect(reader.run('run-1')?.status).toBe('interrupted');
    expect(() => sink.add(answered(1), testCase(1))).toThrow();
  });
});

describe('a run is running', () => {
  it('as long as its process says so', () => {
    const clock = manualClock();
    const { root } = begun(clock);
    const later = (milliseconds: number) =>
      closing(readHistory(root, { clock: manualClock(clock.nowMs() + milliseconds) }) ?? fail()).run('run-1')?.status;
    expect(later(0)).toBe('running');
    clock.advance(600_000);
    expect(later(0)).toBe('running');
    expect(later(29_000)).toBe('running');
    expect(later(30_001)).toBe('interrupted');
  });

  it('until its process is gone', () => {
    const { root, reader } = begun(manualClock());
    // The largest process id of any system is below this.
    rawDatabase(root).exec('UPDATE run SET pid = 2147483646');
    expect(reader.run('run-1')?.status).toBe('interrupted');
    rawDatabase(root).exec("UPDATE run SET host = 'another machine'");
    expect(reader.run('run-1')?.status).toBe('running');
  });
});

describe('while another process holds the file', () => {
  it('samples wait, and are written when it lets go', () => {
    const clock = manualClock();
    const { root, sink, stored } = begun(clock);
    const other = rawDatabase(root);
    other.exec('BEGIN IMMEDIATE');
    for (let index = 0; index < 350; index += 1) sink.add(answered(index), testCase(index));
    clock.advance(2_000);
    expect(stored()).toBe(0);
    other.exec('ROLLBACK');
    clock.advance(1_000);
    expect(stored()).toBe(350);
    sink.finish(summary(header('run-1')));
  });

  it('the end of a run says that it is locked, and may be tried again', () => {
    const { root, sink, stored, reader } = begun(manualClock());
    const other = rawDatabase(root);
    sink.add(answered(0), testCase(0));
    other.exec('BEGIN IMMEDIATE');
    expect(thrownCode(() => sink.finish(summary(header('run-1'))))).toBe('history-locked');
    other.exec('ROLLBACK');
    sink.finish(summary(header('run-1')));
    expect(stored()).toBe(1);
    expect(reader.run('run-1')?.status).toBe('finished');
  });
});

describe('a write that fails', () => {
  it('between two calls is thrown by the next one, and what was written before is kept', () => {
    const clock = manualClock();
    const { sink, stored } = begun(clock);
    sink.add(answered(0), testCase(0));
    clock.advance(25);
    sink.add(answered(1), testCase(1));
    // The same sample again, which cannot be.
    sink.add(answered(1), testCase(1));
    clock.advance(25);
    expect(thrownCode(() => sink.add(answered(2), testCase(2)))).toBe('internal');
    expect(thrownCode(() => sink.finish(summary(header('run-1'))))).toBe('internal');
    expect(stored()).toBe(1);
  });

  it('leaves an interrupted run when the history is closed', () => {
    const { sink, history, reader } = begun(manualClock());
    sink.add(answered(0, { variantId: 'unheard of' }), testCase(0));
    history.close();
    expect(reader.run('run-1')?.status).toBe('interrupted');
  });

  it('is told for a variant or metric that the header does not list', () => {
    const { sink } = begun(manualClock());
    sink.add(answered(0, { variantId: 'unheard of' }), testCase(0));
    expect(() => sink.finish(summary(header('run-1')))).toThrow(/unheard of/);
  });
});

describe('a sink', () => {
  it('writes one run, in order', () => {
    const { sink, history } = begun(manualClock());
    expect(() => sink.begin(header('run-2'))).toThrow(/one run/);
    expect(() => history.sink().add(answered(0), testCase(0))).toThrow(/not begun/);
    sink.finish(summary(header('run-1')));
    expect(() => sink.finish(summary(header('run-1')))).toThrow(/ended/);
  });

  it('does not mind another beside it', () => {
    const { sink, history, reader } = begun(manualClock());
    const second = history.sink();
    second.begin(header('run-2'));
    for (let index = 0; index < 150; index += 1) {
      sink.add(answered(index), testCase(index));
      second.add(answered(index, { output: 'second' }), testCase(index));
    }
    sink.finish(summary(header('run-1')));
    second.finish(summary(header('run-2')));
    expect([...reader.allSamples('run-1')]).toHaveLength(150);
    const outputs = [...reader.allSamples('run-2')].map(({ sample }) => sample.status !== 'error' && sample.output);
    expect(new Set(outputs)).toEqual(new Set(['second']));
  });
});

/** A run that has begun, seen through a second connection as another process would see it. */
function begun(clock: ReturnType<typeof manualClock>) {
  const { root, history } = newHistory({ clock, busyTimeoutMs: 20 });
  const sink = history.sink();
  sink.begin(header('run-1'));
  const reader = closing(readHistory(root, { clock }) ?? fail());
  return { root, history, sink, reader, stored: () => [...reader.allSamples('run-1')].length };
}

function fail(): never {
  throw new Error('There is no history.');
}
