const STYLE =
  'body { margin: 0; } noscript, #reference > p { display: block; padding: 2rem; font: 1rem system-ui; }';

/**
 * Starts the renderer. A file of its own, because the page's policy allows no inline script. Redoc's search would need a
 * worker from a `blob:` address; the browser's own search finds everything, too.
 */
export const START = `Redoc.init('/openapi.json', { disableSearch: true }, document.getElementById('reference'));
`;

/** `/docs`: the OpenAPI document for people, drawn by Redoc, which `web-waitroom` builds into its pages. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ShopFast: API</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<div id="reference"><p>The reference is loading. The same for programs: <a href="/openapi.json">openapi.json</a>.</p></div>
<noscript>This page needs JavaScript. The same without it: docs/api.md in the repository, or
<a href="/openapi.json">openapi.json</a>.</noscript>
<script src="/docs/redoc.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/**
 * Everything comes from this origin, and no script is inline. Redoc writes its style sheets at run time, so they are the
 * one exception: a hash cannot name them.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
