import './ui/styleNonce.ts';
import '@vscode/codicons/dist/codicon.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/parts.css';
import './styles/frame.css';
import './styles/preview.css';
import './styles/form.css';
import './styles/answers.css';
import './styles/results.css';
import './styles/drawer.css';
import './styles/evidence.css';
import './styles/history.css';
import './styles/review.css';
import './styles/weights.css';
import './styles/compare.css';
import { render } from 'preact';
import type { HostMessage } from '../src/protocol/views.ts';
import { App } from './frame/app.tsx';
import { connectHost } from './host.ts';
import { parseNavigation } from './navigation.ts';
import { createStore } from './state/store.ts';

const host = connectHost();
const store = createStore(
  {
    post: host.post,
    save: host.save,
    onFrame: (callback) => requestAnimationFrame(callback),
    after: (delayMs, callback) => setTimeout(callback, delayMs),
    newSeed: () => Math.floor(Math.random() * 2 ** 31),
  },
  parseNavigation(host.saved()),
);

// Only the editor around the view can post to it, and its messages are typed at their source.
window.addEventListener('message', (event: MessageEvent<HostMessage>) => store.receive(event.data));
render(<App store={store} />, document.body);
host.post({ type: 'ready' });
