// Made by `npm run messages` from catalogues/notifications/en.json. Change that file instead.
export type NotificationsMessages = {
  'panel.title': unknown;
  'panel.close': unknown;
  'alert.title': unknown;
  'alert.sound': unknown;
  'alert.notification': unknown;
  'alert.lead': unknown;
  'alert.denied': unknown;
  'alert.body': unknown;
  'mail.title': unknown;
  'mail.lead': unknown;
  'mail.label': unknown;
  'mail.send': unknown;
  'mail.set': { email: string | number };
  'mail.sent': unknown;
  'mail.remove': unknown;
  'mail.removed': unknown;
  'mail.wrong': unknown;
  'mail.refused': unknown;
  'mail.late': unknown;
  'mail.failed': unknown;
  'move.title': unknown;
  'move.lead': unknown;
  'move.label': unknown;
  'move.copy': unknown;
  'move.copied': unknown;
  'move.by_hand': unknown;
};
