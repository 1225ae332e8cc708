// Made by `npm run messages` from catalogues/mail-pages/en.json. Change that file instead.
export type MailPagesMessages = {
  'stop.ask': unknown;
  'stop.ask_more': unknown;
  'stop.button': unknown;
  'stop.done': unknown;
  'stop.done_more': unknown;
  'stop.unknown': unknown;
  'stop.unknown_more': unknown;
  'place.ask': unknown;
  'place.ask_more': unknown;
  'place.button': unknown;
  'place.done': unknown;
  'place.done_more': unknown;
  'place.back': unknown;
  'place.elsewhere': unknown;
  'place.elsewhere_more': unknown;
};
