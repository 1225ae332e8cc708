import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Accesibilidad',
  'page.language': 'Idioma',
  'page.lead':
    'Esta sala de espera y su tienda son para todas las personas. Su objetivo es cumplir las WCAG 2.2, nivel AA.',
  'rely.title': 'Con qué puede contar',
  'rely.text':
    'Todo funciona solo con el teclado, con un lector de pantalla, con un zoom del 400 %, en claro y en oscuro, y con poco movimiento. Lo que cambia durante la espera se lee con discreción y no demasiado a menudo. La sala de espera también funciona sin JavaScript.',
  'known.title': 'Cómo lo sabemos',
  'known.text':
    'Antes de cada versión, cada página y cada estado se prueban en un navegador real: con reglas, con el teclado y en idiomas de derecha a izquierda.',
  'limits.title': 'Qué falta',
  'limits.text':
    'La tienda y la comprobación de un sorteo necesitan JavaScript, igual que una sala que comprueba cada navegador.',
  'contact.title': '¿Algo le estorba?',
  'contact.text': 'Dígaselo a la tienda que hace esta venta: qué quería hacer y con qué navegador o ayuda.',
} as const satisfies TranslationOf<typeof en>;
