// What a window would have scored without lines that are to be muted, as far as its reasons tell: an estimate for whoever has
// the stored windows and not the lines any more.
import type { Explanation, TemplateEvidence } from '../../core/alert.js';
import { scoreAtOdds } from '../../core/score-odds.js';
import type { SourceHistory } from './score-history.js';

/**
 * Takes the evidence that only muted lines carry out of the score's odds. What other lines carry as well stays whole, since
 * the reasons do not say how much of it is whose: a score comes out too high rather than too low.
 */
export function scoreWithout(
  score: number,
  { features, templates }: Explanation,
  isMuted: (templateId: string) => boolean,
): number {
  if (!templates.some(({ templateId }) => isMuted(templateId))) return score;
  let [all, left] = [0, 0];
  for (const { feature, amount } of features) {
    const carriers = carriersOf(feature, templates);
    const isGone = carriers.length > 0 && carriers.every(({ templateId }) => isMuted(templateId));
    all += amount;
    if (!isGone) left += amount;
  }
  if (left === all) return score;
  return left === 0 ? 0 : scoreAtOdds(score, left / all);
}

/** Windows that alerted, scored anew; all others as they are: lines that raised no alert have no reasons to go by. */
export function historyWithout(
  history: SourceHistory,
  isMuted: (templateId: string) => boolean,
): SourceHistory {
  const { startsMs, scores, explanations } = history;
  return {
    ...history,
    scores: scores.map((score, at) => {
      const explanation = explanations.get(startsMs[at]!);
      return explanation ? scoreWithout(score, explanation, isMuted) : score;
    }),
  };
}

/** The lines that a feature speaks of; none where it speaks of something else. */
function carriersOf(feature: string, templates: readonly TemplateEvidence[]): readonly TemplateEvidence[] {
  const of = (event: TemplateEvidence['event']): readonly TemplateEvidence[] =>
    templates.filter((each) => each.event === event);
  const present = templates.filter(({ event }) => event !== 'disappeared');
  if (feature.startsWith('new_template_')) return of('new');
  if (/^(tfidf|family)_/.test(feature)) return of('new');
  if (/^(count_excess|rare_template_spike)/.test(feature)) return of('spike').slice(0, 1);
  if (/^(error|fatal|critical)_/.test(feature))
    return present.filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL');
  if (feature.startsWith('warn_')) return present.filter(({ severity }) => severity === 'WARN');
  return [];
}
