// Checks that other linters do not have, as part of `npm run lint`: declared packages, links of the documents, texts, plain words.
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
  ...textProblems(),
  ...wordsToChange(),
];
for (const problem of problems) console.error(problem);
console.error(
  problems.length === 0 ? 'Packages, links, texts and words: no problem.' : `${problems.length} problems.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
