import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '추첨 확인',
  'page.language': '언어',
  'page.lead':
    '줄의 번호는 추첨으로 정해졌습니다. 이 페이지가 공개된 값으로 브라우저에서 다시 계산합니다. 입력한 내용은 전송되지 않습니다.',
  'page.no_script': '이 페이지는 JavaScript로 계산합니다. 문서의 방법은 JavaScript 없이도 됩니다.',
  'form.index': '도착 번호(접수증에 있음)',
  'form.commitment': '열리기 전에 공개된 값(커밋먼트)',
  'form.seed': '열린 뒤에 공개된 값(시드)',
  'form.size': '추첨 대상 인원',
  'form.check': '내 번호 계산',
  'result.number': '번호는 {number}입니다',
  'result.kept': '시드는 누군가 오기 전에 약속된 것과 같습니다.',
  'result.broken': '시드가 미리 약속된 것과 다릅니다. 상점에 문의해 주세요.',
  'result.late': '추첨 뒤에 오셨으므로 도착한 순서를 따릅니다.',
  'result.wrong': '정수와 시드를 입력해 주세요.',
  'trouble.not_drawn': '아직 추첨하지 않았습니다. 문이 열린 뒤 다시 오세요.',
  'trouble.no_lottery': '이 대기실은 추첨하지 않습니다. 번호는 도착한 순서입니다.',
  'trouble.away': '대기실이 지금 응답하지 않습니다. 값을 직접 입력할 수 있습니다.',
} as const satisfies TranslationOf<typeof en>;
