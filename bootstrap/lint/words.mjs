// Plain English: words that documents, comments and English texts do not use, and names that the code no longer has.
// `node bootstrap/lint/words.mjs` lists them. docs/glossary.md has our terms.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../project.mjs';
import { filesNamed } from '../repository/files.mjs';

const TEXTS =
  /\.(md|ts|tsx|mts|mjs|js|lua|sql|css|html|yml|yaml)$|\/i18n\/(catalogues\/[\w-]+\/en|notes\/[\w-]+)\.json$/;
const CODE = /\.(ts|tsx|mts|mjs|js|lua)$/;
/** Catalogues and word lists in other languages: their words are not English. */
const FOREIGN = /\/(ar|de|es|fr|he|hi|it|ja|ko|nl|pl|pt-BR|sv|tr|uk|zh-Hans)\.json$/;

/** @type {[RegExp, string][]} what not to write, and what to write instead */
const PHRASES = [
  [/\bmend(s|ed|ing)?\b/i, 'fix'],
  [/\bput(s|ting)? right\b/i, 'fix'],
  [/\b(hears?|heard) .?[2-5]\d\d\b/i, 'gets, receives'],
  [/\b(is|are|was|were|being) told\b/i, 'gets, receives, is notified'],
  [/\bbefore (the|your|any|a|our|another) shop\b/i, 'in front of the shop'],
  [/\b(is|are|too|very) dear\b|\bdearer\b/i, 'expensive'],
  [/\bcosts? (very )?little\b/i, 'cheap'],
  [/\bwhat is over\b/i, 'the excess'],
  [/\bbears?\b(?! in mind)/i, 'handle'],
  [/\bguarantees? (was|were|is|are) (kept|broken)\b|\bbroken guarantees?\b/i, 'holds, violated'],
  [/\bgo(es)? on\b(?! sale)/i, 'continues'],
  [/\b(comes?|came|coming) back\b/i, 'reconnects, returns, is restored'],
  [/\b(is|are|was|were) away\b/i, 'is unavailable'],
  [/\bway of (an|the) order\b/i, 'the order flow'],
  [/\bthrown away\b|\bgiven up\b/i, 'discarded, abandoned'],
  [/\bwhoever\b|\bwhatever\b|\bas often as (you|they|one) likes?\b/i, 'any client, any number of'],
  [/\bmischief\b|\bharm\b/i, 'abuse, fault injection'],
  [/\bthe whole way\b|\bhot (call|lane)s?\b|\bfast lane\b/i, 'hot path, node-http bypass'],
];

/** @type {[RegExp, string][]} names that the code had, and what each is called now */
const NAMES = [
  [/\b(hotCall|HotCall|hotLane|FastLane|fastLane)\w*/, 'hotPath…, nodeHttpBypass'],
  [/\b(r|calledS|waitingS|S|s)tanding\b|\breadStanding\b/, 'ticketStatus'],
  [/\b(NOTHING_REMEMBERED|Remembered)\b/, 'HighWaterMarks'],
  [
    /\b(mirrorRoom|meetRoom|stepRoom)\b|\brooms\.(see|missing)\(/,
    'syncRoomToRedis, loadRoomOnMiss, transitionRoom',
  ],
  [/\b(ROOM_STEPS|RoomStep|PlainStep)\b/, 'RoomTransition'],
  [/\b(atDoor|doorOf|refuseAtShutDoor|doorView|doorForm)\b/, 'joinGuards, joinForm'],
  [/\b(amnesty_at|unsure_after|unsure_to|is_unsure)\b/, 'liveness_grace_from, uncertain_from'],
  [/\b(DatabaseTurn|SoldOutDesk|surelySoldOut|surely-sold-out|database-turn)\b/, 'bulkhead, soldOutPrecheck'],
  [
    /\b(LookAgain|handOverAgain|tellWebhooks|look-again|hand-over-again)\b/,
    'RescheduleJob, requeue, enqueueWebhookEvents',
  ],
  [/\b(tidy|Tidy)\w*|\bstartTidying\b/, 'prune, clean up'],
  [/\b(impatient-socket|spare-databases)\b/, 'read-timeout-socket, test-database-pool'],
  [
    /\b(useSurroundings|Surroundings|surroundings|openWallet|Wallet|wallet)\b/,
    'AppContext, reservationStore',
  ],
  [
    /\b(Meanwhile(?![, ])|openMeanwhile|LookView|own-pages|plain-page)\b/,
    'notifications, ThemeEditor, custom-pages, no-js-page',
  ],
  [
    /\b(createTillApp|TillOptions|startCloud|startKeeper|KeeperState)\b/,
    'fakePaymentProvider, stores, supervisor',
  ],
  [
    /\b(\w*MISCHIEF|\w*Mischief\w*|Inflicted|inflict|whim|Deeds|deeds)\b/,
    'abuse, inject, behaviour, results',
  ],
];

/** @type {[RegExp, RegExp, string][]} where something is right, what, and why */
const EXCEPTIONS = [
  [/^bootstrap\/lint\/words(\.test)?\.mjs$/, /./, 'the lists themselves, and their test'],
  [/^db\/migrations\//, /./, 'nobody edits a migration that has run'],
  [/^docs\/load\//, /./, 'reports of past runs, as they were written'],
  [/^sandbox\/src\/stripe\//, /^wallet$/, "a field of a card in Stripe's own API"],
];

/**
 * @param {string[]} paths from the root of the repository
 * @param {(path: string) => string} read
 * @returns {string[]} each word to change: where it is, and what to say instead
 */
export function wordsToChange(
  paths = filesNamed(TEXTS),
  read = (path) => readFileSync(join(root, path), 'utf8'),
) {
  return paths
    .filter((path) => TEXTS.test(path) && !FOREIGN.test(path))
    .flatMap((path) => {
      const lists = CODE.test(path) ? [...PHRASES, ...NAMES] : PHRASES;
      return read(path)
        .split('\n')
        .flatMap((text, index) => wordsOf(text, lists, path).map((word) => `${path}:${index + 1}: ${word}`));
    });
}

/**
 * @param {string} text one line
 * @param {[RegExp, string][]} lists
 * @param {string} path
 */
function wordsOf(text, lists, path) {
  return lists.flatMap(([pattern, instead]) => {
    const found = pattern.exec(text)?.[0];
    if (found === undefined || isAllowed(path, found)) return [];
    return [`“${found}”: say ${instead}`];
  });
}

/**
 * @param {string} path
 * @param {string} found
 */
function isAllowed(path, found) {
  return EXCEPTIONS.some(([where, what]) => where.test(path) && what.test(found));
}

// By itself: the whole repository.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const words = wordsToChange();
  for (const word of words) console.error(word);
  console.error(words.length === 0 ? 'Words: no problem.' : `${words.length} words to change.`);
  process.exitCode = words.length === 0 ? 0 : 1;
}
