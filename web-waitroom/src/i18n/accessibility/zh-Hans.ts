import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '无障碍',
  'page.language': '语言',
  'page.lead': '本等候室及其商店面向所有人，力求达到 WCAG 2.2 的 AA 级。',
  'rely.title': '您可以放心的是',
  'rely.text':
    '一切都可仅用键盘、使用屏幕阅读器、在 400 % 缩放下、以浅色或深色、在减少动效的情况下使用。等候期间的变化会轻声播报，且不会过于频繁。等候室在没有 JavaScript 时也能使用。',
  'known.title': '我们如何得知',
  'known.text':
    '每次发布前，每个页面的每种状态都会在真实浏览器中测试：按规则、用键盘，并使用从右到左书写的语言。',
  'limits.title': '尚有不足',
  'limits.text': '商店和抽签核对需要 JavaScript，检查每个浏览器的等候室也需要。',
  'contact.title': '遇到了障碍？',
  'contact.text': '请告诉举办本次销售的商店：您想做什么，使用的是哪种浏览器或辅助工具。',
} as const satisfies TranslationOf<typeof en>;
