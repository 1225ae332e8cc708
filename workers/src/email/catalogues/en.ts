import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The texts of mails in English. */
const en = {
  'order_received.subject': 'We are holding {what} for you',
  'order_received.lead': 'Thank you for your order of {what}.',
  'order_received.more':
    'Your items are reserved while we process your payment of {amount}. We will e-mail you as soon as it is done. You do not need to do anything.',
  'order_paid.subject': 'Your order of {what} is paid',
  'order_paid.lead': 'We have received your payment of {amount}.',
  'order_paid.more': 'Your order of {what} is confirmed. Thank you for shopping with us!',
  'order_declined.subject': 'The payment for {what} did not go through',
  'order_declined.lead': 'The payment of {amount} for {what} was declined. You have not been charged.',
  'order_declined.more':
    'Your items went back on sale. If any are left, you can join the waiting room again and pay with another card.',
  'order_expired.subject': 'Your order of {what} has expired',
  'order_expired.lead':
    'The payment of {amount} did not arrive in time, so we could not hold {what} for you any longer. You have not been charged.',
  'order_expired.more': 'If any are left, you can join the waiting room again.',
  'order_refunded.subject': 'Your refund for {what}',
  'order_refunded.lead': 'We have refunded {amount} for {what}.',
  'order_refunded.more':
    'Depending on your bank, it can take a few days until the money is back in your account.',
  'order_cancelled.subject': 'Your order of {what} is cancelled',
  'order_cancelled.lead': 'Your order of {what} is cancelled, as you requested. You have not been charged.',
  'turn_near.subject': 'Your turn is near: {room}',
  'turn_near.lead': 'It will soon be your turn in the waiting room “{room}”.',
  'turn_near.more':
    'Go back to your place now and keep the page open: when you are called, you have only a short time to continue. The link is your place in line, so do not share it.',
  'turn_near.link': 'Back to my place',
  'turn_near.why':
    'You get this e-mail because somebody entered this address in the waiting room. We send only one reminder per place.',
  'turn_near.stop': 'Stop these e-mails',
  'place_joined.subject': 'Two places with your address: {room}',
  'place_joined.lead':
    'Somebody joined the waiting room “{room}” with your address, which already has a place there. Only one place counts: the first one.',
  'place_joined.more':
    'If you joined on another device, just continue there. If the first place is not yours, open this link in the browser in which you are waiting: your place there then counts, and the other one ends.',
  'place_joined.link': 'Keep my place',
  'verify_email.subject': 'Please confirm your e-mail address',
  'verify_email.lead':
    'Somebody created an account with this address. If it was you, confirm the address here within a day:',
  'verify_email.more':
    'You will be asked for the password that you chose. If it was not you, ignore this e-mail: without that password nobody can use the account.',
  'reset_password.subject': 'Set a new password',
  'reset_password.lead':
    'Somebody requested a new password for your account. If it was you, set it here within an hour:',
  'reset_password.more': 'If it was not you, ignore this e-mail: your password stays the same.',
  'account_exists.subject': 'You have an account already',
  'account_exists.lead':
    'Somebody tried to create an account with this address, but it already has one. If it was you, sign in or request a new password here:',
  'account_exists.more': 'If it was not you, ignore this e-mail: nothing was changed.',
  reference: 'Order {id}',
} as const satisfies Catalogue;

export default en;
