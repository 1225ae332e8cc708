import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Accessibilité',
  'page.language': 'Langue',
  'page.lead':
    'Cette salle d’attente et sa boutique sont pour tout le monde. Elles visent le niveau AA des WCAG 2.2.',
  'rely.title': 'Ce sur quoi vous pouvez compter',
  'rely.text':
    'Tout fonctionne au clavier seul, avec un lecteur d’écran, à un zoom de 400 %, en clair et en sombre, et avec peu d’animations. Ce qui change pendant l’attente est lu discrètement et pas trop souvent. La salle d’attente fonctionne aussi sans JavaScript.',
  'known.title': 'Comment nous le savons',
  'known.text':
    'Avant chaque version, chaque page et chaque état sont testés dans un vrai navigateur : selon des règles, au clavier, et dans des langues écrites de droite à gauche.',
  'limits.title': 'Ce qui manque encore',
  'limits.text':
    'La boutique et la vérification d’un tirage demandent JavaScript, de même qu’une salle qui vérifie chaque navigateur.',
  'contact.title': 'Quelque chose vous gêne ?',
  'contact.text':
    'Dites-le à la boutique qui organise cette vente : ce que vous vouliez faire, et avec quel navigateur ou quelle aide.',
} as const satisfies TranslationOf<typeof en>;
