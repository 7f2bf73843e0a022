import type { Problem, Severity } from '../../src/engine/problem.ts';
import { Icon } from '../ui/icon.tsx';

const SEVERITY_ICONS: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'info',
};

/** What is wrong in the prompt or its case; a click goes there. */
export function Problems({ problems, onReveal }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul class="problems" aria-label="Problems">
      {problems.map((problem, index) => {
        const { line, column } = problem.range.start;
        return (
          <li key={`${problem.code} ${problem.file} ${problem.range.start.offset} ${problem.message}`}>
            <button type="button" class="problem" onClick={() => onReveal(index)}>
              <Icon
                name={SEVERITY_ICONS[problem.severity]}
                label={problem.severity}
                class={`severity-${problem.severity}`}
              />
              <span class="problem-text">
                {problem.message} {problem.remedy ? <span class="note">{problem.remedy}</span> : null}
              </span>
              <span class="note problem-place">
                {problem.file.replace(/^.*[\\/]/, '')}:{line + 1}:{column + 1}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

type ProblemsProps = { readonly problems: readonly Problem[]; readonly onReveal: (index: number) => void };
