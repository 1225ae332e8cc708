import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Väntrum',
  'page.language': 'Språk',
  'page.accessibility': 'Tillgänglighet',
  'page.no_script':
    'Den här sidan håller din plats i kön med JavaScript. Slå på JavaScript och ladda om sidan.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Väntrum från ShopFast',

  'joining.title': 'Vi letar upp din plats',
  'joining.lead':
    'Ett ögonblick. När det är din tur tar sidan dig till butiken. Låt den vara öppen; du behöver inte ladda om den.',

  'checking.title': 'Din webbläsare kontrolleras',
  'checking.lead':
    'Webbläsaren löser en liten uppgift på egen hand. Det tar några sekunder och hindrar program från att ta människors platser.',

  'email.title': 'Din e-postadress',
  'email.lead': 'I den här kön finns en plats per adress. Den används inte till något annat här.',
  'email.label': 'E-postadress',
  'email.go': 'Ställ dig i kön',

  'code.title': 'Din kod',
  'code.lead': 'Med en inbjudnings- eller förturskod från butiken får du en egen plats.',
  'code.needed': 'Den här kön är för inbjudna. Koden står i din inbjudan.',
  'code.label': 'Kod',
  'code.go': 'Gå med med den här koden',
  'code.refused':
    'Den här koden öppnar tyvärr inte kön. Kontrollera varje tecken; den kan också vara använd, ha gått ut eller gälla en annan försäljning.',
  'code.have': 'Jag har en kod',
  'code.without': 'Gå med utan kod',

  'not_open.title': 'Inte öppet än',
  'not_open.lead': 'Kön öppnar snart. Låt sidan vara öppen, så kommer du med direkt.',

  'lobby.title': 'Du är tidig',
  'lobby.lead': 'Du har en plats. Låt sidan vara öppen; du behöver inte ladda om den.',
  'lobby.until': 'till öppningen',
  'lobby.opening': 'Dörrarna öppnas',
  'lobby.opens_at': 'Öppnar',
  'lobby.later': 'Öppningstiden kommer att stå här.',

  'waiting.title': 'Du står i kön',
  'waiting.tab': { one: '{count} person före dig', other: '{count} personer före dig' },
  'waiting.next': 'Du är näst på tur',
  'waiting.ahead': { one: 'person före dig', other: 'personer före dig' },
  'waiting.lead':
    'När det är din tur tar sidan dig till butiken. Låt den vara öppen; du behöver inte ladda om den.',
  'waiting.progress': 'Hur långt du har kommit',
  'waiting.said': '{ahead}. Beräknad väntan: {eta}.',

  'fact.number': 'Ditt nummer',
  'fact.number_none': 'Ges vid öppningen',
  'fact.ahead': 'Personer före dig',
  'fact.eta': 'Beräknad väntan',
  'fact.unknown': 'Räknas ut',
  'fact.rate': 'Insläppta per minut',
  'fact.rate_value': 'ungefär {rate}',
  'fact.rate_none': 'Ingen just nu',
  'fact.updated': 'Uppdaterad {time}',
  'eta.rate_lowered': 'Butiken släpper in långsammare nu, så väntan har blivit längre.',
  'eta.shop_busy': 'Det tar längre tid i butiken, så väntan kan bli längre.',
  'eta.stock_low':
    'Det mesta som är kvar är reserverat för dem som betalar. Kön rör sig när något blir ledigt.',
  'eta.paused': 'Kön står stilla en stund. Du behåller din plats.',
  'eta.catching_up': 'Kön går långsammare än planerat en stund. Du behåller din plats.',
  'message.label': 'Meddelande från butiken',

  'called.title': 'Det är din tur',
  'called.lead': 'Vi tar dig till butiken. Om inget händer, tryck på knappen.',
  'called.left': 'kvar att gå in',
  'called.over': 'Tiden är ute; vi kontrollerar din plats',
  'called.go': 'Till butiken',

  'going.title': 'Vi tar dig till butiken',
  'going.lead': 'Din reservation är klar.',

  'completed.title': 'Din beställning är gjord',
  'completed.lead': 'Du har handlat i den här försäljningen; tack.',
  'completed.order': 'Se din beställning',
  'completed.shop': 'Till butiken',

  'sold_out.title': 'Slutsålt',
  'sold_out.lead':
    'Allt är sålt eller reserverat för någon som betalar. Om något blir ledigt rör sig kön, och du behåller din plats så länge sidan är öppen.',
  'sold_out.lead_no_place': 'Allt är sålt eller reserverat för någon som betalar.',

  'paused.title': 'En kort paus',
  'paused.lead': 'Kön står stilla en stund. Du behåller din plats; sidan fortsätter av sig själv.',

  'closed.title': 'Försäljningen är över',
  'closed.lead': 'Väntrummet är stängt. Tack för att du kom.',

  'expired.title': 'Din plats har gått ut',
  'expired.lead':
    'Vi hörde inget från sidan på ett tag, eller så gick din tur förbi. Du kan ställa dig i kön igen med ett nytt nummer.',
  'revoked.title': 'Din plats har dragits in',
  'revoked.lead':
    'Butiken har avslutat den här platsen i kön. Fråga butiken om du tror att det är ett misstag.',
  'left.title': 'Du har lämnat kön',
  'left.lead': 'Din plats gick till nästa person. Du kan ställa dig i kön igen med ett nytt nummer.',
  'unknown_room.title': 'Det finns inget sådant väntrum',
  'unknown_room.lead':
    'Kontrollera adressen: den kan vara ofullständig, eller så är försäljningen över sedan länge.',
  'no_cookies.title': 'Kakor behövs',
  'no_cookies.lead':
    'Din plats finns i en kaka från den här webbplatsen, och webbläsaren skickar den inte. Tillåt kakor för webbplatsen och försök igen.',
  'insecure.title': 'En säker anslutning behövs',
  'insecure.lead':
    'Det här rummet kontrollerar varje webbläsare, och det går bara via https. Öppna adressen med https:// eller i en nyare webbläsare.',
  'refused.title': 'Vi kunde inte släppa in dig',
  'refused.lead': 'Väntrummet tog inte emot begäran.',

  'trouble.offline': 'Du är offline. Vi håller din plats; sidan fortsätter när du är tillbaka.',
  'trouble.holding': 'Vi håller din plats. Väntrummet har mycket att göra; sidan frågar igen av sig själv.',
  'trouble.joining': 'Väntrummet har mycket att göra. Sidan försöker igen av sig själv.',
  'trouble.leaving': 'Det gick inte. Du står kvar i kön; försök igen om en stund.',

  'leave.open': 'Lämna kön',
  'leave.title': 'Lämna kön?',
  'leave.lead':
    'Din plats går till nästa person. Ställer du dig i kön igen får du ett nytt nummer längst bak.',
  'leave.confirm': 'Lämna',
  'leave.cancel': 'Stanna kvar',

  'notifications.open': 'Påminnelser och andra enheter',

  'again.join': 'Ställ dig i kön igen',
  'again.try': 'Försök igen',
} as const satisfies TranslationOf<typeof en>;
