import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Erişilebilirlik',
  'page.language': 'Dil',
  'page.lead': 'Bu bekleme odası ve mağazası herkes içindir. WCAG 2.2, AA düzeyini hedefler.',
  'rely.title': 'Nelere güvenebilirsiniz',
  'rely.text':
    'Her şey yalnızca klavyeyle, ekran okuyucuyla, %400 yakınlaştırmada, açık ve koyu görünümde ve az hareketle çalışır. Beklerken değişenler nazikçe ve çok sık olmadan okunur. Bekleme odası JavaScript olmadan da çalışır.',
  'known.title': 'Bunu nereden biliyoruz',
  'known.text':
    'Her sürümden önce her sayfa her durumuyla gerçek bir tarayıcıda denenir: kurallarla, klavyeyle ve sağdan sola yazılan dillerde.',
  'limits.title': 'Eksik olanlar',
  'limits.text': 'Mağaza ve çekiliş denetimi JavaScript ister; her tarayıcıyı denetleyen bir oda da öyle.',
  'contact.title': 'Size engel olan bir şey mi var?',
  'contact.text':
    'Lütfen bu satışı yapan mağazaya söyleyin: ne yapmak istediğinizi ve hangi tarayıcı ya da yardımcı araçla.',
} as const satisfies TranslationOf<typeof en>;
