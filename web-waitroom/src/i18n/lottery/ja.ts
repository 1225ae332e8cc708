import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '抽選を確認する',
  'page.language': '言語',
  'page.lead':
    '列の番号は抽選で決まりました。公開された値から、このページがブラウザーの中でもう一度計算します。入力した内容は送信されません。',
  'page.no_script':
    'このページは JavaScript で計算します。ドキュメントの手順は JavaScript なしでも使えます。',
  'form.index': '到着番号（受付票に記載）',
  'form.commitment': '開場前に公開された値（コミットメント）',
  'form.seed': '開場後に公開された値（シード）',
  'form.size': '抽選の対象人数',
  'form.check': '自分の番号を計算する',
  'result.number': 'あなたの番号は {number} です',
  'result.kept': 'シードは、誰かが並ぶ前に約束されたものと一致します。',
  'result.broken': 'シードが事前に約束されたものと一致しません。ショップにお問い合わせください。',
  'result.late': '抽選のあとに到着したため、到着順になります。',
  'result.wrong': '整数とシードを入力してください。',
  'trouble.not_drawn': '抽選はまだ行われていません。開場後にもう一度お越しください。',
  'trouble.no_lottery': 'この待合室では抽選を行いません。番号は到着順です。',
  'trouble.away': '待合室が現在応答していません。値を手動で入力できます。',
} as const satisfies TranslationOf<typeof en>;
