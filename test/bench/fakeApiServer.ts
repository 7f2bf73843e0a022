// The fake API in a process of its own, so that serving does not take time from what is measured.
// Prints its base URL; ends when its standard input does.
import { startFakeApi } from '../support/fakeApi.ts';

const delayMs = Number(process.argv[2] ?? 50);
const api = await startFakeApi(() => ({ output: 'billing', delayMs }));
console.log(api.url);
process.stdin.on('end', () => void api.stop()).resume();
