import type { SampleError } from '../../src/engine/run/sample.ts';
import { Icon } from './icon.tsx';

/** Why a call failed and what to do about it. */
export function SampleErrorBox({ error }: { readonly error: SampleError }) {
  const facts = [
    error.httpStatus === null ? null : `HTTP ${error.httpStatus}`,
    error.requestId === null ? null : `request ${error.requestId}`,
  ].filter((fact) => fact !== null);
  return (
    <div class="error-box">
      <Icon name="warning" class="status-error" />
      <div class="error-text">
        <p>
          <code>{error.code}</code> <span class="error-message">{error.message}</span>
        </p>
        {error.remedy ? <p>{error.remedy}</p> : null}
        {facts.length > 0 ? <p class="note">{facts.join(' · ')}</p> : null}
      </div>
    </div>
  );
}
