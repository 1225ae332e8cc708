import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'order_received.subject': 'Estamos guardando {what} para você',
  'order_received.lead': 'Obrigado pelo seu pedido: {what}.',
  'order_received.more':
    'Os itens estão reservados enquanto processamos o pagamento de {amount}. Avisaremos assim que ele for concluído; você não precisa fazer nada.',
  'order_paid.subject': 'Seu pedido está pago: {what}',
  'order_paid.lead': 'Recebemos seu pagamento de {amount}.',
  'order_paid.more': 'Agora é seu: {what}. Obrigado pela compra!',
  'order_declined.subject': 'O pagamento não foi concluído: {what}',
  'order_declined.lead': 'O pagamento de {amount} por {what} foi recusado. Nada foi cobrado de você.',
  'order_declined.more':
    'Os itens voltaram à venda. Se ainda houver, você pode entrar de novo na sala de espera e pagar com outro cartão.',
  'order_expired.subject': 'Seu pedido expirou: {what}',
  'order_expired.lead':
    'O pagamento de {amount} não chegou a tempo, por isso não pudemos mais guardar {what} para você. Nada foi cobrado de você.',
  'order_expired.more': 'Se ainda houver itens, você pode entrar de novo na sala de espera.',
  'order_refunded.subject': 'Estamos devolvendo seu pagamento: {what}',
  'order_refunded.lead': 'Reembolsamos {amount} por {what}.',
  'order_refunded.more': 'Dependendo do seu banco, leva alguns dias até o dinheiro voltar à sua conta.',
  'order_cancelled.subject': 'Seu pedido foi cancelado: {what}',
  'order_cancelled.lead': 'Seu pedido ({what}) foi cancelado, como você pediu. Nada foi cobrado de você.',
  'turn_near.subject': 'Sua vez está chegando: {room}',
  'turn_near.lead': 'Na sala de espera “{room}”, sua vez está chegando.',
  'turn_near.more':
    'Volte agora ao seu lugar e deixe a página aberta: depois de ser chamado, você terá pouco tempo para continuar. O link é o seu lugar, portanto não o repasse.',
  'turn_near.link': 'Voltar ao meu lugar',
  'turn_near.why':
    'Você recebe este e-mail, e nenhum outro por este lugar, porque alguém informou este endereço na sala de espera.',
  'turn_near.stop': 'Parar esses e-mails',
  'place_joined.subject': 'Dois lugares com o seu endereço: {room}',
  'place_joined.lead':
    'Alguém entrou na sala de espera “{room}” com o seu endereço, que já tem um lugar lá. Só um lugar vale: o primeiro.',
  'place_joined.more':
    'Se foi você em outro aparelho, continue por lá. Se o primeiro não foi você, abra este link no navegador em que você espera: o seu lugar passa a valer e o outro termina.',
  'place_joined.link': 'O meu lugar vale',
  'verify_email.subject': 'Confirme seu endereço de e-mail',
  'verify_email.lead': 'Alguém abriu uma conta com este endereço. Se foi você, confirme aqui em até um dia:',
  'verify_email.more':
    'Será pedida a senha que você escolheu. Se não foi você, não é preciso fazer nada: sem essa senha ninguém vai adiante.',
  'reset_password.subject': 'Defina uma nova senha',
  'reset_password.lead':
    'Alguém pediu uma nova senha para sua conta. Se foi você, defina-a aqui em até uma hora:',
  'reset_password.more': 'Se não foi você, não é preciso fazer nada: sua senha continua como está.',
  'account_exists.subject': 'Você já tem uma conta',
  'account_exists.lead':
    'Alguém tentou abrir uma conta com este endereço, mas já existe uma. Se foi você, entre ou peça uma nova senha aqui:',
  'account_exists.more': 'Se não foi você, não é preciso fazer nada: nada foi alterado.',
  reference: 'Pedido {id}',
} as const satisfies TranslationOf<typeof en>;
