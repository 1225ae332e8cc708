import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'נגישות',
  'page.language': 'שפה',
  'page.lead': 'חדר ההמתנה הזה והחנות שלו מיועדים לכולם. הם שואפים לעמוד ב־WCAG 2.2, רמה AA.',
  'rely.title': 'על מה אפשר לסמוך',
  'rely.text':
    'הכול עובד במקלדת בלבד, עם קורא מסך, בהגדלה של 400 %, במראה בהיר וכהה ועם מעט תנועה. מה שמשתנה בזמן ההמתנה מוקרא בעדינות ולא לעתים קרובות מדי. חדר ההמתנה עובד גם בלי JavaScript.',
  'known.title': 'איך אנחנו יודעים',
  'known.text': 'לפני כל גרסה נבדק כל דף בכל מצב בדפדפן אמיתי: לפי כללים, במקלדת ובשפות שנכתבות מימין לשמאל.',
  'limits.title': 'מה עדיין חסר',
  'limits.text': 'החנות ובדיקת ההגרלה צריכות JavaScript, וכך גם חדר שבודק כל דפדפן.',
  'contact.title': 'משהו מפריע לך?',
  'contact.text': 'נא לספר לחנות שמנהלת את המכירה: מה רצית לעשות, ועם איזה דפדפן או אמצעי עזר.',
} as const satisfies TranslationOf<typeof en>;
