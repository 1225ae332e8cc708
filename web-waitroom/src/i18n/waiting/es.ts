import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Sala de espera',
  'page.language': 'Idioma',
  'page.accessibility': 'Accesibilidad',
  'page.no_script':
    'Esta página guarda tu lugar en la fila con JavaScript. Activa JavaScript y vuelve a cargar la página.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Sala de espera de ShopFast',

  'joining.title': 'Buscando tu lugar',
  'joining.lead':
    'Un momento, por favor. Cuando sea tu turno, esta página te llevará a la tienda. Déjala abierta; no hace falta recargarla.',

  'checking.title': 'Comprobando tu navegador',
  'checking.lead':
    'Tu navegador resuelve solo un pequeño cálculo. Tarda unos segundos e impide que los programas les quiten el lugar a las personas.',

  'email.title': 'Tu correo electrónico',
  'email.lead': 'En esta fila hay un lugar por dirección. Aquí no se usa para nada más.',
  'email.label': 'Correo electrónico',
  'email.go': 'Unirme a la fila',

  'code.title': 'Tu código',
  'code.lead': 'Un código de invitación o de prioridad de la tienda te da un lugar propio.',
  'code.needed': 'Esta fila es para invitados. El código está en tu invitación.',
  'code.label': 'Código',
  'code.go': 'Unirme con este código',
  'code.refused':
    'Lo sentimos, este código no abre la fila. Revisa cada carácter; quizá ya se usó, caducó o es de otra venta.',
  'code.have': 'Tengo un código',
  'code.without': 'Unirme sin código',

  'not_open.title': 'Aún no está abierta',
  'not_open.lead': 'La fila abre pronto. Deja esta página abierta: entrarás en cuanto abra.',

  'lobby.title': 'Llegas temprano',
  'lobby.lead': 'Tienes un lugar. Deja esta página abierta; no hace falta recargarla.',
  'lobby.until': 'para la apertura',
  'lobby.opening': 'Las puertas se están abriendo',
  'lobby.opens_at': 'Apertura',
  'lobby.later': 'La hora de apertura se anunciará aquí.',

  'waiting.title': 'Estás en la fila',
  'waiting.tab': {
    one: '{count} persona delante de ti',
    many: '{count} personas delante de ti',
    other: '{count} personas delante de ti',
  },
  'waiting.next': 'Tu turno es el siguiente',
  'waiting.ahead': {
    one: 'persona delante de ti',
    many: 'personas delante de ti',
    other: 'personas delante de ti',
  },
  'waiting.lead':
    'Cuando sea tu turno, esta página te llevará a la tienda. Déjala abierta; no hace falta recargarla.',
  'waiting.progress': 'Cuánto has avanzado',
  'waiting.said': '{ahead}. Espera estimada: {eta}.',

  'fact.number': 'Tu número',
  'fact.number_none': 'Se da al abrir',
  'fact.ahead': 'Personas delante de ti',
  'fact.eta': 'Espera estimada',
  'fact.unknown': 'Calculando',
  'fact.rate': 'Entradas por minuto',
  'fact.rate_value': 'unas {rate}',
  'fact.rate_none': 'Nadie por ahora',
  'fact.updated': 'Actualizado: {time}',
  'eta.rate_lowered': 'La tienda deja entrar más despacio ahora, así que la espera es más larga.',
  'eta.shop_busy': 'En la tienda se tarda más de lo normal, así que la espera puede alargarse.',
  'eta.stock_low':
    'Casi todo lo que queda está reservado por personas que están pagando. La fila avanzará cuando algo quede libre.',
  'eta.paused': 'La fila está parada un momento. Conservas tu lugar.',
  'eta.catching_up': 'La fila avanza un poco más despacio de lo previsto. Conservas tu lugar.',
  'message.label': 'Mensaje de la tienda',

  'called.title': 'Es tu turno',
  'called.lead': 'Te llevamos a la tienda. Si no pasa nada, pulsa el botón.',
  'called.left': 'para entrar',
  'called.over': 'Se acabó el tiempo; comprobando tu lugar',
  'called.go': 'Ir a la tienda',

  'going.title': 'Te llevamos a la tienda',
  'going.lead': 'Tu reserva está lista.',

  'completed.title': 'Tu pedido está hecho',
  'completed.lead': 'Has comprado en esta venta; gracias.',
  'completed.order': 'Ver tu pedido',
  'completed.shop': 'Ir a la tienda',

  'sold_out.title': 'Agotado',
  'sold_out.lead':
    'Todo está vendido o reservado por alguien que está pagando. Si algo queda libre, la fila avanza, y conservas tu lugar mientras esta página siga abierta.',
  'sold_out.lead_no_place': 'Todo está vendido o reservado por alguien que está pagando.',

  'paused.title': 'Una breve pausa',
  'paused.lead': 'La fila está parada un momento. Conservas tu lugar; esta página seguirá sola.',

  'closed.title': 'Esta venta ha terminado',
  'closed.lead': 'La sala de espera está cerrada. Gracias por venir.',

  'expired.title': 'Tu lugar ha caducado',
  'expired.lead':
    'Esta página no dio señales durante un rato, o pasó tu turno. Puedes volver a la fila con un número nuevo.',
  'revoked.title': 'Tu lugar fue retirado',
  'revoked.lead':
    'La tienda ha anulado este lugar en la fila. Si crees que es un error, consulta con la tienda.',
  'left.title': 'Has dejado la fila',
  'left.lead': 'Tu lugar pasó a la siguiente persona. Puedes volver a la fila con un número nuevo.',
  'unknown_room.title': 'Esta sala de espera no existe',
  'unknown_room.lead': 'Revisa la dirección: puede estar incompleta, o la venta terminó hace tiempo.',
  'no_cookies.title': 'Se necesitan cookies',
  'no_cookies.lead':
    'Tu lugar se guarda en una cookie de este sitio y tu navegador no la envía. Permite las cookies de este sitio e inténtalo de nuevo.',
  'insecure.title': 'Se necesita una conexión segura',
  'insecure.lead':
    'Esta sala comprueba cada navegador, y eso solo funciona con https. Abre la dirección con https:// o con un navegador más reciente.',
  'refused.title': 'No hemos podido dejarte entrar',
  'refused.lead': 'La sala de espera no aceptó esta solicitud.',

  'trouble.offline': 'No tienes conexión. Guardamos tu lugar; esta página seguirá cuando vuelvas.',
  'trouble.holding':
    'Guardamos tu lugar. La sala de espera está muy ocupada; esta página vuelve a preguntar sola.',
  'trouble.joining': 'La sala de espera está muy ocupada. Esta página lo intenta de nuevo sola.',
  'trouble.leaving': 'No ha funcionado. Sigues en la fila; inténtalo de nuevo en un momento.',

  'leave.open': 'Dejar la fila',
  'leave.title': '¿Dejar la fila?',
  'leave.lead':
    'Tu lugar pasa a la siguiente persona. Si vuelves, tendrás un número nuevo al final de la fila.',
  'leave.confirm': 'Dejar la fila',
  'leave.cancel': 'Seguir en la fila',

  'notifications.open': 'Avisos y otros dispositivos',

  'again.join': 'Volver a la fila',
  'again.try': 'Intentar de nuevo',
} as const satisfies TranslationOf<typeof en>;
