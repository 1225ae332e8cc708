import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'हमने आपके लिए सुरक्षित रखा है: {what}',
  'order_received.lead': 'आपके ऑर्डर के लिए धन्यवाद: {what}।',
  'order_received.more':
    'जब तक हम {amount} का भुगतान ले रहे हैं, तब तक आपका सामान आपके लिए अलग रखा गया है। भुगतान पूरा होते ही हम आपको बताएँगे; आपको कुछ नहीं करना है।',
  'order_paid.subject': 'आपके ऑर्डर का भुगतान हो गया है: {what}',
  'order_paid.lead': 'हमें आपका {amount} का भुगतान मिल गया है।',
  'order_paid.more': 'अब यह आपका है: {what}। हमसे खरीदने के लिए धन्यवाद!',
  'order_declined.subject': 'भुगतान नहीं हो सका: {what}',
  'order_declined.lead': '{what} के लिए {amount} का भुगतान अस्वीकार कर दिया गया। आपसे कोई पैसा नहीं लिया गया है।',
  'order_declined.more':
    'सामान फिर से बिक्री पर है। यदि कुछ बचा हो, तो आप फिर से प्रतीक्षा कक्ष में शामिल होकर दूसरे कार्ड से भुगतान कर सकते हैं।',
  'order_expired.subject': 'आपके ऑर्डर का समय समाप्त हो गया: {what}',
  'order_expired.lead':
    '{amount} का भुगतान समय पर नहीं मिला, इसलिए हम इसे आपके लिए और सुरक्षित नहीं रख सके: {what}। आपसे कोई पैसा नहीं लिया गया है।',
  'order_expired.more': 'यदि कुछ सामान बचा हो, तो आप फिर से प्रतीक्षा कक्ष में शामिल हो सकते हैं।',
  'order_refunded.subject': 'हम आपका भुगतान लौटा रहे हैं: {what}',
  'order_refunded.lead': 'हमने {what} के लिए {amount} लौटा दिए हैं।',
  'order_refunded.more': 'आपके बैंक के अनुसार पैसा आपके खाते में वापस आने में कुछ दिन लगते हैं।',
  'order_cancelled.subject': 'आपका ऑर्डर रद्द कर दिया गया है: {what}',
  'order_cancelled.lead': 'आपके अनुरोध पर आपका ऑर्डर ({what}) रद्द कर दिया गया है। आपसे कोई पैसा नहीं लिया गया है।',
  'turn_near.subject': 'आपकी बारी पास है: {room}',
  'turn_near.lead': 'प्रतीक्षा कक्ष “{room}” में जल्द ही आपकी बारी आएगी।',
  'turn_near.more':
    'अभी अपनी जगह पर लौटें और पेज खुला रखें: बुलाए जाने के बाद आगे बढ़ने के लिए आपके पास थोड़ा ही समय होगा। यह लिंक ही आपकी जगह है, इसलिए इसे किसी को न दें।',
  'turn_near.link': 'मेरी जगह पर वापस',
  'turn_near.why':
    'आपको यह ईमेल इसलिए मिला है, और इस जगह के लिए दूसरा नहीं आएगा, क्योंकि किसी ने प्रतीक्षा कक्ष में यह पता दिया था।',
  'turn_near.stop': 'ये ईमेल रोकें',
  reference: 'ऑर्डर {id}',
} as const satisfies TranslationOf<typeof en>;
