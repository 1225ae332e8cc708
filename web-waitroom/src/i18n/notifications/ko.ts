import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': '기다리시는 동안',
  'panel.close': '닫기',

  'alert.title': '내 차례가 되면',
  'alert.sound': '소리로 알리기',
  'alert.notification': '알림 표시',
  'alert.lead': '이를 위해 페이지를 열어 두세요.',
  'alert.denied':
    '브라우저가 여기서 알림을 허용하지 않습니다. 브라우저의 이 사이트 설정에서 바꿀 수 있습니다.',
  'alert.body': '상점으로 가려면 페이지를 여세요.',

  'mail.title': '차례가 가까워지면 이메일 받기',
  'mail.lead':
    '차례가 되기 약 10분 전에 도착합니다. 그때까지 이 페이지를 닫아도 됩니다. 자리는 지키고 있습니다.',
  'mail.label': '이메일 주소',
  'mail.send': '이메일 받기',
  'mail.set': '{email} 주소로 보내 드립니다. 이 페이지를 닫아도 됩니다. 자리는 지키고 있습니다.',
  'mail.sent': '이메일을 이미 보냈습니다.',
  'mail.remove': '이메일 받지 않기',
  'mail.removed': '이메일을 보내지 않습니다.',
  'mail.wrong': '주소를 확인해 주세요.',
  'mail.refused': '이 주소로는 보낼 수 없습니다. 다른 주소를 입력해 주세요.',
  'mail.late': '차례가 가까워 이메일을 보낼 수 없습니다. 이 페이지를 열어 두세요.',
  'mail.failed': '처리하지 못했습니다. 잠시 후 다시 시도해 주세요.',

  'move.title': '자리를 다른 기기로 옮기기',
  'move.lead':
    '그 기기에서 이 링크를 열면 같은 자리입니다. 링크를 가진 사람이 자리를 갖게 되니 아무에게도 주지 마세요.',
  'move.label': '내 자리 링크',
  'move.copy': '링크 복사',
  'move.copied': '복사했습니다.',
  'move.by_hand': '링크를 선택했습니다. 직접 복사해 주세요.',
} as const satisfies TranslationOf<typeof en>;
