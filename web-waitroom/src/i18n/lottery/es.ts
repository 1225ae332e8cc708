import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Comprobar el sorteo',
  'page.language': 'Idioma',
  'page.lead':
    'Tu número en la fila salió de un sorteo. Esta página lo vuelve a calcular en tu navegador a partir de lo publicado. Nada de lo que escribas se envía.',
  'page.no_script': 'Esta página calcula con JavaScript. La receta de la documentación funciona sin él.',
  'form.index': 'Índice de llegada, en tu recibo',
  'form.commitment': 'Publicado antes de abrir (compromiso)',
  'form.seed': 'Publicado después (semilla)',
  'form.size': 'Cuántos participaron en el sorteo',
  'form.check': 'Calcular mi número',
  'result.number': 'Tu número es el {number}',
  'result.kept': 'La semilla es la que se fijó antes de que llegara nadie.',
  'result.broken': 'La semilla NO es la que se fijó antes. Consulta con la tienda.',
  'result.late': 'Llegaste después del sorteo, así que sigues por orden de llegada.',
  'result.wrong': 'Escribe números enteros y la semilla.',
  'trouble.not_drawn': 'Este sorteo aún no se ha hecho. Vuelve cuando se hayan abierto las puertas.',
  'trouble.no_lottery': 'En esta sala no hay sorteo: los números siguen el orden de llegada.',
  'trouble.away': 'La sala no responde ahora. Puedes escribir los valores tú.',
} as const satisfies TranslationOf<typeof en>;
