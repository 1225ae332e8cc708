import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'De loting controleren',
  'page.language': 'Taal',
  'page.lead':
    'Je nummer in de rij is geloot. Deze pagina berekent het opnieuw in je browser, uit wat is gepubliceerd. Niets van wat je invult, wordt verstuurd.',
  'page.no_script': 'Deze pagina rekent met JavaScript. Het recept in de documentatie werkt zonder.',
  'form.index': 'Aankomstnummer, van je bewijs',
  'form.commitment': 'Gepubliceerd voor de opening (vastlegging)',
  'form.seed': 'Gepubliceerd erna (seed)',
  'form.size': 'Voor hoeveel mensen is geloot',
  'form.check': 'Mijn nummer berekenen',
  'result.number': 'Je nummer is {number}',
  'result.kept': 'De seed is die welke vastlag voordat er iemand aansloot.',
  'result.broken': 'De seed is NIET die welke vooraf vastlag. Vraag het de winkel.',
  'result.late': 'Je kwam na de loting, dus je volgt op volgorde van aankomst.',
  'result.wrong': 'Vul hele getallen in, en de seed.',
  'trouble.not_drawn': 'Er is nog niet geloot. Kom terug als de deuren open zijn.',
  'trouble.no_lottery': 'In deze ruimte wordt niet geloot: de nummers volgen de aankomst.',
  'trouble.away': 'De ruimte antwoordt nu niet. Je kunt de waarden zelf invullen.',
} as const satisfies TranslationOf<typeof en>;
