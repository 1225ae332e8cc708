import type { TranslationOf } from '@shopfast/kit/i18n/translate';
import type en from './en.ts';

export default {
  'page.title': 'Sala de espera',
  'page.language': 'Idioma',
  'page.accessibility': 'Acessibilidade',
  'page.no_script':
    'Esta página guarda seu lugar na fila com JavaScript. Ative o JavaScript e recarregue a página.',
  'page.titled': '{state} · {room}',
  'page.footer': 'Sala de espera da ShopFast',

  'joining.title': 'Procurando seu lugar',
  'joining.lead':
    'Só um momento. Quando for a sua vez, esta página leva você à loja. Deixe-a aberta; não é preciso recarregar.',

  'checking.title': 'Verificando seu navegador',
  'checking.lead':
    'Seu navegador resolve sozinho um pequeno cálculo. Leva alguns segundos e impede que programas tirem o lugar das pessoas.',

  'email.title': 'Seu e-mail',
  'email.lead': 'Nesta fila há um lugar por endereço. Aqui ele não é usado para mais nada.',
  'email.label': 'E-mail',
  'email.go': 'Entrar na fila',

  'code.title': 'Seu código',
  'code.lead': 'Um código de convite ou de prioridade da loja dá a você um lugar próprio.',
  'code.needed': 'Esta fila é para convidados. O código está no seu convite.',
  'code.label': 'Código',
  'code.go': 'Entrar com este código',
  'code.refused':
    'Este código não abre a fila. Confira cada caractere; ele também pode já ter sido usado, ter expirado ou ser de outra venda.',
  'code.have': 'Tenho um código',
  'code.without': 'Entrar sem código',

  'not_open.title': 'Ainda não abriu',
  'not_open.lead': 'A fila abre em breve. Deixe esta página aberta: você entra assim que ela abrir.',

  'lobby.title': 'Você chegou cedo',
  'lobby.lead': 'Você tem um lugar. Deixe esta página aberta; não é preciso recarregar.',
  'lobby.until': 'para a abertura',
  'lobby.opening': 'As portas estão abrindo',
  'lobby.opens_at': 'Abertura',
  'lobby.later': 'O horário de abertura será anunciado aqui.',

  'waiting.title': 'Você está na fila',
  'waiting.tab': {
    one: '{count} pessoa à sua frente',
    many: '{count} pessoas à sua frente',
    other: '{count} pessoas à sua frente',
  },
  'waiting.next': 'Você é o próximo',
  'waiting.ahead': {
    one: 'pessoa à sua frente',
    many: 'pessoas à sua frente',
    other: 'pessoas à sua frente',
  },
  'waiting.lead':
    'Quando for a sua vez, esta página leva você à loja. Deixe-a aberta; não é preciso recarregar.',
  'waiting.progress': 'Quanto você já avançou',
  'waiting.said': '{ahead}. Espera estimada: {eta}.',

  'fact.number': 'Seu número',
  'fact.number_none': 'Dado na abertura',
  'fact.ahead': 'Pessoas à sua frente',
  'fact.eta': 'Espera estimada',
  'fact.unknown': 'Calculando',
  'fact.rate': 'Entradas por minuto',
  'fact.rate_value': 'cerca de {rate}',
  'fact.rate_none': 'Ninguém agora',
  'fact.updated': 'Atualizado: {time}',
  'eta.rate_lowered': 'A loja está deixando entrar mais devagar, por isso a espera aumentou.',
  'eta.shop_busy': 'As pessoas estão demorando mais na loja, por isso a espera pode aumentar.',
  'eta.stock_low':
    'Quase tudo o que resta está reservado para quem está pagando. A fila anda quando algo voltar.',
  'eta.paused': 'A fila parou por um momento. Seu lugar está guardado.',
  'eta.catching_up': 'A fila está andando mais devagar que o previsto. Seu lugar está guardado.',
  'message.label': 'Mensagem da loja',

  'called.title': 'É a sua vez',
  'called.lead': 'Estamos levando você à loja. Se nada acontecer, aperte o botão.',
  'called.left': 'para entrar',
  'called.over': 'O tempo acabou; verificando seu lugar',
  'called.go': 'Ir para a loja',

  'going.title': 'Levando você à loja',
  'going.lead': 'Sua reserva está pronta.',

  'completed.title': 'Seu pedido foi feito',
  'completed.lead': 'Você comprou nesta venda; obrigado.',
  'completed.order': 'Ver seu pedido',
  'completed.shop': 'Ir para a loja',

  'sold_out.title': 'Esgotado',
  'sold_out.lead':
    'Tudo foi vendido ou está reservado para quem está pagando. Se algo voltar, a fila anda, e seu lugar fica guardado enquanto esta página estiver aberta.',
  'sold_out.lead_no_place': 'Tudo foi vendido ou está reservado para quem está pagando.',

  'paused.title': 'Uma pequena pausa',
  'paused.lead': 'A fila parou por um momento. Seu lugar está guardado; esta página continua sozinha.',

  'closed.title': 'Esta venda terminou',
  'closed.lead': 'A sala de espera está fechada. Obrigado por vir.',

  'expired.title': 'Seu lugar expirou',
  'expired.lead':
    'Esta página ficou um tempo sem dar sinal, ou sua vez passou. Você pode entrar de novo com um novo número.',
  'revoked.title': 'Seu lugar foi retirado',
  'revoked.lead': 'A loja encerrou este lugar na fila. Se achar que foi um engano, fale com a loja.',
  'left.title': 'Você saiu da fila',
  'left.lead': 'Seu lugar foi para a próxima pessoa. Você pode entrar de novo com um novo número.',
  'unknown_room.title': 'Esta sala de espera não existe',
  'unknown_room.lead': 'Confira o endereço: ele pode estar incompleto, ou a venda terminou há muito tempo.',
  'no_cookies.title': 'É preciso permitir cookies',
  'no_cookies.lead':
    'Seu lugar fica em um cookie deste site, e o navegador não o envia. Permita cookies para este site e tente de novo.',
  'insecure.title': 'É preciso uma conexão segura',
  'insecure.lead':
    'Esta sala verifica cada navegador, e isso só funciona com https. Abra o endereço com https:// ou com um navegador mais novo.',
  'refused.title': 'Não foi possível deixar você entrar',
  'refused.lead': 'A sala de espera não aceitou este pedido.',

  'trouble.offline': 'Você está sem conexão. Guardamos seu lugar; esta página continua quando você voltar.',
  'trouble.holding':
    'Guardamos seu lugar. A sala de espera está muito ocupada; esta página pergunta de novo sozinha.',
  'trouble.joining': 'A sala de espera está muito ocupada. Esta página tenta de novo sozinha.',
  'trouble.leaving': 'Não funcionou. Você continua na fila; tente de novo em um instante.',

  'leave.open': 'Sair da fila',
  'leave.title': 'Sair da fila?',
  'leave.lead': 'Seu lugar vai para a próxima pessoa. Se voltar, você recebe um novo número no fim da fila.',
  'leave.confirm': 'Sair',
  'leave.cancel': 'Ficar na fila',

  'notifications.open': 'Lembretes e outros aparelhos',

  'again.join': 'Entrar de novo',
  'again.try': 'Tentar de novo',
} as const satisfies TranslationOf<typeof en>;
