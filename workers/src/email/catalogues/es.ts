import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Te estamos guardando {what}',
  'order_received.lead': 'Gracias por tu pedido: {what}.',
  'order_received.more':
    'Tus artículos están reservados mientras procesamos el pago de {amount}. Te avisaremos en cuanto se complete; no tienes que hacer nada.',
  'order_paid.subject': 'Tu pedido está pagado: {what}',
  'order_paid.lead': 'Hemos recibido tu pago de {amount}.',
  'order_paid.more': 'Ya es tuyo: {what}. ¡Gracias por tu compra!',
  'order_declined.subject': 'El pago no se ha podido realizar: {what}',
  'order_declined.lead': 'El pago de {amount} por {what} ha sido rechazado. No se te ha cobrado nada.',
  'order_declined.more':
    'Los artículos vuelven a estar a la venta. Si quedan, puedes entrar de nuevo en la sala de espera y pagar con otra tarjeta.',
  'order_expired.subject': 'Tu pedido ha caducado: {what}',
  'order_expired.lead':
    'El pago de {amount} no llegó a tiempo, así que no hemos podido seguir guardándote {what}. No se te ha cobrado nada.',
  'order_expired.more': 'Si quedan artículos, puedes entrar de nuevo en la sala de espera.',
  'order_refunded.subject': 'Te devolvemos el dinero: {what}',
  'order_refunded.lead': 'Te hemos reembolsado {amount} por {what}.',
  'order_refunded.more': 'Según tu banco, el dinero puede tardar unos días en volver a tu cuenta.',
  'order_cancelled.subject': 'Tu pedido está cancelado: {what}',
  'order_cancelled.lead': 'Tu pedido ({what}) está cancelado, como pediste. No se te ha cobrado nada.',
  'turn_near.subject': 'Pronto será tu turno: {room}',
  'turn_near.lead': 'En la sala de espera «{room}» pronto será tu turno.',
  'turn_near.more':
    'Vuelve ahora a tu lugar y deja la página abierta: cuando te llamemos, tendrás poco tiempo para continuar. El enlace es tu lugar, así que no lo compartas.',
  'turn_near.link': 'Volver a mi lugar',
  'turn_near.why':
    'Recibes este correo, y ninguno más por este lugar, porque alguien indicó esta dirección en la sala de espera.',
  'turn_near.stop': 'Dejar de recibir estos correos',
  'place_joined.subject': 'Dos lugares con tu dirección: {room}',
  'place_joined.lead':
    'Alguien ha entrado en la sala de espera «{room}» con tu dirección, que ya tiene un lugar allí. Solo cuenta uno: el primero.',
  'place_joined.more':
    'Si fuiste tú en otro dispositivo, continúa allí. Si el primero no fuiste tú, abre este enlace en el navegador en el que esperas: contará tu lugar y el otro terminará.',
  'place_joined.link': 'Cuenta mi lugar',
  'verify_email.subject': 'Confirma tu dirección de correo',
  'verify_email.lead':
    'Alguien ha abierto una cuenta con esta dirección. Si has sido tú, confírmala aquí en el plazo de un día:',
  'verify_email.more':
    'Se te pedirá la contraseña que elegiste. Si no has sido tú, no tienes que hacer nada: sin esa contraseña nadie puede continuar.',
  'reset_password.subject': 'Elige una contraseña nueva',
  'reset_password.lead':
    'Alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, elígela aquí en el plazo de una hora:',
  'reset_password.more': 'Si no has sido tú, no tienes que hacer nada: tu contraseña sigue igual.',
  'account_exists.subject': 'Ya tienes una cuenta',
  'account_exists.lead':
    'Alguien ha intentado abrir una cuenta con esta dirección, pero ya existe una. Si has sido tú, inicia sesión o pide una contraseña nueva aquí:',
  'account_exists.more': 'Si no has sido tú, no tienes que hacer nada: no ha cambiado nada.',
  reference: 'Pedido {id}',
} as const satisfies TranslationOf<typeof en>;
