import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** Everything that mails say, in English. */
const en = {
  'order_received.subject': 'We are holding {what} for you',
  'order_received.lead': 'Thank you for your order of {what}.',
  'order_received.more':
    'Your units are set aside while we take the payment of {amount}. You will hear from us as soon as it is through; there is nothing for you to do.',
  'order_paid.subject': 'Your order of {what} is paid',
  'order_paid.lead': 'We have received your payment of {amount}.',
  'order_paid.more': '{what} is yours. Thank you for buying with us!',
  'order_declined.subject': 'The payment for {what} did not go through',
  'order_declined.lead': 'The payment of {amount} for {what} was declined. You have not been charged.',
  'order_declined.more':
    'The units went back on sale. If some are left, you can join the waiting room again and pay with another card.',
  'order_expired.subject': 'Your order of {what} has run out',
  'order_expired.lead':
    'The payment of {amount} did not arrive in time, so we could not hold {what} for you any longer. You have not been charged.',
  'order_expired.more': 'If some units are left, you can join the waiting room again.',
  'order_refunded.subject': 'We are giving back your payment for {what}',
  'order_refunded.lead': 'We have refunded {amount} for {what}.',
  'order_refunded.more':
    'Depending on your bank it takes a few days until the money is on your account again.',
  'order_cancelled.subject': 'Your order of {what} is cancelled',
  'order_cancelled.lead': 'Your order of {what} is cancelled, as you asked. You have not been charged.',
  'turn_near.subject': 'Your turn is near: {room}',
  'turn_near.lead': 'It will soon be your turn in the waiting room “{room}”.',
  'turn_near.more':
    'Go back to your place now and keep the page open: once you are called, you have only a short time to go on. The link is your place, so do not pass it on.',
  'turn_near.link': 'Back to my place',
  'turn_near.why':
    'You get this mail, and no second one for this place, because somebody gave this address in the waiting room.',
  'turn_near.stop': 'Stop these mails',
  'place_joined.subject': 'Two places with your address: {room}',
  'place_joined.lead':
    'Somebody joined the waiting room “{room}” with your address, which has a place there already. Only one place counts: the first one.',
  'place_joined.more':
    'If you joined on another device, just go on there. If the first one was not you, open this link in the browser in which you wait: your place then counts, and the other one ends.',
  'place_joined.link': 'My place counts',
  'verify_email.subject': 'Please confirm your e-mail address',
  'verify_email.lead':
    'Somebody opened an account with this address. If it was you, confirm it here within a day:',
  'verify_email.more':
    'You will be asked for the password that you chose. If it was not you, there is nothing to do: without that password nobody gets further.',
  'reset_password.subject': 'Set a new password',
  'reset_password.lead':
    'Somebody asked for a new password for your account. If it was you, set it here within an hour:',
  'reset_password.more': 'If it was not you, there is nothing to do: your password stays as it is.',
  'account_exists.subject': 'You have an account already',
  'account_exists.lead':
    'Somebody tried to open an account with this address, but there is one already. If it was you, sign in, or ask for a new password, here:',
  'account_exists.more': 'If it was not you, there is nothing to do: nothing was changed.',
  reference: 'Order {id}',
} as const satisfies Catalogue;

export default en;
