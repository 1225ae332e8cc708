import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The texts of the waiting page, in English. */
const en = {
  'page.title': 'Waiting room',
  'page.language': 'Language',
  'page.accessibility': 'Accessibility',
  'page.no_script':
    'This page needs JavaScript to keep your place in line. Please turn it on, then reload the page.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Waiting room by ShopFast',

  'joining.title': 'Finding your place',
  'joining.lead':
    'This takes a moment. When it is your turn, this page takes you to the shop. Keep it open; no need to reload it.',

  'checking.title': 'Checking your browser',
  'checking.lead':
    'Your browser solves a small puzzle. It takes a few seconds and keeps bots from taking people’s places.',

  'email.title': 'Enter your e-mail address',
  'email.lead': 'Each address gets one place in this line. We use it for nothing else.',
  'email.label': 'E-mail address',
  'email.go': 'Join the line',

  'code.title': 'Enter your code',
  'code.lead': 'Use an invite or priority code from the shop to join.',
  'code.needed': 'This line is for invited guests. The code is in your invitation.',
  'code.label': 'Code',
  'code.go': 'Join with this code',
  'code.refused':
    'Sorry, this code does not work. Please check each letter; it may also be used already, expired, or for another sale.',
  'code.have': 'I have a code',
  'code.without': 'Join without a code',

  'not_open.title': 'Not open yet',
  'not_open.lead': 'The line opens soon. Keep this page open: you join automatically.',

  'lobby.title': 'You are early',
  'lobby.lead': 'You have a place. Keep this page open; no need to reload it.',
  'lobby.until': 'until the doors open',
  'lobby.opening': 'The doors are opening',
  'lobby.opens_at': 'Opens',
  'lobby.later': 'The opening time will be announced here.',

  'waiting.title': 'You are in line',
  'waiting.tab': { one: '{count} person ahead', other: '{count} people ahead' },
  'waiting.next': 'You are next',
  'waiting.ahead': { one: 'person ahead of you', other: 'people ahead of you' },
  'waiting.lead':
    'When it is your turn, this page takes you to the shop. Keep it open; no need to reload it.',
  'waiting.progress': 'Your progress',
  'waiting.said': '{ahead} of you. Estimated wait: {eta}.',

  'fact.number': 'Your number',
  'fact.number_none': 'Drawn at the opening',
  'fact.ahead': 'People ahead of you',
  'fact.eta': 'Estimated wait',
  'fact.unknown': 'Calculating',
  'fact.rate': 'Let in per minute',
  'fact.rate_value': 'about {rate}',
  'fact.rate_none': 'Nobody now',
  'fact.updated': 'Last updated {time}',
  'eta.rate_lowered': 'The shop is letting people in more slowly now, so the wait is longer.',
  'eta.shop_busy': 'People are taking more time in the shop, so the wait may become longer.',
  'eta.stock_low':
    'Most of what is left is on hold for people who are paying. The line continues when more become available.',
  'eta.paused': 'The line is paused for a moment. You keep your place.',
  'eta.catching_up': 'The line is moving more slowly than planned for a moment. You keep your place.',
  'message.label': 'Message from the shop',

  'called.title': 'It is your turn',
  'called.lead': 'We are taking you to the shop. If nothing happens, press the button.',
  'called.left': 'left to enter',
  'called.over': 'Time is up; checking your place',
  'called.go': 'Go to the shop',

  'going.title': 'Taking you to the shop',
  'going.lead': 'Your reservation is ready.',

  'completed.title': 'Your order is placed',
  'completed.lead': 'Thank you for your order in this sale.',
  'completed.order': 'See your order',
  'completed.shop': 'Go to the shop',

  'sold_out.title': 'Sold out',
  'sold_out.lead':
    'Everything is sold or on hold for somebody who is paying. If more become available, the line continues. You keep your place while this page is open.',
  'sold_out.lead_no_place': 'Everything is sold or on hold for somebody who is paying.',

  'paused.title': 'A short pause',
  'paused.lead': 'The line is paused for a moment. You keep your place; this page continues automatically.',

  'closed.title': 'This sale is over',
  'closed.lead': 'The waiting room is closed. Thank you for coming.',

  'expired.title': 'Your place has ended',
  'expired.lead':
    'This page was closed or offline for too long, or you missed your turn. You can join again; you will get a new number.',
  'revoked.title': 'Your place was withdrawn',
  'revoked.lead':
    'The shop has ended this place in line. If you think this is a mistake, please contact the shop.',
  'left.title': 'You have left the line',
  'left.lead': 'Your place went to the next person. You can join again; you will get a new number.',
  'unknown_room.title': 'There is no such waiting room',
  'unknown_room.lead': 'Please check the address: it may be incomplete, or the sale may be over.',
  'no_cookies.title': 'Cookies are needed',
  'no_cookies.lead':
    'This site keeps your place in a cookie, but your browser does not send it. Please allow cookies for this site, then try again.',
  'insecure.title': 'A secure connection is needed',
  'insecure.lead':
    'This room checks every browser, which only works over https. Please use an address with https://, or a newer browser.',
  'refused.title': 'We could not let you in',
  'refused.lead': 'The waiting room did not accept this request.',

  'trouble.offline': 'You are offline. We are holding your place; this page continues when you are online.',
  'trouble.holding':
    'We are holding your place. The waiting room is busy; this page tries again automatically.',
  'trouble.joining': 'The waiting room is busy. This page tries again automatically.',
  'trouble.leaving': 'That did not work. You are still in line; please try again in a moment.',

  'leave.open': 'Leave the line',
  'leave.title': 'Leave the line?',
  'leave.lead':
    'Your place goes to the next person. Joining again gives you a new number at the end of the line.',
  'leave.confirm': 'Leave',
  'leave.cancel': 'Stay in line',

  'notifications.open': 'Reminders and other devices',

  'again.join': 'Join again',
  'again.try': 'Try again',
} as const satisfies Catalogue;

export default en;
