import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Tillgänglighet',
  'page.language': 'Språk',
  'page.lead': 'Det här väntrummet och dess butik är till för alla. De ska uppfylla WCAG 2.2, nivå AA.',
  'rely.title': 'Vad du kan lita på',
  'rely.text':
    'Allt går att göra med bara tangentbordet, med skärmläsare, vid 400 % zoom, i ljust och mörkt läge och med lite rörelse. Det som ändras under väntan läses upp försiktigt och inte för ofta. Väntrummet fungerar också utan JavaScript.',
  'known.title': 'Hur vi vet det',
  'known.text':
    'Före varje version provas varje sida i varje läge i en riktig webbläsare: efter regler, med tangentbord och på språk från höger till vänster.',
  'limits.title': 'Vad som saknas',
  'limits.text':
    'Butiken och kontrollen av en lottning behöver JavaScript, liksom ett rum som kontrollerar varje webbläsare.',
  'contact.title': 'Är något i vägen för dig?',
  'contact.text':
    'Berätta för butiken som säljer här: vad du ville göra, och med vilken webbläsare eller vilket hjälpmedel.',
} as const satisfies TranslationOf<typeof en>;
