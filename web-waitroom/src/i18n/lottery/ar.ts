import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'تحقق من القرعة',
  'page.language': 'اللغة',
  'page.lead':
    'سُحب رقمك في الطابور بالقرعة. تحسبه هذه الصفحة من جديد في متصفحك مما نُشر. لا يُرسل شيء مما تدخله.',
  'page.no_script': 'تحسب هذه الصفحة بواسطة JavaScript. الوصفة في الوثائق تعمل من دونه.',
  'form.index': 'ترتيب الوصول، من إيصالك',
  'form.commitment': 'نُشر قبل فتح الأبواب (الالتزام)',
  'form.seed': 'نُشر بعده (البذرة)',
  'form.size': 'عدد المشمولين بالقرعة',
  'form.check': 'احسب رقمي',
  'result.number': 'رقمك هو {number}',
  'result.kept': 'البذرة هي نفسها التي حُددت قبل وصول أي أحد.',
  'result.broken': 'البذرة ليست التي حُددت من قبل. اسأل المتجر.',
  'result.late': 'وصلت بعد القرعة، لذلك تتبع ترتيب الوصول.',
  'result.wrong': 'يُرجى إدخال أعداد صحيحة والبذرة.',
  'trouble.not_drawn': 'لم تُجرَ هذه القرعة بعد. عُد بعد فتح الأبواب.',
  'trouble.no_lottery': 'لا قرعة في هذه الغرفة: الأرقام حسب ترتيب الوصول.',
  'trouble.away': 'لا تستجيب الغرفة الآن. يمكنك إدخال القيم بنفسك.',
} as const satisfies TranslationOf<typeof en>;
