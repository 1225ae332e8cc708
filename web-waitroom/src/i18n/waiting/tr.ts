import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Bekleme odası',
  'page.language': 'Dil',
  'page.accessibility': 'Erişilebilirlik',
  'page.no_script':
    'Bu sayfa sıradaki yerinizi JavaScript ile korur. Lütfen JavaScript’i açıp sayfayı yeniden yükleyin.',
  'page.titled': '{state} · {room}',
  'page.footer': 'ShopFast bekleme odası',

  'joining.title': 'Yeriniz bulunuyor',
  'joining.lead':
    'Bir saniye lütfen. Sıranız gelince bu sayfa sizi mağazaya götürür. Açık tutun; yeniden yüklemenize gerek yok.',

  'checking.title': 'Tarayıcınız denetleniyor',
  'checking.lead':
    'Tarayıcınız küçük bir bulmacayı kendiliğinden çözer. Bu birkaç saniye sürer ve programların insanların yerini almasını önler.',

  'email.title': 'E-posta adresiniz',
  'email.lead': 'Bu sırada her adres için bir yer vardır. Adresiniz burada başka bir şey için kullanılmaz.',
  'email.label': 'E-posta adresi',
  'email.go': 'Sıraya gir',

  'code.title': 'Kodunuz',
  'code.lead': 'Mağazanın verdiği davet veya öncelik koduyla size ait bir yeriniz olur.',
  'code.needed': 'Bu sıra davetliler içindir. Kod davetiyenizdedir.',
  'code.label': 'Kod',
  'code.go': 'Bu kodla sıraya gir',
  'code.refused':
    'Maalesef bu kod sırayı açmıyor. Lütfen her karakteri kontrol edin; kod kullanılmış, süresi dolmuş veya başka bir satışa ait de olabilir.',
  'code.have': 'Kodum var',
  'code.without': 'Kodsuz sıraya gir',

  'not_open.title': 'Henüz açılmadı',
  'not_open.lead': 'Sıra birazdan açılıyor. Bu sayfayı açık tutun: açılır açılmaz girersiniz.',

  'lobby.title': 'Erken geldiniz',
  'lobby.lead': 'Yeriniz hazır. Bu sayfayı açık tutun; yeniden yüklemenize gerek yok.',
  'lobby.until': 'kapıların açılmasına kaldı',
  'lobby.opening': 'Kapılar açılıyor',
  'lobby.opens_at': 'Açılış',
  'lobby.later': 'Açılış saati burada duyurulacak.',

  'waiting.title': 'Sıradasınız',
  'waiting.tab': { one: 'Önünüzde {count} kişi var', other: 'Önünüzde {count} kişi var' },
  'waiting.next': 'Sıra sizde olmak üzere',
  'waiting.ahead': { one: 'kişi önünüzde', other: 'kişi önünüzde' },
  'waiting.lead':
    'Sıranız gelince bu sayfa sizi mağazaya götürür. Açık tutun; yeniden yüklemenize gerek yok.',
  'waiting.progress': 'Ne kadar ilerlediğiniz',
  'waiting.said': '{ahead}. Tahmini bekleme: {eta}.',

  'fact.number': 'Numaranız',
  'fact.number_none': 'Açılışta verilir',
  'fact.ahead': 'Önünüzdeki kişi',
  'fact.eta': 'Tahmini bekleme',
  'fact.unknown': 'Hesaplanıyor',
  'fact.rate': 'Dakikada giren',
  'fact.rate_value': 'yaklaşık {rate}',
  'fact.rate_none': 'Şu an kimse',
  'fact.updated': 'Son güncelleme {time}',
  'eta.rate_lowered': 'Mağaza şu an daha yavaş alıyor, bu yüzden bekleme uzadı.',
  'eta.shop_busy': 'Mağazadaki işlemler daha uzun sürüyor, bu yüzden bekleme uzayabilir.',
  'eta.stock_low': 'Kalanların çoğu şu an ödeme yapanlara ayrıldı. Bir şey boşalınca sıra ilerler.',
  'eta.paused': 'Sıra bir süreliğine durdu. Yeriniz duruyor.',
  'eta.catching_up': 'Sıra bir süreliğine planlanandan yavaş ilerliyor. Yeriniz duruyor.',
  'message.label': 'Mağazadan mesaj',

  'called.title': 'Sıra sizde',
  'called.lead': 'Sizi mağazaya götürüyoruz. Bir şey olmazsa düğmeye basın.',
  'called.left': 'girmek için kalan',
  'called.over': 'Süre doldu; yeriniz kontrol ediliyor',
  'called.go': 'Mağazaya git',

  'going.title': 'Sizi mağazaya götürüyoruz',
  'going.lead': 'Rezervasyonunuz hazır.',

  'completed.title': 'Siparişiniz verildi',
  'completed.lead': 'Bu satıştan alışveriş yaptınız; teşekkürler.',
  'completed.order': 'Siparişinizi görün',
  'completed.shop': 'Mağazaya git',

  'sold_out.title': 'Tükendi',
  'sold_out.lead':
    'Her şey satıldı veya ödeme yapanlara ayrıldı. Bir şey boşalırsa sıra ilerler; bu sayfa açık kaldıkça yeriniz durur.',
  'sold_out.lead_no_place': 'Her şey satıldı veya ödeme yapanlara ayrıldı.',

  'paused.title': 'Kısa bir ara',
  'paused.lead': 'Sıra bir süreliğine durdu. Yeriniz duruyor; sayfa kendiliğinden devam eder.',

  'closed.title': 'Bu satış sona erdi',
  'closed.lead': 'Bekleme odası kapandı. Geldiğiniz için teşekkürler.',

  'expired.title': 'Yeriniz sona erdi',
  'expired.lead':
    'Bu sayfadan bir süre haber alamadık veya sıranız geçti. Yeni bir numarayla tekrar sıraya girebilirsiniz.',
  'revoked.title': 'Yeriniz geri alındı',
  'revoked.lead':
    'Mağaza sıradaki bu yeri sonlandırdı. Bir yanlışlık olduğunu düşünüyorsanız lütfen mağazaya sorun.',
  'left.title': 'Sıradan çıktınız',
  'left.lead': 'Yeriniz sonraki kişiye geçti. Yeni bir numarayla tekrar sıraya girebilirsiniz.',
  'unknown_room.title': 'Böyle bir bekleme odası yok',
  'unknown_room.lead': 'Lütfen adresi kontrol edin: eksik olabilir veya satış çoktan bitmiş olabilir.',
  'no_cookies.title': 'Çerezler gerekli',
  'no_cookies.lead':
    'Yeriniz bu sitenin bir çerezinde tutulur ve tarayıcınız onu göndermiyor. Lütfen bu site için çerezlere izin verip yeniden deneyin.',
  'insecure.title': 'Güvenli bağlantı gerekli',
  'insecure.lead':
    'Bu oda her tarayıcıyı denetler ve bu yalnızca https ile olur. Lütfen adresi https:// ile veya daha yeni bir tarayıcıyla açın.',
  'refused.title': 'Sizi içeri alamadık',
  'refused.lead': 'Bekleme odası bu isteği kabul etmedi.',

  'trouble.offline': 'Çevrimdışısınız. Yerinizi tutuyoruz; geri döndüğünüzde bu sayfa devam eder.',
  'trouble.holding': 'Yerinizi tutuyoruz. Bekleme odası yoğun; bu sayfa kendiliğinden yeniden sorar.',
  'trouble.joining': 'Bekleme odası yoğun. Bu sayfa kendiliğinden yeniden dener.',
  'trouble.leaving': 'Olmadı. Hâlâ sıradasınız; lütfen birazdan yeniden deneyin.',

  'leave.open': 'Sıradan çık',
  'leave.title': 'Sıradan çıkılsın mı?',
  'leave.lead': 'Yeriniz sonraki kişiye geçer. Tekrar girerseniz sıranın sonunda yeni bir numara alırsınız.',
  'leave.confirm': 'Çık',
  'leave.cancel': 'Sırada kal',

  'notifications.open': 'Hatırlatmalar ve diğer cihazlar',

  'again.join': 'Tekrar sıraya gir',
  'again.try': 'Yeniden dene',
} as const satisfies TranslationOf<typeof en>;
