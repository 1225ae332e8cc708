import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'אנחנו שומרים עבורך: {what}',
  'order_received.lead': 'תודה על ההזמנה: {what}.',
  'order_received.more':
    'המוצרים שמורים עבורך בזמן שאנחנו מבצעים את התשלום בסך {amount}. נעדכן אותך מיד כשיושלם; אין צורך לעשות דבר.',
  'order_paid.subject': 'ההזמנה שלך שולמה: {what}',
  'order_paid.lead': 'קיבלנו את התשלום שלך בסך {amount}.',
  'order_paid.more': 'זה שלך: {what}. תודה שקנית אצלנו!',
  'order_declined.subject': 'התשלום לא עבר: {what}',
  'order_declined.lead': 'התשלום בסך {amount} עבור {what} נדחה. לא חויבת.',
  'order_declined.more': 'המוצרים חזרו למכירה. אם נשארו, אפשר להצטרף שוב לחדר ההמתנה ולשלם בכרטיס אחר.',
  'order_expired.subject': 'תוקף ההזמנה שלך פג: {what}',
  'order_expired.lead':
    'התשלום בסך {amount} לא הגיע בזמן, ולכן לא יכולנו להמשיך לשמור עבורך את {what}. לא חויבת.',
  'order_expired.more': 'אם נשארו מוצרים, אפשר להצטרף שוב לחדר ההמתנה.',
  'order_refunded.subject': 'אנחנו מחזירים לך את התשלום: {what}',
  'order_refunded.lead': 'החזרנו לך {amount} עבור {what}.',
  'order_refunded.more': 'בהתאם לבנק שלך, ייתכן שיעברו כמה ימים עד שהכסף יחזור לחשבון.',
  'order_cancelled.subject': 'ההזמנה שלך בוטלה: {what}',
  'order_cancelled.lead': 'ההזמנה שלך ({what}) בוטלה לבקשתך. לא חויבת.',
  'turn_near.subject': 'התור שלך מתקרב: {room}',
  'turn_near.lead': 'בחדר ההמתנה ”{room}“ התור שלך מתקרב.',
  'turn_near.more':
    'כדאי לחזור עכשיו למקומך ולהשאיר את הדף פתוח: אחרי הקריאה יהיה לך רק זמן קצר להמשיך. הקישור הוא מקומך, ולכן אין להעביר אותו לאחרים.',
  'turn_near.link': 'חזרה למקום שלי',
  'turn_near.why': 'קיבלת הודעה זו, ולא תישלח עוד אחת עבור מקום זה, כי מישהו מסר כתובת זו בחדר ההמתנה.',
  'turn_near.stop': 'להפסיק את ההודעות האלה',
  'place_joined.subject': 'שני מקומות עם הכתובת שלך: {room}',
  'place_joined.lead':
    'מישהו הצטרף לחדר ההמתנה „{room}” עם הכתובת שלך, שכבר יש לה שם מקום. רק מקום אחד נחשב: הראשון.',
  'place_joined.more':
    'אם הצטרפת ממכשיר אחר, אפשר להמשיך שם. אם הראשון לא שלך, יש לפתוח את הקישור בדפדפן שבו ממתינים: המקום שלך ייחשב, והאחר יסתיים.',
  'place_joined.link': 'המקום שלי נחשב',
  'verify_email.subject': 'נא לאשר את כתובת הדוא״ל שלך',
  'verify_email.lead': 'מישהו פתח חשבון עם כתובת זו. אם פתחת אותו, יש לאשר זאת כאן תוך יממה:',
  'verify_email.more':
    'תידרש הסיסמה שבחרת. אם לא פתחת את החשבון, אין צורך לעשות דבר: בלי הסיסמה איש לא יוכל להמשיך.',
  'reset_password.subject': 'קביעת סיסמה חדשה',
  'reset_password.lead': 'מישהו ביקש סיסמה חדשה לחשבון שלך. אם ביקשת אותה, יש לקבוע אותה כאן תוך שעה:',
  'reset_password.more': 'אם לא ביקשת, אין צורך לעשות דבר: הסיסמה שלך נשארת כפי שהיא.',
  'account_exists.subject': 'כבר יש לך חשבון',
  'account_exists.lead':
    'מישהו ניסה לפתוח חשבון עם כתובת זו, אבל כבר קיים חשבון כזה. אם ניסית לפתוח, אפשר להתחבר או לבקש סיסמה חדשה כאן:',
  'account_exists.more': 'אם לא ניסית, אין צורך לעשות דבר: דבר לא השתנה.',
  reference: 'הזמנה {id}',
} as const satisfies TranslationOf<typeof en>;
