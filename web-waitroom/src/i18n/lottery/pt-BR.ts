import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Conferir o sorteio',
  'page.language': 'Idioma',
  'page.lead':
    'Seu número na fila foi sorteado. Esta página o calcula de novo no seu navegador, a partir do que foi publicado. Nada do que você digita é enviado.',
  'page.no_script': 'Esta página calcula com JavaScript. A receita na documentação funciona sem ele.',
  'form.index': 'Índice de chegada, do seu recibo',
  'form.commitment': 'Publicado antes da abertura (compromisso)',
  'form.seed': 'Publicado depois (semente)',
  'form.size': 'Para quantos foi o sorteio',
  'form.check': 'Calcular meu número',
  'result.number': 'Seu número é {number}',
  'result.kept': 'A semente é a que foi fixada antes de alguém chegar.',
  'result.broken': 'A semente NÃO é a que foi fixada antes. Fale com a loja.',
  'result.late': 'Você chegou depois do sorteio, por isso segue por ordem de chegada.',
  'result.wrong': 'Digite números inteiros e a semente.',
  'trouble.not_drawn': 'Este sorteio ainda não aconteceu. Volte depois da abertura.',
  'trouble.no_lottery': 'Esta sala não faz sorteio: os números seguem a ordem de chegada.',
  'trouble.away': 'A sala não responde agora. Você pode digitar os valores.',
} as const satisfies TranslationOf<typeof en>;
