import { needsSmtpUtf8 } from './contracts/email-address.ts';
import { invalidRequest } from './http.ts';

const ASCII_ONLY =
  'has letters before the @ that this shop cannot send mail to: only a–z, digits and signs can stand there';

/**
 * Refuses an e-mail address that the mail server cannot deliver to: its local part is not ASCII and the server does not
 * offer SMTPUTF8 (RFC 6531).
 * @throws Problem invalid_request naming `email`
 */
export function demandWritable(
  email: string,
  { smtpUtf8 = false }: { smtpUtf8?: boolean | undefined },
): void {
  if (!smtpUtf8 && needsSmtpUtf8(email)) throw invalidRequest([{ path: ['email'], message: ASCII_ONLY }]);
}
