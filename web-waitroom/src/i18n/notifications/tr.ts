import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Siz beklerken',
  'panel.close': 'Kapat',

  'alert.title': 'Sıram gelince',
  'alert.sound': 'Ses çal',
  'alert.notification': 'Bildirim göster',
  'alert.lead': 'Bunun için sayfayı açık tutun.',
  'alert.denied':
    'Tarayıcı burada bildirimlere izin vermiyor. Bunu tarayıcının bu siteye ait ayarlarından değiştirebilirsiniz.',
  'alert.body': 'Mağazaya gitmek için sayfayı açın.',

  'mail.title': 'Sıram yaklaşınca e-posta',
  'mail.lead':
    'Sıranız gelmeden yaklaşık on dakika önce gelir. O zamana kadar bu sayfayı kapatabilirsiniz; yerinizi tutuyoruz.',
  'mail.label': 'E-posta adresi',
  'mail.send': 'Bana e-posta gönder',
  'mail.set': '{email} adresine yazacağız. Bu sayfayı kapatabilirsiniz; yerinizi tutuyoruz.',
  'mail.sent': 'E-posta zaten yolda.',
  'mail.remove': 'E-posta istemiyorum',
  'mail.removed': 'E-posta gönderilmeyecek.',
  'mail.wrong': 'Lütfen adresi kontrol edin.',
  'mail.refused': 'Bu adrese yazamıyoruz. Lütfen başka bir adres verin.',
  'mail.late': 'Sıranız e-posta için fazla yakın. Lütfen bu sayfayı açık tutun.',
  'mail.failed': 'Olmadı. Lütfen birazdan yeniden deneyin.',

  'move.title': 'Yerinizi başka bir cihaza taşıyın',
  'move.lead':
    'Bu bağlantıyı orada açın; sırada aynı yerde olursunuz. Bağlantı kimdeyse yeriniz de onundur: kimseye vermeyin.',
  'move.label': 'Yerinizin bağlantısı',
  'move.copy': 'Bağlantıyı kopyala',
  'move.copied': 'Kopyalandı.',
  'move.by_hand': 'Bağlantı seçili; kendiniz kopyalayın.',
} as const satisfies TranslationOf<typeof en>;
