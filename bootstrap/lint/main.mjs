// Checks that other linters do not have, as part of `npm run lint`: declared packages, links and commands of the documents,
// texts, plain words, the floors of the gateway, explained casts.
import { unexplainedCasts } from './casts.mjs';
import { unknownCommands } from './commands.mjs';
import { importsUpwards } from './floors.mjs';
import { brokenLinks } from './links.mjs';
import { developmentImports, missingPeers, registryHosts, undeclaredImports } from './packages.mjs';
import { textProblems } from './texts.mjs';
import { wordsToChange } from './words.mjs';

const problems = [
  ...undeclaredImports(),
  ...developmentImports(),
  ...missingPeers(),
  ...registryHosts(),
  ...brokenLinks(),
  ...unknownCommands(),
  ...textProblems(),
  ...wordsToChange(),
  ...importsUpwards(),
  ...unexplainedCasts(),
];
for (const problem of problems) console.error(problem);
console.error(
  problems.length === 0
    ? 'Packages, links, commands, texts, words, floors and casts: no problem.'
    : `${problems.length} problems.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
