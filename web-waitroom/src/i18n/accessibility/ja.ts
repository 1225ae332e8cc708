import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'アクセシビリティ',
  'page.language': '言語',
  'page.lead':
    'この待合室とショップは、すべての人のためのものです。WCAG 2.2のレベルAAを満たすことを目指しています。',
  'rely.title': 'ご利用いただけること',
  'rely.text':
    'すべてキーボードだけで、スクリーンリーダーで、400 %の拡大で、明るい配色でも暗い配色でも、動きを抑えて使えます。お待ちの間に変わることは、控えめに、頻繁すぎないように読み上げられます。待合室はJavaScriptなしでも使えます。',
  'known.title': '確かめ方',
  'known.text':
    '公開のたびに、すべてのページのすべての状態を実際のブラウザーで、規則、キーボード、右から左に書く言語によって確かめています。',
  'limits.title': '足りない点',
  'limits.text':
    'ショップと抽選の確認にはJavaScriptが必要です。すべてのブラウザーを確認する待合室も同様です。',
  'contact.title': 'お困りのことはありますか',
  'contact.text':
    'この販売を行っているショップにお知らせください。何をしようとしたか、どのブラウザーや支援技術をお使いかをお書きください。',
} as const satisfies TranslationOf<typeof en>;
