// Property tests draw the same inputs on every run, so that a red build is about the change at hand.
// `LOGHORN_PROPERTY_SEED=random npm test` looks further; a number repeats what it found.
import * as fc from 'fast-check';

const wanted = process.env['LOGHORN_PROPERTY_SEED'] ?? '20260302';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
