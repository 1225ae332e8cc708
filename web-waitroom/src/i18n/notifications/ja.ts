import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'お待ちの間に',
  'panel.close': '閉じる',

  'alert.title': '順番が来たとき',
  'alert.sound': '音を鳴らす',
  'alert.notification': '通知を表示する',
  'alert.lead': 'そのためには、このページを開いたままにしてください。',
  'alert.denied': 'ブラウザーがここでの通知を許可していません。ブラウザーのこのサイトの設定で変更できます。',
  'alert.body': 'ページを開いて、ショップへお進みください。',

  'mail.title': '順番が近づいたらメールを受け取る',
  'mail.lead': '順番の約10分前に届きます。それまではこのページを閉じてもかまいません。場所は確保しています。',
  'mail.label': 'メールアドレス',
  'mail.send': 'メールを受け取る',
  'mail.set': '{email} にお送りします。このページを閉じてもかまいません。場所は確保しています。',
  'mail.sent': 'メールはすでにお送りしています。',
  'mail.remove': 'メールを受け取らない',
  'mail.removed': 'メールはお送りしません。',
  'mail.wrong': 'アドレスをご確認ください。',
  'mail.refused': 'このアドレスにはお送りできません。別のアドレスを入力してください。',
  'mail.late': '順番が近いため、メールは間に合いません。このページを開いたままお待ちください。',
  'mail.failed': 'うまくいきませんでした。少ししてからもう一度お試しください。',

  'move.title': '場所を別の端末に移す',
  'move.lead':
    'その端末でこのリンクを開くと、同じ場所になります。リンクを持つ人があなたの場所を持つことになるので、誰にも渡さないでください。',
  'move.label': 'あなたの場所へのリンク',
  'move.copy': 'リンクをコピー',
  'move.copied': 'コピーしました。',
  'move.by_hand': 'リンクを選択しました。手動でコピーしてください。',
} as const satisfies TranslationOf<typeof en>;
