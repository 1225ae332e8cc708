import type { LocaleName } from '@shopfast/kit/i18n/locale';

/** Texts of the page behind the unsubscribe link. Plain text without markup. */
export type StopWords = {
  ask: string;
  askMore: string;
  button: string;
  done: string;
  doneMore: string;
  unknown: string;
  unknownMore: string;
};

export const stopWords: Record<LocaleName, StopWords> = {
  en: {
    ask: 'Stop these e-mails?',
    askMore: 'This address will get no more turn reminders from this waiting room.',
    button: 'Stop these e-mails',
    done: 'Done',
    doneMore: 'This waiting room sends no more reminders to this address.',
    unknown: 'This link is not valid',
    unknownMore: 'Please open the complete link from the e-mail again.',
  },
  de: {
    ask: 'Keine solchen Mails mehr?',
    askMore:
      'Diese Adresse bekommt von diesem Warteraum keine Mails mehr darüber, wer bald an der Reihe ist.',
    button: 'Mails abbestellen',
    done: 'Erledigt',
    doneMore: 'Dieser Warteraum schickt keine Erinnerung mehr an diese Adresse.',
    unknown: 'Dieser Link ist nicht gültig',
    unknownMore: 'Bitte öffnen Sie ihn noch einmal vollständig aus der Mail.',
  },
  fr: {
    ask: 'Ne plus recevoir ces e-mails ?',
    askMore: 'Cette adresse ne recevra plus d’e-mails de cette salle d’attente annonçant un tour proche.',
    button: 'Arrêter ces e-mails',
    done: 'C’est fait',
    doneMore: 'Cette salle d’attente n’enverra plus de rappel à cette adresse.',
    unknown: 'Ce lien n’est pas valable',
    unknownMore: 'Veuillez l’ouvrir à nouveau, en entier, depuis l’e-mail.',
  },
  es: {
    ask: '¿No recibir más estos correos?',
    askMore: 'Esta dirección no recibirá más correos de esta sala de espera sobre turnos próximos.',
    button: 'Dejar de recibirlos',
    done: 'Hecho',
    doneMore: 'Esta sala de espera no enviará más recordatorios a esta dirección.',
    unknown: 'Este enlace no es válido',
    unknownMore: 'Ábrelo de nuevo, completo, desde el correo.',
  },
  it: {
    ask: 'Non ricevere più queste e-mail?',
    askMore: 'Questo indirizzo non riceverà più e-mail da questa sala d’attesa sui turni vicini.',
    button: 'Interrompi queste e-mail',
    done: 'Fatto',
    doneMore: 'Questa sala d’attesa non invierà altri promemoria a questo indirizzo.',
    unknown: 'Questo link non è valido',
    unknownMore: 'Riaprilo per intero dall’e-mail.',
  },
  'pt-BR': {
    ask: 'Não receber mais esses e-mails?',
    askMore: 'Este endereço não receberá mais e-mails desta sala de espera sobre a vez que se aproxima.',
    button: 'Parar esses e-mails',
    done: 'Pronto',
    doneMore: 'Esta sala de espera não enviará mais lembretes para este endereço.',
    unknown: 'Este link não é válido',
    unknownMore: 'Abra-o de novo, por inteiro, a partir do e-mail.',
  },
  nl: {
    ask: 'Deze mails niet meer ontvangen?',
    askMore: 'Dit adres krijgt van deze wachtruimte geen mails meer over wie bijna aan de beurt is.',
    button: 'Deze mails stoppen',
    done: 'Klaar',
    doneMore: 'Deze wachtruimte stuurt geen herinneringen meer naar dit adres.',
    unknown: 'Deze link is niet geldig',
    unknownMore: 'Open hem opnieuw, helemaal, vanuit de mail.',
  },
  pl: {
    ask: 'Nie otrzymywać więcej takich wiadomości?',
    askMore: 'Ten adres nie dostanie już z tej poczekalni wiadomości o zbliżającej się kolejce.',
    button: 'Zatrzymaj te wiadomości',
    done: 'Gotowe',
    doneMore: 'Ta poczekalnia nie wyśle więcej przypomnień na ten adres.',
    unknown: 'Ten link jest nieprawidłowy',
    unknownMore: 'Otwórz go ponownie, w całości, z wiadomości.',
  },
  sv: {
    ask: 'Inte få fler sådana mejl?',
    askMore: 'Den här adressen får inga fler mejl från det här väntrummet om vems tur som närmar sig.',
    button: 'Stoppa mejlen',
    done: 'Klart',
    doneMore: 'Det här väntrummet skickar inga fler påminnelser till den här adressen.',
    unknown: 'Länken är inte giltig',
    unknownMore: 'Öppna den igen, i sin helhet, från mejlet.',
  },
  uk: {
    ask: 'Більше не отримувати таких листів?',
    askMore: 'На цю адресу більше не надходитимуть листи від цього залу очікування про те, що черга близько.',
    button: 'Припинити ці листи',
    done: 'Готово',
    doneMore: 'Цей зал очікування більше не надсилатиме нагадувань на цю адресу.',
    unknown: 'Це посилання недійсне',
    unknownMore: 'Відкрийте його ще раз, повністю, з листа.',
  },
  tr: {
    ask: 'Bu e-postaları artık almak istemiyor musunuz?',
    askMore: 'Bu adrese, bu bekleme odasından sıranın yaklaştığına dair başka e-posta gelmeyecek.',
    button: 'Bu e-postaları durdur',
    done: 'Tamam',
    doneMore: 'Bu bekleme odası bu adrese başka hatırlatma göndermeyecek.',
    unknown: 'Bu bağlantı geçerli değil',
    unknownMore: 'Lütfen e-postadan, tamamıyla, yeniden açın.',
  },
  ar: {
    ask: 'ألا تريد تلقي هذه الرسائل بعد الآن؟',
    askMore: 'لن تصل إلى هذا العنوان رسائل أخرى من غرفة الانتظار هذه عن اقتراب الدور.',
    button: 'أوقف هذه الرسائل',
    done: 'تم',
    doneMore: 'لن ترسل غرفة الانتظار هذه أي تذكير آخر إلى هذا العنوان.',
    unknown: 'هذا الرابط غير صالح',
    unknownMore: 'يرجى فتحه من الرسالة مرة أخرى كاملًا.',
  },
  he: {
    ask: 'לא לקבל עוד הודעות כאלה?',
    askMore: 'כתובת זו לא תקבל עוד הודעות מחדר ההמתנה הזה על תור שמתקרב.',
    button: 'להפסיק את ההודעות',
    done: 'בוצע',
    doneMore: 'חדר ההמתנה הזה לא ישלח עוד תזכורות לכתובת זו.',
    unknown: 'הקישור אינו תקף',
    unknownMore: 'יש לפתוח אותו שוב, במלואו, מתוך ההודעה.',
  },
  hi: {
    ask: 'ऐसे ईमेल और नहीं चाहिए?',
    askMore: 'इस पते पर इस प्रतीक्षा कक्ष से बारी पास आने के और ईमेल नहीं आएँगे।',
    button: 'ये ईमेल रोकें',
    done: 'हो गया',
    doneMore: 'यह प्रतीक्षा कक्ष इस पते पर और कोई अनुस्मारक नहीं भेजेगा।',
    unknown: 'यह लिंक मान्य नहीं है',
    unknownMore: 'कृपया इसे ईमेल से दोबारा पूरा खोलें।',
  },
  ja: {
    ask: 'このメールの受信を停止しますか？',
    askMore: 'この待合室から、順番が近いことを知らせるメールはこのアドレスに届かなくなります。',
    button: 'メールを停止する',
    done: '停止しました',
    doneMore: 'この待合室からこのアドレスに、今後お知らせは送られません。',
    unknown: 'このリンクは無効です',
    unknownMore: 'メールからもう一度、リンク全体を開いてください。',
  },
  ko: {
    ask: '이런 메일을 더 이상 받지 않으시겠습니까?',
    askMore: '이 대기실에서 순서가 가까워졌다는 메일이 이 주소로 더 이상 오지 않습니다.',
    button: '메일 그만 받기',
    done: '완료되었습니다',
    doneMore: '이 대기실은 이 주소로 더 이상 알림을 보내지 않습니다.',
    unknown: '유효하지 않은 링크입니다',
    unknownMore: '메일에서 링크 전체를 다시 열어 주세요.',
  },
  'zh-Hans': {
    ask: '不再接收此类邮件？',
    askMore: '此地址将不再收到该等候室发出的“即将轮到”邮件。',
    button: '停止接收',
    done: '已完成',
    doneMore: '该等候室不会再向此地址发送提醒。',
    unknown: '此链接无效',
    unknownMore: '请从邮件中重新打开完整链接。',
  },
};
