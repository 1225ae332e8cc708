import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Podczas czekania',
  'panel.close': 'Zamknij',

  'alert.title': 'Gdy przyjdzie moja kolej',
  'alert.sound': 'Odtwórz dźwięk',
  'alert.notification': 'Pokaż powiadomienie',
  'alert.lead': 'Aby to działało, zostaw stronę otwartą.',
  'alert.denied':
    'Przeglądarka nie pozwala tu na powiadomienia. Możesz to zmienić w jej ustawieniach dla tej witryny.',
  'alert.body': 'Otwórz stronę, aby przejść do sklepu.',

  'mail.title': 'E-mail, gdy zbliży się moja kolej',
  'mail.lead':
    'Przyjdzie około dziesięciu minut wcześniej. Do tego czasu możesz zamknąć tę stronę; trzymamy Twoje miejsce.',
  'mail.label': 'Adres e-mail',
  'mail.send': 'Wyślij mi e-mail',
  'mail.set': 'Napiszemy na adres {email}. Możesz zamknąć tę stronę; trzymamy Twoje miejsce.',
  'mail.sent': 'E-mail jest już w drodze do Ciebie.',
  'mail.remove': 'Bez e-maila',
  'mail.removed': 'E-maila nie będzie.',
  'mail.wrong': 'Sprawdź adres.',
  'mail.refused': 'Na ten adres nie możemy pisać. Podaj inny.',
  'mail.late': 'Na e-mail jest już za późno: zaraz Twoja kolej. Zostaw tę stronę otwartą.',
  'mail.failed': 'Nie udało się. Spróbuj za chwilę.',

  'move.title': 'Zabierz miejsce na inne urządzenie',
  'move.lead':
    'Otwórz tam ten link, a będziesz na tym samym miejscu. Kto ma link, ma Twoje miejsce: nie dawaj go nikomu.',
  'move.label': 'Link do Twojego miejsca',
  'move.copy': 'Kopiuj link',
  'move.copied': 'Skopiowano.',
  'move.by_hand': 'Link jest zaznaczony; skopiuj go samodzielnie.',
} as const satisfies TranslationOf<typeof en>;
