import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Rezerwujemy dla Ciebie: {what}',
  'order_received.lead': 'Dziękujemy za zamówienie: {what}.',
  'order_received.more':
    'Towar jest dla Ciebie odłożony, a my realizujemy płatność na kwotę {amount}. Damy znać, gdy tylko się powiedzie; nie musisz nic robić.',
  'order_paid.subject': 'Twoje zamówienie jest opłacone: {what}',
  'order_paid.lead': 'Otrzymaliśmy Twoją płatność na kwotę {amount}.',
  'order_paid.more': 'To już Twoje: {what}. Dziękujemy za zakup!',
  'order_declined.subject': 'Płatność się nie powiodła: {what}',
  'order_declined.lead':
    'Płatność na kwotę {amount} za {what} została odrzucona. Nie pobraliśmy żadnych pieniędzy.',
  'order_declined.more':
    'Towar wrócił do sprzedaży. Jeśli coś jeszcze zostało, możesz ponownie dołączyć do poczekalni i zapłacić inną kartą.',
  'order_expired.subject': 'Twoje zamówienie wygasło: {what}',
  'order_expired.lead':
    'Płatność na kwotę {amount} nie dotarła na czas, więc nie mogliśmy dłużej rezerwować: {what}. Nie pobraliśmy żadnych pieniędzy.',
  'order_expired.more': 'Jeśli coś jeszcze zostało, możesz ponownie dołączyć do poczekalni.',
  'order_refunded.subject': 'Zwracamy Twoją płatność: {what}',
  'order_refunded.lead': 'Zwróciliśmy {amount} za {what}.',
  'order_refunded.more': 'W zależności od banku pieniądze wrócą na Twoje konto w ciągu kilku dni.',
  'order_cancelled.subject': 'Twoje zamówienie jest anulowane: {what}',
  'order_cancelled.lead':
    'Twoje zamówienie ({what}) zostało anulowane zgodnie z prośbą. Nie pobraliśmy żadnych pieniędzy.',
  'turn_near.subject': 'Zbliża się Twoja kolej: {room}',
  'turn_near.lead': 'W poczekalni „{room}” zbliża się Twoja kolej.',
  'turn_near.more':
    'Wróć teraz na swoje miejsce i zostaw stronę otwartą: po wywołaniu będziesz mieć niewiele czasu, aby przejść dalej. Ten link to Twoje miejsce, więc nikomu go nie przekazuj.',
  'turn_near.link': 'Wróć na moje miejsce',
  'turn_near.why':
    'Otrzymujesz tę wiadomość, i żadnej kolejnej dla tego miejsca, ponieważ ktoś podał ten adres w poczekalni.',
  'turn_near.stop': 'Zatrzymaj te wiadomości',
  'place_joined.subject': 'Dwa miejsca z Twoim adresem: {room}',
  'place_joined.lead':
    'Ktoś dołączył do poczekalni „{room}” z Twoim adresem, który ma już tam miejsce. Liczy się tylko jedno: pierwsze.',
  'place_joined.more':
    'Jeśli to Ty na innym urządzeniu, po prostu czekaj tam dalej. Jeśli pierwsze nie jest Twoje, otwórz ten link w przeglądarce, w której czekasz: Twoje miejsce będzie się liczyć, a drugie się skończy.',
  'place_joined.link': 'Liczy się moje miejsce',
  'verify_email.subject': 'Potwierdź swój adres e-mail',
  'verify_email.lead':
    'Ktoś założył konto z tym adresem. Jeśli to Ty, potwierdź je tutaj w ciągu jednego dnia:',
  'verify_email.more':
    'Poprosimy o wybrane przez Ciebie hasło. Jeśli to nie Ty, nie musisz nic robić: bez tego hasła nikt nie przejdzie dalej.',
  'reset_password.subject': 'Ustaw nowe hasło',
  'reset_password.lead':
    'Ktoś poprosił o nowe hasło do Twojego konta. Jeśli to Ty, ustaw je tutaj w ciągu godziny:',
  'reset_password.more': 'Jeśli to nie Ty, nie musisz nic robić: Twoje hasło pozostaje bez zmian.',
  'account_exists.subject': 'Masz już konto',
  'account_exists.lead':
    'Ktoś próbował założyć konto z tym adresem, ale takie konto już istnieje. Jeśli to Ty, zaloguj się lub poproś o nowe hasło tutaj:',
  'account_exists.more': 'Jeśli to nie Ty, nie musisz nic robić: nic się nie zmieniło.',
  reference: 'Zamówienie {id}',
} as const satisfies TranslationOf<typeof en>;
