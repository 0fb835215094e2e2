import { describe, expect, test } from 'vitest';
import { agreementWords, correlationWords, isBeginning, type Shadow } from './model-agreement.js';

function shadow(windows: number, bothAlert: number, onlyChampion: number, onlyShadow: number): Shadow {
  return { windows, bothAlert, onlyChampion, onlyShadow } as unknown as Shadow;
}

describe('a shadow beside the champion', () => {
  test.each([
    [shadow(0, 0, 0, 0), 'No window was scored by both yet.'],
    [shadow(500, 0, 0, 0), 'Neither alerted.'],
    [shadow(500, 3, 0, 0), 'Both alerted on the same 3 windows.'],
    [shadow(500, 3, 0, 1), 'It alerts on 1 window that the champion passes; both alert on 3.'],
    [
      shadow(500, 3, 2, 1200),
      'It alerts on 1,200 windows that the champion passes and passes 2 windows that the champion alerts on; both alert on 3.',
    ],
  ])('is told by what would change', (each, words) => {
    expect(agreementWords(each)).toBe(words);
  });

  test('is a beginning below an hour of windows', () => {
    expect(isBeginning(shadow(119, 0, 0, 0))).toBe(true);
    expect(isBeginning(shadow(120, 0, 0, 0))).toBe(false);
  });

  test('has words for how alike the scores rank, and none where that is not known', () => {
    expect(correlationWords(0.97)).toBe('they rank the windows almost alike');
    expect(correlationWords(-0.2)).toBe('they rank the windows differently');
    expect(correlationWords(null)).toBe('');
  });
});
