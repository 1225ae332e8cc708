import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Mientras esperas',
  'panel.close': 'Cerrar',

  'alert.title': 'Cuando sea mi turno',
  'alert.sound': 'Reproducir un sonido',
  'alert.notification': 'Mostrar una notificación',
  'alert.lead': 'Para esto, deja la página abierta.',
  'alert.denied':
    'El navegador no permite notificaciones aquí. Puedes cambiarlo en sus ajustes para este sitio.',
  'alert.body': 'Abre la página para ir a la tienda.',

  'mail.title': 'Correo cuando se acerque mi turno',
  'mail.lead':
    'Llega unos diez minutos antes de tu turno. Hasta entonces puedes cerrar esta página; guardamos tu lugar.',
  'mail.label': 'Correo electrónico',
  'mail.send': 'Enviarme el correo',
  'mail.set': 'Escribiremos a {email}. Puedes cerrar esta página; guardamos tu lugar.',
  'mail.sent': 'El correo ya está en camino.',
  'mail.remove': 'No quiero el correo',
  'mail.removed': 'No habrá ningún correo.',
  'mail.wrong': 'Revisa la dirección.',
  'mail.refused': 'No podemos escribir a esta dirección. Indica otra.',
  'mail.late': 'Tu turno está demasiado cerca para un correo. Deja esta página abierta.',
  'mail.failed': 'No ha funcionado. Inténtalo de nuevo en un momento.',

  'move.title': 'Lleva tu lugar a otro dispositivo',
  'move.lead':
    'Abre allí este enlace y tendrás el mismo lugar. Quien tenga el enlace tiene tu lugar: no se lo des a nadie.',
  'move.label': 'Enlace a tu lugar',
  'move.copy': 'Copiar el enlace',
  'move.copied': 'Copiado.',
  'move.by_hand': 'El enlace está seleccionado; cópialo tú.',
} as const satisfies TranslationOf<typeof en>;
