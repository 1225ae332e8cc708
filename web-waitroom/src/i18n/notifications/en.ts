import type { Catalogue } from '@shopfast/kit/i18n/translate';

/** The texts of the notifications panel, in English. Loaded when somebody opens the panel. */
const en = {
  'panel.title': 'While you wait',
  'panel.close': 'Close',

  'alert.title': 'When it is my turn',
  'alert.sound': 'Play a sound',
  'alert.notification': 'Show a notification',
  'alert.lead': 'Keep the page open for this.',
  'alert.denied': 'Your browser blocks notifications here. You can allow them in its settings for this site.',
  'alert.body': 'Open the page to go to the shop.',

  'mail.title': 'E-mail when my turn is near',
  'mail.lead':
    'It comes about ten minutes before your turn. Until then you can close this page; we keep your place.',
  'mail.label': 'E-mail address',
  'mail.send': 'Send me the e-mail',
  'mail.set': 'We will write to {email}. You can close this page; we keep your place.',
  'mail.sent': 'The e-mail is already on its way to you.',
  'mail.remove': 'Cancel the e-mail',
  'mail.removed': 'The e-mail is cancelled.',
  'mail.wrong': 'Please check the address.',
  'mail.refused': 'We cannot send e-mails to this address. Please enter another one.',
  'mail.late': 'Your turn is too soon for an e-mail. Please keep this page open.',
  'mail.failed': 'That did not work. Please try again in a moment.',

  'move.title': 'Use another device',
  'move.lead':
    'Open this link there to keep the same place in line. Anybody with the link has your place, so do not share it.',
  'move.label': 'Link to your place',
  'move.copy': 'Copy the link',
  'move.copied': 'Copied.',
  'move.by_hand': 'The link is selected; copy it by hand.',
} as const satisfies Catalogue;

export default en;
