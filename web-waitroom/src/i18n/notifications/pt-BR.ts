import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'panel.title': 'Enquanto você espera',
  'panel.close': 'Fechar',

  'alert.title': 'Quando for a minha vez',
  'alert.sound': 'Tocar um som',
  'alert.notification': 'Mostrar uma notificação',
  'alert.lead': 'Para isso, deixe a página aberta.',
  'alert.denied':
    'O navegador não permite notificações aqui. Isso pode ser mudado nas configurações dele para este site.',
  'alert.body': 'Abra a página para ir à loja.',

  'mail.title': 'E-mail quando a minha vez estiver perto',
  'mail.lead':
    'Ele chega cerca de dez minutos antes da sua vez. Até lá, você pode fechar esta página; guardamos seu lugar.',
  'mail.label': 'E-mail',
  'mail.send': 'Quero receber o e-mail',
  'mail.set': 'Vamos escrever para {email}. Você pode fechar esta página; guardamos seu lugar.',
  'mail.sent': 'O e-mail já está a caminho.',
  'mail.remove': 'Não quero o e-mail',
  'mail.removed': 'Não haverá e-mail.',
  'mail.wrong': 'Confira o endereço.',
  'mail.refused': 'Não podemos escrever para este endereço. Informe outro.',
  'mail.late': 'Sua vez está perto demais para um e-mail. Deixe esta página aberta.',
  'mail.failed': 'Não funcionou. Tente de novo em um instante.',

  'move.title': 'Leve seu lugar para outro aparelho',
  'move.lead':
    'Abra este link lá e você estará no mesmo lugar. Quem tem o link tem seu lugar: não o dê a ninguém.',
  'move.label': 'Link do seu lugar',
  'move.copy': 'Copiar o link',
  'move.copied': 'Copiado.',
  'move.by_hand': 'O link está selecionado; copie você mesmo.',
} as const satisfies TranslationOf<typeof en>;
