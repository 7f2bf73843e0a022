import { signal } from '@preact/signals';

/** Grows with every change of the editor's theme: pictures read their colours again. */
export const theme = signal(0);

// VS Code changes the variables on the root element and the class of the body.
const observer = new MutationObserver(() => theme.value++);
observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
