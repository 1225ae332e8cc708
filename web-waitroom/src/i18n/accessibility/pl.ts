import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Dostępność',
  'page.language': 'Język',
  'page.lead': 'Ta poczekalnia i jej sklep są dla wszystkich. Mają spełniać WCAG 2.2 na poziomie AA.',
  'rely.title': 'Na co można liczyć',
  'rely.text':
    'Wszystko działa za pomocą samej klawiatury, z czytnikiem ekranu, przy powiększeniu 400 %, w jasnym i ciemnym wyglądzie oraz z ograniczonym ruchem. Zmiany podczas czekania są odczytywane dyskretnie i niezbyt często. Poczekalnia działa także bez JavaScriptu.',
  'known.title': 'Skąd to wiemy',
  'known.text':
    'Przed każdym wydaniem każda strona w każdym stanie jest sprawdzana w prawdziwej przeglądarce: według reguł, klawiaturą i w językach pisanych od prawej do lewej.',
  'limits.title': 'Czego jeszcze brakuje',
  'limits.text':
    'Sklep i sprawdzenie losowania wymagają JavaScriptu, podobnie jak poczekalnia, która sprawdza każdą przeglądarkę.',
  'contact.title': 'Coś przeszkadza?',
  'contact.text':
    'Prosimy powiedzieć o tym sklepowi, który prowadzi tę sprzedaż: co miało zostać zrobione i z jaką przeglądarką lub pomocą.',
} as const satisfies TranslationOf<typeof en>;
