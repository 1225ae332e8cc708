import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logoIn } from './logo.ts';

const svg = (text: string) => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>';

describe('an SVG logo', () => {
  test.each([
    DRAWING,
    `\ufeff${DRAWING}`,
    `<?xml version="1.0"?>\n<!-- made by hand -->\n<!---->${DRAWING}`,
    `${'<!---->'.repeat(140)}${DRAWING}`,
    `<!-- -- > --->${DRAWING}`,
  ])('is a drawing: %#', (text) => {
    expect(logoIn(svg(text))).toMatchObject({ type: 'image/svg+xml' });
  });

  test.each([
    '',
    '<html></html>',
    `<!-- no end ${DRAWING}`,
    `<?xml no end ${DRAWING}`,
    `${'<!---->'.repeat(140)}!`,
    `<!---->${'<!---->'.repeat(3_000)}!`,
    '<svgx></svgx>',
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"></svg>',
    "<svg a=''onload ='alert(1)'></svg>",
    '<svg><foreignObject/></svg>',
    '<svg><a href="javascript:alert(1)"/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
  ])('is refused otherwise: %#', (text) => {
    expect(logoIn(svg(text))).toBeNull();
  });

  test('is read once, for any placement of comments: 24 kB of any content take milliseconds', () => {
    const part = fc.constantFrom(
      '<!--',
      '-->',
      '<!---->',
      '-',
      '<',
      '>',
      '!',
      ' ',
      '<?xml',
      '?>',
      '<svg',
      'on',
      'a',
      '=',
    );
    const text = fc.array(part, { minLength: 1, maxLength: 12 }).map((parts) => {
      const unit = parts.join('');
      return unit.repeat(Math.floor(24_000 / unit.length));
    });
    const slowest = { ms: 0 };
    fc.assert(
      fc.property(text, (given) => {
        const address = svg(given);
        const started = performance.now();
        logoIn(address);
        slowest.ms = Math.max(slowest.ms, performance.now() - started);
      }),
      { seed: 20_261_201, numRuns: 300 },
    );
    // Exponential or quadratic parsing takes seconds to hours here; the bound leaves room for a busy machine.
    expect(slowest.ms).toBeLessThan(1_000);
  });
});
