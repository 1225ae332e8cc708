import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': '等候期间',
  'panel.close': '关闭',

  'alert.title': '轮到我时',
  'alert.sound': '播放声音',
  'alert.notification': '显示通知',
  'alert.lead': '为此，请保持页面打开。',
  'alert.denied': '浏览器不允许在此显示通知。可在浏览器对本网站的设置中更改。',
  'alert.body': '打开页面即可进入商店。',

  'mail.title': '快轮到我时，发邮件通知我',
  'mail.lead': '邮件会在轮到您之前约十分钟到达。在此之前您可以关闭此页面，您的位置会保留。',
  'mail.label': '电子邮箱',
  'mail.send': '给我发邮件',
  'mail.set': '我们会发邮件到 {email}。您可以关闭此页面，您的位置会保留。',
  'mail.sent': '邮件已在发送途中。',
  'mail.remove': '不要发邮件',
  'mail.removed': '不会发送邮件。',
  'mail.wrong': '请检查邮箱地址。',
  'mail.refused': '无法向此邮箱发送邮件。请换一个邮箱。',
  'mail.late': '很快就轮到您了，来不及发邮件。请保持此页面打开。',
  'mail.failed': '操作未成功。请稍后再试。',

  'move.title': '将位置转到其他设备',
  'move.lead': '在那台设备上打开此链接，即可使用同一位置。谁有链接，谁就拥有您的位置：请勿交给任何人。',
  'move.label': '您的位置链接',
  'move.copy': '复制链接',
  'move.copied': '已复制。',
  'move.by_hand': '链接已选中，请手动复制。',
} as const satisfies TranslationOf<typeof en>;
