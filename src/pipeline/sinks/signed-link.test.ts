import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeedbackClaim, signFeedback, verifyFeedback } from './signed-link.js';

const SECRET = 'a secret of some length';
const claim: FeedbackClaim = { alertId: '0123456789abcdef', verdict: 'not-mine', expiresMs: 1_000_000 };

const arbClaim: fc.Arbitrary<FeedbackClaim> = fc.record({
  alertId: fc.stringMatching(/^[0-9a-f]{16}$/),
  verdict: fc.constantFrom('real', 'false', 'not-mine'),
  expiresMs: fc.integer({ min: 1, max: 2 ** 50 }),
});

test('law: what was signed is read back until it expires, and fits into a path', () => {
  fc.assert(
    fc.property(arbClaim, (each) => {
      const token = signFeedback(each, SECRET);

      expect(token).toMatch(/^[\w.-]+$/);
      expect(verifyFeedback(token, SECRET, each.expiresMs - 1)).toEqual({ ok: true, claim: each });
      expect(verifyFeedback(token, SECRET, each.expiresMs)).toEqual({ ok: false, reason: 'expired' });
    }),
  );
});

test('law: a token with any one character changed, added or left out is refused', () => {
  const token = signFeedback(claim, SECRET);
  fc.assert(
    fc.property(
      fc.nat(token.length - 1),
      fc.nat(1),
      fc.constantFrom('', ...Array.from('AaQ09-_=.')),
      (at, cut, put) => {
        const changed = token.slice(0, at) + put + token.slice(at + cut);
        fc.pre(changed !== token);

        expect(verifyFeedback(changed, SECRET, 0)).toMatchObject({ ok: false });
      },
    ),
    { numRuns: 2000 },
  );
});

test('another spelling of the same signature is refused', () => {
  const token = signFeedback(claim, SECRET);

  expect(verifyFeedback(`${token}=`, SECRET, 0)).toEqual({ ok: false, reason: 'bad-signature' });
});

test('another secret is refused, and what a stranger sends is no exception', () => {
  const token = signFeedback(claim, SECRET);

  expect(verifyFeedback(token, `${SECRET}!`, 0)).toEqual({ ok: false, reason: 'bad-signature' });
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 600 }), fc.base64String(), fc.constant('1.\u{10ffff}.\ud83d')),
      (text) => {
        expect(verifyFeedback(text, SECRET, 0)).toMatchObject({ ok: false });
      },
    ),
  );
});

test('a short secret is refused with what to do', () => {
  expect(() => signFeedback(claim, 'short')).toThrow(
    "the secret of feedback links must have 16 characters or more, this one has 5: make one with 'openssl rand -hex 32'",
  );
});
