import type { LocaleName } from '@shopfast/kit/i18n/locale';

/** Texts of the page behind the link that proves a mailbox. Plain text without markup. */
export type PlaceWords = {
  ask: string;
  askMore: string;
  button: string;
  done: string;
  doneMore: string;
  back: string;
  elsewhere: string;
  elsewhereMore: string;
};

export const placeWords: Record<LocaleName, PlaceWords> = {
  en: {
    ask: 'Is this your place?',
    askMore:
      'Somebody has joined with this address more than once, and only one place counts. Press the button in the browser where you are waiting: then your place counts, and the other one ends.',
    button: 'Yes, my place counts',
    done: 'Done',
    doneMore: 'Your place counts. The other one has ended.',
    back: 'Back to my place',
    elsewhere: 'Please open this link where you are waiting',
    elsewhereMore:
      'This browser has no place with this address. Open the link in the browser that you joined with.',
  },
  de: {
    ask: 'Ist das Ihr Platz?',
    askMore:
      'Mit dieser Adresse wurde mehr als einmal angestanden, und nur ein Platz zählt. Drücken Sie den Knopf in dem Browser, in dem Sie warten: Dann zählt Ihr Platz, und der andere endet.',
    button: 'Ja, mein Platz zählt',
    done: 'Erledigt',
    doneMore: 'Ihr Platz zählt. Der andere ist beendet.',
    back: 'Zurück zu meinem Platz',
    elsewhere: 'Bitte öffnen Sie diesen Link dort, wo Sie warten',
    elsewhereMore:
      'Dieser Browser hat keinen Platz mit dieser Adresse. Öffnen Sie den Link in dem Browser, in dem Sie sich angestellt haben.',
  },
  fr: {
    ask: 'Est-ce votre place ?',
    askMore:
      'Cette adresse a été utilisée plus d’une fois, et une seule place compte. Appuyez sur le bouton dans le navigateur où vous attendez : votre place comptera et l’autre prendra fin.',
    button: 'Oui, ma place compte',
    done: 'C’est fait',
    doneMore: 'Votre place compte. L’autre a pris fin.',
    back: 'Retour à ma place',
    elsewhere: 'Ouvrez ce lien là où vous attendez',
    elsewhereMore:
      'Ce navigateur n’a pas de place avec cette adresse. Ouvrez le lien dans le navigateur où vous êtes dans la file.',
  },
  es: {
    ask: '¿Es tu lugar?',
    askMore:
      'Esta dirección se ha usado más de una vez y solo cuenta un lugar. Pulsa el botón en el navegador en el que esperas: contará tu lugar y el otro terminará.',
    button: 'Sí, cuenta mi lugar',
    done: 'Hecho',
    doneMore: 'Cuenta tu lugar. El otro ha terminado.',
    back: 'Volver a mi lugar',
    elsewhere: 'Abre este enlace donde esperas',
    elsewhereMore:
      'Este navegador no tiene ningún lugar con esta dirección. Abre el enlace en el navegador en el que entraste.',
  },
  it: {
    ask: 'È il tuo posto?',
    askMore:
      'Questo indirizzo è stato usato più di una volta e conta un solo posto. Premi il pulsante nel browser in cui aspetti: varrà il tuo posto e l’altro terminerà.',
    button: 'Sì, vale il mio posto',
    done: 'Fatto',
    doneMore: 'Vale il tuo posto. L’altro è terminato.',
    back: 'Torna al mio posto',
    elsewhere: 'Apri questo link dove stai aspettando',
    elsewhereMore:
      'Questo browser non ha un posto con questo indirizzo. Apri il link nel browser in cui ti sei messo in coda.',
  },
  'pt-BR': {
    ask: 'Este lugar é seu?',
    askMore:
      'Este endereço foi usado mais de uma vez e só um lugar vale. Aperte o botão no navegador em que você espera: o seu lugar passa a valer e o outro termina.',
    button: 'Sim, o meu lugar vale',
    done: 'Pronto',
    doneMore: 'O seu lugar vale. O outro terminou.',
    back: 'Voltar ao meu lugar',
    elsewhere: 'Abra este link onde você espera',
    elsewhereMore:
      'Este navegador não tem um lugar com este endereço. Abra o link no navegador em que você entrou na fila.',
  },
  nl: {
    ask: 'Is dit uw plaats?',
    askMore:
      'Met dit adres is meer dan één keer aangesloten, en maar één plaats telt. Druk op de knop in de browser waarin u wacht: dan telt uw plaats en eindigt de andere.',
    button: 'Ja, mijn plaats telt',
    done: 'Klaar',
    doneMore: 'Uw plaats telt. De andere is beëindigd.',
    back: 'Terug naar mijn plaats',
    elsewhere: 'Open deze link waar u wacht',
    elsewhereMore:
      'Deze browser heeft geen plaats met dit adres. Open de link in de browser waarin u bent aangesloten.',
  },
  pl: {
    ask: 'Czy to Twoje miejsce?',
    askMore:
      'Tego adresu użyto więcej niż raz, a liczy się tylko jedno miejsce. Naciśnij przycisk w przeglądarce, w której czekasz: Twoje miejsce będzie się liczyć, a drugie się skończy.',
    button: 'Tak, liczy się moje miejsce',
    done: 'Gotowe',
    doneMore: 'Liczy się Twoje miejsce. Drugie się skończyło.',
    back: 'Wróć na moje miejsce',
    elsewhere: 'Otwórz ten link tam, gdzie czekasz',
    elsewhereMore:
      'Ta przeglądarka nie ma miejsca z tym adresem. Otwórz link w przeglądarce, w której stoisz w kolejce.',
  },
  sv: {
    ask: 'Är det här din plats?',
    askMore:
      'Den här adressen har använts mer än en gång, och bara en plats gäller. Tryck på knappen i webbläsaren där du väntar: då gäller din plats och den andra upphör.',
    button: 'Ja, min plats gäller',
    done: 'Klart',
    doneMore: 'Din plats gäller. Den andra har upphört.',
    back: 'Tillbaka till min plats',
    elsewhere: 'Öppna länken där du väntar',
    elsewhereMore:
      'Den här webbläsaren har ingen plats med den här adressen. Öppna länken i webbläsaren där du ställde dig i kö.',
  },
  uk: {
    ask: 'Це ваше місце?',
    askMore:
      'Цю адресу використано більше ніж один раз, а враховується лише одне місце. Натисніть кнопку в браузері, у якому чекаєте: тоді враховується ваше місце, а інше закінчується.',
    button: 'Так, моє місце враховується',
    done: 'Готово',
    doneMore: 'Ваше місце враховується. Інше закінчилося.',
    back: 'Назад до мого місця',
    elsewhere: 'Відкрийте це посилання там, де чекаєте',
    elsewhereMore:
      'У цьому браузері немає місця з цією адресою. Відкрийте посилання в браузері, у якому ви стали в чергу.',
  },
  tr: {
    ask: 'Bu sizin yeriniz mi?',
    askMore:
      'Bu adresle birden çok kez sıraya girildi ve yalnızca bir yer geçerlidir. Beklediğiniz tarayıcıda düğmeye basın: Sizin yeriniz geçerli olur, diğeri sona erer.',
    button: 'Evet, benim yerim geçerli',
    done: 'Tamam',
    doneMore: 'Sizin yeriniz geçerli. Diğeri sona erdi.',
    back: 'Yerime dön',
    elsewhere: 'Bu bağlantıyı beklediğiniz yerde açın',
    elsewhereMore: 'Bu tarayıcıda bu adresle bir yer yok. Bağlantıyı sıraya girdiğiniz tarayıcıda açın.',
  },
  ar: {
    ask: 'هل هذا مكانك؟',
    askMore:
      'استُخدم هذا العنوان أكثر من مرة، ولا يُحتسب إلا مكان واحد. اضغط الزر في المتصفح الذي تنتظر فيه: فيُحتسب مكانك وينتهي الآخر.',
    button: 'نعم، مكاني هو المحتسب',
    done: 'تم',
    doneMore: 'مكانك هو المحتسب. وانتهى الآخر.',
    back: 'العودة إلى مكاني',
    elsewhere: 'افتح هذا الرابط حيث تنتظر',
    elsewhereMore: 'ليس لهذا المتصفح مكان بهذا العنوان. افتح الرابط في المتصفح الذي انضممت منه.',
  },
  he: {
    ask: 'זה המקום שלך?',
    askMore:
      'הכתובת הזו שימשה יותר מפעם אחת, ורק מקום אחד נחשב. יש ללחוץ על הכפתור בדפדפן שבו ממתינים: המקום שלך ייחשב, והאחר יסתיים.',
    button: 'כן, המקום שלי נחשב',
    done: 'בוצע',
    doneMore: 'המקום שלך נחשב. האחר הסתיים.',
    back: 'חזרה למקום שלי',
    elsewhere: 'יש לפתוח את הקישור היכן שממתינים',
    elsewhereMore: 'לדפדפן הזה אין מקום עם הכתובת הזו. יש לפתוח את הקישור בדפדפן שבו הצטרפת.',
  },
  hi: {
    ask: 'क्या यह आपकी जगह है?',
    askMore:
      'इस पते से एक से अधिक बार कतार में लगा गया है, और केवल एक जगह मान्य है। जिस ब्राउज़र में आप प्रतीक्षा कर रहे हैं, उसमें बटन दबाएँ: तब आपकी जगह मान्य होगी और दूसरी समाप्त हो जाएगी।',
    button: 'हाँ, मेरी जगह मान्य है',
    done: 'हो गया',
    doneMore: 'आपकी जगह मान्य है। दूसरी समाप्त हो गई।',
    back: 'मेरी जगह पर वापस',
    elsewhere: 'यह लिंक वहीं खोलें जहाँ आप प्रतीक्षा कर रहे हैं',
    elsewhereMore: 'इस ब्राउज़र में इस पते की कोई जगह नहीं है। लिंक उस ब्राउज़र में खोलें जिसमें आप कतार में लगे थे।',
  },
  ja: {
    ask: 'これはお客様の順番ですか？',
    askMore:
      'このアドレスで複数回並ばれていますが、有効な場所は一つだけです。お待ちのブラウザでボタンを押すと、お客様の場所が有効になり、もう一方は終了します。',
    button: 'はい、私の場所を有効にします',
    done: '完了しました',
    doneMore: 'お客様の場所が有効です。もう一方は終了しました。',
    back: '自分の場所に戻る',
    elsewhere: 'お待ちのブラウザでこのリンクを開いてください',
    elsewhereMore:
      'このブラウザには、このアドレスの場所がありません。並んだブラウザでリンクを開いてください。',
  },
  ko: {
    ask: '본인의 자리인가요?',
    askMore:
      '이 주소로 두 번 이상 줄을 섰으며, 한 자리만 인정됩니다. 기다리고 있는 브라우저에서 버튼을 누르면 그 자리가 인정되고 다른 자리는 끝납니다.',
    button: '네, 제 자리를 인정해 주세요',
    done: '완료되었습니다',
    doneMore: '회원님의 자리가 인정됩니다. 다른 자리는 끝났습니다.',
    back: '내 자리로 돌아가기',
    elsewhere: '기다리고 있는 곳에서 이 링크를 열어 주세요',
    elsewhereMore: '이 브라우저에는 이 주소의 자리가 없습니다. 줄을 선 브라우저에서 링크를 열어 주세요.',
  },
  'zh-Hans': {
    ask: '这是您的位置吗？',
    askMore:
      '此地址已不止一次排队，只有一个位置有效。请在您排队的浏览器中按下按钮：您的位置将有效，另一个将结束。',
    button: '是的，以我的位置为准',
    done: '完成',
    doneMore: '您的位置有效。另一个已结束。',
    back: '返回我的位置',
    elsewhere: '请在您排队的浏览器中打开此链接',
    elsewhereMore: '此浏览器中没有使用该地址的位置。请在您加入排队的浏览器中打开链接。',
  },
};
