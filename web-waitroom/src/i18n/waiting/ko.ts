import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '대기실',
  'page.language': '언어',
  'page.accessibility': '접근성',
  'page.no_script':
    '이 페이지는 JavaScript로 대기 순서를 지킵니다. JavaScript를 켜고 페이지를 새로 고쳐 주세요.',
  'page.titled': '{state} · {room}',
  'page.footer': 'ShopFast 대기실',

  'joining.title': '자리를 찾고 있습니다',
  'joining.lead':
    '잠시만 기다려 주세요. 차례가 되면 이 페이지가 상점으로 안내합니다. 열어 두세요. 새로 고칠 필요가 없습니다.',

  'checking.title': '브라우저를 확인하고 있습니다',
  'checking.lead':
    '브라우저가 작은 문제를 스스로 풉니다. 몇 초 걸리며, 프로그램이 사람의 자리를 차지하지 못하게 합니다.',

  'email.title': '이메일 주소를 입력해 주세요',
  'email.lead': '이 줄에서는 주소마다 자리가 하나입니다. 여기서 다른 용도로 쓰지 않습니다.',
  'email.label': '이메일 주소',
  'email.go': '줄 서기',

  'code.title': '코드를 입력해 주세요',
  'code.lead': '상점의 초대 코드나 우선 코드가 있으면 전용 자리를 받습니다.',
  'code.needed': '초대받은 분을 위한 줄입니다. 코드는 초대장에 있습니다.',
  'code.label': '코드',
  'code.go': '이 코드로 줄 서기',
  'code.refused':
    '이 코드로는 들어갈 수 없습니다. 글자를 하나씩 확인해 주세요. 이미 사용했거나, 기한이 지났거나, 다른 판매용일 수도 있습니다.',
  'code.have': '코드가 있습니다',
  'code.without': '코드 없이 줄 서기',

  'not_open.title': '아직 열리지 않았습니다',
  'not_open.lead': '곧 줄이 열립니다. 이 페이지를 열어 두시면 열리는 즉시 들어갑니다.',

  'lobby.title': '일찍 오셨습니다',
  'lobby.lead': '자리가 있습니다. 이 페이지를 열어 두세요. 새로 고칠 필요가 없습니다.',
  'lobby.until': '후에 문이 열립니다',
  'lobby.opening': '문이 열리고 있습니다',
  'lobby.opens_at': '열리는 시각',
  'lobby.later': '열리는 시각은 여기에 알려 드립니다.',

  'waiting.title': '줄을 서고 계십니다',
  'waiting.tab': { other: '앞에 {count}명' },
  'waiting.next': '다음 차례입니다',
  'waiting.ahead': { other: '명이 앞에 있습니다' },
  'waiting.lead': '차례가 되면 이 페이지가 상점으로 안내합니다. 열어 두세요. 새로 고칠 필요가 없습니다.',
  'waiting.progress': '진행 상황',
  'waiting.said': '{ahead}. 예상 대기: {eta}.',

  'fact.number': '내 번호',
  'fact.number_none': '열릴 때 정해짐',
  'fact.ahead': '앞에 있는 사람',
  'fact.eta': '예상 대기',
  'fact.unknown': '계산 중',
  'fact.rate': '분당 입장',
  'fact.rate_value': '약 {rate}명',
  'fact.rate_none': '지금은 없음',
  'fact.updated': '마지막 업데이트 {time}',
  'eta.rate_lowered': '상점이 지금 더 천천히 입장시키고 있어 대기가 길어졌습니다.',
  'eta.shop_busy': '상점 이용 시간이 길어지고 있어 대기가 길어질 수 있습니다.',
  'eta.stock_low': '남은 수량 대부분은 결제 중인 분들을 위해 확보되어 있습니다. 다시 나오면 줄이 움직입니다.',
  'eta.paused': '줄이 잠시 멈췄습니다. 자리는 그대로입니다.',
  'eta.catching_up': '줄이 잠시 예정보다 느리게 움직입니다. 자리는 그대로입니다.',
  'message.label': '상점의 메시지',

  'called.title': '차례가 되었습니다',
  'called.lead': '상점으로 안내합니다. 화면이 바뀌지 않으면 버튼을 눌러 주세요.',
  'called.left': '안에 입장하세요',
  'called.over': '시간이 끝났습니다. 자리를 확인하고 있습니다',
  'called.go': '상점으로 가기',

  'going.title': '상점으로 안내하고 있습니다',
  'going.lead': '예약이 준비되었습니다.',

  'completed.title': '주문이 완료되었습니다',
  'completed.lead': '이번 판매에서 구매하셨습니다. 감사합니다.',
  'completed.order': '주문 보기',
  'completed.shop': '상점으로 가기',

  'sold_out.title': '품절',
  'sold_out.lead':
    '모두 판매되었거나 결제 중인 분을 위해 확보되어 있습니다. 다시 나오면 줄이 움직이며, 이 페이지가 열려 있는 동안 자리는 그대로입니다.',
  'sold_out.lead_no_place': '모두 판매되었거나 결제 중인 분을 위해 확보되어 있습니다.',

  'paused.title': '잠시 멈춤',
  'paused.lead': '줄이 잠시 멈췄습니다. 자리는 그대로이며, 이 페이지가 알아서 이어집니다.',

  'closed.title': '판매가 끝났습니다',
  'closed.lead': '대기실이 닫혔습니다. 찾아 주셔서 감사합니다.',

  'expired.title': '자리가 만료되었습니다',
  'expired.lead':
    '이 페이지가 한동안 응답하지 않았거나 차례가 지나갔습니다. 새 번호로 다시 줄을 설 수 있습니다.',
  'revoked.title': '자리가 취소되었습니다',
  'revoked.lead': '상점이 이 자리를 취소했습니다. 착오라고 생각되시면 상점에 문의해 주세요.',
  'left.title': '줄에서 나가셨습니다',
  'left.lead': '자리는 다음 분에게 넘어갔습니다. 새 번호로 다시 줄을 설 수 있습니다.',
  'unknown_room.title': '없는 대기실입니다',
  'unknown_room.lead': '주소를 확인해 주세요. 주소가 온전하지 않거나 판매가 오래전에 끝났을 수 있습니다.',
  'no_cookies.title': '쿠키가 필요합니다',
  'no_cookies.lead':
    '자리는 이 사이트의 쿠키에 저장되는데 브라우저가 보내지 않습니다. 이 사이트의 쿠키를 허용한 뒤 다시 시도해 주세요.',
  'insecure.title': '보안 연결이 필요합니다',
  'insecure.lead':
    '이 대기실은 모든 브라우저를 확인하며, https에서만 가능합니다. https:// 주소나 더 최신 브라우저로 열어 주세요.',
  'refused.title': '입장하실 수 없습니다',
  'refused.lead': '대기실이 이 요청을 받아들이지 않았습니다.',

  'trouble.offline': '오프라인입니다. 자리는 지키고 있으며, 다시 연결되면 이 페이지가 이어집니다.',
  'trouble.holding': '자리를 지키고 있습니다. 대기실이 붐벼 이 페이지가 알아서 다시 확인합니다.',
  'trouble.joining': '대기실이 붐빕니다. 이 페이지가 알아서 다시 시도합니다.',
  'trouble.leaving': '처리하지 못했습니다. 아직 줄에 계십니다. 잠시 후 다시 시도해 주세요.',

  'leave.open': '줄에서 나가기',
  'leave.title': '줄에서 나가시겠어요?',
  'leave.lead': '자리는 다음 분에게 넘어갑니다. 다시 줄을 서면 맨 뒤의 새 번호를 받습니다.',
  'leave.confirm': '나가기',
  'leave.cancel': '계속 기다리기',

  'notifications.open': '알림과 다른 기기',

  'again.join': '다시 줄 서기',
  'again.try': '다시 시도',
} as const satisfies TranslationOf<typeof en>;
