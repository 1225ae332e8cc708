import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The texts of the waiting page, in English. */
const en = {
  'page.title': 'Waiting room',
  'page.language': 'Language',
  'page.accessibility': 'Accessibility',
  'page.no_script':
    'This page keeps your place in line with JavaScript. Please switch JavaScript on, then load the page again.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Waiting room by ShopFast',

  'joining.title': 'Finding your place',
  'joining.lead':
    'This takes a moment. When it is your turn, this page takes you to the shop. Keep it open; no need to load it again.',

  'checking.title': 'Checking your browser',
  'checking.lead':
    'Your browser solves a small puzzle by itself. It takes a few seconds and keeps programs from taking people’s places.',

  'email.title': 'Your e-mail address, please',
  'email.lead': 'There is one place for each address in this line. It is used for nothing else here.',
  'email.label': 'E-mail address',
  'email.go': 'Join the line',

  'code.title': 'Your code, please',
  'code.lead': 'An invite or priority code from the shop gives you a place of its own.',
  'code.needed': 'This line is for invited guests. The code is in your invitation.',
  'code.label': 'Code',
  'code.go': 'Join with this code',
  'code.refused':
    'Sorry, this code does not open the line. Please check each letter; it may also have been used already, be over, or be for another sale.',
  'code.have': 'I have a code',
  'code.without': 'Join without a code',

  'not_open.title': 'Not open yet',
  'not_open.lead': 'The line opens soon. Keep this page open: it lets you in as soon as it does.',

  'lobby.title': 'You are early',
  'lobby.lead': 'You have a place. Keep this page open; there is no need to load it again.',
  'lobby.until': 'until the doors open',
  'lobby.opening': 'The doors are opening',
  'lobby.opens_at': 'Opens',
  'lobby.later': 'The opening time will be announced here.',

  'waiting.title': 'You are in line',
  'waiting.tab': { one: '{count} person ahead', other: '{count} people ahead' },
  'waiting.next': 'You are next',
  'waiting.ahead': { one: 'person ahead of you', other: 'people ahead of you' },
  'waiting.lead':
    'When it is your turn, this page takes you to the shop. Keep it open; no need to load it again.',
  'waiting.progress': 'How far you have come',
  'waiting.said': '{ahead} of you. Estimated wait: {eta}.',

  'fact.number': 'Your number',
  'fact.number_none': 'Given at the opening',
  'fact.ahead': 'People ahead of you',
  'fact.eta': 'Estimated wait',
  'fact.unknown': 'Working it out',
  'fact.rate': 'Let in each minute',
  'fact.rate_value': 'about {rate}',
  'fact.rate_none': 'Nobody now',
  'fact.updated': 'Last updated {time}',
  'eta.rate_lowered': 'The shop is letting people in more slowly now, so the wait has become longer.',
  'eta.shop_busy': 'People are taking more time in the shop, so the wait may become longer.',
  'eta.stock_low':
    'Most of what is left is on hold for people who are paying. The line moves on when something comes back.',
  'eta.paused': 'The line stands still for a moment. You keep your place.',
  'eta.catching_up': 'The line is moving more slowly than planned for a moment. You keep your place.',
  'message.label': 'Message from the shop',

  'called.title': 'It is your turn',
  'called.lead': 'We are taking you to the shop. If nothing happens, press the button.',
  'called.left': 'left to go in',
  'called.over': 'Time is up; checking your place',
  'called.go': 'Go to the shop',

  'going.title': 'Taking you to the shop',
  'going.lead': 'Your reservation is ready.',

  'completed.title': 'Your order is placed',
  'completed.lead': 'You have bought in this sale; thank you.',
  'completed.order': 'See your order',
  'completed.shop': 'Go to the shop',

  'sold_out.title': 'Sold out',
  'sold_out.lead':
    'Every unit is sold or on hold for somebody who is paying. If one comes back, the line moves on, and you keep your place while this page is open.',
  'sold_out.lead_no_place': 'Every unit is sold or on hold for somebody who is paying.',

  'paused.title': 'A short pause',
  'paused.lead': 'The line stands still for a moment. You keep your place; this page goes on by itself.',

  'closed.title': 'This sale is over',
  'closed.lead': 'The waiting room is closed. Thank you for coming.',

  'expired.title': 'Your place has ended',
  'expired.lead':
    'We did not hear from this page for a while, or your turn went by. You can join again; you will get a new number.',
  'revoked.title': 'Your place was withdrawn',
  'revoked.lead':
    'The shop has ended this place in line. If you think that is a mistake, please ask the shop.',
  'left.title': 'You have left the line',
  'left.lead': 'Your place went to the next person. You can join again; you will get a new number.',
  'unknown_room.title': 'There is no such waiting room',
  'unknown_room.lead': 'Please check the address: it may be incomplete, or the sale may be long over.',
  'no_cookies.title': 'Cookies are needed',
  'no_cookies.lead':
    'Your place is kept in a cookie of this site, and the browser does not send it. Please allow cookies for this site, then try again.',
  'insecure.title': 'A secure connection is needed',
  'insecure.lead':
    'This room checks every browser, which works over https only. Please open the address with https://, or with a newer browser.',
  'refused.title': 'We could not let you in',
  'refused.lead': 'The waiting room did not accept this request.',

  'trouble.offline': 'You are offline. We are holding your place; this page goes on when you are back.',
  'trouble.holding': 'We are holding your place. The waiting room is busy; this page asks again by itself.',
  'trouble.joining': 'The waiting room is busy. This page tries again by itself.',
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
