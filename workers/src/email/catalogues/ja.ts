import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': '{what} を確保しました',
  'order_received.lead': '{what} のご注文ありがとうございます。',
  'order_received.more':
    '{amount} のお支払いを処理している間、商品は確保されています。完了しだいお知らせします。お客様の操作は必要ありません。',
  'order_paid.subject': 'お支払いが完了しました：{what}',
  'order_paid.lead': '{amount} のお支払いを確認しました。',
  'order_paid.more': '{what} はお客様のものです。ご購入ありがとうございました。',
  'order_declined.subject': 'お支払いができませんでした：{what}',
  'order_declined.lead': '{what} のお支払い（{amount}）は承認されませんでした。請求は行われていません。',
  'order_declined.more':
    '商品は販売に戻りました。残りがあれば、もう一度待合室に並び、別のカードでお支払いいただけます。',
  'order_expired.subject': 'ご注文の期限が切れました：{what}',
  'order_expired.lead':
    '{amount} のお支払いが期限内に確認できなかったため、{what} の確保を終了しました。請求は行われていません。',
  'order_expired.more': '残りがあれば、もう一度待合室に並んでいただけます。',
  'order_refunded.subject': '代金を返金します：{what}',
  'order_refunded.lead': '{what} の代金 {amount} を返金しました。',
  'order_refunded.more': '銀行によっては、口座に入金されるまで数日かかります。',
  'order_cancelled.subject': 'ご注文をキャンセルしました：{what}',
  'order_cancelled.lead': 'ご依頼により、ご注文（{what}）をキャンセルしました。請求は行われていません。',
  'turn_near.subject': 'まもなく順番です：{room}',
  'turn_near.lead': '待合室「{room}」で、まもなくあなたの順番です。',
  'turn_near.more':
    '今すぐご自分の場所に戻り、ページを開いたままにしてください。呼び出されてから進むまでの時間はわずかです。このリンクはあなたの場所そのものですので、他の人に渡さないでください。',
  'turn_near.link': '自分の場所に戻る',
  'turn_near.why':
    '待合室でこのアドレスが入力されたため、このメールをお送りしました。この場所について次のメールは届きません。',
  'turn_near.stop': 'このメールを停止する',
  'place_joined.subject': '同じアドレスの場所が二つあります：{room}',
  'place_joined.lead':
    '待合室「{room}」に、すでに場所のあるお客様のアドレスで誰かが並びました。有効なのは最初の一つだけです。',
  'place_joined.more':
    '別の端末でお客様が並ばれた場合は、そちらでお続けください。最初の場所がお客様のものでない場合は、お待ちのブラウザでこのリンクを開いてください。お客様の場所が有効になり、もう一方は終了します。',
  'place_joined.link': '私の場所を有効にする',
  'verify_email.subject': 'メールアドレスを確認してください',
  'verify_email.lead':
    'このアドレスでアカウントが作成されました。ご本人の場合は、1日以内にこちらで確認してください：',
  'verify_email.more':
    'お選びになったパスワードの入力が必要です。お心当たりがなければ、何もする必要はありません。そのパスワードがなければ誰も先へ進めません。',
  'reset_password.subject': '新しいパスワードを設定してください',
  'reset_password.lead':
    'お客様のアカウントの新しいパスワードが求められました。ご本人の場合は、1時間以内にこちらで設定してください：',
  'reset_password.more': 'お心当たりがなければ、何もする必要はありません。パスワードはそのままです。',
  'account_exists.subject': 'すでにアカウントをお持ちです',
  'account_exists.lead':
    'このアドレスでアカウントを作成しようとした方がいますが、すでにアカウントがあります。ご本人の場合は、こちらからログインするか、新しいパスワードを請求してください：',
  'account_exists.more': 'お心当たりがなければ、何もする必要はありません。変更された内容はありません。',
  reference: 'ご注文番号 {id}',
} as const satisfies TranslationOf<typeof en>;
