// The few pages that the server writes itself: the shell that the page's modules fill, the login, and words on their own.
// Everything that is put into them is escaped; scripts and styles come from files only.

/** Text for between tags and inside of quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Addresses of the page's files. */
export interface ShellFiles {
  readonly style: string;
  readonly firstModule: string;
  /** The scripts that it will ask for: all at once, not one after the other. */
  readonly modules: readonly string[];
}

export function shellPage({ style, firstModule, modules }: ShellFiles): string {
  return document(
    'loghorn',
    `<div id="app"><p class="loading" role="status">loghorn is loading …</p><noscript><p>The dashboard needs JavaScript. The same figures are given by <code>loghorn windows</code> and <code>loghorn latency</code>.</p></noscript></div>
<script type="module" src="${escapeHtml(firstModule)}"></script>`,
    style,
    modules.map((path) => `<link rel="modulepreload" href="${escapeHtml(path)}">\n`).join(''),
  );
}

/** @param next the path to go to afterwards, one of ours */
export function loginPage(next: string, wrong: string | undefined): string {
  return document(
    'Log in · loghorn',
    `<main class="plain">
<h1>loghorn</h1>
<form method="post" action="/login">
${wrong === undefined ? '' : `<p role="alert">${escapeHtml(wrong)}</p>\n`}<p><label for="token">Token</label></p>
<p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus></p>
<input type="hidden" name="next" value="${escapeHtml(next)}">
<p><button type="submit">Log in</button></p>
</form>
</main>`,
  );
}

/** @param form sent back to the very address of this page */
export function wordsPage(
  heading: string,
  paragraphs: readonly string[],
  form?: { readonly action: string; readonly button: string },
): string {
  return document(
    `${heading} · loghorn`,
    `<main class="plain">
<h1>${escapeHtml(heading)}</h1>
${paragraphs.map((each) => `<p>${escapeHtml(each)}</p>`).join('\n')}
${form ? `<form method="post" action="${escapeHtml(form.action)}"><p><button type="submit">${escapeHtml(form.button)}</button></p></form>` : ''}
</main>`,
  );
}

function document(title: string, body: string, style = '/assets/style.css', links = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeHtml(style)}">
${links}</head>
<body>
${body}
</body>
</html>
`;
}
