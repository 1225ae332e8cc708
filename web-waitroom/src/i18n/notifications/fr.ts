import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Pendant que vous attendez',
  'panel.close': 'Fermer',

  'alert.title': 'Quand ce sera mon tour',
  'alert.sound': 'Émettre un son',
  'alert.notification': 'Afficher une notification',
  'alert.lead': 'Pour cela, gardez la page ouverte.',
  'alert.denied':
    'Le navigateur n’autorise pas les notifications ici. Ses réglages pour ce site permettent de changer cela.',
  'alert.body': 'Ouvrez la page pour aller à la boutique.',

  'mail.title': 'Un e-mail quand mon tour approche',
  'mail.lead':
    'Il arrive une dizaine de minutes avant votre tour. D’ici là, vous pouvez fermer cette page ; nous gardons votre place.',
  'mail.label': 'Adresse e-mail',
  'mail.send': 'M’envoyer l’e-mail',
  'mail.set': 'Nous écrirons à {email}. Vous pouvez fermer cette page ; nous gardons votre place.',
  'mail.sent': 'L’e-mail est déjà en route.',
  'mail.remove': 'Pas d’e-mail, merci',
  'mail.removed': 'Il n’y aura pas d’e-mail.',
  'mail.wrong': 'Vérifiez l’adresse.',
  'mail.refused': 'Nous ne pouvons pas écrire à cette adresse. Donnez-en une autre.',
  'mail.late': 'Votre tour est trop proche pour un e-mail. Gardez cette page ouverte.',
  'mail.failed': 'Cela n’a pas fonctionné. Réessayez dans un instant.',

  'move.title': 'Prendre votre place sur un autre appareil',
  'move.lead':
    'Ouvrez-y ce lien, et vous y aurez la même place. Qui a le lien a votre place : ne le donnez à personne.',
  'move.label': 'Lien vers votre place',
  'move.copy': 'Copier le lien',
  'move.copied': 'Copié.',
  'move.by_hand': 'Le lien est sélectionné ; copiez-le vous-même.',
} as const satisfies TranslationOf<typeof en>;
