import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '等候室',
  'page.language': '语言',
  'page.accessibility': '无障碍',
  'page.no_script': '本页面使用 JavaScript 保留您的排队位置。请启用 JavaScript 后重新加载页面。',
  'page.titled': '{state} · {room}',
  'page.footer': 'ShopFast 等候室',

  'joining.title': '正在查找您的位置',
  'joining.lead': '请稍候。轮到您时，此页面会带您进入商店。请保持打开，无需重新加载。',

  'checking.title': '正在检查您的浏览器',
  'checking.lead': '浏览器正在自动完成一道小计算题。只需几秒，可防止程序抢占他人的位置。',

  'email.title': '请输入您的电子邮箱',
  'email.lead': '此队列中每个邮箱只有一个位置。邮箱在此不作其他用途。',
  'email.label': '电子邮箱',
  'email.go': '加入队列',

  'code.title': '请输入您的代码',
  'code.lead': '凭商店的邀请码或优先码，您可获得专属位置。',
  'code.needed': '此队列仅限受邀者。代码在您的邀请函中。',
  'code.label': '代码',
  'code.go': '凭此代码加入',
  'code.refused': '抱歉，此代码无效。请逐个字符核对；也可能已被使用、已过期，或属于其他活动。',
  'code.have': '我有代码',
  'code.without': '不用代码加入',

  'not_open.title': '尚未开放',
  'not_open.lead': '队列即将开放。请保持此页面打开，开放后会立即让您加入。',

  'lobby.title': '您来早了',
  'lobby.lead': '您已有位置。请保持此页面打开，无需重新加载。',
  'lobby.until': '后开放',
  'lobby.opening': '正在开放',
  'lobby.opens_at': '开放时间',
  'lobby.later': '开放时间将在此公布。',

  'waiting.title': '您正在排队',
  'waiting.tab': { other: '前面还有 {count} 人' },
  'waiting.next': '下一位就是您',
  'waiting.ahead': { other: '人在您前面' },
  'waiting.lead': '轮到您时，此页面会带您进入商店。请保持打开，无需重新加载。',
  'waiting.progress': '排队进度',
  'waiting.said': '{ahead}。预计等待：{eta}。',

  'fact.number': '您的号码',
  'fact.number_none': '开放时分配',
  'fact.ahead': '您前面的人数',
  'fact.eta': '预计等待',
  'fact.unknown': '正在计算',
  'fact.rate': '每分钟放行',
  'fact.rate_value': '约 {rate} 人',
  'fact.rate_none': '目前暂停',
  'fact.updated': '更新于 {time}',
  'eta.rate_lowered': '商店现在放行较慢，等待时间因此变长。',
  'eta.shop_busy': '商店内用时较长，等待时间可能变长。',
  'eta.stock_low': '剩余商品大多已为正在付款的人保留。一有释放，队列就会前进。',
  'eta.paused': '队列暂时停止。您的位置会保留。',
  'eta.catching_up': '队列暂时比计划慢。您的位置会保留。',
  'message.label': '商店消息',

  'called.title': '轮到您了',
  'called.lead': '正在带您进入商店。如果没有反应，请按下按钮。',
  'called.left': '内请进入',
  'called.over': '时间已到；正在检查您的位置',
  'called.go': '进入商店',

  'going.title': '正在带您进入商店',
  'going.lead': '您的预订已就绪。',

  'completed.title': '订单已提交',
  'completed.lead': '您已在本次活动中购买，谢谢。',
  'completed.order': '查看订单',
  'completed.shop': '进入商店',

  'sold_out.title': '已售罄',
  'sold_out.lead':
    '全部商品已售出，或已为正在付款的人保留。如有释放，队列会继续前进；只要此页面保持打开，您的位置就会保留。',
  'sold_out.lead_no_place': '全部商品已售出，或已为正在付款的人保留。',

  'paused.title': '短暂暂停',
  'paused.lead': '队列暂时停止。您的位置会保留，此页面会自动继续。',

  'closed.title': '本次活动已结束',
  'closed.lead': '等候室已关闭。感谢您的到来。',

  'expired.title': '您的位置已失效',
  'expired.lead': '此页面有一段时间没有响应，或您的轮次已过。您可以重新排队，并获得新号码。',
  'revoked.title': '您的位置已被撤销',
  'revoked.lead': '商店取消了这个排队位置。如果您认为有误，请联系商店。',
  'left.title': '您已离开队列',
  'left.lead': '您的位置已让给下一位。您可以重新排队，并获得新号码。',
  'unknown_room.title': '没有这个等候室',
  'unknown_room.lead': '请检查地址：可能不完整，或活动早已结束。',
  'no_cookies.title': '需要 Cookie',
  'no_cookies.lead':
    '您的位置保存在本网站的 Cookie 中，但浏览器没有发送。请允许本网站使用 Cookie，然后重试。',
  'insecure.title': '需要安全连接',
  'insecure.lead': '此等候室会检查每个浏览器，仅支持 https。请用 https:// 打开地址，或使用较新的浏览器。',
  'refused.title': '无法让您进入',
  'refused.lead': '等候室未接受此请求。',

  'trouble.offline': '您已离线。您的位置会保留，恢复连接后此页面会继续。',
  'trouble.holding': '您的位置会保留。等候室繁忙，此页面会自动重新查询。',
  'trouble.joining': '等候室繁忙。此页面会自动重试。',
  'trouble.leaving': '操作未成功。您仍在队列中，请稍后再试。',

  'leave.open': '离开队列',
  'leave.title': '要离开队列吗？',
  'leave.lead': '您的位置会让给下一位。重新排队将获得队尾的新号码。',
  'leave.confirm': '离开',
  'leave.cancel': '继续排队',

  'notifications.open': '提醒和其他设备',

  'again.join': '重新排队',
  'again.try': '重试',
} as const satisfies TranslationOf<typeof en>;
