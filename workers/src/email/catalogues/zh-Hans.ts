import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': '我们正为您保留 {what}',
  'order_received.lead': '感谢您的订购：{what}。',
  'order_received.more':
    '在我们处理 {amount} 的付款期间，商品已为您预留。付款完成后我们会立即通知您；您无需进行任何操作。',
  'order_paid.subject': '您的订单已付款：{what}',
  'order_paid.lead': '我们已收到您 {amount} 的付款。',
  'order_paid.more': '{what} 已属于您。感谢您的购买！',
  'order_declined.subject': '付款未成功：{what}',
  'order_declined.lead': '{what} 的 {amount} 付款被拒绝。您未被扣款。',
  'order_declined.more': '商品已重新上架。如有剩余，您可以再次进入等候室，并使用其他银行卡付款。',
  'order_expired.subject': '您的订单已过期：{what}',
  'order_expired.lead': '我们未能及时收到 {amount} 的付款，因此无法继续为您保留 {what}。您未被扣款。',
  'order_expired.more': '如有剩余，您可以再次进入等候室。',
  'order_refunded.subject': '我们正在退还您的付款：{what}',
  'order_refunded.lead': '我们已为 {what} 退款 {amount}。',
  'order_refunded.more': '视银行而定，款项退回您的账户可能需要几天时间。',
  'order_cancelled.subject': '您的订单已取消：{what}',
  'order_cancelled.lead': '您的订单（{what}）已按您的要求取消。您未被扣款。',
  'turn_near.subject': '即将轮到您：{room}',
  'turn_near.lead': '在等候室“{room}”中，即将轮到您。',
  'turn_near.more':
    '请现在回到您的位置并保持页面打开：被叫到之后，您只有很短的时间继续。此链接就是您的位置，请勿转发。',
  'turn_near.link': '回到我的位置',
  'turn_near.why': '您收到此邮件是因为有人在等候室中填写了此地址；对于此位置，您不会再收到其他邮件。',
  'turn_near.stop': '停止接收此类邮件',
  'place_joined.subject': '您的地址有两个位置：{room}',
  'place_joined.lead':
    '有人使用您的地址加入了等候室“{room}”，而该地址在那里已有一个位置。只有第一个位置有效。',
  'place_joined.more':
    '如果是您在其他设备上加入的，请在那里继续。如果第一个不是您，请在您排队的浏览器中打开此链接：您的位置将有效，另一个将结束。',
  'place_joined.link': '以我的位置为准',
  'verify_email.subject': '请确认您的电子邮件地址',
  'verify_email.lead': '有人使用此地址开设了账户。如果是您本人，请在一天内在此确认：',
  'verify_email.more':
    '系统会要求您输入所选的密码。如果不是您本人，则无需任何操作：没有该密码，任何人都无法继续。',
  'reset_password.subject': '设置新密码',
  'reset_password.lead': '有人为您的账户申请了新密码。如果是您本人，请在一小时内在此设置：',
  'reset_password.more': '如果不是您本人，则无需任何操作：您的密码保持不变。',
  'account_exists.subject': '您已有账户',
  'account_exists.lead': '有人试图使用此地址开设账户，但账户已存在。如果是您本人，请在此登录或申请新密码：',
  'account_exists.more': '如果不是您本人，则无需任何操作：未作任何更改。',
  reference: '订单 {id}',
} as const satisfies TranslationOf<typeof en>;
