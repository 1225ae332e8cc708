export type Logo = { type: string; bytes: Uint8Array<ArrayBuffer> };

const PREFIX = /^data:(image\/(?:png|webp|svg\+xml));base64,/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The first bytes of the picture types that every browser shows; an SVG is text. Each check reads its picture once. */
const IS_OF_TYPE: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => /^.PNG\r\n/.test(head(bytes)),
  'image/webp': (bytes) => /^RIFF[\s\S]{4}WEBP/.test(head(bytes)),
  'image/svg+xml': (bytes) => isDrawing(bytes.toString('utf8')),
};

const head = (bytes: Buffer) => bytes.subarray(0, 16).toString('latin1');

/** Decodes a logo from its `data:` URL; null when its type is not allowed. */
export function logoIn(address: string): Logo | null {
  const [prefix = '', type = ''] = PREFIX.exec(address) ?? [];
  const content = address.slice(prefix.length);
  if (!type || !BASE64.test(content)) return null;
  const bytes = Buffer.from(content, 'base64');
  return IS_OF_TYPE[type]?.(bytes) ? { type, bytes: new Uint8Array(bytes) } : null;
}

/** What an SVG must not contain: scripts, foreign content, entities that expand, event handlers. */
const NO_DRAWING =
  /<(?:script|foreignobject|iframe|object|embed|!doctype|!entity)|[\s"']on[a-z]{3,}\s{0,9}=|javascript:/i;

/** Whether a text is a safe SVG document. */
function isDrawing(text: string): boolean {
  const start = afterProlog(text);
  return start !== null && /^<svg[\s>/]/.test(text.slice(start, start + 5)) && !NO_DRAWING.test(text);
}

/** Where the root element starts, after an XML declaration and comments; null when one of them does not end. */
function afterProlog(text: string): number | null {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
    const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?xml', at) ? '?>' : null;
    if (close === null) return at;
    const end = text.indexOf(close, at + 4);
    if (end < 0) return null;
    at = end + close.length;
  }
}
