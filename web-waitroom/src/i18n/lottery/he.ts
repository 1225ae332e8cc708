import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'בדיקת ההגרלה',
  'page.language': 'שפה',
  'page.lead':
    'המספר שלך בתור נקבע בהגרלה. הדף מחשב אותו שוב בדפדפן שלך, מתוך מה שפורסם. דבר ממה שמוזן אינו נשלח.',
  'page.no_script': 'הדף מחשב בעזרת JavaScript. המתכון בתיעוד עובד גם בלעדיו.',
  'form.index': 'מספר ההגעה, מהאישור שלך',
  'form.commitment': 'פורסם לפני הפתיחה (התחייבות)',
  'form.seed': 'פורסם אחריה (זרע)',
  'form.size': 'לכמה אנשים הייתה ההגרלה',
  'form.check': 'חישוב המספר שלי',
  'result.number': 'המספר שלך הוא {number}',
  'result.kept': 'הזרע הוא זה שנקבע לפני שמישהו הגיע.',
  'result.broken': 'הזרע אינו זה שנקבע מראש. כדאי לשאול את החנות.',
  'result.late': 'הגעת אחרי ההגרלה, ולכן המקום הוא לפי סדר ההגעה.',
  'result.wrong': 'יש להזין מספרים שלמים ואת הזרע.',
  'trouble.not_drawn': 'ההגרלה עוד לא נערכה. אפשר לחזור אחרי פתיחת הדלתות.',
  'trouble.no_lottery': 'בחדר הזה אין הגרלה: המספרים הם לפי סדר ההגעה.',
  'trouble.away': 'החדר אינו עונה כרגע. אפשר להזין את הערכים ידנית.',
} as const satisfies TranslationOf<typeof en>;
