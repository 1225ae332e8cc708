import { join } from 'node:path';

const file = (name: string) => join(import.meta.dirname, 'certificates', name);

/**
 * PEM files of a private certificate authority for tests, a server at 127.0.0.1 and a client. Nobody has the key of the
 * authority any more. They were made with `openssl ecparam -genkey -name prime256v1`, `openssl req -x509` for the
 * authority, and `openssl x509 -req -CA` with `subjectAltName=IP:127.0.0.1,DNS:localhost` for the two others. They
 * expire in 2126.
 */
export const testCertificates = {
  ca: file('ca.pem'),
  server: { ca: file('ca.pem'), cert: file('server.pem'), key: file('server-key.pem') },
  client: { cert: file('client.pem'), key: file('client-key.pem') },
};
