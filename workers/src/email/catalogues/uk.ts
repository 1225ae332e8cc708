import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Ми тримаємо для вас: {what}',
  'order_received.lead': 'Дякуємо за ваше замовлення: {what}.',
  'order_received.more':
    'Товар зарезервовано для вас, поки ми проводимо оплату на суму {amount}. Ми повідомимо, щойно вона пройде; вам нічого не потрібно робити.',
  'order_paid.subject': 'Ваше замовлення оплачено: {what}',
  'order_paid.lead': 'Ми отримали вашу оплату на суму {amount}.',
  'order_paid.more': 'Тепер це ваше: {what}. Дякуємо за покупку!',
  'order_declined.subject': 'Оплата не пройшла: {what}',
  'order_declined.lead': 'Оплату на суму {amount} за {what} відхилено. Кошти з вас не стягнуто.',
  'order_declined.more':
    'Товар знову у продажу. Якщо щось залишилося, ви можете знову стати в чергу в залі очікування та заплатити іншою карткою.',
  'order_expired.subject': 'Термін вашого замовлення сплив: {what}',
  'order_expired.lead':
    'Оплата на суму {amount} не надійшла вчасно, тому ми не могли довше тримати для вас: {what}. Кошти з вас не стягнуто.',
  'order_expired.more': 'Якщо щось залишилося, ви можете знову стати в чергу в залі очікування.',
  'order_refunded.subject': 'Ми повертаємо вам гроші: {what}',
  'order_refunded.lead': 'Ми повернули {amount} за {what}.',
  'order_refunded.more': 'Залежно від вашого банку, гроші повернуться на рахунок за кілька днів.',
  'order_cancelled.subject': 'Ваше замовлення скасовано: {what}',
  'order_cancelled.lead': 'Ваше замовлення ({what}) скасовано на ваше прохання. Кошти з вас не стягнуто.',
  'turn_near.subject': 'Скоро ваша черга: {room}',
  'turn_near.lead': 'У залі очікування «{room}» скоро ваша черга.',
  'turn_near.more':
    'Поверніться зараз на своє місце й не закривайте сторінку: після виклику у вас буде мало часу, щоб продовжити. Це посилання і є вашим місцем, тож нікому його не передавайте.',
  'turn_near.link': 'Повернутися на моє місце',
  'turn_near.why':
    'Ви отримали цей лист, і іншого для цього місця не буде, бо хтось указав цю адресу в залі очікування.',
  'turn_near.stop': 'Припинити ці листи',
  reference: 'Замовлення {id}',
} as const satisfies TranslationOf<typeof en>;
