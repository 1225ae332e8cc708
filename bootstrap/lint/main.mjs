// Checks that other linters do not have, as part of `npm run lint`: declared packages, and links of the documents.
import { brokenLinks } from './links.mjs';
import { developmentImports, missingPeers, registryHosts, undeclaredImports } from './packages.mjs';

const problems = [
  ...undeclaredImports(),
  ...developmentImports(),
  ...missingPeers(),
  ...registryHosts(),
  ...brokenLinks(),
];
for (const problem of problems) console.error(problem);
console.error(problems.length === 0 ? 'Packages and links: no problem.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
