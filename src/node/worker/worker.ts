import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { HostApi, WorkerApi } from '../../protocol/worker.ts';
import { portChannel } from './channel.ts';
import { createWorkerApi } from './workerApi.ts';

if (!parentPort) throw new Error('This file is started as a worker thread.');

const host: HostApi = {
  onDelta: (callId, text) => void remote.onDelta(callId, text),
  onCheck: (callId, check) => void remote.onCheck(callId, check),
  onProgress: (callId, progress) => void remote.onProgress(callId, progress),
  secret: (provider) => remote.secret(provider),
  askEditorModel: (callId, request) => remote.askEditorModel(callId, request),
  stopEditorModel: (callId) => void remote.stopEditorModel(callId),
};
const remote = createBirpc<HostApi, WorkerApi>(createWorkerApi(host), {
  ...portChannel(parentPort),
  eventNames: ['onDelta', 'onCheck', 'onProgress', 'stopEditorModel'],
  bind: 'functions',
});
