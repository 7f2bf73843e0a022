import { useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryState, RunListQuery } from '../../src/protocol/history.ts';
import { countOf } from '../format.ts';
import { Icon } from '../ui/icon.tsx';
import { TextField } from '../ui/toolkit.tsx';

/** A search waits until the typing pauses. */
const TYPING_MS = 250;
const EXAMPLES = ["composite > 0.8 and model = 'openai/gpt-5'", 'tag = release or pinned', 'started >= 2026-11-01'];

/** One field for both ways to find runs, and what it found or could not read. */
export function RunFilter({ history, onFind }: RunFilterProps) {
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [typed, setTyped] = useState(history.query.text);
  // Another file has another query; an answer that comes while somebody types is about what stood there before.
  useEffect(() => {
    if (typing.current === undefined) setTyped(history.query.text);
  }, [history.query.text]);
  useEffect(() => () => clearTimeout(typing.current), []);
  const find = (query: RunListQuery) => {
    clearTimeout(typing.current);
    typing.current = undefined;
    setTyped(query.text);
    onFind(query);
  };
  const type = (text: string) => {
    clearTimeout(typing.current);
    setTyped(text);
    typing.current = setTimeout(() => {
      typing.current = undefined;
      onFind({ ...history.query, text: text.slice(0, 1_000) });
    }, TYPING_MS);
  };
  const { query, problem } = history;
  return (
    <div class="run-filter">
      <div class="filters">
        <TextField label="Search answers, or filter: composite > 0.8" icon="search" value={typed} onInput={type} />
        <button
          type="button"
          class="chip"
          aria-pressed={query.archived}
          title="List archived runs too"
          onClick={() => find({ text: typed, archived: !query.archived })}
        >
          <Icon name="archive" /> archived
        </button>
        {query.text.trim() === '' ? null : (
          <span class="filter-result" role="status">
            {problem === null ? foundWords(history) : ''}
            <button type="button" class="link-button" onClick={() => find({ ...query, text: '' })}>
              Show all
            </button>
          </span>
        )}
      </div>
      {problem === null ? (
        <p class="filter-examples note">
          {EXAMPLES.map((example) => (
            <button
              key={example}
              type="button"
              class="link-button"
              // The field loses the focus, and the examples go, before a click is one.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => find({ ...query, text: example })}
            >
              <code>{example}</code>
            </button>
          ))}
        </p>
      ) : (
        <p class="filter-problem" role="alert">
          <Icon name="error" />
          <span>
            <code>
              {query.text.slice(0, problem.at)}
              <mark>{query.text.slice(problem.at) || ' '}</mark>
            </code>{' '}
            {problem.message}
          </span>
        </p>
      )}
    </div>
  );
}

type RunFilterProps = { readonly history: HistoryState; readonly onFind: (query: RunListQuery) => void };

/** What came back, and by which of the two ways. */
function foundWords({ runs, words, total }: HistoryState): string {
  if (words === null) return `${runs.length} of ${countOf(total, 'run')}`;
  return `"${words}" in ${runs.length} of ${countOf(total, 'run')}`;
}
