import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'نحتفظ لك بـ: {what}',
  'order_received.lead': 'شكرًا على طلبك: {what}.',
  'order_received.more':
    'المنتجات محجوزة لك بينما نُجري عملية دفع {amount}. سنخبرك فور إتمامها، ولا يلزمك فعل أي شيء.',
  'order_paid.subject': 'تم دفع ثمن طلبك: {what}',
  'order_paid.lead': 'استلمنا دفعتك بقيمة {amount}.',
  'order_paid.more': 'أصبح لك الآن: {what}. شكرًا لشرائك من متجرنا!',
  'order_declined.subject': 'لم تنجح عملية الدفع: {what}',
  'order_declined.lead': 'رُفضت عملية دفع {amount} مقابل {what}. لم يُخصم منك أي مبلغ.',
  'order_declined.more':
    'عادت المنتجات إلى البيع. إن بقي منها شيء، يمكنك الانضمام إلى غرفة الانتظار مرة أخرى والدفع ببطاقة أخرى.',
  'order_expired.subject': 'انتهت مهلة طلبك: {what}',
  'order_expired.lead':
    'لم تصل دفعة {amount} في الوقت المحدد، فلم نتمكن من الاستمرار في حجز {what} لك. لم يُخصم منك أي مبلغ.',
  'order_expired.more': 'إن بقي شيء من المنتجات، يمكنك الانضمام إلى غرفة الانتظار مرة أخرى.',
  'order_refunded.subject': 'نعيد إليك ما دفعته: {what}',
  'order_refunded.lead': 'أعدنا إليك {amount} مقابل {what}.',
  'order_refunded.more': 'قد يستغرق وصول المبلغ إلى حسابك بضعة أيام بحسب مصرفك.',
  'order_cancelled.subject': 'أُلغي طلبك: {what}',
  'order_cancelled.lead': 'أُلغي طلبك ({what}) كما طلبت. لم يُخصم منك أي مبلغ.',
  'turn_near.subject': 'اقترب دورك: {room}',
  'turn_near.lead': 'اقترب دورك في غرفة الانتظار «{room}».',
  'turn_near.more':
    'عُد الآن إلى مكانك وأبقِ الصفحة مفتوحة: بعد أن يُنادى عليك لن يكون لديك سوى وقت قصير للمتابعة. هذا الرابط هو مكانك، فلا تعطه لأحد.',
  'turn_near.link': 'العودة إلى مكاني',
  'turn_near.why':
    'وصلتك هذه الرسالة، ولن تصلك رسالة أخرى لهذا المكان، لأن أحدهم أدخل هذا العنوان في غرفة الانتظار.',
  'turn_near.stop': 'إيقاف هذه الرسائل',
  'place_joined.subject': 'مكانان بعنوانك: {room}',
  'place_joined.lead':
    'انضم أحدهم إلى غرفة الانتظار «{room}» بعنوانك الذي له مكان فيها بالفعل. لا يُحتسب إلا مكان واحد: الأول.',
  'place_joined.more':
    'إن كنت أنت على جهاز آخر فتابع هناك. وإن لم يكن الأول لك فافتح هذا الرابط في المتصفح الذي تنتظر فيه: فيُحتسب مكانك وينتهي الآخر.',
  'place_joined.link': 'مكاني هو المحتسب',
  'verify_email.subject': 'يرجى تأكيد عنوان بريدك الإلكتروني',
  'verify_email.lead': 'فتح أحدهم حسابًا بهذا العنوان. إن كنت أنت، فأكّده هنا خلال يوم واحد:',
  'verify_email.more':
    'ستُطلب منك كلمة المرور التي اخترتها. إن لم تكن أنت، فلا يلزمك فعل أي شيء: لا يمكن لأحد المتابعة دون كلمة المرور تلك.',
  'reset_password.subject': 'عيّن كلمة مرور جديدة',
  'reset_password.lead': 'طلب أحدهم كلمة مرور جديدة لحسابك. إن كنت أنت، فعيّنها هنا خلال ساعة:',
  'reset_password.more': 'إن لم تكن أنت، فلا يلزمك فعل أي شيء: تبقى كلمة مرورك كما هي.',
  'account_exists.subject': 'لديك حساب بالفعل',
  'account_exists.lead':
    'حاول أحدهم فتح حساب بهذا العنوان، لكن يوجد حساب بالفعل. إن كنت أنت، فسجّل الدخول أو اطلب كلمة مرور جديدة هنا:',
  'account_exists.more': 'إن لم تكن أنت، فلا يلزمك فعل أي شيء: لم يتغير شيء.',
  reference: 'الطلب {id}',
} as const satisfies TranslationOf<typeof en>;
