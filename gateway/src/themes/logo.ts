/** The first bytes of the pictures that every browser shows; an SVG is text. */
const SIGNATURES: Record<string, RegExp> = {
  'image/png': /^.PNG\r\n/,
  'image/webp': /^RIFF[\s\S]{4}WEBP/,
  'image/svg+xml': /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/,
};

export type Logo = { type: string; bytes: Uint8Array<ArrayBuffer> };

/** A logo out of its `data:` address; null when it is not a picture of a kind that is taken. */
export function logoIn(address: string): Logo | null {
  const [, type = '', content = ''] = /^data:([a-z+/]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(address) ?? [];
  const bytes = Buffer.from(content, 'base64');
  if (!SIGNATURES[type]?.test(bytes.subarray(0, 1_024).toString('latin1'))) return null;
  return { type, bytes: new Uint8Array(bytes) };
}
