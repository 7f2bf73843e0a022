// A model of the editor for tests: it repeats what it is asked, in pieces, or fails or waits when it is told to.
const vscode = require('vscode');

exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: () => [
      {
        id: 'echo-1',
        name: 'Echo',
        family: 'echo',
        version: '1',
        maxInputTokens: 1000,
        maxOutputTokens: 1000,
        capabilities: {},
      },
    ],
    provideLanguageModelChatResponse: async (_model, messages, _options, progress, token) => {
      const text = messages.map(({ content }) => content.map((part) => part.value).join('')).join('|');
      if (text.includes('FAIL')) throw new Error('The echo is broken.');
      if (text.includes('WAIT')) await new Promise((resolve) => token.onCancellationRequested(resolve));
      for (const piece of ['echo: ', text]) progress.report(new vscode.LanguageModelTextPart(piece));
    },
    provideTokenCount: async () => 1,
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('touchstone-test', provider));
};
