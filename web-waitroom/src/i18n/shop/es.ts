import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Tienda',
  'page.language': 'Idioma',
  'page.accessibility': 'Accesibilidad',
  'page.titled': '{page} · Tienda',
  'page.no_script': 'La tienda necesita JavaScript. Actívalo y vuelve a cargar la página.',
  'page.home': 'Todos los productos',
  'page.skip': 'Ir al contenido',
  'page.loading': 'Un momento…',
  'page.not_found': 'Aquí no hay nada',
  'page.not_found_lead': 'Esta dirección no lleva a ninguna parte en esta tienda.',

  'list.title': 'A la venta',
  'list.empty': 'Ahora mismo no hay nada a la venta.',

  'availability.available': 'Disponible',
  'availability.low': 'Quedan pocos',
  'availability.reserved': 'Todo reservado',
  'availability.sold_out': 'Agotado',

  'product.limit': {
    one: 'Máximo {count} por cliente',
    many: 'Máximo {count} por cliente',
    other: 'Máximo {count} por cliente',
  },
  'product.buy': 'Comprar ahora',
  'product.turn_title': 'Espera tu turno',
  'product.turn_lead':
    'Mucha gente lo quiere a la vez. La sala de espera deja entrar a todos por orden, para que la tienda siga siendo rápida.',
  'product.join': 'Entrar en la sala de espera',
  'product.no_room': 'Este producto no está a la venta ahora mismo.',
  'product.sold_out': 'Todo está vendido. Gracias por venir.',
  'product.reserved': 'Todo está reservado por personas que están pagando. Puede que algo quede libre.',

  'reservation.ready': 'Es tu turno',
  'reservation.left': 'Tu reserva se guarda {time} más',
  'reservation.over_title': 'Tu reserva ha caducado',
  'reservation.over_lead': 'El tiempo para comprar terminó y tu turno pasó a la siguiente persona.',

  'form.title': 'Tu pedido',
  'form.quantity': 'Cantidad',
  'form.email': 'Correo electrónico',
  'form.email_hint': 'Ahí llegará la confirmación.',
  'form.card': 'Tarjeta de prueba',
  'form.card_hint': 'Esta tienda no cobra dinero real.',
  'form.total': 'Total',
  'form.buy': 'Comprar por {total}',
  'form.buying': 'Enviando tu pedido…',
  'form.held':
    'La tienda está muy ocupada. Tu pedido está guardado y se vuelve a enviar solo; deja esta página abierta.',

  'card.pm_card_visa': 'Visa que paga',
  'card.pm_card_visa_hint': 'El pago se completa.',
  'card.pm_card_visa_chargeDeclined': 'Visa rechazada',
  'card.pm_card_visa_chargeDeclined_hint': 'El banco dice que no; la unidad vuelve a la venta.',
  'card.pm_card_authenticationRequired': 'Visa con 3-D Secure',
  'card.pm_card_authenticationRequired_hint': 'El banco te pide que confirmes.',

  'order.title': 'Tu pedido',
  'order.number': 'Número de pedido',
  'order.product': 'Producto',
  'order.quantity': 'Cantidad',
  'order.total': 'Total',
  'order.email': 'Correo electrónico',
  'order.placed': 'Realizado',
  'order.steps': 'Cómo va tu pedido',
  'order.step_received': 'Pedido recibido',
  'order.step_payment': 'Pago',
  'order.step_done': 'Confirmado',
  'order.live': 'Esta página sigue el pago sola.',
  'order.stale':
    'No se puede conectar con la tienda. Tu pedido está a salvo; esta página vuelve a preguntar sola.',
  'order.again': 'Volver a la sala de espera',
  'order.more': 'Volver a la tienda',

  'state.pending_payment': 'Pago en curso',
  'state.pending_payment_lead':
    'Tus artículos están apartados. El pago está en curso; puede tardar un momento.',
  'state.action_needed': 'Tu banco pide una confirmación',
  'state.action_needed_lead':
    'Tus artículos están apartados hasta las {time}. Confirma el pago con tu banco.',
  'state.paid': 'Pagado. ¡Es tuyo!',
  'state.paid_lead': 'Gracias. La confirmación va camino de {email}.',
  'state.payment_failed': 'El pago fue rechazado',
  'state.payment_failed_lead':
    'No se cobró nada y los artículos vuelven a estar a la venta. Puedes volver a la fila y usar otra tarjeta.',
  'state.expired': 'El plazo para pagar terminó',
  'state.expired_lead':
    'No se cobró nada y los artículos vuelven a estar a la venta. Puedes volver a la fila.',
  'state.cancelled': 'El pedido está cancelado',
  'state.cancelled_lead': 'No se cobró nada y los artículos vuelven a estar a la venta.',
  'state.refunded': 'El pedido está reembolsado',
  'state.refunded_lead': 'El dinero va camino de tu tarjeta.',

  'action.confirm': 'Confirmar el pago',
  'action.new_tab': '(se abre en una pestaña nueva)',
  'cancel.open': 'Cancelar el pedido',
  'cancel.title': '¿Cancelar este pedido?',
  'cancel.lead':
    'Los artículos serán para otra persona. Para comprarlos después, tendrías que volver a la fila.',
  'cancel.confirm': 'Cancelar el pedido',
  'cancel.keep': 'Conservarlo',

  'account.title': 'Tu cuenta',
  'account.sign_in': 'Iniciar sesión',
  'account.sign_out': 'Cerrar sesión',
  'account.sign_up': 'Crear una cuenta',
  'account.sign_up_lead':
    'Con una cuenta tienes todos tus pedidos en un solo lugar. También puedes comprar sin ella.',
  'account.name': 'Nombre',
  'account.password': 'Contraseña',
  'account.password_hint': {
    one: 'Al menos {count} carácter',
    many: 'Al menos {count} caracteres',
    other: 'Al menos {count} caracteres',
  },
  'account.forgotten': 'Elegir una contraseña nueva',
  'account.reset': 'Elegir una contraseña nueva',
  'account.reset_mail': 'Enviarme un enlace',
  'account.verify': 'Confirmar tu dirección',
  'account.verify_lead': 'Escribe la contraseña que elegiste para confirmar que la cuenta es tuya.',
  'account.mailed': 'Mira tu correo',
  'account.mailed_verify': 'Te hemos enviado un correo. Sigue su enlace para confirmar tu dirección.',
  'account.mailed_reset':
    'Si hay una cuenta con esta dirección, va en camino un correo con un enlace para elegir una contraseña nueva.',
  'account.no_link': 'Abre el enlace del correo que te enviamos.',
  'account.signed_in_as': 'Sesión iniciada como {email}',
  'account.orders': 'Tus pedidos',
  'account.no_orders': 'Aún no hay pedidos.',
  'account.older': 'Pedidos anteriores',
  'account.newest': 'Pedidos más recientes',
  'account.profile': 'Tu perfil',
  'account.save': 'Guardar',
  'account.erase': 'Eliminar la cuenta',
  'account.erase_lead':
    'El nombre, la dirección, la contraseña y las sesiones se borran al momento. Los pedidos quedan en nuestros registros, sin vínculo con ninguna cuenta.',
  'account.erase_confirm': 'Eliminar ahora',

  'problem.mailed': 'Mira tu correo o inicia sesión para recibir un enlace nuevo.',
  'problem.unreachable': 'No se puede conectar con la tienda.',
  'problem.unknown': 'Algo no ha funcionado.',
  'problem.again': 'Inténtalo de nuevo.',
  'problem.gone': 'Puede que se haya retirado de la venta.',
  'problem.too_late': 'El pago se completó entretanto, o el pedido ya había terminado.',
  'problem.sold_out': 'Lo reservado puede quedar libre; puedes intentarlo de nuevo mientras dure tu reserva.',
  'problem.retry': 'Comprueba tu conexión e inténtalo de nuevo.',
  'problem.to_room': 'Necesitas un turno nuevo: vuelve a la sala de espera.',
  'problem.fix': 'Cámbialo e inténtalo de nuevo.',
  'problem.wait': 'Espera un momento e inténtalo de nuevo.',
  'problem.other_browser':
    'Continúa en el navegador en el que esperaste, o entra en la sala de espera en este.',
  'problem.no_token':
    'Ábrelo en el navegador en el que hiciste el pedido. El correo que recibas también dirá cómo acabó.',
} as const satisfies TranslationOf<typeof en>;
