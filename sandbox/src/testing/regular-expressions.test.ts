import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSafePattern } from 'redos-detector';
import { parseSync, Visitor } from 'rolldown/utils';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** Code that runs in production: the services, their pages, and shared code. */
const SOURCES = /^(?:kit|db|gateway|checkout|workers|web-waitroom)\/src\/.*\.tsx?$/;
const NO_SERVICE = /\.test\.tsx?$|\.fixture\.ts$|\/testing\/|\/build\/|\/pictures\//;

/** An expression with more ways than this to match one text must be reviewed by a person. */
const MOST_WAYS = 100;
/** An expression that the detector cannot judge in so many steps must be reviewed, too. */
const MAX_STEPS = 4_000;
/** Enough to see that a reviewed expression still needs its review. */
const STEPS_OF_REVIEWED = 1_000;

/**
 * Reviewed expressions, and why the many ways that the detector counts cost no time. It also counts that a search
 * restarts at each character. That is cheap for short or own texts, and where the repetition can neither fail nor
 * overlap.
 */
const REVIEWED: Record<string, string> = {
  // Texts of our own.
  'checkout/src/accounts/hash-thread.ts \\d+$': 'the name of a thread, from the kernel',
  'gateway/src/no-js-page/shell.ts <script\\b.*?<\\/script>|<noscript\\b.*?<\\/noscript>|<dialog\\b.*?<\\/dialog>|<p id="said".*?<\\/p>':
    'a built page',
  'gateway/src/no-js-page/shell.ts <span id="room">(.*?)<\\/span>': 'a built page',
  'gateway/src/no-js-page/shell.ts <title>.*?<\\/title>': 'a built page',
  'gateway/src/no-js-page/shell.ts <main id="main".*?<\\/main>': 'a built page',
  'gateway/src/themes/page.ts <span class="mark".*?<\\/span>(?=<span id="room")': 'a built page',
  'gateway/src/themes/page.ts <span id="room">(.*?)<\\/span>': 'a built page',
  'kit/src/built-page.ts <style>(.*?)<\\/style>': 'a built page',
  'kit/src/i18n/catalogue-errors.ts \\{(\\w+)\\}':
    'our translations; a brace starts no second attempt inside the first',
  'kit/src/i18n/translate.ts \\{(\\w+)\\}':
    'our translations; a brace starts no second attempt inside the first',
  // Files and settings of the operator.
  'gateway/src/protect/config.ts \\*[^/]*\\*': 'a rule of the configuration file, a segment of a path',
  'workers/src/env.ts ^[^\\r\\n]*@[^\\r\\n]+$': 'the sender of mails, a setting',
  // Anchored, or ended by a character that the repetition cannot match: each character is read a bounded number of
  // times.
  'gateway/src/protect/path.ts ^https?:\\/\\/[^/?#]*(.*)$':
    'the last part matches all that a request line can hold',
  'kit/src/contracts/logo.ts <(?:script|foreignobject|iframe|object|embed|!doctype|!entity)|[\\s"\']on[a-z]{3,}\\s{0,9}=|javascript:':
    'an attempt ends at what begins the next one; logo.test.ts measures it',
  'kit/src/admin/authenticate.ts :(.*)$': 'matches to the end at the first colon',
  'kit/src/client-address.ts ^\\[(.*)\\](?::\\d+)?$': 'from each bracket the digits are read once',
  'kit/src/client-address.ts %.*$': 'matches to the end at the first percent sign',
  'kit/src/client-address.ts (\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)$':
    'an address that is known to be well-formed: 45 characters',
  'kit/src/client-address.ts ^[0:]*:0*1$': 'from each colon the zeros up to the next are read once',
  'kit/src/i18n/reader-languages.ts (?:^|;\\s*)shopfast_language=([\\w-]{1,35})':
    'from each semicolon the spaces are read once',
  'kit/src/secrets.ts (?<![\\w-])[\\w-]+(?:\\.[\\w-]+){2,}':
    'starts only where no run of the same characters continues',
  'gateway/src/protect/credentials.ts ^\\s*(?:(\\S+)\\s+)?(.*)$': 'anchored, and Node trims a header',
  'gateway/src/protect/readings.ts ;.*$': 'matches to the end at the first semicolon',
  'gateway/src/protect/readings.ts [?#].*$': 'matches to the end at the first of them',
  'gateway/src/protect/readings.ts :[:$].*$': 'matches to the end at the first of them',
  'gateway/src/protect/readings.ts \\/\\((?:[a-z]\\([^()/]*\\))+\\)(?=\\/|$)':
    'starts after a slash, and no part matches a slash',
  'kit/src/secrets.ts (?<![\\w-])(eyJ[\\w+/-]{1,300})={0,2}\\.': 'at most 300 characters from each start',
  'kit/src/secrets.ts "typ"\\s*:\\s*"[^"]*reservation\\+jwt"': '300 characters, and ends at a quotation mark',
  'kit/src/secrets.ts tkt_[\\w-]{1,99}(?:\\.[\\w~-]{1,99}){3}': 'at most 99 characters in each part',
  'kit/src/secrets.ts ord_[\\w-]{8,99}\\.[\\w-]{8}': 'at most 99 characters in each part',
  'kit/src/secrets.ts inv_[\\w-]{1,99}(?:\\.[\\w-]{1,99}){3}': 'at most 99 characters in each part',
  'kit/src/secrets.ts pri_[\\w-]{1,99}(?:\\.[\\w-]{1,99}){3}': 'at most 99 characters in each part',
  'kit/src/secrets.ts rem_[\\w-]{1,99}(?:\\.[\\w-]{1,99}){3}': 'at most 99 characters in each part',
  'web-waitroom/src/admin/audit/audit-page.tsx  \\([\\w-]+\\)$':
    'the name of a key, 100 characters; in the reader’s browser',
};

