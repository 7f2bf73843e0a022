/**
 * The page around the playground's bundle. Nothing but our own script runs (by nonce), nothing is fetched from anywhere but
 * the extension's folder; styles may stand inline because the toolkit's components write theirs into shadow roots.
 */
export function playgroundHtml(page: {
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}): string {
  const csp = [
    `default-src 'none'`,
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource} 'nonce-${page.nonce}'`,
    `font-src ${page.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${csp}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${page.styleUri}">
  <script defer nonce="${page.nonce}" src="${page.scriptUri}"></script>
  <title>Touchstone</title>
</head>
<body></body>
</html>
`;
}
