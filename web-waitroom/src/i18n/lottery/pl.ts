import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Sprawdź losowanie',
  'page.language': 'Język',
  'page.lead':
    'Twój numer w kolejce został wylosowany. Ta strona oblicza go jeszcze raz w Twojej przeglądarce z tego, co opublikowano. Nic z tego, co wpiszesz, nie jest wysyłane.',
  'page.no_script': 'Ta strona liczy w JavaScripcie. Przepis w dokumentacji działa bez niego.',
  'form.index': 'Numer przybycia z potwierdzenia',
  'form.commitment': 'Opublikowane przed otwarciem (zobowiązanie)',
  'form.seed': 'Opublikowane potem (ziarno)',
  'form.size': 'Dla ilu osób losowano',
  'form.check': 'Oblicz mój numer',
  'result.number': 'Twój numer to {number}',
  'result.kept': 'Ziarno jest tym, które ustalono, zanim ktokolwiek dołączył.',
  'result.broken': 'Ziarno NIE jest tym, które ustalono wcześniej. Zapytaj w sklepie.',
  'result.late': 'Dołączono po losowaniu, więc obowiązuje kolejność przybycia.',
  'result.wrong': 'Wpisz liczby całkowite i ziarno.',
  'trouble.not_drawn': 'Losowania jeszcze nie było. Wróć po otwarciu.',
  'trouble.no_lottery': 'W tej poczekalni nie ma losowania: numery idą w kolejności przybycia.',
  'trouble.away': 'Poczekalnia teraz nie odpowiada. Możesz wpisać wartości samodzielnie.',
} as const satisfies TranslationOf<typeof en>;
