import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Während Sie warten',
  'panel.close': 'Schließen',

  'alert.title': 'Wenn ich dran bin',
  'alert.sound': 'Einen Ton abspielen',
  'alert.notification': 'Eine Benachrichtigung zeigen',
  'alert.lead': 'Lassen Sie dafür die Seite offen.',
  'alert.denied':
    'Der Browser erlaubt hier keine Benachrichtigungen. In seinen Einstellungen für diese Website lässt sich das ändern.',
  'alert.body': 'Öffnen Sie die Seite, um in den Shop zu kommen.',

  'mail.title': 'E-Mail, kurz bevor ich dran bin',
  'mail.lead':
    'Sie kommt etwa zehn Minuten, bevor Sie dran sind. Bis dahin können Sie diese Seite schließen; wir halten Ihren Platz.',
  'mail.label': 'E-Mail-Adresse',
  'mail.send': 'E-Mail anfordern',
  'mail.set': 'Wir schreiben an {email}. Sie können diese Seite schließen; wir halten Ihren Platz.',
  'mail.sent': 'Die E-Mail ist schon zu Ihnen unterwegs.',
  'mail.remove': 'Bitte keine E-Mail',
  'mail.removed': 'Es kommt keine E-Mail.',
  'mail.wrong': 'Bitte prüfen Sie die Adresse.',
  'mail.refused': 'An diese Adresse dürfen wir nicht schreiben. Bitte geben Sie eine andere an.',
  'mail.late': 'Für eine E-Mail sind Sie schon zu bald dran. Bitte lassen Sie diese Seite offen.',
  'mail.failed': 'Das hat nicht geklappt. Bitte versuchen Sie es gleich noch einmal.',

  'move.title': 'Den Platz auf ein anderes Gerät mitnehmen',
  'move.lead':
    'Öffnen Sie dort diesen Link, und Sie haben denselben Platz. Wer den Link hat, hat Ihren Platz: Geben Sie ihn niemandem.',
  'move.label': 'Link zu Ihrem Platz',
  'move.copy': 'Link kopieren',
  'move.copied': 'Kopiert.',
  'move.by_hand': 'Der Link ist ausgewählt; bitte kopieren Sie ihn selbst.',
} as const satisfies TranslationOf<typeof en>;
