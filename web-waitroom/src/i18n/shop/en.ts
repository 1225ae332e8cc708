import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** Everything that the shop's pages say, in English. */
const en = {
  'page.title': 'Shop',
  'page.titled': '{page} · Shop',
  'page.no_script': 'The shop needs JavaScript. Please switch JavaScript on, then load the page again.',
  'page.home': 'All products',
  'page.skip': 'Go to the content',
  'page.loading': 'One moment …',
  'page.not_found': 'There is nothing here',
  'page.not_found_lead': 'The address leads nowhere in this shop.',

  'list.title': 'On sale',
  'list.empty': 'Nothing is on sale at the moment.',

  'availability.available': 'Available',
  'availability.low': 'Only a few left',
  'availability.reserved': 'All on hold',
  'availability.sold_out': 'Sold out',

  'product.limit': { one: 'At most {count} for each customer', other: 'At most {count} for each customer' },
  'product.buy': 'Buy now',
  'product.turn_title': 'Wait for your turn',
  'product.turn_lead':
    'Many people want this at once. The waiting room lets everybody in, in order, so that the shop stays quick.',
  'product.join': 'Join the waiting room',
  'product.no_room': 'This product is not on sale at the moment.',
  'product.sold_out': 'Every unit is sold. Thank you for coming.',
  'product.reserved': 'All units are on hold for others who are paying now. Some may come back.',

  'reservation.ready': 'It is your turn',
  'reservation.left': 'Your reservation is kept for {time}',
  'reservation.over_title': 'Your reservation has run out',
  'reservation.over_lead': 'The time to buy is over, and your turn went to the next person.',

  'form.title': 'Your order',
  'form.quantity': 'Quantity',
  'form.email': 'E-mail',
  'form.email_hint': 'The confirmation goes there.',
  'form.card': 'Test card',
  'form.card_hint': 'This shop takes no real money.',
  'form.total': 'Total',
  'form.buy': 'Buy for {total}',
  'form.buying': 'Placing your order …',
  'form.held': 'The shop is busy. Your order is kept and sent again by itself; please leave this page open.',

  'card.pm_card_visa': 'Visa that pays',
  'card.pm_card_visa_hint': 'The payment succeeds.',
  'card.pm_card_visa_chargeDeclined': 'Visa that is declined',
  'card.pm_card_visa_chargeDeclined_hint': 'The bank says no; the unit goes back.',
  'card.pm_card_authenticationRequired': 'Visa with 3-D Secure',
  'card.pm_card_authenticationRequired_hint': 'The bank asks you to confirm.',

  'order.title': 'Your order',
  'order.number': 'Order number',
  'order.product': 'Product',
  'order.quantity': 'Quantity',
  'order.total': 'Total',
  'order.email': 'E-mail',
  'order.placed': 'Placed',
  'order.steps': 'How far your order is',
  'order.step_received': 'Order received',
  'order.step_payment': 'Payment',
  'order.step_done': 'Confirmed',
  'order.live': 'This page follows the payment by itself.',
  'order.stale': 'The shop cannot be reached. Your order is safe; this page asks again by itself.',

  'state.pending_payment': 'Payment in progress',
  'state.pending_payment_lead':
    'Your units are set aside. The payment is being made; this can take a moment.',
  'state.action_needed': 'Your bank wants a confirmation',
  'state.action_needed_lead':
    'Your units are set aside until {time}. Please confirm the payment with your bank.',
  'state.paid': 'Paid. It is yours!',
  'state.paid_lead': 'Thank you. The confirmation is on its way to {email}.',
  'state.payment_failed': 'The payment was declined',
  'state.payment_failed_lead':
    'Nothing was charged, and the units went back on sale. You can queue again and use another card.',
  'state.expired': 'The time to pay ran out',
  'state.expired_lead': 'Nothing was charged, and the units went back on sale. You can queue again.',
  'state.cancelled': 'The order is cancelled',
  'state.cancelled_lead': 'Nothing was charged, and the units went back on sale.',
  'state.refunded': 'The order is refunded',
  'state.refunded_lead': 'The money is on its way back to your card.',

  'action.confirm': 'Confirm the payment',
  'action.new_tab': '(opens in a new tab)',
  'cancel.open': 'Cancel the order',
  'cancel.title': 'Cancel this order?',
  'cancel.lead': 'The units go to somebody else. To buy them after all, you would have to queue again.',
  'cancel.confirm': 'Cancel the order',
  'cancel.keep': 'Keep it',
  'order.again': 'Back to the waiting room',
  'order.more': 'Back to the shop',

  'problem.unreachable': 'The shop cannot be reached.',
  'problem.unknown': 'Something did not work.',
  'problem.again': 'Please try again.',
  'problem.gone': 'It may have been taken off sale.',
  'problem.too_late': 'The payment went through in the meantime, or the order had ended already.',
  'problem.sold_out': 'Units on hold may come back; you can try again while your reservation lasts.',
  'problem.retry': 'Please check your connection, then try again.',
  'problem.to_room': 'You need a new turn: join the waiting room again.',
  'problem.fix': 'Please change it, then try again.',
  'problem.wait': 'Please wait a moment, then try again.',
  'problem.other_browser':
    'Please go on in the browser in which you waited, or join the waiting room in this one.',
  'problem.no_token':
    'Please open it in the browser in which you ordered. The e-mail to you tells how it went, too.',
} as const satisfies Catalogue;

export default en;
