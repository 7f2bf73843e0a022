import { performance } from 'node:perf_hooks';
import type { Json } from '../../engine/json.ts';
import { toModelError } from '../../engine/model/callFailure.ts';
import { type ModelClient, ModelError } from '../../engine/model/modelClient.ts';
import { secretScrubber } from '../../engine/model/scrubSecrets.ts';
import { readAnswer, targetValues } from '../../engine/model/targetRequest.ts';
import { asText, fillTemplate } from '../../engine/model/valueTemplate.ts';
import type { HttpTarget } from '../workspace/targetConfig.ts';
import { describeConnection, describeStatus } from './describeFailure.ts';
import { type Environment, expandEnvironment, expandHeaders, missingVariables } from './environment.ts';
import { httpFetch } from './httpFetch.ts';
import { isRetried, retryPause } from './retryPause.ts';
import { shownUrl, urlSecrets } from './urls.ts';

const DEFAULT_TIMEOUT_MS = 180_000;
const DEFAULT_MAX_RETRIES = 2;

/** What is sent where nobody says what: all that is known of the request. */
const DEFAULT_BODY: Json = { messages: '{{messages}}', prompt: '{{prompt}}', vars: '{{vars}}', params: '{{params}}' };

/**
 * `http/<name>`: an HTTP API of the user's own, as `targets.http.<name>` describes it.
 *
 * @returns ModelError `missing-key` when it names variables that are not set
 */
export function httpTargetClient(name: string, target: HttpTarget, env: Environment): ModelClient | ModelError {
  const place = `targets.http.${name}`;
  const url = expandEnvironment(target.url, env);
  if (url.missing.length > 0) return missingVariables(url.missing, `${place}.url`);
  const own = expandHeaders(target.headers ?? {}, env, `${place}.headers`);
  if (own instanceof ModelError) return own;
  const scrubber = secretScrubber([...url.secrets, ...own.secrets, ...urlSecrets(url.text)]);
  const timeoutMs = target.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const method = target.method ?? 'POST';
  const call = { provider: `http/${name}`, model: name };

  return {
    async generate(request, { signal }) {
      const filled = fillTemplate(target.body ?? DEFAULT_BODY, targetValues(request));
      if (filled.missing.length > 0) throw unknownValues(filled.missing, place);
      const body = method === 'GET' ? undefined : asText(filled.value);
      const rawRequest = scrubber.json({
        url: shownUrl(url.text),
        method,
        body: body === undefined ? null : filled.value,
      });
      const headers = { 'content-type': 'application/json', ...own.headers };
      const fail = (failure: Parameters<typeof toModelError>[0]) => {
        const { code, message, remedy, httpStatus, requestId } = toModelError(failure);
        return new ModelError(code, scrubber.text(message), { remedy, httpStatus, requestId, rawRequest });
      };
      for (let attempt = 1; ; attempt += 1) {
        const limit = AbortSignal.timeout(timeoutMs);
        const sentAtMs = performance.now();
        const isLast = attempt > (target.maxRetries ?? DEFAULT_MAX_RETRIES);
        let response: Response;
        try {
          response = await httpFetch(url.text, { method, headers, body, signal: AbortSignal.any([signal, limit]) });
        } catch (error) {
          if (signal.aborted) throw fail({ ...call, rawRequest, kind: 'cancelled' });
          if (limit.aborted) throw fail({ ...call, rawRequest, kind: 'timeout', timeoutMs });
          if (isLast) throw fail({ ...call, rawRequest, ...describeConnection(error, url.text) });
          await retryPause(attempt, null, signal);
          continue;
        }
        const text = await response.text();
        if (response.ok) {
          const raw = scrubber.json(parsed(text, target.output !== undefined));
          const answer = readAnswer(raw, target);
          if ('missing' in answer) throw noOutput(answer.missing, place, rawRequest);
          return {
            ...answer,
            toolCalls: [],
            finishReason: null,
            latencyMs: performance.now() - sentAtMs,
            firstTokenMs: null,
            rawRequest,
            rawResponse: raw,
            attempts: attempt,
          };
        }
        if (isLast || !isRetried(response.status)) {
          throw fail({ ...call, rawRequest, ...describeStatus(response.status, text, response.headers) });
        }
        await retryPause(attempt, response.headers.get('retry-after'), signal);
      }
    },
  };
}

/** What is to be looked into must be JSON; as the answer itself, any text will do. */
function parsed(text: string, isLookedInto: boolean): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    if (!isLookedInto) return text;
    throw new ModelError('malformed-response', 'The target did not answer with JSON.', {
      remedy: 'Leave its output path out to take the whole body as the answer.',
    });
  }
}

function unknownValues(names: readonly string[], place: string): ModelError {
  return new ModelError(
    'bad-request',
    `The body of ${place} names ${names.join(', ')}, which this case does not have.`,
    {
      remedy: 'It may name messages, prompt, vars.<name>, params.<name>, tools, model, case.id and repeat.',
    },
  );
}

function noOutput(path: string, place: string, rawRequest: Json): ModelError {
  return new ModelError('malformed-response', `The answer has nothing at ${path}.`, {
    remedy: `Correct ${place}.output, the path of the text in the answer.`,
    rawRequest,
  });
}
