import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Wachtruimte',
  'page.language': 'Taal',
  'page.accessibility': 'Toegankelijkheid',
  'page.no_script':
    'Deze pagina houdt je plek in de rij vast met JavaScript. Zet JavaScript aan en laad de pagina opnieuw.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Wachtruimte van ShopFast',

  'joining.title': 'We zoeken je plek',
  'joining.lead':
    'Een ogenblik. Als je aan de beurt bent, brengt deze pagina je naar de winkel. Houd haar open; opnieuw laden hoeft niet.',

  'checking.title': 'Je browser wordt gecontroleerd',
  'checking.lead':
    'Je browser lost vanzelf een kleine puzzel op. Dat duurt een paar seconden en voorkomt dat programma’s de plekken van mensen innemen.',

  'email.title': 'Je e-mailadres, graag',
  'email.lead': 'In deze rij is er één plek per adres. Het wordt hier nergens anders voor gebruikt.',
  'email.label': 'E-mailadres',
  'email.go': 'In de rij gaan staan',

  'code.title': 'Je code, graag',
  'code.lead': 'Met een uitnodigings- of voorrangscode van de winkel krijg je een eigen plek.',
  'code.needed': 'Deze rij is voor genodigden. De code staat in je uitnodiging.',
  'code.label': 'Code',
  'code.go': 'Aansluiten met deze code',
  'code.refused':
    'Helaas, deze code opent de rij niet. Controleer elk teken; misschien is hij al gebruikt, verlopen of voor een andere verkoop.',
  'code.have': 'Ik heb een code',
  'code.without': 'Aansluiten zonder code',

  'not_open.title': 'Nog niet open',
  'not_open.lead': 'De rij gaat zo open. Houd deze pagina open: je sluit dan meteen aan.',

  'lobby.title': 'Je bent vroeg',
  'lobby.lead': 'Je hebt een plek. Houd deze pagina open; opnieuw laden hoeft niet.',
  'lobby.until': 'tot de deuren opengaan',
  'lobby.opening': 'De deuren gaan open',
  'lobby.opens_at': 'Opent',
  'lobby.later': 'De openingstijd komt hier te staan.',

  'waiting.title': 'Je staat in de rij',
  'waiting.tab': { one: '{count} persoon voor je', other: '{count} personen voor je' },
  'waiting.next': 'Jij bent de volgende',
  'waiting.ahead': { one: 'persoon voor je', other: 'personen voor je' },
  'waiting.lead':
    'Als je aan de beurt bent, brengt deze pagina je naar de winkel. Houd haar open; opnieuw laden hoeft niet.',
  'waiting.progress': 'Hoever je bent',
  'waiting.said': '{ahead}. Geschatte wachttijd: {eta}.',

  'fact.number': 'Je nummer',
  'fact.number_none': 'Bij de opening',
  'fact.ahead': 'Personen voor je',
  'fact.eta': 'Geschatte wachttijd',
  'fact.unknown': 'Wordt berekend',
  'fact.rate': 'Naar binnen per minuut',
  'fact.rate_value': 'ongeveer {rate}',
  'fact.rate_none': 'Nu niemand',
  'fact.updated': 'Bijgewerkt: {time}',
  'eta.rate_lowered': 'De winkel laat mensen nu langzamer binnen, dus het wachten duurt langer.',
  'eta.shop_busy': 'Mensen doen langer over hun aankoop, dus het wachten kan langer duren.',
  'eta.stock_low':
    'Het meeste wat er nog is, ligt vast voor mensen die betalen. Zodra er iets vrijkomt, gaat de rij verder.',
  'eta.paused': 'De rij staat even stil. Je houdt je plek.',
  'eta.catching_up': 'De rij gaat even langzamer dan gepland. Je houdt je plek.',
  'message.label': 'Bericht van de winkel',

  'called.title': 'Je bent aan de beurt',
  'called.lead': 'We brengen je naar de winkel. Gebeurt er niets, druk dan op de knop.',
  'called.left': 'om naar binnen te gaan',
  'called.over': 'De tijd is om; we controleren je plek',
  'called.go': 'Naar de winkel',

  'going.title': 'We brengen je naar de winkel',
  'going.lead': 'Je reservering ligt klaar.',

  'completed.title': 'Je bestelling is geplaatst',
  'completed.lead': 'Je hebt in deze verkoop gekocht; bedankt.',
  'completed.order': 'Bekijk je bestelling',
  'completed.shop': 'Naar de winkel',

  'sold_out.title': 'Uitverkocht',
  'sold_out.lead':
    'Alles is verkocht of ligt vast voor iemand die betaalt. Komt er iets vrij, dan gaat de rij verder, en je houdt je plek zolang deze pagina open is.',
  'sold_out.lead_no_place': 'Alles is verkocht of ligt vast voor iemand die betaalt.',

  'paused.title': 'Even pauze',
  'paused.lead': 'De rij staat even stil. Je houdt je plek; deze pagina gaat vanzelf verder.',

  'closed.title': 'Deze verkoop is voorbij',
  'closed.lead': 'De wachtruimte is gesloten. Bedankt voor je komst.',

  'expired.title': 'Je plek is verlopen',
  'expired.lead':
    'We hoorden een tijdje niets van deze pagina, of je beurt ging voorbij. Je kunt opnieuw aansluiten met een nieuw nummer.',
  'revoked.title': 'Je plek is ingetrokken',
  'revoked.lead':
    'De winkel heeft deze plek in de rij beëindigd. Denk je dat dit een vergissing is, vraag het dan de winkel.',
  'left.title': 'Je hebt de rij verlaten',
  'left.lead': 'Je plek ging naar de volgende. Je kunt opnieuw aansluiten met een nieuw nummer.',
  'unknown_room.title': 'Deze wachtruimte bestaat niet',
  'unknown_room.lead':
    'Controleer het adres: misschien is het niet volledig, of is de verkoop allang voorbij.',
  'no_cookies.title': 'Cookies zijn nodig',
  'no_cookies.lead':
    'Je plek staat in een cookie van deze site, en je browser stuurt die niet mee. Sta cookies voor deze site toe en probeer het opnieuw.',
  'insecure.title': 'Een beveiligde verbinding is nodig',
  'insecure.lead':
    'Deze ruimte controleert elke browser, en dat kan alleen via https. Open het adres met https:// of met een nieuwere browser.',
  'refused.title': 'We konden je niet binnenlaten',
  'refused.lead': 'De wachtruimte heeft dit verzoek niet aangenomen.',

  'trouble.offline': 'Je bent offline. We houden je plek vast; deze pagina gaat verder als je terug bent.',
  'trouble.holding':
    'We houden je plek vast. De wachtruimte is druk; deze pagina vraagt het vanzelf opnieuw.',
  'trouble.joining': 'De wachtruimte is druk. Deze pagina probeert het vanzelf opnieuw.',
  'trouble.leaving': 'Dat lukte niet. Je staat nog in de rij; probeer het zo nog eens.',

  'leave.open': 'De rij verlaten',
  'leave.title': 'De rij verlaten?',
  'leave.lead':
    'Je plek gaat naar de volgende. Sluit je opnieuw aan, dan krijg je een nieuw nummer achteraan.',
  'leave.confirm': 'Verlaten',
  'leave.cancel': 'In de rij blijven',

  'notifications.open': 'Herinneringen en andere apparaten',

  'again.join': 'Opnieuw aansluiten',
  'again.try': 'Opnieuw proberen',
} as const satisfies TranslationOf<typeof en>;
