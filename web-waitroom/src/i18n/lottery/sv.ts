import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Kontrollera lottningen',
  'page.language': 'Språk',
  'page.lead':
    'Ditt nummer i kön har lottats fram. Sidan räknar ut det igen i din webbläsare, av det som har publicerats. Inget du skriver in skickas.',
  'page.no_script': 'Sidan räknar med JavaScript. Receptet i dokumentationen fungerar utan.',
  'form.index': 'Ankomstnummer, från ditt kvitto',
  'form.commitment': 'Publicerat före öppningen (åtagande)',
  'form.seed': 'Publicerat efteråt (frö)',
  'form.size': 'Hur många som lottades',
  'form.check': 'Räkna ut mitt nummer',
  'result.number': 'Ditt nummer är {number}',
  'result.kept': 'Fröet är det som bestämdes innan någon hade ställt sig i kön.',
  'result.broken': 'Fröet är INTE det som bestämdes innan. Fråga butiken.',
  'result.late': 'Du kom efter lottningen och följer därför i ankomstordning.',
  'result.wrong': 'Skriv in heltal, och fröet.',
  'trouble.not_drawn': 'Lottningen är inte gjord än. Kom tillbaka när dörrarna har öppnats.',
  'trouble.no_lottery': 'Det här rummet har ingen lottning: numren följer ankomsten.',
  'trouble.away': 'Rummet svarar inte just nu. Du kan skriva in värdena själv.',
} as const satisfies TranslationOf<typeof en>;
