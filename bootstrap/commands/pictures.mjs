import { defineCommand } from '../command-line.mjs';

export const pictures = defineCommand({
  usage: 'npm run pictures',
  summary:
    'Takes the pictures of docs/pictures from the real pages, measures the waiting page on a slow phone, and overwrites both.',
  options: {},
});
