import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '核对抽签',
  'page.language': '语言',
  'page.lead': '您的排队号码由抽签决定。此页面根据公布的内容，在您的浏览器中重新计算。您输入的内容不会发送。',
  'page.no_script': '此页面使用 JavaScript 计算。文档中的方法无需 JavaScript。',
  'form.index': '到达序号（见您的回执）',
  'form.commitment': '开放前公布的值（承诺）',
  'form.seed': '开放后公布的值（种子）',
  'form.size': '参加抽签的人数',
  'form.check': '计算我的号码',
  'result.number': '您的号码是 {number}',
  'result.kept': '种子与任何人到来之前承诺的一致。',
  'result.broken': '种子与之前承诺的不一致。请联系商店。',
  'result.late': '您在抽签之后到达，因此按到达顺序排列。',
  'result.wrong': '请输入整数和种子。',
  'trouble.not_drawn': '抽签尚未进行。请在开放后再来。',
  'trouble.no_lottery': '此等候室不抽签：号码按到达顺序排列。',
  'trouble.away': '等候室目前没有响应。您可以手动输入。',
} as const satisfies TranslationOf<typeof en>;
