import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'בזמן ההמתנה',
  'panel.close': 'סגירה',

  'alert.title': 'כשיגיע תורי',
  'alert.sound': 'השמעת צליל',
  'alert.notification': 'הצגת התראה',
  'alert.lead': 'לשם כך יש להשאיר את הדף פתוח.',
  'alert.denied': 'הדפדפן אינו מאפשר כאן התראות. אפשר לשנות זאת בהגדרות שלו לאתר הזה.',
  'alert.body': 'יש לפתוח את הדף כדי לעבור לחנות.',

  'mail.title': 'דוא״ל כשתורי מתקרב',
  'mail.lead': 'ההודעה תגיע כעשר דקות לפני תורך. עד אז אפשר לסגור את הדף; אנחנו שומרים על מקומך.',
  'mail.label': 'כתובת דוא״ל',
  'mail.send': 'שלחו לי דוא״ל',
  'mail.set': 'נכתוב אל {email}. אפשר לסגור את הדף; אנחנו שומרים על מקומך.',
  'mail.sent': 'ההודעה כבר בדרך אליך.',
  'mail.remove': 'בלי דוא״ל, תודה',
  'mail.removed': 'לא יישלח דוא״ל.',
  'mail.wrong': 'יש לבדוק את הכתובת.',
  'mail.refused': 'איננו יכולים לכתוב לכתובת הזאת. יש לתת כתובת אחרת.',
  'mail.late': 'תורך קרוב מדי לשליחת דוא״ל. יש להשאיר את הדף פתוח.',
  'mail.failed': 'זה לא הצליח. אפשר לנסות שוב עוד רגע.',

  'move.title': 'העברת המקום למכשיר אחר',
  'move.lead': 'פתיחת הקישור שם תיתן לך את אותו מקום בתור. מי שמחזיק בקישור מחזיק במקומך: אין לתת אותו לאיש.',
  'move.label': 'קישור למקומך',
  'move.copy': 'העתקת הקישור',
  'move.copied': 'הועתק.',
  'move.by_hand': 'הקישור מסומן; אפשר להעתיק אותו ידנית.',
} as const satisfies TranslationOf<typeof en>;
