import { describe, expect, test } from 'vitest';
import { emailAddress, needsSmtpUtf8, normalizeEmail } from './email-address.ts';

describe('an e-mail address of a person', () => {
  test.each([
    ['ann@example.com', 'ann@example.com'],
    ['ann@xn--e1afmkfd.xn--p1ai', 'ann@xn--e1afmkfd.xn--p1ai'],
    ['ann@пример.рф', 'ann@xn--e1afmkfd.xn--p1ai'],
    ['a&b@example.com', 'a&b@example.com'],
    ['x=y@example.com', 'x=y@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['ann+sale@example.com', 'ann+sale@example.com'],
    ['Ann@Example.COM', 'Ann@example.com'],
    ['josé@example.com', 'josé@example.com'],
    ['jose\u0301@example.com', 'josé@example.com'],
    ['用户@例子.测试', '用户@xn--fsqu00a.xn--0zwm56d'],
    ['a@b.co', 'a@b.co'],
  ])('%s is stored as %s', (given, stored) => {
    expect(emailAddress.parse(given)).toBe(stored);
    expect(emailAddress.parse(stored)).toBe(stored);
  });

  test.each([
    '',
    'ann',
    '@example.com',
    'ann@',
    'ann@example',
    'ann@@example.com',
    'ann..lee@example.com',
    '.ann@example.com',
    'ann.@example.com',
    'an n@example.com',
    'ann@exam ple.com',
    'ann@example.com\n',
    'ann@example.com\r\nBcc: all@example.com',
    'ann\u0000@example.com',
    'ann\ud83d@example.com',
    'an\u200bn@example.com',
    'an\u202en@example.com',
    '"ann lee"@example.com',
    '<ann@example.com>',
    'ann,bob@example.com',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'ann@0x7f.1',
    'ann@example.com/x',
    'ann@example.com:25',
    'ann@-example.com',
    'ann@exam_ple.com',
    'ann@example..com',
    `${'a'.repeat(65)}@example.com`,
    `${'é'.repeat(33)}@example.com`,
    `ann@${'a'.repeat(64)}.com`,
    `ann@${'a.'.repeat(130)}com`,
  ])('%j is invalid', (given) => {
    expect(normalizeEmail(given)).toBeNull();
  });

  test('needs SMTPUTF8 only for a local part that is not ASCII', () => {
    expect(needsSmtpUtf8(emailAddress.parse('josé@example.com'))).toBe(true);
    expect(needsSmtpUtf8(emailAddress.parse('ann@пример.рф'))).toBe(false);
  });
});
