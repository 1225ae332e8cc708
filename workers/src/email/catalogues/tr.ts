import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Sizin için ayırdık: {what}',
  'order_received.lead': 'Siparişiniz için teşekkürler: {what}.',
  'order_received.more':
    '{amount} tutarındaki ödemeniz alınırken ürünleriniz sizin için ayrıldı. Ödeme tamamlanır tamamlanmaz size haber vereceğiz; yapmanız gereken bir şey yok.',
  'order_paid.subject': 'Siparişinizin ödemesi alındı: {what}',
  'order_paid.lead': '{amount} tutarındaki ödemenizi aldık.',
  'order_paid.more': 'Artık sizin: {what}. Bizden alışveriş yaptığınız için teşekkürler!',
  'order_declined.subject': 'Ödeme gerçekleşmedi: {what}',
  'order_declined.lead': '{what} için {amount} tutarındaki ödeme reddedildi. Sizden ücret alınmadı.',
  'order_declined.more':
    'Ürünler yeniden satışa çıktı. Kaldıysa bekleme odasına tekrar katılıp başka bir kartla ödeyebilirsiniz.',
  'order_expired.subject': 'Siparişinizin süresi doldu: {what}',
  'order_expired.lead':
    '{amount} tutarındaki ödeme zamanında ulaşmadı, bu yüzden artık sizin için ayıramadık: {what}. Sizden ücret alınmadı.',
  'order_expired.more': 'Ürün kaldıysa bekleme odasına tekrar katılabilirsiniz.',
  'order_refunded.subject': 'Ödemenizi iade ediyoruz: {what}',
  'order_refunded.lead': '{what} için {amount} iade ettik.',
  'order_refunded.more': 'Bankanıza bağlı olarak paranın hesabınıza dönmesi birkaç gün sürebilir.',
  'order_cancelled.subject': 'Siparişiniz iptal edildi: {what}',
  'order_cancelled.lead': 'Siparişiniz ({what}) isteğiniz üzerine iptal edildi. Sizden ücret alınmadı.',
  'turn_near.subject': 'Sıranız yaklaşıyor: {room}',
  'turn_near.lead': '“{room}” bekleme odasında sıranız yaklaşıyor.',
  'turn_near.more':
    'Şimdi yerinize dönün ve sayfayı açık tutun: çağrıldıktan sonra devam etmek için yalnızca kısa bir süreniz olacak. Bağlantı sizin yerinizdir, bu yüzden kimseyle paylaşmayın.',
  'turn_near.link': 'Yerime dön',
  'turn_near.why':
    'Bu e-postayı, bekleme odasında biri bu adresi verdiği için alıyorsunuz; bu yer için başka e-posta gelmeyecek.',
  'turn_near.stop': 'Bu e-postaları durdur',
  'place_joined.subject': 'Adresinizle iki yer: {room}',
  'place_joined.lead':
    'Biri “{room}” bekleme odasına, orada zaten yeri olan adresinizle katıldı. Yalnızca bir yer geçerlidir: ilki.',
  'place_joined.more':
    'Başka bir cihazda siz katıldıysanız orada devam edin. İlki siz değilseniz bu bağlantıyı beklediğiniz tarayıcıda açın: Sizin yeriniz geçerli olur, diğeri sona erer.',
  'place_joined.link': 'Benim yerim geçerli',
  'verify_email.subject': 'Lütfen e-posta adresinizi onaylayın',
  'verify_email.lead': 'Biri bu adresle bir hesap açtı. Bu sizseniz, bir gün içinde buradan onaylayın:',
  'verify_email.more':
    'Seçtiğiniz parola sorulacak. Bu siz değilseniz yapmanız gereken bir şey yok: o parola olmadan kimse ilerleyemez.',
  'reset_password.subject': 'Yeni bir parola belirleyin',
  'reset_password.lead':
    'Biri hesabınız için yeni bir parola istedi. Bu sizseniz, bir saat içinde buradan belirleyin:',
  'reset_password.more': 'Bu siz değilseniz yapmanız gereken bir şey yok: parolanız olduğu gibi kalır.',
  'account_exists.subject': 'Zaten bir hesabınız var',
  'account_exists.lead':
    'Biri bu adresle bir hesap açmaya çalıştı, ancak zaten bir hesap var. Bu sizseniz, buradan giriş yapın veya yeni bir parola isteyin:',
  'account_exists.more': 'Bu siz değilseniz yapmanız gereken bir şey yok: hiçbir şey değişmedi.',
  reference: 'Sipariş {id}',
} as const satisfies TranslationOf<typeof en>;
