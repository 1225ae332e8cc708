import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Acessibilidade',
  'page.language': 'Idioma',
  'page.lead': 'Esta sala de espera e sua loja são para todos. Elas buscam atender às WCAG 2.2, nível AA.',
  'rely.title': 'Com o que você pode contar',
  'rely.text':
    'Tudo funciona só com o teclado, com leitor de tela, com zoom de 400 %, no claro e no escuro, e com pouco movimento. O que muda durante a espera é lido com discrição e não com muita frequência. A sala de espera também funciona sem JavaScript.',
  'known.title': 'Como sabemos',
  'known.text':
    'Antes de cada versão, cada página e cada estado são testados em um navegador real: por regras, pelo teclado e em idiomas da direita para a esquerda.',
  'limits.title': 'O que ainda falta',
  'limits.text':
    'A loja e a verificação de um sorteio precisam de JavaScript, assim como uma sala que verifica cada navegador.',
  'contact.title': 'Algo atrapalha você?',
  'contact.text': 'Conte à loja que faz esta venda: o que você queria fazer e com qual navegador ou recurso.',
} as const satisfies TranslationOf<typeof en>;
