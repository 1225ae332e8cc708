import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Salle d’attente',
  'page.language': 'Langue',
  'page.accessibility': 'Accessibilité',
  'page.no_script':
    'Cette page garde votre place dans la file grâce à JavaScript. Activez JavaScript, puis rechargez la page.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Salle d’attente par ShopFast',

  'joining.title': 'Recherche de votre place',
  'joining.lead':
    'Un instant, s’il vous plaît. Quand ce sera votre tour, cette page vous mènera à la boutique. Gardez-la ouverte ; inutile de la recharger.',

  'checking.title': 'Vérification de votre navigateur',
  'checking.lead':
    'Votre navigateur résout de lui-même un petit calcul. Cela prend quelques secondes et empêche des programmes de prendre la place des gens.',

  'email.title': 'Votre adresse e-mail',
  'email.lead': 'Cette file accorde une place par adresse. Votre adresse ne sert ici à rien d’autre.',
  'email.label': 'Adresse e-mail',
  'email.go': 'Rejoindre la file',

  'code.title': 'Votre code',
  'code.lead': 'Un code d’invitation ou de priorité de la boutique vous donne une place à vous.',
  'code.needed': 'Cette file est réservée aux invités. Le code figure dans votre invitation.',
  'code.label': 'Code',
  'code.go': 'Rejoindre avec ce code',
  'code.refused':
    'Désolé, ce code n’ouvre pas la file. Vérifiez chaque caractère ; il a peut-être déjà servi, expiré ou concerne une autre vente.',
  'code.have': 'J’ai un code',
  'code.without': 'Rejoindre sans code',

  'not_open.title': 'Pas encore ouvert',
  'not_open.lead':
    'La file ouvre bientôt. Gardez cette page ouverte : elle vous y fera entrer dès l’ouverture.',

  'lobby.title': 'Vous êtes en avance',
  'lobby.lead': 'Vous avez une place. Gardez cette page ouverte ; inutile de la recharger.',
  'lobby.until': 'avant l’ouverture',
  'lobby.opening': 'Les portes s’ouvrent',
  'lobby.opens_at': 'Ouverture',
  'lobby.later': 'L’heure d’ouverture sera annoncée ici.',

  'waiting.title': 'Vous êtes dans la file',
  'waiting.tab': {
    one: '{count} personne devant vous',
    many: '{count} personnes devant vous',
    other: '{count} personnes devant vous',
  },
  'waiting.next': 'Vous êtes le prochain',
  'waiting.ahead': {
    one: 'personne devant vous',
    many: 'personnes devant vous',
    other: 'personnes devant vous',
  },
  'waiting.lead':
    'Quand ce sera votre tour, cette page vous mènera à la boutique. Gardez-la ouverte ; inutile de la recharger.',
  'waiting.progress': 'Votre progression',
  'waiting.said': '{ahead}. Attente estimée : {eta}.',

  'fact.number': 'Votre numéro',
  'fact.number_none': 'Attribué à l’ouverture',
  'fact.ahead': 'Personnes devant vous',
  'fact.eta': 'Attente estimée',
  'fact.unknown': 'Calcul en cours',
  'fact.rate': 'Entrées par minute',
  'fact.rate_value': 'environ {rate}',
  'fact.rate_none': 'Aucune pour l’instant',
  'fact.updated': 'Mis à jour à {time}',
  'eta.rate_lowered': 'La boutique laisse entrer plus lentement à présent ; l’attente s’est donc allongée.',
  'eta.shop_busy': 'Les visites dans la boutique durent plus longtemps ; l’attente peut donc s’allonger.',
  'eta.stock_low':
    'L’essentiel de ce qui reste est réservé par des personnes en train de payer. La file avancera dès que quelque chose se libère.',
  'eta.paused': 'La file est à l’arrêt un moment. Vous gardez votre place.',
  'eta.catching_up': 'La file avance un moment moins vite que prévu. Vous gardez votre place.',
  'message.label': 'Message de la boutique',

  'called.title': 'C’est votre tour',
  'called.lead': 'Nous vous menons à la boutique. Si rien ne se passe, appuyez sur le bouton.',
  'called.left': 'pour entrer',
  'called.over': 'Le temps est écoulé ; vérification de votre place',
  'called.go': 'Aller à la boutique',

  'going.title': 'Nous vous menons à la boutique',
  'going.lead': 'Votre réservation est prête.',

  'completed.title': 'Votre commande est passée',
  'completed.lead': 'Vous avez acheté lors de cette vente ; merci.',
  'completed.order': 'Voir votre commande',
  'completed.shop': 'Aller à la boutique',

  'sold_out.title': 'Épuisé',
  'sold_out.lead':
    'Tout est vendu ou réservé par des personnes en train de payer. Si quelque chose se libère, la file avance, et vous gardez votre place tant que cette page est ouverte.',
  'sold_out.lead_no_place': 'Tout est vendu ou réservé par des personnes en train de payer.',

  'paused.title': 'Une courte pause',
  'paused.lead':
    'La file est à l’arrêt un moment. Vous gardez votre place ; cette page reprendra d’elle-même.',

  'closed.title': 'Cette vente est terminée',
  'closed.lead': 'La salle d’attente est fermée. Merci d’être venu.',

  'expired.title': 'Votre place a expiré',
  'expired.lead':
    'Cette page n’a plus donné signe de vie pendant un moment, ou votre tour est passé. Vous pouvez rejoindre la file avec un nouveau numéro.',
  'revoked.title': 'Votre place a été retirée',
  'revoked.lead':
    'La boutique a mis fin à cette place. Si vous pensez que c’est une erreur, adressez-vous à elle.',
  'left.title': 'Vous avez quitté la file',
  'left.lead':
    'Votre place est allée à la personne suivante. Vous pouvez rejoindre la file avec un nouveau numéro.',
  'unknown_room.title': 'Cette salle d’attente n’existe pas',
  'unknown_room.lead':
    'Vérifiez l’adresse : elle est peut-être incomplète, ou la vente est finie depuis longtemps.',
  'no_cookies.title': 'Les cookies sont nécessaires',
  'no_cookies.lead':
    'Votre place est gardée dans un cookie de ce site, que votre navigateur n’envoie pas. Autorisez les cookies pour ce site, puis réessayez.',
  'insecure.title': 'Une connexion sécurisée est nécessaire',
  'insecure.lead':
    'Cette salle vérifie chaque navigateur, ce qui n’est possible qu’en https. Ouvrez l’adresse avec https:// ou avec un navigateur plus récent.',
  'refused.title': 'Nous n’avons pas pu vous laisser entrer',
  'refused.lead': 'La salle d’attente n’a pas accepté cette demande.',

  'trouble.offline': 'Vous êtes hors ligne. Nous gardons votre place ; cette page reprendra à votre retour.',
  'trouble.holding':
    'Nous gardons votre place. La salle d’attente est très sollicitée ; cette page réessaie d’elle-même.',
  'trouble.joining': 'La salle d’attente est très sollicitée. Cette page réessaie d’elle-même.',
  'trouble.leaving': 'Cela n’a pas fonctionné. Vous êtes toujours dans la file ; réessayez dans un instant.',

  'leave.open': 'Quitter la file',
  'leave.title': 'Quitter la file ?',
  'leave.lead':
    'Votre place ira à la personne suivante. Si vous revenez, vous aurez un nouveau numéro en fin de file.',
  'leave.confirm': 'Quitter',
  'leave.cancel': 'Rester',

  'notifications.open': 'Rappels et autres appareils',

  'again.join': 'Rejoindre à nouveau',
  'again.try': 'Réessayer',
} as const satisfies TranslationOf<typeof en>;
