import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Çekilişi kontrol edin',
  'page.language': 'Dil',
  'page.lead':
    'Sıradaki numaranız çekilişle belirlendi. Bu sayfa onu yayımlananlardan tarayıcınızda yeniden hesaplar. Girdiğiniz hiçbir şey gönderilmez.',
  'page.no_script': 'Bu sayfa JavaScript ile hesaplar. Belgelerdeki tarif onsuz da çalışır.',
  'form.index': 'Geliş sırası, belgenizden',
  'form.commitment': 'Açılıştan önce yayımlanan (taahhüt)',
  'form.seed': 'Sonradan yayımlanan (tohum)',
  'form.size': 'Çekiliş kaç kişi içindi',
  'form.check': 'Numaramı hesapla',
  'result.number': 'Numaranız {number}',
  'result.kept': 'Tohum, kimse gelmeden önce belirlenmiş olanın aynısı.',
  'result.broken': 'Tohum, önceden belirlenmiş olan DEĞİL. Mağazaya sorun.',
  'result.late': 'Çekilişten sonra geldiniz, bu yüzden geliş sırasını izlersiniz.',
  'result.wrong': 'Lütfen tam sayıları ve tohumu girin.',
  'trouble.not_drawn': 'Bu çekiliş henüz yapılmadı. Kapılar açıldığında yine gelin.',
  'trouble.no_lottery': 'Bu odada çekiliş yok: numaralar geliş sırasını izler.',
  'trouble.away': 'Oda şu an yanıt vermiyor. Değerleri kendiniz girebilirsiniz.',
} as const satisfies TranslationOf<typeof en>;
