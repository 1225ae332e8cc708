import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': '상품을 확보해 두었습니다: {what}',
  'order_received.lead': '주문해 주셔서 감사합니다: {what}.',
  'order_received.more':
    '{amount} 결제를 처리하는 동안 상품을 따로 확보해 두었습니다. 결제가 완료되는 대로 알려 드리며, 따로 하실 일은 없습니다.',
  'order_paid.subject': '결제가 완료되었습니다: {what}',
  'order_paid.lead': '{amount} 결제를 확인했습니다.',
  'order_paid.more': '이제 고객님의 상품입니다: {what}. 구매해 주셔서 감사합니다!',
  'order_declined.subject': '결제가 이루어지지 않았습니다: {what}',
  'order_declined.lead': '{what}에 대한 {amount} 결제가 거절되었습니다. 청구된 금액은 없습니다.',
  'order_declined.more':
    '상품은 다시 판매되고 있습니다. 남은 수량이 있으면 대기실에 다시 들어와 다른 카드로 결제하실 수 있습니다.',
  'order_expired.subject': '주문 시간이 만료되었습니다: {what}',
  'order_expired.lead':
    '{amount} 결제가 제시간에 확인되지 않아 상품을 더 이상 확보해 둘 수 없었습니다: {what}. 청구된 금액은 없습니다.',
  'order_expired.more': '남은 수량이 있으면 대기실에 다시 들어오실 수 있습니다.',
  'order_refunded.subject': '결제 금액을 돌려 드립니다: {what}',
  'order_refunded.lead': '{what}에 대한 {amount}을(를) 환불했습니다.',
  'order_refunded.more': '은행에 따라 계좌에 입금되기까지 며칠이 걸릴 수 있습니다.',
  'order_cancelled.subject': '주문이 취소되었습니다: {what}',
  'order_cancelled.lead': '요청하신 대로 주문({what})이 취소되었습니다. 청구된 금액은 없습니다.',
  'turn_near.subject': '곧 차례입니다: {room}',
  'turn_near.lead': '대기실 ‘{room}’에서 곧 고객님의 차례입니다.',
  'turn_near.more':
    '지금 자리로 돌아가 페이지를 열어 두세요. 호출된 뒤 진행할 수 있는 시간은 짧습니다. 이 링크가 곧 고객님의 자리이니 다른 사람에게 전달하지 마세요.',
  'turn_near.link': '내 자리로 돌아가기',
  'turn_near.why':
    '누군가 대기실에서 이 주소를 입력하여 이 메일을 보내 드립니다. 이 자리에 대해 다른 메일은 가지 않습니다.',
  'turn_near.stop': '이 메일 그만 받기',
  'place_joined.subject': '같은 주소로 두 자리가 있습니다: {room}',
  'place_joined.lead':
    '이미 자리가 있는 회원님의 주소로 누군가 대기실 ‘{room}’에 들어왔습니다. 첫 번째 자리 하나만 인정됩니다.',
  'place_joined.more':
    '다른 기기에서 직접 들어오셨다면 그곳에서 계속하세요. 첫 번째가 본인이 아니라면 기다리고 있는 브라우저에서 이 링크를 여세요. 그 자리가 인정되고 다른 자리는 끝납니다.',
  'place_joined.link': '내 자리 인정받기',
  'verify_email.subject': '이메일 주소를 확인해 주세요',
  'verify_email.lead': '누군가 이 주소로 계정을 만들었습니다. 본인이라면 하루 안에 여기에서 확인해 주세요:',
  'verify_email.more':
    '선택하신 비밀번호를 입력해야 합니다. 본인이 아니라면 아무것도 하지 않으셔도 됩니다. 그 비밀번호 없이는 아무도 더 진행할 수 없습니다.',
  'reset_password.subject': '새 비밀번호를 설정해 주세요',
  'reset_password.lead':
    '누군가 고객님 계정의 새 비밀번호를 요청했습니다. 본인이라면 한 시간 안에 여기에서 설정해 주세요:',
  'reset_password.more': '본인이 아니라면 아무것도 하지 않으셔도 됩니다. 비밀번호는 그대로입니다.',
  'account_exists.subject': '이미 계정이 있습니다',
  'account_exists.lead':
    '누군가 이 주소로 계정을 만들려고 했지만 이미 계정이 있습니다. 본인이라면 여기에서 로그인하거나 새 비밀번호를 요청해 주세요:',
  'account_exists.more': '본인이 아니라면 아무것도 하지 않으셔도 됩니다. 변경된 것은 없습니다.',
  reference: '주문 번호 {id}',
} as const satisfies TranslationOf<typeof en>;
