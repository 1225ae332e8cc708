import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Poczekalnia',
  'page.language': 'Język',
  'page.accessibility': 'Dostępność',
  'page.no_script':
    'Ta strona trzyma Twoje miejsce w kolejce za pomocą JavaScriptu. Włącz JavaScript i wczytaj stronę ponownie.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Poczekalnia ShopFast',

  'joining.title': 'Szukamy Twojego miejsca',
  'joining.lead':
    'To potrwa chwilę. Gdy przyjdzie Twoja kolej, ta strona przeniesie Cię do sklepu. Zostaw ją otwartą; nie trzeba jej odświeżać.',

  'checking.title': 'Sprawdzamy przeglądarkę',
  'checking.lead':
    'Przeglądarka sama rozwiązuje małe zadanie. Trwa to kilka sekund i nie pozwala programom zajmować miejsc ludziom.',

  'email.title': 'Podaj adres e-mail',
  'email.lead': 'W tej kolejce na każdy adres przypada jedno miejsce. Do niczego innego go tu nie używamy.',
  'email.label': 'Adres e-mail',
  'email.go': 'Dołącz do kolejki',

  'code.title': 'Podaj kod',
  'code.lead': 'Kod zaproszenia lub pierwszeństwa ze sklepu daje Ci własne miejsce.',
  'code.needed': 'Ta kolejka jest dla zaproszonych. Kod znajdziesz w zaproszeniu.',
  'code.label': 'Kod',
  'code.go': 'Dołącz z tym kodem',
  'code.refused':
    'Niestety ten kod nie otwiera kolejki. Sprawdź każdy znak; kod mógł też zostać już użyty, wygasnąć albo dotyczyć innej sprzedaży.',
  'code.have': 'Mam kod',
  'code.without': 'Dołącz bez kodu',

  'not_open.title': 'Jeszcze zamknięte',
  'not_open.lead': 'Kolejka wkrótce się otworzy. Zostaw tę stronę otwartą: wejdziesz od razu.',

  'lobby.title': 'Jesteś przed czasem',
  'lobby.lead': 'Masz miejsce. Zostaw tę stronę otwartą; nie trzeba jej odświeżać.',
  'lobby.until': 'do otwarcia',
  'lobby.opening': 'Drzwi się otwierają',
  'lobby.opens_at': 'Otwarcie',
  'lobby.later': 'Godzina otwarcia pojawi się tutaj.',

  'waiting.title': 'Jesteś w kolejce',
  'waiting.tab': {
    one: '{count} osoba przed Tobą',
    few: '{count} osoby przed Tobą',
    many: '{count} osób przed Tobą',
    other: '{count} osoby przed Tobą',
  },
  'waiting.next': 'Następna kolej jest Twoja',
  'waiting.ahead': {
    one: 'osoba przed Tobą',
    few: 'osoby przed Tobą',
    many: 'osób przed Tobą',
    other: 'osoby przed Tobą',
  },
  'waiting.lead':
    'Gdy przyjdzie Twoja kolej, ta strona przeniesie Cię do sklepu. Zostaw ją otwartą; nie trzeba jej odświeżać.',
  'waiting.progress': 'Ile już za Tobą',
  'waiting.said': '{ahead}. Szacowany czas: {eta}.',

  'fact.number': 'Twój numer',
  'fact.number_none': 'Przy otwarciu',
  'fact.ahead': 'Osób przed Tobą',
  'fact.eta': 'Szacowany czas',
  'fact.unknown': 'Obliczamy',
  'fact.rate': 'Wchodzi na minutę',
  'fact.rate_value': 'około {rate}',
  'fact.rate_none': 'Teraz nikt',
  'fact.updated': 'Stan na {time}',
  'eta.rate_lowered': 'Sklep wpuszcza teraz wolniej, więc czekanie się wydłużyło.',
  'eta.shop_busy': 'Zakupy trwają dłużej, więc czekanie może się wydłużyć.',
  'eta.stock_low':
    'Większość tego, co zostało, jest odłożona dla osób, które właśnie płacą. Kolejka ruszy, gdy coś się zwolni.',
  'eta.paused': 'Kolejka na chwilę stanęła. Zachowujesz swoje miejsce.',
  'eta.catching_up': 'Kolejka idzie chwilowo wolniej, niż planowano. Zachowujesz swoje miejsce.',
  'message.label': 'Wiadomość od sklepu',

  'called.title': 'Twoja kolej',
  'called.lead': 'Przenosimy Cię do sklepu. Jeśli nic się nie dzieje, naciśnij przycisk.',
  'called.left': 'na wejście',
  'called.over': 'Czas minął; sprawdzamy Twoje miejsce',
  'called.go': 'Przejdź do sklepu',

  'going.title': 'Przenosimy Cię do sklepu',
  'going.lead': 'Twoja rezerwacja jest gotowa.',

  'completed.title': 'Zamówienie złożone',
  'completed.lead': 'Masz już zakup z tej sprzedaży; dziękujemy.',
  'completed.order': 'Zobacz zamówienie',
  'completed.shop': 'Przejdź do sklepu',

  'sold_out.title': 'Wyprzedane',
  'sold_out.lead':
    'Wszystko jest sprzedane albo odłożone dla osób, które właśnie płacą. Jeśli coś się zwolni, kolejka ruszy, a Ty zachowasz miejsce, dopóki ta strona jest otwarta.',
  'sold_out.lead_no_place': 'Wszystko jest sprzedane albo odłożone dla osób, które właśnie płacą.',

  'paused.title': 'Krótka przerwa',
  'paused.lead': 'Kolejka na chwilę stanęła. Zachowujesz swoje miejsce; strona ruszy dalej sama.',

  'closed.title': 'Ta sprzedaż się skończyła',
  'closed.lead': 'Poczekalnia jest zamknięta. Dziękujemy za wizytę.',

  'expired.title': 'Twoje miejsce przepadło',
  'expired.lead':
    'Ta strona przez jakiś czas się nie odzywała albo Twoja kolej minęła. Możesz dołączyć ponownie z nowym numerem.',
  'revoked.title': 'Twoje miejsce zostało cofnięte',
  'revoked.lead': 'Sklep zakończył to miejsce w kolejce. Jeśli to pomyłka, zapytaj w sklepie.',
  'left.title': 'Opuszczono kolejkę',
  'left.lead': 'Twoje miejsce przypadło następnej osobie. Możesz dołączyć ponownie z nowym numerem.',
  'unknown_room.title': 'Nie ma takiej poczekalni',
  'unknown_room.lead': 'Sprawdź adres: może być niepełny albo sprzedaż dawno się skończyła.',
  'no_cookies.title': 'Potrzebne są pliki cookie',
  'no_cookies.lead':
    'Twoje miejsce jest zapisane w pliku cookie tej witryny, a przeglądarka go nie wysyła. Zezwól tej witrynie na pliki cookie i spróbuj ponownie.',
  'insecure.title': 'Potrzebne jest bezpieczne połączenie',
  'insecure.lead':
    'Ta poczekalnia sprawdza każdą przeglądarkę, a to działa tylko przez https. Otwórz adres z https:// albo w nowszej przeglądarce.',
  'refused.title': 'Nie udało się Cię wpuścić',
  'refused.lead': 'Poczekalnia nie przyjęła tej prośby.',

  'trouble.offline': 'Brak połączenia. Trzymamy Twoje miejsce; strona ruszy dalej, gdy wrócisz.',
  'trouble.holding': 'Trzymamy Twoje miejsce. Poczekalnia jest obciążona; strona zapyta ponownie sama.',
  'trouble.joining': 'Poczekalnia jest obciążona. Strona spróbuje ponownie sama.',
  'trouble.leaving': 'Nie udało się. Nadal jesteś w kolejce; spróbuj za chwilę.',

  'leave.open': 'Opuść kolejkę',
  'leave.title': 'Opuścić kolejkę?',
  'leave.lead':
    'Twoje miejsce przypadnie następnej osobie. Po powrocie dostaniesz nowy numer na końcu kolejki.',
  'leave.confirm': 'Opuść',
  'leave.cancel': 'Zostań',

  'notifications.open': 'Przypomnienia i inne urządzenia',

  'again.join': 'Dołącz ponownie',
  'again.try': 'Spróbuj ponownie',
} as const satisfies TranslationOf<typeof en>;
