import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '待合室',
  'page.language': '言語',
  'page.accessibility': 'アクセシビリティ',
  'page.no_script':
    'このページは JavaScript で列の場所を確保します。JavaScript を有効にして、ページを読み込み直してください。',
  'page.titled': '{state} · {room}',
  'page.footer': 'ShopFast の待合室',

  'joining.title': 'あなたの場所を確認しています',
  'joining.lead':
    '少々お待ちください。順番が来ると、このページからショップへご案内します。開いたままお待ちください。読み込み直す必要はありません。',

  'checking.title': 'ブラウザーを確認しています',
  'checking.lead':
    'ブラウザーが小さな計算を自動で解いています。数秒で終わり、プログラムによる場所取りを防ぎます。',

  'email.title': 'メールアドレスを入力してください',
  'email.lead': 'この列ではアドレスごとに一つの場所が割り当てられます。ここでほかの用途には使いません。',
  'email.label': 'メールアドレス',
  'email.go': '列に並ぶ',

  'code.title': 'コードを入力してください',
  'code.lead': 'ショップの招待コードまたは優先コードがあれば、専用の場所が割り当てられます。',
  'code.needed': 'この列は招待された方専用です。コードは招待状に記載されています。',
  'code.label': 'コード',
  'code.go': 'このコードで並ぶ',
  'code.refused':
    'このコードはご利用になれません。一文字ずつご確認ください。すでに使われたか、期限が切れたか、別のセール用の可能性もあります。',
  'code.have': 'コードを持っています',
  'code.without': 'コードなしで並ぶ',

  'not_open.title': 'まだ開いていません',
  'not_open.lead': '列はまもなく開きます。このページを開いたままにしておくと、開き次第お入りいただけます。',

  'lobby.title': 'お早めのご来場です',
  'lobby.lead':
    '場所は確保されています。このページを開いたままお待ちください。読み込み直す必要はありません。',
  'lobby.until': 'で開場します',
  'lobby.opening': '開場しています',
  'lobby.opens_at': '開場',
  'lobby.later': '開場時刻はここでお知らせします。',

  'waiting.title': '列に並んでいます',
  'waiting.tab': { other: '前に {count} 人' },
  'waiting.next': '次があなたの番です',
  'waiting.ahead': { other: '人が前にいます' },
  'waiting.lead':
    '順番が来ると、このページからショップへご案内します。開いたままお待ちください。読み込み直す必要はありません。',
  'waiting.progress': '進み具合',
  'waiting.said': '{ahead}。待ち時間の目安：{eta}。',

  'fact.number': 'あなたの番号',
  'fact.number_none': '開場時に決まります',
  'fact.ahead': '前にいる人数',
  'fact.eta': '待ち時間の目安',
  'fact.unknown': '計算中',
  'fact.rate': '1分あたりの入場',
  'fact.rate_value': '約 {rate} 人',
  'fact.rate_none': '現在なし',
  'fact.updated': '最終更新 {time}',
  'eta.rate_lowered': 'ショップへの入場がゆっくりになったため、待ち時間が延びました。',
  'eta.shop_busy': 'ショップでの手続きに時間がかかっているため、待ち時間が延びることがあります。',
  'eta.stock_low': '残りの大半は、お支払い中の方のために確保されています。空きが出ると列が進みます。',
  'eta.paused': '列は少しの間止まっています。場所はそのままです。',
  'eta.catching_up': '列の進みが一時的に予定より遅くなっています。場所はそのままです。',
  'message.label': 'ショップからのお知らせ',

  'called.title': 'あなたの番です',
  'called.lead': 'ショップへご案内します。画面が変わらないときはボタンを押してください。',
  'called.left': '以内にお入りください',
  'called.over': '時間切れです。場所を確認しています',
  'called.go': 'ショップへ進む',

  'going.title': 'ショップへご案内しています',
  'going.lead': 'ご予約の準備ができました。',

  'completed.title': 'ご注文が完了しました',
  'completed.lead': 'このセールでご購入いただきました。ありがとうございます。',
  'completed.order': '注文を見る',
  'completed.shop': 'ショップへ進む',

  'sold_out.title': '売り切れ',
  'sold_out.lead':
    'すべて販売済みか、お支払い中の方のために確保されています。空きが出ると列が進みます。このページを開いている間、場所はそのままです。',
  'sold_out.lead_no_place': 'すべて販売済みか、お支払い中の方のために確保されています。',

  'paused.title': 'しばらくお待ちください',
  'paused.lead': '列は少しの間止まっています。場所はそのままで、このページは自動で再開します。',

  'closed.title': 'このセールは終了しました',
  'closed.lead': '待合室は閉じました。お越しいただきありがとうございました。',

  'expired.title': '場所の期限が切れました',
  'expired.lead':
    'このページからの応答がしばらくなかったか、順番が過ぎました。新しい番号でもう一度並べます。',
  'revoked.title': '場所が取り消されました',
  'revoked.lead':
    'ショップがこの場所を取り消しました。お心当たりがない場合は、ショップにお問い合わせください。',
  'left.title': '列を離れました',
  'left.lead': '場所は次の方に移りました。新しい番号でもう一度並べます。',
  'unknown_room.title': 'この待合室はありません',
  'unknown_room.lead': 'アドレスをご確認ください。不完全か、セールがすでに終わっている可能性があります。',
  'no_cookies.title': 'Cookie が必要です',
  'no_cookies.lead':
    '場所はこのサイトの Cookie に保存されますが、ブラウザーから送られていません。このサイトの Cookie を許可して、もう一度お試しください。',
  'insecure.title': '安全な接続が必要です',
  'insecure.lead':
    'この待合室ではブラウザーを確認しますが、https でのみ可能です。https:// のアドレスか、新しいブラウザーで開いてください。',
  'refused.title': 'お入りいただけませんでした',
  'refused.lead': '待合室がこのリクエストを受け付けませんでした。',

  'trouble.offline': 'オフラインです。場所は確保しています。接続が戻ると、このページは再開します。',
  'trouble.holding':
    '場所は確保しています。待合室が混み合っているため、このページが自動で問い合わせ直します。',
  'trouble.joining': '待合室が混み合っています。このページが自動でもう一度試します。',
  'trouble.leaving': 'うまくいきませんでした。まだ列に並んでいます。少ししてからもう一度お試しください。',

  'leave.open': '列を離れる',
  'leave.title': '列を離れますか？',
  'leave.lead': '場所は次の方に移ります。もう一度並ぶと、列の最後の新しい番号になります。',
  'leave.confirm': '離れる',
  'leave.cancel': '並び続ける',

  'notifications.open': 'リマインダーと別の端末',

  'again.join': 'もう一度並ぶ',
  'again.try': 'もう一度試す',
} as const satisfies TranslationOf<typeof en>;