/** Built at run time; each part is ours or escaped. */
const MADE = [
  'gateway/src/challenge/challenges.ts',
  'gateway/src/protect/rules.ts',
  'kit/src/contracts/token.ts',
  'kit/src/redis/errors.ts',
  'kit/src/secrets.ts',
  'web-waitroom/src/i18n/sent-page.ts',
];

type Found = { file: string; pattern: string; flags: string };

function expressions(): { literals: Found[]; made: string[] } {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  const files = listed
    .toString()
    .split('\0')
    .filter((file) => SOURCES.test(file) && !NO_SERVICE.test(file));
  const literals: Found[] = [];
  const made: string[] = [];
  for (const file of files) {
    const { program, errors } = parseSync(file, readFileSync(join(ROOT, file), 'utf8'));
    expect(errors, file).toEqual([]);
    const noteMade = ({ callee }: { callee: { type: string; name?: string } }) => {
      if (callee.name === 'RegExp') made.push(file);
    };
    new Visitor({
      Literal: (node) => {
        if ('regex' in node && node.regex) literals.push({ file, ...node.regex });
      },
      NewExpression: (node) => noteMade(node as never),
      CallExpression: (node) => noteMade(node as never),
    }).visit(program);
  }
  return { literals, made };
}

const isQuick = ({ pattern, flags }: Pick<Found, 'pattern' | 'flags'>, maxSteps = MAX_STEPS) =>
  isSafePattern(pattern, {
    ...{ maxScore: MOST_WAYS, maxSteps, timeout: Number.POSITIVE_INFINITY },
    ...{ caseInsensitive: flags.includes('i'), unicode: flags.includes('u') },
    ...{ dotAll: flags.includes('s'), multiLine: flags.includes('m') },
  }).safe;

test('no regular expression over foreign input takes more than linear time', {
  timeout: 0,
}, () => {
  const { literals, made } = expressions();
  expect(literals.length).toBeGreaterThan(100);
  const nameOf = ({ file, pattern }: Found) => `${file} ${pattern}`;
  const stepsFor = (one: Found) => (Object.hasOwn(REVIEWED, nameOf(one)) ? STEPS_OF_REVIEWED : MAX_STEPS);
  const slow = literals.filter((one) => !isQuick(one, stepsFor(one))).map(nameOf);
  expect([...new Set(slow)].filter((one) => !Object.hasOwn(REVIEWED, one))).toEqual([]);
  expect(
    Object.keys(REVIEWED).filter((one) => !slow.includes(one)),
    'reviewed, and gone',
  ).toEqual([]);
  expect([...new Set(made)].sort()).toEqual(MADE);
});

test.each(['^(a+)+$', '^(?:<!--[\\s\\S]*?-->\\s*)*<svg', '(x+x+)+y', '^([a-z]*,?)*!$'])(
  '/%s/ would be found',
  (pattern) => {
    expect(isQuick({ pattern, flags: '' })).toBe(false);
  },
);
