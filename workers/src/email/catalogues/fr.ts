import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Nous vous réservons {what}',
  'order_received.lead': 'Merci pour votre commande : {what}.',
  'order_received.more':
    'Vos articles sont mis de côté pendant que nous procédons au paiement de {amount}. Nous vous écrirons dès qu’il sera effectué ; vous n’avez rien à faire.',
  'order_paid.subject': 'Votre commande est payée : {what}',
  'order_paid.lead': 'Nous avons bien reçu votre paiement de {amount}.',
  'order_paid.more': 'C’est à vous : {what}. Merci pour votre achat !',
  'order_declined.subject': 'Le paiement n’a pas abouti : {what}',
  'order_declined.lead': 'Le paiement de {amount} pour {what} a été refusé. Rien ne vous a été débité.',
  'order_declined.more':
    'Les articles ont été remis en vente. S’il en reste, vous pouvez rejoindre à nouveau la file d’attente et payer avec une autre carte.',
  'order_expired.subject': 'Votre commande a expiré : {what}',
  'order_expired.lead':
    'Le paiement de {amount} n’est pas arrivé à temps : nous n’avons pas pu réserver {what} plus longtemps. Rien ne vous a été débité.',
  'order_expired.more': 'S’il reste des articles, vous pouvez rejoindre à nouveau la file d’attente.',
  'order_refunded.subject': 'Nous vous remboursons : {what}',
  'order_refunded.lead': 'Nous vous avons remboursé {amount} pour {what}.',
  'order_refunded.more':
    'Selon votre banque, il faut quelques jours pour que l’argent revienne sur votre compte.',
  'order_cancelled.subject': 'Votre commande est annulée : {what}',
  'order_cancelled.lead':
    'Votre commande ({what}) est annulée, comme vous l’avez demandé. Rien ne vous a été débité.',
  'turn_near.subject': 'C’est bientôt votre tour : {room}',
  'turn_near.lead': 'Dans la salle d’attente « {room} », ce sera bientôt votre tour.',
  'turn_near.more':
    'Revenez maintenant à votre place et gardez la page ouverte : une fois appelé, vous n’aurez que peu de temps pour continuer. Ce lien est votre place, ne le transmettez donc à personne.',
  'turn_near.link': 'Revenir à ma place',
  'turn_near.why':
    'Vous recevez cet e-mail, et pas d’autre pour cette place, parce que quelqu’un a indiqué cette adresse dans la salle d’attente.',
  'turn_near.stop': 'Arrêter ces e-mails',
  'place_joined.subject': 'Deux places avec votre adresse : {room}',
  'place_joined.lead':
    'Quelqu’un est entré dans la salle d’attente « {room} » avec votre adresse, qui y a déjà une place. Une seule place compte : la première.',
  'place_joined.more':
    'Si c’était vous sur un autre appareil, continuez simplement là-bas. Si ce n’était pas vous, ouvrez ce lien dans le navigateur où vous attendez : votre place comptera et l’autre prendra fin.',
  'place_joined.link': 'Ma place compte',
  'verify_email.subject': 'Veuillez confirmer votre adresse e-mail',
  'verify_email.lead':
    'Quelqu’un a ouvert un compte avec cette adresse. Si c’était vous, confirmez-le ici sous un jour :',
  'verify_email.more':
    'Le mot de passe que vous avez choisi vous sera demandé. Si ce n’était pas vous, il n’y a rien à faire : sans ce mot de passe, personne n’ira plus loin.',
  'reset_password.subject': 'Choisissez un nouveau mot de passe',
  'reset_password.lead':
    'Quelqu’un a demandé un nouveau mot de passe pour votre compte. Si c’était vous, choisissez-le ici dans l’heure :',
  'reset_password.more': 'Si ce n’était pas vous, il n’y a rien à faire : votre mot de passe reste tel quel.',
  'account_exists.subject': 'Vous avez déjà un compte',
  'account_exists.lead':
    'Quelqu’un a essayé d’ouvrir un compte avec cette adresse, mais il en existe déjà un. Si c’était vous, connectez-vous ou demandez un nouveau mot de passe ici :',
  'account_exists.more': 'Si ce n’était pas vous, il n’y a rien à faire : rien n’a été modifié.',
  reference: 'Commande {id}',
} as const satisfies TranslationOf<typeof en>;
