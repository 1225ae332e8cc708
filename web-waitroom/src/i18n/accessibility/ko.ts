import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': '접근성',
  'page.language': '언어',
  'page.lead': '이 대기실과 상점은 모두를 위한 것입니다. WCAG 2.2 AA 수준을 목표로 합니다.',
  'rely.title': '믿고 쓰실 수 있는 것',
  'rely.text':
    '모든 것이 키보드만으로, 화면 낭독기로, 400 % 확대에서, 밝은 화면과 어두운 화면에서, 움직임을 줄인 채로 작동합니다. 기다리는 동안 바뀌는 내용은 조용히, 너무 자주는 아니게 읽어 드립니다. 대기실은 JavaScript 없이도 작동합니다.',
  'known.title': '어떻게 아는가',
  'known.text':
    '버전을 낼 때마다 모든 페이지의 모든 상태를 실제 브라우저에서 규칙, 키보드, 오른쪽에서 왼쪽으로 쓰는 언어로 시험합니다.',
  'limits.title': '아직 부족한 점',
  'limits.text':
    '상점과 추첨 확인에는 JavaScript가 필요하며, 모든 브라우저를 확인하는 대기실도 마찬가지입니다.',
  'contact.title': '불편한 점이 있으신가요?',
  'contact.text':
    '이 판매를 진행하는 상점에 알려 주세요. 무엇을 하려고 하셨는지, 어떤 브라우저나 보조 기기를 쓰셨는지 적어 주세요.',
} as const satisfies TranslationOf<typeof en>;
