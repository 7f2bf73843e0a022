import { History } from '../history/history.tsx';
import { Preview } from '../preview/preview.tsx';
import { Results } from '../results/results.tsx';
import { isAnswering } from '../state/answers.ts';
import type { Store } from '../state/store.ts';
import { EmptyState } from '../ui/emptyState.tsx';
import { partialWords } from '../ui/partialWords.ts';
import { TabList, TabPanel } from '../ui/tabs.tsx';
import { Header } from './header.tsx';
import { Progress } from './progress.tsx';

const TAB_LABELS = [
  { id: 'preview', label: 'Preview' },
  { id: 'results', label: 'Results' },
  { id: 'history', label: 'History' },
] as const;

/** The playground: a frame with three tabs about one prompt. */
export function App({ store }: { readonly store: Store }) {
  const playground = store.playground.value;
  // The first slice is there within a frame or two: an empty view flickers less than a spinner.
  if (playground === null) return null;
  if (playground.promptName === null)
    return (
      <EmptyState icon="beaker" title="No prompt is open">
        <p>Open a .prompt file: it shows here as it will be sent, with a case of its dataset.</p>
      </EmptyState>
    );
  const tab = store.tab.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const isRunning = playground.running !== null || (tab === 'preview' && isAnswering(store.answers.peek()));
    // In a field or an open list, Escape belongs to that.
    const isFree =
      !event.defaultPrevented && !(event.target as Element).closest('input, vscode-text-field, vscode-dropdown');
    if (event.key === 'Escape' && isRunning && isFree) store.post({ type: 'stop' });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape stops what runs, from anywhere
    <div class="app" onKeyDown={onKeyDown}>
      <Header store={store} playground={playground} tab={tab} />
      <div class="tab-row">
        <TabList label="Playground" tabs={TAB_LABELS} selected={tab} onSelect={store.selectTab} />
      </div>
      <Progress store={store} running={playground.running} />
      <TabPanel id={tab} key={tab}>
        {tab === 'preview' ? <Preview store={store} /> : null}
        {tab !== 'preview' && playground.usedBy !== null ? (
          <EmptyState icon="references" title="A partial">
            <p>{partialWords(playground.usedBy)}</p>
          </EmptyState>
        ) : null}
        {tab === 'results' && playground.usedBy === null ? <Results store={store} /> : null}
        {tab === 'history' && playground.usedBy === null ? <History store={store} /> : null}
      </TabPanel>
    </div>
  );
}
