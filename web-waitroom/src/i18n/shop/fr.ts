import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Boutique',
  'page.language': 'Langue',
  'page.accessibility': 'Accessibilité',
  'page.titled': '{page} · Boutique',
  'page.no_script': 'La boutique a besoin de JavaScript. Activez-le, puis rechargez la page.',
  'page.home': 'Tous les produits',
  'page.skip': 'Aller au contenu',
  'page.loading': 'Un instant…',
  'page.not_found': 'Il n’y a rien ici',
  'page.not_found_lead': 'Cette adresse ne mène nulle part dans cette boutique.',

  'list.title': 'En vente',
  'list.empty': 'Rien n’est en vente pour le moment.',

  'availability.available': 'Disponible',
  'availability.low': 'Plus que quelques-uns',
  'availability.reserved': 'Tout est réservé',
  'availability.sold_out': 'Épuisé',

  'product.limit': {
    one: '{count} au plus par client',
    many: '{count} au plus par client',
    other: '{count} au plus par client',
  },
  'product.buy': 'Acheter',
  'product.turn_title': 'Attendez votre tour',
  'product.turn_lead':
    'Beaucoup de monde le veut en même temps. La salle d’attente fait entrer chacun à son tour, pour que la boutique reste rapide.',
  'product.join': 'Rejoindre la salle d’attente',
  'product.no_room': 'Ce produit n’est pas en vente pour le moment.',
  'product.sold_out': 'Tout est vendu. Merci d’être venu.',
  'product.reserved': 'Tout est réservé par des personnes en train de payer. Quelque chose peut se libérer.',

  'reservation.ready': 'C’est votre tour',
  'reservation.left': 'Votre réservation est gardée encore {time}',
  'reservation.over_title': 'Votre réservation a expiré',
  'reservation.over_lead': 'Le temps d’achat est écoulé, et votre tour est passé à la personne suivante.',

  'form.title': 'Votre commande',
  'form.quantity': 'Quantité',
  'form.email': 'E-mail',
  'form.email_hint': 'La confirmation y sera envoyée.',
  'form.card': 'Carte de test',
  'form.card_hint': 'Cette boutique n’encaisse pas d’argent réel.',
  'form.total': 'Total',
  'form.buy': 'Acheter pour {total}',
  'form.buying': 'Envoi de votre commande…',
  'form.held':
    'La boutique est très sollicitée. Votre commande est gardée et renvoyée d’elle-même ; laissez cette page ouverte.',

  'card.pm_card_visa': 'Visa qui paie',
  'card.pm_card_visa_hint': 'Le paiement réussit.',
  'card.pm_card_visa_chargeDeclined': 'Visa refusée',
  'card.pm_card_visa_chargeDeclined_hint': 'La banque refuse ; l’article est remis en vente.',
  'card.pm_card_authenticationRequired': 'Visa avec 3-D Secure',
  'card.pm_card_authenticationRequired_hint': 'La banque vous demande de confirmer.',

  'order.title': 'Votre commande',
  'order.number': 'Numéro de commande',
  'order.product': 'Produit',
  'order.quantity': 'Quantité',
  'order.total': 'Total',
  'order.email': 'E-mail',
  'order.placed': 'Passée le',
  'order.steps': 'Avancement de votre commande',
  'order.step_received': 'Commande reçue',
  'order.step_payment': 'Paiement',
  'order.step_done': 'Confirmée',
  'order.live': 'Cette page suit le paiement d’elle-même.',
  'order.stale':
    'La boutique est injoignable. Votre commande est en sûreté ; cette page réessaie d’elle-même.',
  'order.again': 'Retour à la salle d’attente',
  'order.more': 'Retour à la boutique',

  'state.pending_payment': 'Paiement en cours',
  'state.pending_payment_lead':
    'Vos articles sont mis de côté. Le paiement est en cours ; cela peut prendre un moment.',
  'state.action_needed': 'Votre banque demande une confirmation',
  'state.action_needed_lead':
    'Vos articles sont mis de côté jusqu’à {time}. Confirmez le paiement auprès de votre banque.',
  'state.paid': 'Payé. C’est à vous !',
  'state.paid_lead': 'Merci. La confirmation est en route vers {email}.',
  'state.payment_failed': 'Le paiement a été refusé',
  'state.payment_failed_lead':
    'Rien n’a été débité, et les articles sont de nouveau en vente. Vous pouvez refaire la queue et utiliser une autre carte.',
  'state.expired': 'Le délai de paiement est dépassé',
  'state.expired_lead':
    'Rien n’a été débité, et les articles sont de nouveau en vente. Vous pouvez refaire la queue.',
  'state.cancelled': 'La commande est annulée',
  'state.cancelled_lead': 'Rien n’a été débité, et les articles sont de nouveau en vente.',
  'state.refunded': 'La commande est remboursée',
  'state.refunded_lead': 'L’argent est en route vers votre carte.',

  'action.confirm': 'Confirmer le paiement',
  'action.new_tab': '(s’ouvre dans un nouvel onglet)',
  'cancel.open': 'Annuler la commande',
  'cancel.title': 'Annuler cette commande ?',
  'cancel.lead':
    'Les articles iront à quelqu’un d’autre. Pour les acheter tout de même, il faudrait refaire la queue.',
  'cancel.confirm': 'Annuler la commande',
  'cancel.keep': 'La garder',

  'account.title': 'Votre compte',
  'account.sign_in': 'Se connecter',
  'account.sign_out': 'Se déconnecter',
  'account.sign_up': 'Créer un compte',
  'account.sign_up_lead':
    'Avec un compte, vous retrouvez toutes vos commandes au même endroit. Vous pouvez aussi acheter sans.',
  'account.name': 'Nom',
  'account.password': 'Mot de passe',
  'account.password_hint': {
    one: 'Au moins {count} caractère',
    many: 'Au moins {count} caractères',
    other: 'Au moins {count} caractères',
  },
  'account.forgotten': 'Définir un nouveau mot de passe',
  'account.reset': 'Définir un nouveau mot de passe',
  'account.reset_mail': 'M’envoyer un lien',
  'account.verify': 'Confirmer votre adresse',
  'account.verify_lead':
    'Saisissez le mot de passe que vous avez choisi, pour confirmer que le compte est à vous.',
  'account.mailed': 'Consultez votre messagerie',
  'account.mailed_verify': 'Nous vous avons envoyé un e-mail. Suivez son lien pour confirmer votre adresse.',
  'account.mailed_reset':
    'S’il existe un compte à cette adresse, un e-mail avec un lien pour définir un nouveau mot de passe est en route.',
  'account.no_link': 'Ouvrez le lien de l’e-mail que nous vous avons envoyé.',
  'account.signed_in_as': 'Connecté avec {email}',
  'account.orders': 'Vos commandes',
  'account.no_orders': 'Il n’y a pas encore de commande.',
  'account.older': 'Commandes plus anciennes',
  'account.newest': 'Commandes les plus récentes',
  'account.profile': 'Votre profil',
  'account.save': 'Enregistrer',
  'account.erase': 'Supprimer le compte',
  'account.erase_lead':
    'Nom, adresse, mot de passe et sessions sont effacés aussitôt. Les commandes restent dans nos livres, sans lien avec un compte.',
  'account.erase_confirm': 'Supprimer maintenant',

  'problem.mailed': 'Consultez votre messagerie, ou connectez-vous pour obtenir un nouveau lien.',
  'problem.unreachable': 'La boutique est injoignable.',
  'problem.unknown': 'Quelque chose n’a pas fonctionné.',
  'problem.again': 'Réessayez.',
  'problem.gone': 'Il a peut-être été retiré de la vente.',
  'problem.too_late': 'Le paiement a abouti entre-temps, ou la commande était déjà close.',
  'problem.sold_out':
    'Des articles réservés peuvent se libérer ; vous pouvez réessayer tant que dure votre réservation.',
  'problem.retry': 'Vérifiez votre connexion, puis réessayez.',
  'problem.to_room': 'Il vous faut un nouveau tour : rejoignez la salle d’attente.',
  'problem.fix': 'Modifiez-le, puis réessayez.',
  'problem.wait': 'Patientez un instant, puis réessayez.',
  'problem.other_browser':
    'Continuez dans le navigateur où vous avez attendu, ou rejoignez la salle d’attente dans celui-ci.',
  'problem.no_token':
    'Ouvrez-la dans le navigateur où vous avez commandé. L’e-mail que vous recevrez dit aussi comment cela s’est terminé.',
} as const satisfies TranslationOf<typeof en>;
