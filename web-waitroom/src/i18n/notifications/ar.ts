import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'أثناء انتظارك',
  'panel.close': 'إغلاق',

  'alert.title': 'عندما يحين دوري',
  'alert.sound': 'تشغيل صوت',
  'alert.notification': 'عرض إشعار',
  'alert.lead': 'لهذا أبقِ الصفحة مفتوحة.',
  'alert.denied': 'لا يسمح المتصفح بالإشعارات هنا. يمكن تغيير ذلك في إعداداته لهذا الموقع.',
  'alert.body': 'افتح الصفحة للذهاب إلى المتجر.',

  'mail.title': 'رسالة إلكترونية عندما يقترب دوري',
  'mail.lead': 'تصلك قبل دورك بنحو عشر دقائق. حتى ذلك الحين يمكنك إغلاق هذه الصفحة؛ مكانك محفوظ.',
  'mail.label': 'البريد الإلكتروني',
  'mail.send': 'أرسل لي الرسالة',
  'mail.set': 'سنكتب إلى {email}. يمكنك إغلاق هذه الصفحة؛ مكانك محفوظ.',
  'mail.sent': 'الرسالة في طريقها إليك.',
  'mail.remove': 'لا أريد رسالة',
  'mail.removed': 'لن تصلك رسالة.',
  'mail.wrong': 'يُرجى التحقق من العنوان.',
  'mail.refused': 'لا يمكننا الكتابة إلى هذا العنوان. يُرجى إدخال عنوان آخر.',
  'mail.late': 'دورك قريب جدًا، فلا وقت لإرسال رسالة. يُرجى إبقاء هذه الصفحة مفتوحة.',
  'mail.failed': 'لم ينجح ذلك. يُرجى المحاولة بعد لحظات.',

  'move.title': 'نقل مكانك إلى جهاز آخر',
  'move.lead': 'افتح هذا الرابط هناك لتجد مكانك نفسه. من يملك الرابط يملك مكانك: لا تعطه لأحد.',
  'move.label': 'رابط مكانك',
  'move.copy': 'نسخ الرابط',
  'move.copied': 'تم النسخ.',
  'move.by_hand': 'الرابط محدد؛ انسخه بنفسك.',
} as const satisfies TranslationOf<typeof en>;
